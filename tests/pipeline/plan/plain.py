"""What the tables of a plan must hold, said in plain Python without SQL."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal as Exact
from typing import Any

import duckdb

from penstock.pipeline.plan import Plan, Table
from penstock.schema import ITEM, Date, Decimal, Integer, Json, Part, Record, Time, Timestamp, Type, Union

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Rows = list[tuple[Any, ...]]


def expected(plan: Plan, records: list[Any]) -> dict[str, Rows]:
    """The rows of each table as (record, place..., key, columns...), from records that all fit."""
    held = [{"value": each} if plan.wrapped else each for each in records]
    return {each.name: list(_rows(each, held)) for each in plan.tables}


def _rows(table: Table, records: list[Any]) -> Iterator[tuple[Any, ...]]:
    for number, record in enumerate(records, 1):
        for place, key, row in elements(record, table.path.parts, (), None):
            values = [_value(row, each.path.parts[len(table.path.parts) :], each.type) for each in table.columns]
            yield (number, place, key, *values)


def elements(row: Any, parts: tuple[Part, ...], place: tuple[int, ...], key: str | None) -> Iterator[tuple[Any, ...]]:
    if not parts:
        yield place, key, row
    elif isinstance(parts[0], str):
        yield from elements(row.get(parts[0]) if isinstance(row, dict) else None, parts[1:], place, key)
    elif row is not None:
        pairs = [(None, each) for each in row] if parts[0] is ITEM else list(row.items())
        for number, (name, each) in enumerate(pairs, 1):
            yield from elements(each, parts[1:], (*place, number), name)


def _value(row: Any, parts: tuple[Part, ...], type_: Type) -> Any:
    for part in parts:
        row = row.get(part) if isinstance(row, dict) else None
    if row is None:
        return None
    if isinstance(type_, Json | Union | Record):
        return json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    if isinstance(type_, Integer) and type_.bits is None:
        return str(row)
    if isinstance(type_, Timestamp) and type_.zone:
        return int((datetime.fromisoformat(row) - EPOCH) / timedelta(microseconds=1))
    return Exact(str(row)) if isinstance(type_, Decimal) else row


def found(connection: duckdb.DuckDBPyConnection, plan: Plan) -> dict[str, Rows]:
    """The same from the tables, with the place read from `_row_id`."""
    roots = {row_id: number for number, (row_id,) in enumerate(_roots(connection, plan), 1)}
    tables = {}
    for table in plan.tables:
        columns = ", ".join(_readable(each.name, each.type) for each in table.columns)
        key = "_key" if not table.is_root and table.path.parts[-1] is not ITEM else "null"
        root = "_row_id" if table.is_root else "_root_id"
        rows = connection.execute(
            f'select {root}, _row_id, {key} {", " + columns if columns else ""} from "{table.name}"'
        )
        tables[table.name] = sorted(
            ((roots[each[0]], _place(each[0], each[1]), *each[2:]) for each in rows.fetchall()), key=lambda row: row[:2]
        )
    return tables


def _roots(connection: duckdb.DuckDBPyConnection, plan: Plan) -> Rows:
    return connection.execute(f'select _row_id from "{plan.root.name}" order by _requested_at, _position').fetchall()


def _place(root: str, row: str) -> tuple[int, ...]:
    return tuple(int(each) for each in row[len(root) :].split("-")[1:])


def _readable(name: str, type_: Type) -> str:
    if isinstance(type_, Timestamp) and type_.zone:
        return f'epoch_us("{name}")'
    return f'cast("{name}" as VARCHAR)' if isinstance(type_, Date | Time | Timestamp) else f'"{name}"'
