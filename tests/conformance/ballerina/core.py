"""What every part of the evaluator builds on."""

from collections.abc import Iterator
from typing import Any

from lark import Token
from tests.conformance.ballerina.membership import belongs
from tests.conformance.ballerina.scope import Scope
from tests.conformance.ballerina.values import IllTyped, kind

from penstock.readers.ballerina.build import Rules, fold
from penstock.readers.ballerina.names import RESERVED, parse_identifier
from penstock.readers.ballerina.syntax import TypeSyntax


class Core:
    """Values, types, names and elements of trees of the grammar."""

    def __init__(self, module: Any, rules: Rules) -> None:
        self.module = module
        self.rules = rules
        self._types: dict[int, TypeSyntax] = {}
        self._literals: dict[int, Any] = {}

    def value(self, node: Any, scope: Scope) -> Any:
        """What an expression is."""
        return getattr(self, f"_{node.data}")(node, scope)

    def type(self, tree: Any) -> TypeSyntax:
        """The type that a tree says."""
        if id(tree) not in self._types:
            self._types[id(tree)] = fold(tree, self.rules)
        return self._types[id(tree)]

    def fits(self, value: Any, type_: TypeSyntax | None, what: str) -> Any:
        """A value that belongs to a type; what does not would not have compiled."""
        if type_ is not None and not belongs(value, type_, self.module.types):
            raise IllTyped(f"{what}: {value!r} is not a {type_}")
        return value

    @staticmethod
    def _name(token: str, also: frozenset[str] = frozenset()) -> str:
        if token in RESERVED - also:
            raise IllTyped(f"{token} is a reserved word, and must be quoted")
        return parse_identifier(token)

    @staticmethod
    def _elements(value: Any) -> Iterator[Any]:
        """Of a list its members, of a mapping its values, of a string its characters (section 6, "Iterable")."""
        if isinstance(value, dict):
            return iter(list(value.values()))
        if isinstance(value, list | range | str):
            return iter(list(value) if not isinstance(value, range) else value)
        raise IllTyped(f"{kind(value)} cannot be iterated over")

    def _bind_element(self, binding: Any, value: Any, scope: Scope) -> None:
        if binding.data == "list_binding":
            names = [each for each in binding.children if each.type == "IDENT"]
            if not isinstance(value, list) or len(value) != len(names):
                raise IllTyped("a list of another length")
            for name, each in zip(names, value, strict=True):
                scope.declare(self._name(name), each)
            return
        kind_, name = binding.children
        wanted = None if isinstance(kind_, Token) else self.type(kind_)
        scope.declare(self._name(name), self.fits(value, wanted, name))

    def _condition(self, node: Any, scope: Scope) -> bool:
        value = self.value(node, scope)
        if not isinstance(value, bool):
            raise IllTyped(f"a condition is {kind(value)}")
        return value
