"""Which names a piece of written code may use."""

import keyword
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from penstock.emitters.python import written
from penstock.emitters.python.copying import Copies
from penstock.mapping import typed

MOST_NESTED = 12
"""Deeper expressions are functions of their own: Python's parser has a limit."""


@dataclass(slots=True)
class Variable:
    """A variable of the mapping, as the code calls it."""

    name: str
    is_raw: bool
    """It holds a source value that nobody has looked at."""
    prelude: list[str] | None = None
    """Lines that stand where the variable gets its value; None: it gets it inside an expression."""
    holders: dict[tuple[str, ...], str] = field(default_factory=dict)
    """Names of the objects below it, by their paths."""


@dataclass(slots=True)
class Scope:
    """The variables that are known, in a function."""

    copies: Copies
    variables: dict[str, Variable]
    wrapped: bool = False
    """Failing operations say themselves why, because several of a field may fail."""
    depth: int = 0
    path: str = ""
    """The target field that is written."""

    def inside(self, variable: str, is_raw: bool, prelude: list[str] | None = None) -> "Scope":
        """The scope of a loop's body."""
        known = {**self.variables, variable: Variable(self.copies.fresh(identifier(variable)), is_raw, prelude)}
        return Scope(self.copies, known, self.wrapped, self.depth, self.path)

    def deeper(self, steps: int = 1) -> "Scope":
        """The scope of what is nested in an expression."""
        return Scope(self.copies, self.variables, self.wrapped, self.depth + steps, self.path)

    def temporary(self) -> str:
        """A name for a value in between."""
        return self.copies.fresh("v")


def identifier(name: str) -> str:
    """A name as Python may have it."""
    plain = re.sub(r"[^A-Za-z0-9_]", "_", name).lstrip("_")
    if not plain or plain[0].isdigit():
        plain = f"v_{plain}"
    return f"{plain}_" if keyword.iskeyword(plain) or keyword.issoftkeyword(plain) else plain


def is_raw(node: typed.Expression, scope: Scope) -> bool:
    """Whether a value comes from a source and nobody has looked at it."""
    while isinstance(node, typed.Member):
        node = node.value
    return isinstance(node, typed.Variable) and scope.variables[node.name].is_raw


def holder(node: typed.Member, scope: Scope) -> str | None:
    """The name of the object that a field is read from, where it has one."""
    steps: list[typed.Member] = []
    value: typed.Expression = node.value
    while isinstance(value, typed.Member):
        steps.insert(0, value)
        value = value.value
    if not isinstance(value, typed.Variable):
        return None
    variable = scope.variables[value.name]
    if variable.prelude is None or not variable.is_raw:
        return None
    name = _held(scope, variable, (), variable.name, "json" if value.type.name == "json" else "field")
    for number, each in enumerate(steps, 1):
        path = tuple(step.name for step in steps[:number])
        kind = "json" if each.type.name == "json" else each.kind
        name = _held(scope, variable, path, name, kind)
    return name


def _held(scope: Scope, variable: Variable, path: tuple[str, ...], raw: str, kind: str) -> str:
    if path not in variable.holders:
        assert variable.prelude is not None
        name = scope.copies.fresh(f"in_{identifier(path[-1] if path else variable.name)}")
        if not path:
            reader = scope.copies.use(written.as_json_object if kind == "json" else written.as_object)
            variable.prelude.append(f"{name} = {raw} if type({raw}) is dict else {reader}({raw})")
        else:
            reader = scope.copies.use(written.json_object_in if kind == "json" else written.object_in)
            variable.prelude.append(f"{name} = {reader}({raw}, {path[-1]!r})")
        variable.holders[path] = name
    return variable.holders[path]


def inner(node: typed.Expression) -> Iterator[typed.Expression]:
    """What an expression holds."""
    match node:
        case typed.Member(value=value) | typed.Widen(value=value):
            yield value
        case typed.ListOf(items=items):
            yield from items
        case typed.Call(arguments=arguments):
            for each in arguments.values():
                yield from each if isinstance(each, tuple) else (each,)
        case typed.Build(fields=fields):
            yield from (each.value for each in fields)
        case typed.ForEach(items=value, body=body):
            yield value
            yield body


def every(node: typed.Expression) -> Iterator[typed.Expression]:
    """An expression and everything in it."""
    yield node
    for each in inner(node):
        yield from every(each)


def needed(node: typed.Expression, scope: Scope) -> Mapping[str, Variable]:
    """The variables that an expression reads from outside."""
    read = {each.name for each in every(node) if isinstance(each, typed.Variable)}
    return {name: each for name, each in sorted(scope.variables.items()) if name in read}
