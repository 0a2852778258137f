"""Modules of Ballerina source text that can be called: a small tree-walking evaluator for what mappers write.

It follows the Ballerina language specification (2024R1 and its lang library). What it does not know it refuses
(`UnsupportedSyntax`), what would not compile too as far as it can be seen when it runs (`IllTyped`): every value that
enters or leaves a function, or is bound to a variable with a type, must belong to that type.
"""

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput
from tests.conformance.ballerina.evaluator import Evaluator
from tests.conformance.ballerina.scope import Scope
from tests.conformance.ballerina.values import BallerinaError, ErrorValue, Function, IllTyped, UnsupportedSyntax

from penstock.readers.ballerina.build import Rules, fold
from penstock.readers.ballerina.names import RESERVED, parse_identifier
from penstock.readers.ballerina.syntax import Alternatives, Literal, Nil, Reference, TypeSyntax

Node = Any
"""A tree or a token of lark."""


@dataclass
class Module:
    """A module that was read."""

    types: dict[str, TypeSyntax] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    constants: dict[str, Any] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)

    def call(self, name: str, *arguments: Any) -> Any:
        """What a function returns.

        Raises:
            BallerinaError: it returns an error.
            BallerinaPanic: it panics.
            IllTyped: there is no such function, or an argument is of a wrong type.
        """
        if name not in self.functions:
            raise IllTyped(f"there is no function {name}")
        result = self.functions[name].call(*arguments)
        if isinstance(result, ErrorValue):
            raise BallerinaError(result)
        return result


def evaluate_module(source: str) -> Module:
    """A module whose functions can be called.

    Raises:
        UnsupportedSyntax: it holds something that the evaluator does not know, or that is no Ballerina.
    """
    try:
        tree = parser().parse(source)
    except UnexpectedInput as error:
        raise UnsupportedSyntax(f"line {error.line}: {error.get_context(source)}") from None
    module = Module()
    rules = TypeRules(source)
    rules.set_defaults_aside(tree)
    evaluator = Evaluator(module, rules)
    for each in tree.children:
        _declare(each, module, evaluator)
    for each in tree.find_data("constant"):
        constant: list[Node] = each.children[-2:]
        module.constants[identifier(constant[0])] = evaluator.value(constant[1], Scope())
    return module


@cache
def parser() -> Lark:
    """The grammar of modules with functions."""
    types = files("penstock.readers.ballerina").joinpath("types.lark").read_text("utf-8")
    functions = (Path(__file__).parent / "functions.lark").read_text("utf-8")
    return Lark(types + functions, parser="lalr", lexer="contextual", maybe_placeholders=True)


def identifier(token: Token | str, also: frozenset[str] = frozenset()) -> str:
    """The name that an identifier stands for (section 4); reserved words must be quoted."""
    if token in RESERVED - also:
        raise IllTyped(f"{token} is a reserved word, and must be quoted")
    return parse_identifier(token)


class TypeRules(Rules):
    """Types from trees; the default of a field stays an expression's tree."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._defaults: list[Node] = []

    def set_defaults_aside(self, tree: Node) -> None:
        """Take the expressions of defaults out of the types that they are in."""
        for each in tree.iter_subtrees():
            if each.data == "default":
                self._defaults.append(each.children[0])
                each.children = [len(self._defaults) - 1]

    def default(self, parts: list[Any]) -> Any:
        return self._defaults[parts[0]]


def _declare(tree: Node, module: Module, evaluator: Evaluator) -> None:
    if tree.data == "import_":
        path, prefix = tree.children
        module.imports[prefix or path.rpartition("/")[2].rpartition(".")[2]] = path
        return
    names = [each for each in tree.children if isinstance(each, Token) and each.type == "IDENT"]
    name = identifier(names[0]) if names else ""
    taken = {**module.types, **module.functions}
    if name in taken:
        raise IllTyped(f"{name} is declared twice")
    if tree.data == "definition":
        module.types[name] = fold(tree.children[-1], evaluator.rules)
    elif tree.data == "enumeration":
        _declare_enumeration(name, tree, module, evaluator)
    elif tree.data == "function":
        module.functions[name] = evaluator.declared_function(name, tree)


def _declare_enumeration(name: str, tree: Node, module: Module, evaluator: Evaluator) -> None:
    members = []
    for each in tree.children:
        if isinstance(each, Tree):
            member, value = list[Node](each.children)
            text = identifier(member) if value is None else evaluator.value(value, Scope())
            module.constants[identifier(member)] = text
            members.append(Literal(text, text))
    module.types[name] = Alternatives(tuple(members))


__all__ = ["Module", "Nil", "Reference", "evaluate_module", "identifier"]
