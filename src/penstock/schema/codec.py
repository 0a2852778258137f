"""Schemas as JSON: versioned, in a stable order, without what is default.

```json
{"penstock": "schema/1", "schema": {"type": "record", "fields": [
  {"name": "id", "type": {"type": "integer", "bits": 128}},
  {"name": "note", "type": {"type": "text", "nullable": true}, "optional": true}]}}
```
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from dataclasses import Field as Attribute
from typing import Any, Final

from penstock.errors import SchemaFormatError, hint_for
from penstock.schema.types import (
    Binary,
    Boolean,
    Date,
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
    Time,
    Timestamp,
    Type,
    Union,
)

SCHEMA_VERSION: Final = "schema/1"

TYPES: Final[Mapping[str, type[Type]]] = {
    each.name: each
    for each in (
        Text,
        Integer,
        Decimal,
        Float,
        Boolean,
        Date,
        Timestamp,
        Time,
        Binary,
        Json,
        Enum,
        List,
        Map,
        Union,
        Record,
    )
}
"""Every type under its name."""


def dump_schema(schema: Type) -> str:
    """A schema as the text of a JSON document, with a line break at the end."""
    document = {"penstock": SCHEMA_VERSION, "schema": encode_type(schema)}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def load_schema(text: str | bytes) -> Type:
    """The schema in a JSON document.

    Raises:
        SchemaFormatError: not JSON, another version, or not a schema; says where.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SchemaFormatError("$", f"is not JSON: {error}", "look at the file there.") from None
    _only_keys(document, "$", {"penstock", "schema"})
    version = document.get("penstock")
    if version != SCHEMA_VERSION:
        hint = f"this Penstock reads {SCHEMA_VERSION!r}; a newer one may have written the file."
        raise SchemaFormatError("$.penstock", f"unknown version {version!r}", hint)
    if "schema" not in document:
        raise SchemaFormatError("$", "has no key 'schema'", "put the schema under it.")
    return decode_type(document["schema"], "$.schema")


def encode_type(type_: Type) -> dict[str, object]:
    """A type as plain data."""
    return {"type": type_.name, **_attributes(type_)}


def decode_type(data: object, at: str = "$") -> Type:
    """The type in plain data; `at` is where it stands, for errors.

    Raises:
        SchemaFormatError: it is not a type.
    """
    entries = _object(data, at)
    name = entries.get("type")
    if not isinstance(name, str) or name not in TYPES:
        raise SchemaFormatError(f"{at}.type", f"unknown type {name!r}", hint_for(str(name), TYPES))
    return TYPES[name](**_arguments(TYPES[name], {key: entries[key] for key in entries if key != "type"}, at))


def _attributes(data: Type | Field) -> dict[str, object]:
    values = ((each.name, getattr(data, each.name)) for each in sorted(fields(data), key=_last_is_nullable))
    defaults = {each.name: each.default for each in fields(data)}
    return {name: _encode(value) for name, value in values if value != defaults[name]}


def _last_is_nullable(attribute: "Attribute[Any]") -> bool:
    return attribute.name == "nullable"


def _encode(value: object) -> object:
    if isinstance(value, Type):
        return encode_type(value)
    if isinstance(value, Field):
        return _attributes(value)
    return [_encode(each) for each in value] if isinstance(value, tuple) else value


def _arguments(class_: type[Type] | type[Field], entries: Mapping[str, object], at: str) -> dict[str, Any]:
    names = {each.name: each for each in fields(class_)}
    _only_keys(entries, at, names)
    for name, each in names.items():
        if name not in entries and each.default is MISSING and each.default_factory is MISSING:
            raise SchemaFormatError(at, f"has no key {name!r}", "every field has a name and a type.")
    return {name: _DECODE[name](value, f"{at}.{name}") for name, value in entries.items()}


def _only_keys(data: object, at: str, known: Mapping[str, object] | set[str]) -> None:
    for key in _object(data, at):
        if key not in known:
            raise SchemaFormatError(at, f"unknown key {key!r}", hint_for(key, list(known)))


def _object(data: object, at: str) -> Mapping[str, object]:
    if not isinstance(data, dict):
        raise SchemaFormatError(at, f"expected an object, got {_kind(data)}", 'write {"type": …}.')
    return data


def _kind(data: object) -> str:
    return {list: "a list", str: "a text", type(None): "null"}.get(type(data), f"{data!r}")


def _list_of(decode: Callable[[object, str], object]) -> Callable[[object, str], object]:
    def decode_list(data: object, at: str) -> object:
        if not isinstance(data, list):
            raise SchemaFormatError(at, f"expected a list, got {_kind(data)}", "write […].")
        return tuple(decode(each, f"{at}[{position}]") for position, each in enumerate(data))

    return decode_list


def _one_of(*values: object) -> Callable[[object, str], object]:
    def decode_value(data: object, at: str) -> object:
        if not any(data == each and type(data) is type(each) for each in values):
            raise SchemaFormatError(at, f"unknown value {data!r}", f"use one of {', '.join(map(json.dumps, values))}.")
        return data

    return decode_value


def _text(data: object, at: str) -> object:
    if not isinstance(data, str):
        raise SchemaFormatError(at, f"expected a text, got {_kind(data)}", 'write "…".')
    return data


def _json_text(data: object, at: str) -> object:
    try:
        json.loads(str(_text(data, at)))
    except (ValueError, RecursionError):
        raise SchemaFormatError(at, f"{data!r} is not JSON", 'write a value as JSON text: "3", "\\"open\\"".') from None
    return data


def _count(data: object, at: str) -> object:
    if type(data) is not int or data < 0:
        raise SchemaFormatError(at, f"expected a whole number, got {_kind(data)}", "write the number of digits.")
    return data


def _field(data: object, at: str) -> object:
    return Field(**_arguments(Field, _object(data, at), at))


_DECODE: Final[Mapping[str, Callable[[object, str], object]]] = {
    "nullable": _one_of(True, False),
    "optional": _one_of(True, False),
    "key": _one_of(True, False),
    "closed": _one_of(True, False),
    "default": _json_text,
    "zone": _one_of(True, False),
    "bits": _one_of(64, 128, None),
    "precision": _count,
    "scale": _count,
    "name": _text,
    "type_name": _text,
    "description": _text,
    "values": _list_of(_text),
    "type": decode_type,
    "element": decode_type,
    "value": decode_type,
    "members": _list_of(decode_type),
    "fields": _list_of(_field),
}
"""How each attribute of types and fields is read; a name means the same in all of them."""
