"""The widest common type: the narrowest type that takes every value of two types.

Widening does not depend on the order, nor on how types are grouped, and a type widened with itself stays (all of it
but for the order of fields). So the types of many files can be added up in any order.

What has no common type becomes a union with one member for each family of types, never text: text would make `true`
and `"true"` one. A union is exact, so it is what a schema says; a column cannot hold one, so where columns are made
(see `penstock.catalog.decisions.decide`) it is kept as JSON. JSON takes every value and stays JSON.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from penstock.schema.types import (
    Decimal,
    Enum,
    Field,
    Float,
    Integer,
    Json,
    List,
    Map,
    Record,
    Text,
    Timestamp,
    Type,
    Union,
    nullable,
)

NOTHING: Final = Union()
"""The type that no value has; where nothing but null was seen, it is nullable. Widening any type with it changes
nothing but that."""

DIGITS: Final[Mapping[int | None, int]] = {64: 19, 128: 39}
"""The most digits of an integer of so many bits; one of any size has no limit."""


def widen(one: Type, other: Type) -> Type:
    """The narrowest type that takes every value of both; unions get one member for each family."""
    is_nullable = _takes_null(one) or _takes_null(other)
    members: list[Type] = []
    for each in (*_members(one), *_members(other)):
        _join(members, nullable(each, value=False))
    if any(isinstance(each, Json) for each in members):
        return Json(nullable=is_nullable)
    if len(members) == 1:
        return nullable(members[0], value=is_nullable)
    return Union(tuple(sorted(members, key=_order)), nullable=is_nullable)


def widest(types: Iterable[Type]) -> Type:
    """The widest common type of many; of none, `NOTHING`."""
    result: Type = NOTHING
    for each in types:
        result = widen(result, each)
    return result


def _members(type_: Type) -> tuple[Type, ...]:
    if not isinstance(type_, Union):
        return (type_,)
    return tuple(inner for each in type_.members for inner in _members(each))


def _takes_null(type_: Type) -> bool:
    return type_.nullable or any(each.nullable for each in _members(type_))


def _order(member: Type) -> tuple[str, bool]:
    return member.name, isinstance(member, Timestamp) and member.zone


def _join(members: list[Type], new: Type) -> None:
    """Add a type to the members of a union; a member of its family takes it in."""
    for position, each in enumerate(members):
        rule = WIDENING.get(frozenset({each.name, new.name}))
        common = rule(each, new) if rule else None
        if common is not None:
            members[position] = common
            return
    members.append(new)


def _same(one: Any, other: Any) -> Type | None:
    return one if one == other else None


def _integer(one: Integer, other: Integer) -> Type:
    return Integer(None if None in (one.bits, other.bits) else max(one.bits or 0, other.bits or 0))


def _decimal(one: Decimal | Integer, other: Decimal | Integer) -> Type:
    (whole, scale), (other_whole, other_scale) = _digits(one), _digits(other)
    if whole is None or other_whole is None:
        # No decimal and no double takes an integer of any size.
        return Json()
    scale = max(scale, other_scale)
    return Decimal(max(whole, other_whole) + scale, scale)


def _digits(type_: Decimal | Integer) -> tuple[int | None, int]:
    if isinstance(type_, Decimal):
        return type_.precision - type_.scale, type_.scale
    return DIGITS.get(type_.bits), 0


def _float(one: Type, other: Type) -> Type:
    unbounded = any(isinstance(each, Integer) and each.bits is None for each in (one, other))
    return Json() if unbounded else Float()


def _text(one: Type, other: Type) -> Type:  # noqa: ARG001  # the signature of the table
    return Text()


def _enum(one: Enum, other: Enum) -> Type:
    return Enum(tuple(dict.fromkeys((*one.values, *other.values))))


def _list(one: List, other: List) -> Type:
    return List(widen(one.element, other.element))


def _map(one: Map, other: Map) -> Type:
    return Map(widen(one.value, other.value))


def _record(one: Record, other: Record) -> Type:
    mine, theirs = one.by_name(), other.by_name()
    names = dict.fromkeys((*mine, *theirs))
    fields = tuple(_field(mine.get(name), theirs.get(name)) for name in names)
    name = one.type_name if one.type_name == other.type_name else ""
    return Record(fields, name, one.closed and other.closed)


def _field(mine: Field | None, theirs: Field | None) -> Field:
    if mine is None or theirs is None:
        only = mine or theirs
        assert only is not None, "the name is from one of the two"
        return replace(only, type=widen(only.type, NOTHING), optional=True, key=False)
    return Field(
        mine.name,
        widen(mine.type, theirs.type),
        mine.optional or theirs.optional,
        mine.description or theirs.description,
        mine.default if mine.default == theirs.default else "",
        mine.key and theirs.key,
    )


WIDENING: Final[Mapping[frozenset[str], Callable[[Any, Any], Type | None]]] = {
    frozenset({"integer"}): _integer,
    frozenset({"integer", "decimal"}): _decimal,
    frozenset({"integer", "float"}): _float,
    frozenset({"decimal"}): _decimal,
    frozenset({"decimal", "float"}): _float,
    frozenset({"float"}): _float,
    frozenset({"text"}): _text,
    frozenset({"text", "enum"}): _text,
    frozenset({"enum"}): _enum,
    frozenset({"boolean"}): _same,
    frozenset({"date"}): _same,
    frozenset({"timestamp"}): _same,
    frozenset({"time"}): _same,
    frozenset({"binary"}): _same,
    frozenset({"json"}): _same,
    frozenset({"list"}): _list,
    frozenset({"map"}): _map,
    frozenset({"record"}): _record,
}
"""Which types have a common type, and which: by the names of both. Types that are linked here are a family."""
