"""Compares the tables of two databases: the same rows, and in every shared column the same values."""

from pathlib import Path

import duckdb

TABLES = ("orders", "orders__lines", "orders__tags")


class DifferentTablesError(Exception):
    """Two ways to the same tables did not lead to the same tables, so their costs cannot be compared."""


def assert_same(one: Path, other: Path) -> None:
    """Raises `DifferentTablesError` with the first column that differs."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{one}' AS one (READ_ONLY); ATTACH '{other}' AS other (READ_ONLY)")
        for table in TABLES:
            compare(connection, table)


def compare(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    columns = [name for name in columns_of(connection, "one", table) if name not in {"parent_id", "position"}]
    missing = set(columns) - set(columns_of(connection, "other", table))
    if missing:
        raise DifferentTablesError(f"{table} has no column {', '.join(sorted(missing))}")
    sides = [sums(connection, side, table, columns) for side in ("one", "other")]
    for name in sides[0]:
        if sides[0][name] != sides[1][name]:
            raise DifferentTablesError(f"{table}.{name}: {sides[0][name]} and {sides[1][name]}")


def columns_of(connection: duckdb.DuckDBPyConnection, side: str, table: str) -> list[str]:
    found = connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE database_name = ? AND table_name = ? ORDER BY column_index",
        [side, table],
    )
    return [name for (name,) in found.fetchall()]


def sums(connection: duckdb.DuckDBPyConnection, side: str, table: str, columns: list[str]) -> dict[str, object]:
    """The number of rows, and for each column its type, its number of values and the sum of their hashes."""
    place = connection.execute(
        "SELECT schema_name FROM duckdb_tables() WHERE database_name = ? AND table_name = ?", [side, table]
    ).fetchone()
    if place is None:
        raise DifferentTablesError(f"there is no table {table}")
    facts = [f"(any_value(typeof({quoted(c)})), count({quoted(c)}), sum(hash({quoted(c)})))" for c in columns]
    row = connection.execute(f"SELECT count(*), {', '.join(facts)} FROM {side}.{place[0]}.{table}").fetchone()
    assert row is not None
    return dict(zip(["rows", *columns], row, strict=True))


def quoted(name: str) -> str:
    return f'"{name}"'
