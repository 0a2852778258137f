"""Why a value does not fit a field of the target: each difference, also those inside of records copied whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from penstock.schema import (
    ITEM,
    KEY,
    Boolean,
    Date,
    Decimal,
    Enum,
    Float,
    Integer,
    Json,
    List,
    Map,
    Path,
    Record,
    Text,
    Timestamp,
    Type,
    Union,
    assignable,
    format_type,
    nullable,
)

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One reason why a value does not fit, and where inside of it."""

    path: Path
    name: str
    message: str
    suggestion: str


def mismatches(value: Type, target: Type, at: Path) -> Iterator[Mismatch]:
    """Every reason why values of a type do not fit a field; whether the whole value may be null is not looked at."""
    if assignable(nullable(value, value=False), nullable(target, value=False)):
        return
    match value, target:
        case Record(), Record():
            yield from _records(value, target, at)
        case List(element=inner), List(element=wanted):
            yield from _nulls(inner, wanted, at / ITEM)
            yield from mismatches(inner, wanted, at / ITEM)
        case Map(value=inner), Map(value=wanted):
            yield from _nulls(inner, wanted, at / KEY)
            yield from mismatches(inner, wanted, at / KEY)
        case _:
            yield _mismatch(value, target, at)


def _records(value: Record, target: Record, at: Path) -> Iterator[Mismatch]:
    wanted = target.by_name()
    given = value.by_name()
    for name, each in given.items():
        if name not in wanted:
            advice = "build the record field by field"
            yield Mismatch(
                at / name, "target_type", "the record that is copied has a field that the target lacks", advice
            )
            continue
        if each.optional and not wanted[name].optional:
            problem = "the field may be missing in the record that is copied, and the target needs it"
            yield Mismatch(at / name, "target_type", problem, "build the record field by field")
        yield from _nulls(each.type, wanted[name].type, at / name)
        yield from mismatches(each.type, wanted[name].type, at / name)
    for name, field in wanted.items():
        if name not in given and not field.optional:
            problem = "the target needs the field, and the record that is copied lacks it"
            yield Mismatch(at / name, "target_type", problem, "build the record field by field")


def _nulls(value: Type, target: Type, at: Path) -> Iterator[Mismatch]:
    if value.nullable and not target.nullable:
        problem = "the value may be null inside of what is copied, and the target takes no null there"
        yield Mismatch(at, "target_type", problem, "build it field by field with DEFAULT or REQUIRE, or with FOR_EACH")


def _mismatch(value: Type, target: Type, at: Path) -> Mismatch:
    shown = f"the value is {_named(value)}, the target takes {_named(target)}"
    match value, target:
        case Enum(), Enum():
            return Mismatch(at, "enum_leftover", *_leftover(value, target))
        case List(), _ if not isinstance(target, Json | Union):
            advice = "take one with FIRST, LAST or ITEM_AT, or all of them with JOIN_STRINGS, SUM or LENGTH"
            return Mismatch(at, "cardinality", f"the value is a list, the target takes one {_named(target)}", advice)
        case _, List():
            advice = "map a list of the source: with FOR_EACH, or as it is"
            return Mismatch(at, "cardinality", f"the value is one {_named(value)}, the target takes a list", advice)
    return Mismatch(at, "target_type", shown, _advice(value, target))


def _leftover(value: Enum, target: Enum) -> tuple[str, str]:
    left = [each for each in value.values if each not in target.values]
    more = f" and {len(left) - _SHOWN} more" if len(left) > _SHOWN else ""
    listed = ", ".join(repr(each) for each in left[:_SHOWN])
    return f"the target does not list {listed}{more}", "give these a value of the target with MAP_VALUES"


def _advice(value: Type, target: Type) -> str:
    if isinstance(value, Union | Json):
        return 'say which type it is: IF(IS_TYPE(value, "string"), value, …)'
    if isinstance(value, Record):
        return "read one field of the record"
    if isinstance(target, Decimal):
        return f"convert it with TO_DECIMAL and its precision {target.precision} and scale {target.scale}"
    conversion = _READ.get((type(value), type(target))) or _CONVERSIONS.get(type(target))
    return f"convert it with {conversion}" if conversion else "convert it with an operation"


_READ: Final[Mapping[tuple[type[Type], type[Type]], str]] = {
    (Text, Enum): "MAP_VALUES, which maps texts to the listed values",
    (Text, Date): "PARSE_DATE",
    (Text, Timestamp): "PARSE_TIMESTAMP",
    (Integer, Timestamp): "EPOCH_TO_TIMESTAMP",
}

_CONVERSIONS: Final[Mapping[type[Type], str]] = {
    Text: "TO_STRING",
    Integer: "TO_INT",
    Float: "TO_FLOAT",
    Boolean: "TO_BOOLEAN",
}


def _named(type_: Type) -> str:
    if isinstance(type_, Union):
        return " or ".join(map(_named, type_.members)) or "nothing but null"
    return format_type(nullable(type_, value=False))
