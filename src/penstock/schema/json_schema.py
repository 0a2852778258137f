"""Writes types as a JSON Schema (2020-12).

What JSON Schema has no word for stands in `x-penstock-type` (the word of a type, such as `decimal(10,2)`) and
`x-penstock-key`, so that nothing is lost when the schema is read again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from penstock.schema.notation import format_type
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
    nullable,
)

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

WORD: Final = "x-penstock-type"
"""The keyword for a type that JSON Schema has no word for."""

KEY_FIELD: Final = "x-penstock-key"
"""The keyword for a field that is part of the key of its record."""

ALL_BUT_NULL: Final = ("array", "boolean", "number", "object", "string")


def to_json_schema(root: Type, title: str = "", definitions: Mapping[str, Type] | None = None) -> dict[str, Any]:
    """A JSON Schema document that accepts exactly the values of a type.

    Args:
        root: what the document is about.
        title: its name.
        definitions: types that stand under `$defs` whether they are used or not. Records of the type that have a name
            stand there as well, unless the name means different records.
    """
    own = {name: nullable(each, value=False) for name, each in (definitions or {}).items()}
    named = {**own, **_named((root, *own.values())), **own}
    writer = _Writer(named)
    defs = {name: writer.body(each) for name, each in named.items()}
    return {
        "$schema": DIALECT,
        **({"title": title} if title else {}),
        **writer.root(root),
        **({"$defs": defs} if defs else {}),
    }


def only_definitions(definitions: Mapping[str, Type]) -> dict[str, Any]:
    """A JSON Schema document that only defines types."""
    return to_json_schema(Json(nullable=True), "", definitions)


def _named(roots: Iterable[Type]) -> dict[str, Type]:
    found: dict[str, dict[Type, None]] = defaultdict(dict)
    for root in roots:
        for each in _inside(root):
            if isinstance(each, Record) and each.type_name:
                found[each.type_name][nullable(each, value=False)] = None
    return {name: next(iter(types)) for name, types in found.items() if len(types) == 1}


def _inside(type_: Type) -> Iterator[Type]:
    match type_:
        case Record(fields=fields):
            inner: tuple[Type, ...] = tuple(each.type for each in fields)
        case List(element=element):
            inner = (element,)
        case Map(value=value):
            inner = (value,)
        case Union(members=members):
            inner = members
        case _:
            inner = ()
    for each in inner:
        yield each
        yield from _inside(each)


class _Writer:
    """Writes types; records that are among the named ones as references."""

    def __init__(self, named: Mapping[str, Type]) -> None:
        self._named = named

    def root(self, type_: Type) -> dict[str, Any]:
        """The type at the top of a document, whose name is the title."""
        return self._null(self.body(type_), type_)

    def schema(self, type_: Type) -> dict[str, Any]:
        """A type where it is used."""
        if isinstance(type_, Record) and type_.type_name:
            if self._named.get(type_.type_name) == nullable(type_, value=False):
                pointer = type_.type_name.replace("~", "~0").replace("/", "~1")
                return self._null({"$ref": f"#/$defs/{pointer}"}, type_)
            return self._null({"title": type_.type_name, **self.body(type_)}, type_)
        return self._null(self.body(type_), type_)

    def body(self, type_: Type) -> dict[str, Any]:
        """A type without its name and without null."""
        match type_:
            case Record():
                return self._record(type_)
            case List(element=element):
                return {"type": "array", "items": self.schema(element)}
            case Map(value=value):
                return {"type": "object", "additionalProperties": self.schema(value)}
            case Union(members=members):
                return {"anyOf": [self.schema(each) for each in members]} if members else {"not": {}}
        return _SCALARS[type(type_)](type_)

    def _null(self, plain: dict[str, Any], type_: Type) -> dict[str, Any]:
        if not type_.nullable:
            return plain
        match type_:
            case Json():
                return {}
            case Union(members=members):
                return {**plain, "anyOf": [*plain["anyOf"], {"type": "null"}]} if members else {"type": "null"}
            case Enum():
                return {**plain, "type": ["string", "null"], "enum": [*plain["enum"], None]}
        return {**plain, "type": [plain["type"], "null"]} if "type" in plain else {"anyOf": [plain, {"type": "null"}]}

    def _record(self, record: Record) -> dict[str, Any]:
        required = [each.name for each in record.fields if not each.optional]
        return {
            "type": "object",
            "properties": {each.name: self._field(each) for each in record.fields},
            **({"required": required} if required else {}),
            **({"additionalProperties": False} if record.closed else {}),
        }

    def _field(self, field: Field) -> dict[str, Any]:
        import json

        return {
            **({"description": field.description} if field.description else {}),
            **self.schema(field.type),
            **({"default": json.loads(field.default)} if field.default else {}),
            **({KEY_FIELD: True} if field.key else {}),
        }


def _own(type_: Type, name: str) -> dict[str, Any]:
    return {"type": name, WORD: format_type(type_)}


_SCALARS: Final[Mapping[type[Type], Callable[[Any], dict[str, Any]]]] = {
    Text: lambda _: {"type": "string"},
    Enum: lambda each: {"type": "string", "enum": list(each.values)},
    Binary: lambda _: {"type": "string", "contentEncoding": "base64"},
    Boolean: lambda _: {"type": "boolean"},
    Integer: lambda each: {"type": "integer"} if each == Integer(nullable=each.nullable) else _own(each, "integer"),
    Float: lambda _: {"type": "number"},
    Decimal: lambda each: _own(each, "number"),
    Date: lambda _: {"type": "string", "format": "date"},
    # JSON Schema knows only times with a zone.
    Time: lambda each: _own(each, "string"),
    Timestamp: lambda each: {"type": "string", "format": "date-time"} if each.zone else _own(each, "string"),
    Json: lambda _: {"type": list(ALL_BUT_NULL)},
}
"""How the types without inner types are written."""
