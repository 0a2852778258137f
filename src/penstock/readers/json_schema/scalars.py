"""The types of values and of formats in a JSON Schema."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from penstock.errors import TypeSyntaxError
from penstock.readers.json_schema.references import Part
from penstock.schema.json_schema import WORD
from penstock.schema.notation import parse_type
from penstock.schema.types import (
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
)
from penstock.schema.widen import widest

_TEXTS: Final[Mapping[str, Type]] = {
    "date": Date(),
    "full-date": Date(),
    "date-time": Timestamp(),
    "date-time-local": Timestamp(zone=False),
    "time": Time(),
    "time-local": Time(),
    "partial-time": Time(),
    "byte": Binary(),
    "binary": Binary(),
    "base64url": Binary(),
}

_NUMBERS: Final[Mapping[str, Type]] = {
    "decimal": Decimal(),
    "decimal128": Decimal(),
    "int64": Integer(),
    "int32": Integer(),
}

_INTEGERS: Final[Mapping[str, Type]] = {"uint64": Integer(128), "int128": Integer(128)}

_FRACTION: Final = re.compile(r"0\.(0*)1|1e-0*(\d+)")


def of_values(values: Iterable[Any]) -> Type:
    """The type that takes the listed values; texts alone are an enumeration."""
    listed = list(values)
    if listed and all(isinstance(each, str) for each in listed):
        return Enum(tuple(dict.fromkeys(listed)))
    return widest(_of_value(each) for each in listed if each is not None)


def _of_value(value: Any) -> Type:
    if isinstance(value, bool):
        return Boolean()
    if isinstance(value, dict):
        return Map(Json(nullable=True))
    for class_, type_ in ((str, Text()), (int, Integer()), (float, Float())):
        if isinstance(value, class_):
            return type_
    return List(Json(nullable=True))


def word_of(parts: Iterable[Part]) -> Type | None:
    """The type that Penstock itself wrote beside the standard keywords."""
    for each in parts:
        word = each.get(WORD)
        if isinstance(word, str):
            try:
                return parse_type(word)
            except TypeSyntaxError:
                return None
    return None


def text_type(parts: Iterable[Part]) -> Type:
    """The type of texts with a format."""
    for each in parts:
        if each.get("contentEncoding") in ("base64", "base64url"):
            return Binary()
        found = _TEXTS.get(str(each.get("format")))
        if found is not None:
            return found
    return Text()


def number_type(parts: Iterable[Part]) -> Type:
    """The type of numbers; multiples of 0.01 are decimals."""
    for each in parts:
        found = _NUMBERS.get(str(each.get("format")))
        if found is not None:
            return found
        scale = _FRACTION.fullmatch(str(each.get("multipleOf")))
        if scale:
            digits = int(scale[2]) if scale[2] else len(scale[1]) + 1
            return Decimal(38, digits) if digits <= 38 else Float()  # noqa: PLR2004  # the most that engines have
    return Float()


def integer_type(parts: Iterable[Part]) -> Type:
    """The type of whole numbers, of 64 bits unless a format says otherwise."""
    found = (_INTEGERS.get(str(each.get("format"))) for each in parts)
    return next((each for each in found if each is not None), Integer())
