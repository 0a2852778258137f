"""What a mapping is: a tree in the order of the target schema, whose leaves say how a value is made.

An expression is one of five nodes. What they mean for given types is worked out by `penstock.mapping.check`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from penstock.schema import ITEM, Path, Record, Type

Origin = Literal["rule", "model", "person", "memory"]

Value = Any
"""A constant as JSON has it: None, bool, int, Decimal, float, str, and lists and dicts of them."""


@dataclass(frozen=True, slots=True)
class Read:
    """The value at a path, whose first step is the name of a source or the element of an enclosing loop."""

    path: Path


@dataclass(frozen=True, slots=True)
class Constant:
    """A fixed value."""

    value: Value


@dataclass(frozen=True, slots=True)
class Argument:
    """What is given for a parameter: by its position, or by `name`."""

    value: "Expression"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """An operation on arguments."""

    operation: str
    arguments: tuple[Argument, ...] = ()
    element: str = ""
    """What the elements of a list are called in the arguments that are worked out for each of them."""


@dataclass(frozen=True, slots=True)
class Build:
    """A record, made field by field."""

    fields: tuple["FieldMapping", ...] = ()


@dataclass(frozen=True, slots=True)
class ForEach:
    """A list with one element for each element of another."""

    items: "Expression"
    element: str
    body: "Expression"


Expression = Read | Constant | Call | Build | ForEach


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way to fill a field, less likely than the one taken."""

    value: Expression
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """How one target field gets its value. Its place in the tree is its path."""

    target: str
    """The field's name in the record that holds it."""
    value: Expression
    origin: Origin = "person"
    """Who proposed it."""
    confidence: float | None = None
    """From 0 to 1; None: nobody doubts it."""
    evidence: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    locked: bool = False
    """Not to be changed by proposals."""
    comment: str = ""
    on_reject: Constant | None = None
    """Taken in the place of a value that cannot be made; without it the row is rejected."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A named shape: a source, or the target."""

    name: str
    type: Type
    type_name: str = ""


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A field that has no mapping, and why."""

    path: Path
    reason: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Mapping:
    """From named sources to one target."""

    sources: tuple[Shape, ...]
    target: Shape
    fields: tuple[FieldMapping, ...] = ()
    unmapped_target: tuple[Unmapped, ...] = ()
    unmapped_sources: tuple[Unmapped, ...] = ()
    name: str = ""
    comment: str = field(default="", kw_only=True)

    def source(self, name: str) -> Shape | None:
        """The source of a name."""
        return next((each for each in self.sources if each.name == name), None)


def walk(fields: tuple[FieldMapping, ...], at: Path | None = None) -> Iterator[tuple[Path, FieldMapping]]:
    """Every field of a mapping with its path, records before what is in them."""
    for each in fields:
        path = (at or Path()) / each.target
        yield path, each
        inner: Expression = each.value
        while isinstance(inner, ForEach):
            path, inner = path / ITEM, inner.body
        if isinstance(inner, Build):
            yield from walk(inner.fields, path)


def record_of(type_: Type) -> Record:
    """The record that a source or target is, or that the elements of its list are; an empty one else."""
    element: Type = getattr(type_, "element", type_)
    return element if isinstance(element, Record) else Record()
