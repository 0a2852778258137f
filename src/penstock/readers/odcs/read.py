"""Reads data contracts: the Open Data Contract Standard 3."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from penstock.errors import DocumentFormatError, TypeSyntaxError
from penstock.readers import Definition, Document
from penstock.readers.losses import UNKNOWN_TYPE, Losses
from penstock.readers.structured import load, outline
from penstock.schema.notation import parse_type
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

DEEPEST: Final = 60
"""How deep properties may be nested."""

_SQL_DECIMAL: Final = re.compile(
    r"(?:DECIMAL|NUMERIC|NUMBER|DEC)\s*\(\s*(\d{1,4})\s*(?:,\s*(\d{1,4})\s*)?\)", re.IGNORECASE
)
_MOST_DIGITS: Final = 1000

_Properties = Mapping[str, Any]


class OdcsReader:
    """Reads data contracts."""

    kind = "odcs"

    def recognises(self, head: str, suffix: str) -> bool:  # noqa: ARG002  # it says so itself
        """Whether it says so itself."""
        return outline(head).get("kind") == "DataContract"

    def read(self, text: str, place: str, part: str = "") -> Document:  # noqa: ARG002  # schemas have names
        """The schemas of a contract, under their names.

        Raises:
            DocumentFormatError: it is no contract of version 3.
        """
        document = load(text, place)
        version = document.get("apiVersion") if isinstance(document, dict) else None
        if not str(version).startswith("v3."):
            hint = "give a contract that has 'apiVersion: v3.1.0'."
            raise DocumentFormatError(place, "apiVersion", f"the version {version!r} is not read", hint)
        return _Contract(place).read(document)


class _Contract:
    def __init__(self, place: str) -> None:
        self._place = place
        self._losses = Losses()

    def read(self, document: _Properties) -> Document:
        found: dict[str, Definition] = {}
        for position, each in enumerate(self._list(document, "schema", Path(("schema",)))):
            name = each.get("name")
            if not isinstance(name, str) or name in found:
                problem = f"schema {position + 1} has no name of its own"
                raise DocumentFormatError(self._place, "schema", problem, "give each schema a name.")
            record = self._record(each, Path((name,)), name)
            found[name] = Definition(name, record, _text(each, "description"))
        main = next(iter(found)) if len(found) == 1 else ""
        return Document("odcs", tuple(found.values()), main, self._losses.findings())

    def _record(self, said: _Properties, path: Path, name: str = "") -> Record:
        if len(path.parts) > DEEPEST:
            raise DocumentFormatError(self._place, str(path.parent), "is nested too deep", "flatten the contract.")
        fields: dict[str, Field] = {}
        for each in self._list(said, "properties", path):
            key = each.get("name")
            if not isinstance(key, str) or key in fields:
                problem = f"a property has no name of its own: {key!r}"
                raise DocumentFormatError(self._place, str(path), problem, "give each property a name.")
            fields[key] = Field(
                key,
                self._type(each, path / key),
                description=_text(each, "description"),
                key=each.get("primaryKey") is True,
            )
        return Record(tuple(fields.values()), name)

    def _type(self, said: _Properties, path: Path) -> Type:
        is_required = said.get("required", said.get("primaryKey"))
        return nullable(self._plain(said, path), value=is_required is not True)

    def _plain(self, said: _Properties, path: Path) -> Type:
        logical, options = said.get("logicalType"), said.get("logicalTypeOptions")
        if said.get("items") is not None or logical == "array":
            items = said.get("items")
            if items is not None and not isinstance(items, dict):
                raise DocumentFormatError(self._place, str(path), "items is no object", "write one property.")
            return List(self._type(items, path / ITEM) if items else Json(nullable=True))
        if said.get("properties") is not None or logical == "object":
            return self._object(said, path)
        word = _word(said.get("physicalType"))
        values = _valid_values(said.get("quality"))
        if values and logical in (None, "string"):
            return Enum(values)
        if word is not None and (logical is None or _LOGICAL.get(logical, _none)({}).__class__ in _near(word)):
            return word
        if isinstance(logical, str) and logical in _LOGICAL:
            return _LOGICAL[logical](options if isinstance(options, dict) else {})
        if logical is not None or said.get("physicalType") not in (None, "json"):
            kind = logical or said.get("physicalType")
            self._losses.lose(UNKNOWN_TYPE, path, f"the type {kind!r} is not known; it is kept as JSON")
        return Json()

    def _object(self, said: _Properties, path: Path) -> Type:
        inner = self._list(said, "properties", path)
        custom = said.get("customProperties")
        marks = [each.get("property") for each in custom if isinstance(each, dict)] if isinstance(custom, list) else []
        if "mapKeysAreData" in marks and len(inner) == 1:
            return Map(self._type(inner[0], path / KEY))
        is_record = said.get("properties") is not None or said.get("physicalType") == "record"
        return self._record(said, path) if is_record else Map(Json(nullable=True))

    def _list(self, said: _Properties, key: str, path: Path) -> Sequence[_Properties]:
        found = said.get(key)
        if found is None:
            return []
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise DocumentFormatError(self._place, str(path), f"{key} is no list of objects", "write '- name: …'.")
        return found


def _none(_: _Properties) -> Type:
    return Json()


_LOGICAL: Final[Mapping[str, Callable[[_Properties], Type]]] = {
    "string": lambda options: Binary() if options.get("format") in ("byte", "binary") else Text(),
    "integer": lambda options: {"i128": Integer(128), "u64": Integer(128), "u128": Integer(None)}.get(
        str(options.get("format")), Integer()
    ),
    "number": lambda _: Float(),
    "boolean": lambda _: Boolean(),
    "date": lambda _: Date(),
    "timestamp": lambda options: Timestamp(zone=options.get("timezone") is not False),
    "time": lambda _: Time(),
}


def _near(word: Type) -> tuple[type[Type], ...]:
    """The classes of logical types under which Penstock writes a word."""
    if isinstance(word, Decimal):
        return (Float,)
    return (Text,) if isinstance(word, Binary | Enum) else (type(word),)


def _word(physical: object) -> Type | None:
    """The type that Penstock's own word for a column names; None: it is a word of another system."""
    if not isinstance(physical, str):
        return None
    sql = _SQL_DECIMAL.fullmatch(physical.strip())
    if sql and 0 < int(sql[1]) <= _MOST_DIGITS and int(sql[2] or 0) <= int(sql[1]):
        return Decimal(int(sql[1]), int(sql[2] or 0))
    try:
        word = parse_type(physical)
    except TypeSyntaxError:
        return None
    # The members of a union are not written.
    return Json() if isinstance(word, Union) else word


def _text(said: _Properties, key: str) -> str:
    value = said.get(key)
    return value if isinstance(value, str) else ""


def _valid_values(quality: object) -> tuple[str, ...]:
    """The values that a quality rule allows, when all are texts."""
    for each in quality if isinstance(quality, list) else []:
        arguments = each.get("arguments") if isinstance(each, dict) else None
        values = arguments.get("validValues") if isinstance(arguments, dict) else None
        if isinstance(values, list) and values and all(isinstance(value, str) for value in values):
            return tuple(dict.fromkeys(values))
    return ()
