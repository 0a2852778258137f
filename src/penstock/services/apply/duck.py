"""How DuckDB takes records in and gives them out, value for value."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal as Exact
from typing import Any, Final

import msgspec

from penstock.emitters.sql.dialects import DIALECTS
from penstock.mapping.values import encode
from penstock.schema import (
    Binary,
    Boolean,
    Decimal,
    Enum,
    Float,
    Integer,
    Json,
    List,
    Map,
    Record,
    Text,
    Type,
    Union,
)

ROW: Final = "_row"

_exact: Final = msgspec.json.Encoder(decimal_format="number")
_texts: Final = msgspec.json.Encoder(decimal_format="string")


def columns_of(type_: Type, *extra: str) -> str:
    """The columns of a record's fields, as `read_json` takes them."""
    dialect = DIALECTS["duckdb"]
    fields = type_.fields if isinstance(type_, Record) else ()
    listed = [f"{dialect.text(each.name)}: {dialect.text(dialect.type_name(each.type))}" for each in fields]
    return "{" + ", ".join([*(f"'{each}': 'BIGINT'" for each in extra), *listed]) + "}"


class Taken:
    """How DuckDB takes the records of a type in."""

    def __init__(self, type_: Type) -> None:
        self._odd = _fields(type_, _goes_in)

    def staged(self, record: dict[str, Any], **extra: Any) -> bytes:
        """A record as a line for `read_json`: decimals as text, which keeps their digits, and JSON values whole."""
        odd = {name: _staged(record.get(name), each) for name, each in self._odd}
        return _texts.encode({**extra, **record, **odd})

    def is_kept(self, record: dict[str, Any]) -> bool:
        """Whether DuckDB keeps a record: of numbers in JSON values it has integers of 64 bits and doubles."""
        return all(_is_kept(record.get(name), each) for name, each in self._odd)


class Given:
    """How DuckDB gives the records of a type out."""

    def __init__(self, type_: Type) -> None:
        self._odd = _fields(type_, _comes_out)
        self._keys = _keys(type_)

    def record(self, found: dict[str, Any]) -> dict[str, Any]:
        """A record as JSON has it; a key is left out where the target takes no null."""
        for name, each in self._odd:
            found[name] = given_out(found.get(name), each)
        return {name: found[name] for name, stays in self._keys if stays or found[name] is not None}


def _fields(type_: Type, is_plain: Callable[[Type], bool]) -> tuple[tuple[str, Type], ...]:
    """The fields of a record whose values need work."""
    fields = type_.fields if isinstance(type_, Record) else ()
    return tuple((each.name, each.type) for each in fields if not is_plain(each.type))


def _goes_in(type_: Type) -> bool:
    """Whether DuckDB takes values of a type as JSON has them."""
    if isinstance(type_, Record):
        return all(_goes_in(each.type) for each in type_.fields)
    if isinstance(type_, List | Map):
        return _goes_in(type_.element if isinstance(type_, List) else type_.value)
    return not isinstance(type_, Json | Union | Binary)


def _comes_out(type_: Type) -> bool:
    """Whether DuckDB gives out values of a type as JSON has them."""
    if isinstance(type_, List):
        return _comes_out(type_.element)
    return isinstance(type_, Text | Enum | Integer | Float | Boolean | Decimal)


def _is_kept(value: Any, type_: Type) -> bool:
    match type_:
        case Json() | Union():
            return _has_exact_numbers(value)
        case Record() if isinstance(value, dict):
            return all(_is_kept(value.get(each.name), each.type) for each in type_.fields)
        case List() if isinstance(value, list):
            return all(_is_kept(each, type_.element) for each in value)
        case Map() if isinstance(value, dict):
            return all(_is_kept(each, type_.value) for each in value.values())
    return True


def _has_exact_numbers(value: Any) -> bool:
    if isinstance(value, dict | list):
        return all(map(_has_exact_numbers, value.values() if isinstance(value, dict) else value))
    if isinstance(value, int):
        return -(2**63) <= value < 2**63
    return not isinstance(value, Exact) or Exact(repr(float(value))) == value


def _staged(value: Any, type_: Type) -> Any:
    match type_:
        case Json() | Union():
            return msgspec.Raw(_exact.encode(value))
        case Record() if isinstance(value, dict):
            return {each.name: _staged(value.get(each.name), each.type) for each in type_.fields}
        case List() if isinstance(value, list):
            return [_staged(each, type_.element) for each in value]
        case Map() if isinstance(value, dict):
            return {key: _staged(each, type_.value) for key, each in value.items()}
    return "".join(f"\\x{each:02X}" for each in value) if isinstance(value, bytes) else value


def given_out(value: Any, type_: Type) -> Any:
    """A value of DuckDB as JSON has it."""
    if value is None:
        return None
    match type_:
        case Json() | Union():
            return json.loads(value) if isinstance(value, str) else value
        case List():
            return [given_out(each, type_.element) for each in value]
        case Map():
            return {key: given_out(each, type_.value) for key, each in dict(value).items()}
        case Record():
            return Given(type_).record(dict(value))
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.astimezone(UTC)
    return encode(bytes(value) if isinstance(value, bytearray | memoryview) else value)


def _keys(type_: Type) -> tuple[tuple[str, bool], ...]:
    """The names of a record's fields, and whether they are there with a null, too."""
    fields = type_.fields if isinstance(type_, Record) else ()
    return tuple((each.name, each.type.nullable or not each.optional) for each in fields)
