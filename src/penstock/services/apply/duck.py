"""How DuckDB takes records in and gives them out, value for value."""

import json
from datetime import UTC, datetime
from decimal import Decimal as Exact
from typing import Any, Final

import msgspec

from penstock.emitters.sql.dialects import DIALECTS
from penstock.mapping.values import encode
from penstock.schema import Json, List, Map, Record, Type, Union

ROW: Final = "_row"

_exact: Final = msgspec.json.Encoder(decimal_format="number")
_texts: Final = msgspec.json.Encoder(decimal_format="string")


def columns_of(type_: Type, *extra: str) -> str:
    """The columns of a record's fields, as `read_json` takes them."""
    dialect = DIALECTS["duckdb"]
    fields = type_.fields if isinstance(type_, Record) else ()
    listed = [f"{dialect.text(each.name)}: {dialect.text(dialect.type_name(each.type))}" for each in fields]
    return "{" + ", ".join([*(f"'{each}': 'BIGINT'" for each in extra), *listed]) + "}"


def staged(record: dict[str, Any], type_: Type, **extra: Any) -> bytes:
    """A record as a line for `read_json`: decimals as text, which keeps their digits, and JSON values whole."""
    return _texts.encode({**extra, **_staged(record, type_)})


def is_kept(value: Any, type_: Type) -> bool:
    """Whether DuckDB keeps a value: of numbers in JSON values it has integers of 64 bits and doubles."""
    match type_:
        case Json() | Union():
            return _has_exact_numbers(value)
        case Record() if isinstance(value, dict):
            return all(is_kept(value.get(each.name), each.type) for each in type_.fields)
        case List() if isinstance(value, list):
            return all(is_kept(each, type_.element) for each in value)
        case Map() if isinstance(value, dict):
            return all(is_kept(each, type_.value) for each in value.values())
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
            return record_out(value, type_)
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.astimezone(UTC)
    return encode(bytes(value) if isinstance(value, bytearray | memoryview) else value)


def record_out(found: dict[str, Any], type_: Type) -> dict[str, Any]:
    """A record; a key is left out where the target takes no null."""
    assert isinstance(type_, Record)
    made = {each.name: given_out(found.get(each.name), each.type) for each in type_.fields}
    return {
        each.name: made[each.name]
        for each in type_.fields
        if made[each.name] is not None or each.type.nullable or not each.optional
    }
