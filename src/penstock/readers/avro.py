"""Avro schemas (`.avsc`): records, enumerations and unions with logical types."""

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any, Final

from penstock.errors import DocumentFormatError
from penstock.readers import Definition, Document
from penstock.readers.expansion import Expansion
from penstock.readers.losses import UNKNOWN_TYPE, Losses
from penstock.readers.structured import load, outline
from penstock.schema.paths import ITEM, KEY, Path
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
from penstock.schema.widen import NOTHING

PRIMITIVES: Final[Mapping[str, Type]] = {
    "null": nullable(NOTHING),
    "boolean": Boolean(),
    "int": Integer(),
    "long": Integer(),
    "float": Float(),
    "double": Float(),
    "bytes": Binary(),
    "string": Text(),
}

LOGICAL: Final[Mapping[str, tuple[str, Type]]] = {
    "date": ("int", Date()),
    "time-millis": ("int", Time()),
    "time-micros": ("long", Time()),
    "timestamp-millis": ("long", Timestamp()),
    "timestamp-micros": ("long", Timestamp()),
    "timestamp-nanos": ("long", Timestamp()),
    "local-timestamp-millis": ("long", Timestamp(zone=False)),
    "local-timestamp-micros": ("long", Timestamp(zone=False)),
    "local-timestamp-nanos": ("long", Timestamp(zone=False)),
    "uuid": ("string", Text()),
}
"""Logical types with the type that they stand on; on another they say nothing."""

NAMED: Final = frozenset({"record", "error", "enum", "fixed"})

DEEPEST: Final = 50
"""How deep types without a name may be nested."""

_MOST_DIGITS: Final = 1000


class AvroReader:
    """Reads Avro schemas."""

    kind = "avro"

    def recognises(self, head: str, suffix: str) -> bool:
        """Whether it is called so, or is a record with fields."""
        keys = outline(head)
        return suffix == ".avsc" or (
            suffix in {"", ".json"} and keys.get("type") == "record" and keys.get("fields") == "["
        )

    def read(self, text: str, place: str, part: str = "") -> Document:  # noqa: ARG002  # types have names
        """The named types of a schema; the one at the top is the main one.

        Raises:
            DocumentFormatError: it is no Avro schema.
        """
        schema = load(text, place)
        reading = _Schema(place, schema)
        return reading.document(schema)


class _Schema:
    def __init__(self, place: str, schema: Any) -> None:
        self._place = place
        self._losses = Losses()
        self._named: dict[str, tuple[Mapping[str, Any], str]] = {}
        self._declare(schema, "", 0)
        self._expansion = Expansion(self._body)

    def document(self, schema: Any) -> Document:
        names = dict(self._short_names())
        found = [
            Definition(short, self._expansion.define(full, short), _text(self._named[full][0].get("doc")))
            for full, short in names.items()
            if self._named[full][0].get("type") != "fixed"
        ]
        top = schema if isinstance(schema, dict) else {}
        if not _is_named(top) and not isinstance(schema, list):
            stem = PurePath(self._place).name.partition(".")[0] or "Schema"
            found.insert(0, Definition(stem, self._of(schema, "", Path((stem,)))))
        if not found:
            raise self._fault("", "defines no type", "write a record with a name and fields.")
        main = found[0].name if (len(found) == 1 or isinstance(schema, dict)) else ""
        return Document("avro", tuple(found), main, (*self._losses.findings(), *self._expansion.findings))

    def _short_names(self) -> Iterator[tuple[str, str]]:
        """The full name and the name of each named type; without its namespace, unless two would be the same."""
        short = [full.rpartition(".")[2] for full in self._named]
        for full, name in zip(self._named, short, strict=True):
            yield full, name if short.count(name) == 1 else full

    def _declare(self, schema: Any, space: str, depth: int) -> None:
        """Note every named type, with the namespace in which its body stands."""
        if depth > DEEPEST * 4:
            raise self._fault("", "is nested too deep", "name the inner records.")
        if isinstance(schema, list):
            for each in schema:
                self._declare(each, space, depth + 1)
        elif isinstance(schema, dict):
            kind = schema.get("type")
            is_named = _is_named(schema)
            if is_named:
                full = self._full(schema, space)
                if full in self._named:
                    raise self._fault(full, "the type is defined twice", "keep one definition.")
                space = full.rpartition(".")[0]
                self._named[full] = schema, space
            fields = schema.get("fields")
            inner = [each.get("type") for each in fields if isinstance(each, dict)] if isinstance(fields, list) else []
            for each in (*inner, schema.get("items"), schema.get("values"), None if is_named else kind):
                if isinstance(each, dict | list):
                    self._declare(each, space, depth + 1)

    def _full(self, schema: Mapping[str, Any], space: str) -> str:
        name, own = schema.get("name"), schema.get("namespace")
        if not isinstance(name, str) or not name:
            raise self._fault("", f"a type {schema.get('type')!r} has no name", 'write "name": "Order".')
        return name if "." in name else _joined(own if isinstance(own, str) else space, name)

    def _fault(self, at: str, problem: str, hint: str) -> DocumentFormatError:
        return DocumentFormatError(self._place, at, problem, hint)

    def _body(self, full: str, path: Path) -> Type:
        schema, space = self._named[full]
        match schema["type"]:
            case "enum":
                symbols = schema.get("symbols")
                if not isinstance(symbols, list) or not all(isinstance(each, str) for each in symbols):
                    raise self._fault(str(path), "symbols is no list of texts", "write the symbols.")
                return Enum(tuple(dict.fromkeys(symbols)))
            case "fixed":
                return self._logical(schema, path) or Binary()
        return self._record(schema, space, path, full.rpartition(".")[2])

    def _record(self, schema: Mapping[str, Any], space: str, path: Path, name: str) -> Record:
        listed = schema.get("fields")
        if not isinstance(listed, list):
            raise self._fault(str(path), "fields is no list", 'write "fields": [{"name": …, "type": …}].')
        fields: dict[str, Field] = {}
        for each in listed:
            key = each.get("name") if isinstance(each, dict) else None
            if not isinstance(key, str) or key in fields or "type" not in each:
                raise self._fault(str(path), f"a field has no name of its own, or no type: {key!r}", "name each field.")
            default = json.dumps(each["default"], ensure_ascii=False) if "default" in each else ""
            fields[key] = Field(
                key, self._of(each["type"], space, path / key), description=_text(each.get("doc")), default=default
            )
        return Record(tuple(fields.values()), name)

    def _of(self, schema: Any, space: str, path: Path, depth: int = 0) -> Type:
        if depth > DEEPEST:
            raise self._fault(str(path), "is nested too deep", "name the inner records.")
        if isinstance(schema, list):
            return self._union([self._of(each, space, path, depth + 1) for each in schema])
        if isinstance(schema, str):
            return self._reference(schema, space, path)
        if not isinstance(schema, dict):
            raise self._fault(str(path), f"{schema!r:.40} is no type", "write a name, an object or a list.")
        kind = schema.get("type")
        if _is_named(schema):
            return self._reference(self._full(schema, space), "", path)
        if kind == "array":
            return List(self._of(schema.get("items"), space, path / ITEM, depth + 1))
        if kind == "map":
            return Map(self._of(schema.get("values"), space, path / KEY, depth + 1))
        return self._logical(schema, path) or self._of(kind, space, path, depth + 1)

    def _reference(self, name: str, space: str, path: Path) -> Type:
        if name in PRIMITIVES:
            return PRIMITIVES[name]
        for full in (_joined(space, name) if "." not in name else name, name):
            if full in self._named:
                return self._expansion.use(full, path, full.rpartition(".")[2])
        told = f"the type {name!r} is not defined in the document; it is kept as JSON"
        self._losses.lose(UNKNOWN_TYPE, path, told, "put the schemas into one document.")
        return Json()

    def _logical(self, schema: Mapping[str, Any], path: Path) -> Type | None:
        """The type that a logical type says, where it is known and stands on the right type."""
        name, kind = schema.get("logicalType"), schema.get("type")
        if name == "decimal" and kind in ("bytes", "fixed"):
            precision, scale = schema.get("precision"), schema.get("scale", 0)
            if type(precision) is int and type(scale) is int and 0 <= scale <= precision <= _MOST_DIGITS and precision:
                return Decimal(precision, scale)
            raise self._fault(
                str(path), "a decimal has no valid precision and scale", 'write "precision": 10, "scale": 2.'
            )
        if isinstance(name, str) and name in LOGICAL and kind in (LOGICAL[name][0], "fixed"):
            return LOGICAL[name][1]
        if name is not None:
            self._losses.lose(UNKNOWN_TYPE, path, f"the logical type {name!r} is not known; it is kept as {kind!r}")
        return None

    def _union(self, members: list[Type]) -> Type:
        is_nullable = any(each.nullable for each in members)
        kept = tuple(dict.fromkeys(nullable(each, value=False) for each in members))
        kept = tuple(each for each in kept if each != NOTHING)
        return nullable(kept[0], value=is_nullable) if len(kept) == 1 else Union(kept, nullable=is_nullable)


def _is_named(schema: Mapping[str, Any]) -> bool:
    kind = schema.get("type")
    return isinstance(kind, str) and kind in NAMED


def _joined(space: str, name: str) -> str:
    return f"{space}.{name}" if space else name


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


READER = AvroReader()
