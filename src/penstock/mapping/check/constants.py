"""What a constant of a mapping is for the type that is wanted."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal as Exact
from typing import Any, Final

from penstock.mapping import typed
from penstock.mapping.check.problem import LeafError
from penstock.mapping.values import Misfit, decode
from penstock.schema import (
    NOTHING,
    Binary,
    Boolean,
    Date,
    Decimal,
    Enum,
    Float,
    Integer,
    Json,
    List,
    Map,
    Text,
    Time,
    Timestamp,
    Type,
    nullable,
    widest,
)


def fixed(value: Any, wanted: Type | None) -> typed.Fixed:
    """A constant of a type; without a wanted one, of the type that its value shows.

    Raises:
        LeafError: it is not a value of the wanted type.
    """
    if wanted is None:
        return typed.Fixed(value, type_of(value))
    if value is None:
        return typed.Fixed(None, nullable(wanted))
    try:
        return typed.Fixed(decode(value, wanted), nullable(wanted, value=False))
    except Misfit as problem:
        listed = f"one of {', '.join(wanted.values)}" if isinstance(wanted, Enum) else wanted.name
        raise LeafError("bad_constant", f"the constant {value!r} {problem}", f"it must be {listed}") from None


def type_of(value: Any) -> Type:
    """The type of a value as JSON or Python has it."""
    if value is None:
        return nullable(NOTHING)
    if isinstance(value, list):
        return List(widest(map(type_of, value)))
    if isinstance(value, dict):
        return Map(widest(map(type_of, value.values())))
    return _SCALARS.get(type(value), lambda _: Json())(value)


def _integer(value: int) -> Type:
    return Integer() if -(2**63) <= value < 2**63 else Integer(None)


def _decimal(value: Exact) -> Type:
    _, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        raise LeafError("bad_constant", f"the constant {value} is no number that can be kept", "write a finite number")
    scale = max(0, -exponent)
    return Decimal(max(len(digits) + max(0, exponent), scale, 1), scale)


_SCALARS: Final[Mapping[type, Callable[[Any], Type]]] = {
    bool: lambda _: Boolean(),
    int: _integer,
    float: lambda _: Float(),
    Exact: _decimal,
    str: lambda _: Text(),
    bytes: lambda _: Binary(),
    datetime: lambda value: Timestamp(zone=value.tzinfo is not None),
    date: lambda _: Date(),
    time: lambda _: Time(),
}
