"""Compares the tables of the hand-written SQL with Penstock's: the same rows, the same values, the same parents."""

from pathlib import Path

import duckdb

TABLES = ("orders", "orders__lines", "orders__tags")


class DifferentTablesError(Exception):
    """Two ways to the same tables did not lead to the same tables, so their costs cannot be compared."""


def assert_same(expert: Path, compiled: Path) -> None:
    """Raises `DifferentTablesError` with the first column that differs."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{expert}' AS expert (READ_ONLY); ATTACH '{compiled}' AS compiled (READ_ONLY)")
        for table in TABLES:
            compare(connection, table)


def compare(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    columns = [name for name, *_ in connection.execute(f"DESCRIBE expert.main.{table}").fetchall()]
    ours = facts(connection, f"expert.main.{table}", columns)
    try:
        theirs = facts(connection, compiled_rows(table), columns)
    except duckdb.BinderException as error:
        raise DifferentTablesError(f"{table}: {error}") from error
    for name in ours:
        if ours[name] != theirs[name]:
            raise DifferentTablesError(f"{table}.{name}: {ours[name]} and {theirs[name]}")


def compiled_rows(table: str) -> str:
    """Penstock's rows; a child has the `id` of its parent, which it names by a surrogate key."""
    if table == "orders":
        return "compiled.main.orders"
    return f"""(
        SELECT child.*, parent.id AS parent_id, child._position AS position
        FROM compiled.main.{table} AS child
        LEFT JOIN compiled.main.orders AS parent ON parent._row_id = child._parent_id
    )"""


def facts(connection: duckdb.DuckDBPyConnection, rows: str, columns: list[str]) -> dict[str, object]:
    """The number of rows, and for each column its type, its number of values and the sum of their hashes with `id`."""
    key = "id" if "id" in columns else "parent_id, position"
    sums = [f"(any_value(typeof({name})), count({name}), sum(hash({name}, {key})))" for name in quoted(columns)]
    row = connection.execute(f"SELECT count(*), {', '.join(sums)} FROM {rows}").fetchone()
    assert row is not None
    return dict(zip(["rows", *columns], row, strict=True))


def quoted(names: list[str]) -> list[str]:
    return [f'"{name}"' for name in names]
