"""Copies functions into a module that runs without Penstock, with what they use."""

import ast
import builtins
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Context, Decimal
from functools import cache
from types import CodeType, FunctionType, ModuleType
from typing import Any, Final

from penstock.mapping.operation import Operation

_PLAIN: Final = (str, int, float, bool, type(None), bytes, Decimal, date, time, timedelta)


class NotCopyableError(Exception):
    """Something is not of the standard library and cannot be written down."""


@dataclass(slots=True)
class Copies:
    """What a module holds besides the mapping."""

    taken: set[str] = field(default_factory=lambda: {*dir(builtins)})
    """Every name that means something."""
    counts: dict[str, int] = field(default_factory=dict)
    """How often a name was asked for."""
    imports: set[str] = field(default_factory=set)
    constants: list[str] = field(default_factory=list)
    """What needs only the standard library."""
    definitions: list[str] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    kept: list[Any] = field(default_factory=list)
    """What the keys of `names` are the ids of, so that these stay theirs."""
    made: dict[str, str] = field(default_factory=dict)
    """Names of what was made for the mapping, by what it is."""

    def fresh(self, wanted: str) -> str:
        """A name that means nothing yet, and now means something."""
        name = wanted
        while name in self.taken:
            self.counts[wanted] = number = self.counts.get(wanted, 1) + 1
            name = f"{wanted}_{number}"
        self.taken.add(name)
        return name

    def use(self, value: Any, wanted: str = "") -> str:
        """The name under which the module has a function, class, module or constant.

        Raises:
            NotCopyableError: it cannot be written down.
        """
        value = value.function if isinstance(value, Operation) else value
        if id(value) not in self.names:
            self.kept.append(value)
            self._add(value, wanted or value.__name__)
        return self.names[id(value)]

    def _add(self, value: Any, wanted: str) -> None:
        module = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None) or ""
        if (isinstance(value, ModuleType | type) or callable(value)) and module.split(".")[
            0
        ] in sys.stdlib_module_names:
            self._import(value, module)
            return
        name = self.names[id(value)] = self.fresh(wanted)
        if isinstance(value, FunctionType | type):
            self.definitions.append(self._source(value, name))
        else:
            self.constants.append(f"{name} = {self.literal(value)}")

    def _import(self, value: Any, module: str) -> None:
        known = module if isinstance(value, ModuleType) else value.__name__
        name = known if known not in self.taken or isinstance(value, ModuleType) else self.fresh(known)
        self.taken.add(name)
        renamed = "" if name == known else f" as {name}"
        self.imports.add(
            f"import {module}" if isinstance(value, ModuleType) else f"from {module} import {known}{renamed}"
        )
        self.names[id(value)] = name

    def fixed(self, wanted: str, value: Any) -> str:
        """The name of a constant that is a plain value."""
        name = self.fresh(wanted)
        self.constants.append(f"{name} = {self.literal(value)}")
        return name

    def constant(self, wanted: str, code: str) -> str:
        """The name of a constant that stands for an expression."""
        name = self.fresh(wanted)
        self.definitions.append(f"{name} = {code}")
        return name

    def literal(self, value: Any) -> str:  # noqa: PLR0911  # one case for each type
        """A plain value as Python code.

        Raises:
            NotCopyableError: it is no plain value.
        """
        if type(value) in _PLAIN:
            if isinstance(value, Decimal | date | time | timedelta):
                return f"{self.use(type(value))}{repr(value)[repr(value).index('(') :]}"
            return repr(value)
        match value:
            case re.Pattern():
                return f"{self.use(re)}.compile({value.pattern!r}, {int(value.flags)})"
            case Context():
                return f"{self.use(Context)}(prec={value.prec}, rounding={value.rounding!r})"
            case list() | tuple():
                inner = "".join(f"{self.literal(each)}, " for each in value)
                return f"[{inner}]" if isinstance(value, list) else f"({inner})"
            case set() | frozenset():
                return f"frozenset([{', '.join(sorted(map(self.literal, value)))}])"
            case dict():
                return "{" + ", ".join(f"{self.literal(k)}: {self.literal(v)}" for k, v in value.items()) + "}"
        if str(value) == "UTC" and repr(value) == "datetime.timezone.utc":
            self.imports.add("from datetime import timezone")
            return "timezone.utc"
        raise NotCopyableError(f"{value!r} is neither of the standard library nor a plain value")

    def _source(self, value: Any, name: str) -> str:
        try:
            tree = ast.parse(textwrap.dedent(inspect.getsource(value)))
        except (OSError, TypeError):
            raise NotCopyableError(f"the source of {name} cannot be read") from None
        definition = tree.body[0]
        assert isinstance(definition, ast.FunctionDef | ast.ClassDef)
        definition.name = name
        definition.decorator_list = []
        space = value.__globals__ if isinstance(value, FunctionType) else vars(sys.modules[value.__module__])
        renamed = {each: self.use(space[each], each) for each in self._globals(value, tree, space)}
        return ast.unparse(_Plain(renamed).visit(tree))

    @staticmethod
    def _globals(value: Any, tree: ast.Module, space: dict[str, Any]) -> list[str]:
        functions = [value] if isinstance(value, FunctionType) else [*vars(value).values(), *value.__bases__]
        definition = tree.body[0]
        arguments = definition.args if isinstance(definition, ast.FunctionDef) else None
        defaults = [*arguments.defaults, *filter(None, arguments.kw_defaults)] if arguments else []
        loaded = {node.id for each in defaults for node in ast.walk(each) if isinstance(node, ast.Name)}
        loaded |= {name for each in functions for name in _names(getattr(each, "__code__", None))}
        loaded |= {each.__name__ for each in functions if isinstance(each, type)}
        plain = _Plain({}).visit(ast.parse(ast.unparse(tree)))
        said = {node.id: None for node in ast.walk(plain) if isinstance(node, ast.Name)}
        return [each for each in said if each in loaded and each in space]


def _names(code: CodeType | None) -> Iterator[str]:
    if code is not None:
        yield from code.co_names
        for each in code.co_consts:
            if isinstance(each, CodeType):
                yield from _names(each)


@dataclass(slots=True)
class _Plain(ast.NodeTransformer):
    """Takes annotations away, and calls globals by the module's names."""

    renamed: dict[str, str]

    def visit_Name(self, node: ast.Name) -> ast.Name:  # as ast asks for it
        node.id = self.renamed.get(node.id, node.id)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        if node.value is None:
            return None
        plain = ast.copy_location(ast.Assign([node.target], node.value), node)
        return self.generic_visit(ast.fix_missing_locations(plain))


@cache
def names_in(code: str) -> tuple[str, ...]:
    """The names that an expression reads from outside, in order."""
    bound = bound_in(code)
    names = (node.id for node in ast.walk(ast.parse(code, mode="eval")) if isinstance(node, ast.Name))
    return tuple(dict.fromkeys(each for each in names if each not in bound))


@cache
def bound_in(code: str) -> frozenset[str]:
    """The names that an expression gives a meaning itself: parameters of lambdas, and variables of comprehensions."""
    nodes = [*ast.walk(ast.parse(code, mode="eval"))]
    stored = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return frozenset(stored | {node.arg for node in nodes if isinstance(node, ast.arg)})
