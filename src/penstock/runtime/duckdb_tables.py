"""What is in a DuckDB file: which tables there are, and how many rows they have."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from penstock.pipeline.plan import Plan
from penstock.pipeline.plan.duckdb import quote

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class TableCounts:
    """What the tables of a dataset hold now."""

    rows: Mapping[str, int]
    """Rows of each table, the one of the records first."""
    rejected: int
    """Records that are set aside."""


def has_table(connection: "DuckDBPyConnection", schema: str, name: str) -> bool:
    """Whether there is a table."""
    found = connection.execute(
        "select 1 from information_schema.tables where table_catalog = current_database() "
        "and table_schema = ? and lower(table_name) = lower(?)",
        [schema, name],
    )
    return found.fetchone() is not None


def count_in(connection: "DuckDBPyConnection", source: str) -> int:
    """The rows of a table, or of what else may stand behind FROM."""
    row = connection.execute(f"select count(*) from {source}").fetchone()
    return int(row[0]) if row else 0


def count_rows(connection: "DuckDBPyConnection", plan: Plan) -> TableCounts:
    """The rows of every table of a plan that has been built, and the records that are set aside."""
    rows = {each.name: count_in(connection, f"main.{quote(each.name)}") for each in plan.tables}
    return TableCounts(rows, count_in(connection, f"rejects.{quote(plan.dataset)}"))


def drop_table(connection: "DuckDBPyConnection", name: str) -> bool:
    """Remove a table of records or of a part of them; whether it was there."""
    found = connection.execute(
        "select 1 from duckdb_tables() where database_name = current_database() and schema_name = 'main' "
        "and lower(table_name) = lower(?)",
        [name],
    ).fetchone()
    if found:
        connection.execute(f"drop table main.{quote(name)}")
    return found is not None
