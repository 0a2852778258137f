"""A mapping whose names are resolved, arguments bound and types known: what is evaluated and emitted.

It is made by `penstock.mapping.check`. Every node has a `type`; what a node holds is typed as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from penstock.mapping.model import Shape
from penstock.mapping.operation import Operation
from penstock.schema import Path, Type


@dataclass(frozen=True, slots=True)
class Variable:
    """A source, or the element of an enclosing loop."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Member:
    """A field of a record, the value under a key of a map, or what is below a JSON value.

    Null where the record is null or has no such key.
    """

    value: "Expression"
    name: str
    kind: Literal["field", "key", "json"]
    type: Type


@dataclass(frozen=True, slots=True)
class Fixed:
    """A fixed value, as Python has it: a `Decimal` for a decimal, a `date` for a date, a list, a dict."""

    value: Any
    type: Type


@dataclass(frozen=True, slots=True)
class Widen:
    """An integer as a decimal or float, or a decimal as a float."""

    value: "Expression"
    type: Type


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of the values of expressions, nulls among them."""

    items: tuple["Expression", ...]
    type: Type


@dataclass(frozen=True, slots=True)
class Call:
    """An operation on bound arguments: every parameter is there, defaults included."""

    operation: Operation
    arguments: "Arguments"
    element: str
    """The variable of the parameters that are worked out for each element; unique in the mapping."""
    element_type: Type | None
    type: Type


@dataclass(frozen=True, slots=True)
class Build:
    """A record."""

    fields: tuple["Field", ...]
    type: Type


@dataclass(frozen=True, slots=True)
class ForEach:
    """A list with one element for each element of another; null where that is null."""

    items: "Expression"
    element: str
    """The variable of the body; unique in the mapping."""
    element_type: Type
    body: "Expression"
    type: Type


Expression = Variable | Member | Fixed | Widen | ListOf | Call | Build | ForEach

Arguments = Mapping[str, Expression | tuple[Expression, ...]]
"""By the names of the parameters, in their order; a tuple for a parameter that takes several."""


def as_tuple(value: Expression | tuple[Expression, ...]) -> tuple[Expression, ...]:
    """The expressions of one parameter."""
    return value if isinstance(value, tuple) else (value,)


@dataclass(frozen=True, slots=True)
class Field:
    """How one field of the target gets its value."""

    name: str
    path: Path
    """From the root of the target, `[]` for the elements of lists: where rejects are reported."""
    value: Expression
    type: Type
    """The target's type; `value` fits it, but for null where `required`."""
    optional: bool
    """The key is left out where the value is null and the type does not take null."""
    required: bool
    """The target takes no null: a row whose value is null is rejected with the reason `REQUIRED_REASON`.

    That holds where the types say that there is always a value, too: data do not always keep to their schema.
    """
    on_reject: Fixed | None = None
    comment: str = ""


REQUIRED_REASON = "is required, but there is no value"


@dataclass(frozen=True, slots=True)
class TypedMapping:
    """A mapping that can be evaluated and emitted; leaves with errors are left out of it."""

    name: str
    sources: tuple[Shape, ...]
    target: Shape
    root: Build
