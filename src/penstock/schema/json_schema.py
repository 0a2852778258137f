"""Writes a record type as a JSON Schema (2020-12)."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from penstock.schema.types import (
    Binary,
    Boolean,
    Date,
    Decimal,
    Enum,
    Field,
    Float,
    Integer,
    List,
    Map,
    Record,
    Text,
    Time,
    Timestamp,
    Type,
    Union,
)

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def to_json_schema(record: Record, title: str = "") -> dict[str, object]:
    """A JSON Schema document that accepts exactly the records of a type, and fields that it does not know."""
    return {"$schema": DIALECT, **({"title": title} if title else {}), **_schema(record)}


def _schema(type_: Type) -> dict[str, Any]:
    plain = _PLAIN[type(type_)](type_) if type(type_) in _PLAIN else {}
    if not type_.nullable or not plain:
        return plain
    if "enum" in plain:
        return {**plain, "type": ["string", "null"], "enum": [*plain["enum"], None]}
    return {**plain, "type": [plain["type"], "null"]} if "type" in plain else {"anyOf": [plain, {"type": "null"}]}


def _record(type_: Record) -> dict[str, Any]:
    required = [each.name for each in type_.fields if not each.optional]
    return {
        "type": "object",
        "properties": {each.name: _field(each) for each in type_.fields},
        **({"required": required} if required else {}),
    }


def _field(field: Field) -> dict[str, Any]:
    return {**({"description": field.description} if field.description else {}), **_schema(field.type)}


_PLAIN: Final[Mapping[type[Type], Callable[[Any], dict[str, Any]]]] = {
    Text: lambda _: {"type": "string"},
    Enum: lambda each: {"type": "string", "enum": list(each.values)},
    Binary: lambda _: {"type": "string", "contentEncoding": "base64"},
    Boolean: lambda _: {"type": "boolean"},
    Integer: lambda _: {"type": "integer"},
    Float: lambda _: {"type": "number"},
    Decimal: lambda _: {"type": "number"},
    Date: lambda _: {"type": "string", "format": "date"},
    # JSON Schema knows only times with a zone.
    Time: lambda _: {"type": "string"},
    Timestamp: lambda each: {"type": "string", **({"format": "date-time"} if each.zone else {})},
    List: lambda each: {"type": "array", "items": _schema(each.element)},
    Map: lambda each: {"type": "object", "additionalProperties": _schema(each.value)},
    Record: _record,
    Union: lambda each: {"anyOf": [_schema(member) for member in each.members]},
}
"""How the types are written; JSON, which is anything, is the empty schema."""
