"""Looks at results: the tables of a pipeline and what a query answers. Never writes."""

from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from penstock.errors import QueryError, UnknownTableError, WarehouseMissingError
from penstock.pipeline.spec.load import load_spec
from penstock.runtime.project import Project
from penstock.runtime.reopening import opening_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

TABLES = "main"
"""The schema of the tables that a user asked for; it comes first where a name is there twice."""

HIDDEN = ("information_schema", "pg_catalog", "staging")
"""Schemas that nobody asks for; `staging` is made anew in every run."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view of the warehouse."""

    schema: str
    name: str
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer of a query: column names, SQL types and at most `limit` rows."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    is_cut: bool
    """Whether there are more rows than were asked for."""


def list_tables(project: Project) -> list[Table]:
    """Every table of the pipeline with its number of rows, by schema and name."""
    with reading(project) as connection:
        names = connection.execute(
            "select table_schema, table_name, count(*) from information_schema.columns "
            "where table_schema not in (?, ?, ?) group by all order by 1, 2",
            HIDDEN,
        ).fetchall()
        names.sort(key=lambda row: row[0] != TABLES)
        return [Table(schema, name, _count(connection, schema, name), columns) for schema, name, columns in names]


def show_table(project: Project, table: str, limit: int = 20) -> Rows:
    """The first rows of a table, named with its schema or without."""
    with reading(project) as connection:
        schema, name = find_table(connection, table)
        return _metadata_last(_rows(connection, f"from {quote(schema)}.{quote(name)}", limit))


def query(project: Project, sql: str, limit: int = 1000) -> Rows:
    """What a SQL query answers. The database is open for reading only, and no other file is read or written.

    Raises:
        QueryError: The database refuses the query.
    """
    with reading(project) as connection:
        connection.execute("SET enable_external_access = false; SET lock_configuration = true")
        return _rows(connection, sql, limit)


def quote(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def reading(project: Project) -> "Iterator[duckdb.DuckDBPyConnection]":
    """A connection to the project's warehouse that cannot write."""
    import duckdb

    path = warehouse_path(project)
    if not path.is_file():
        raise WarehouseMissingError(path)
    try:
        connection = duckdb.connect(path, read_only=True)
    except duckdb.IOException as error:
        raise opening_error(path, error) from error
    try:
        yield connection
    finally:
        connection.close()


def warehouse_path(project: Project) -> Path:
    """The project's DuckDB file."""
    return (project.root / load_spec(project.spec).warehouse.path).resolve()


def _rows(connection: "duckdb.DuckDBPyConnection", sql: str, limit: int) -> Rows:
    import duckdb

    try:
        if not connection.extract_statements(sql):
            raise QueryError("There is no query in this text.")
        answer = connection.execute(sql)
        rows = answer.fetchmany(limit + 1)
    except duckdb.PermissionException as error:
        raise QueryError(f"A query reads the pipeline's tables and touches no other file: {error}") from error
    except duckdb.Error as error:
        raise QueryError(str(error)) from error
    description = answer.description or []
    return Rows(
        columns=_distinct([column[0] for column in description]),
        types=tuple(str(column[1]) for column in description),
        rows=tuple(rows[:limit]),
        is_cut=len(rows) > limit,
    )


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """The names, where one that is there already gets a number behind it: a JSON object would lose the first."""
    found: list[str] = []
    for name in names:
        spare = (f"{name}_{number}" for number in count(1))
        found.append(name if name not in found else next(each for each in spare if each not in {*found, *names}))
    return tuple(found)


def _metadata_last(answer: Rows) -> Rows:
    """The provider's columns first: the columns that Penstock adds begin with an underscore."""
    order = sorted(range(len(answer.columns)), key=lambda at: answer.columns[at].startswith("_"))
    return Rows(
        columns=tuple(answer.columns[at] for at in order),
        types=tuple(answer.types[at] for at in order),
        rows=tuple(tuple(row[at] for at in order) for row in answer.rows),
        is_cut=answer.is_cut,
    )


def find_table(connection: "duckdb.DuckDBPyConnection", table: str) -> tuple[str, str]:
    """Schema and name of a table that is named with its schema or without."""
    known = connection.execute(
        "select table_schema, table_name from information_schema.tables "
        "where table_schema not in (?, ?, ?) order by all",
        HIDDEN,
    ).fetchall()
    found = [(schema, name) for schema, name in known if table in {name, f"{schema}.{name}"}]
    found = [each for each in found if each[0] == TABLES] or found
    if len(found) != 1:
        raise UnknownTableError(table, [f"{schema}.{name}" for schema, name in found or known], ambiguous=bool(found))
    return found[0]


def _count(connection: "duckdb.DuckDBPyConnection", schema: str, name: str) -> int:
    return len(connection.table(f"{quote(schema)}.{quote(name)}"))
