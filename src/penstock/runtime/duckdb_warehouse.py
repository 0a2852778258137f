"""Builds the tables of a plan in a DuckDB file, without dbt.

The SQL is that of the dbt project (`penstock.pipeline.plan.bodies`); here each dataset is built in one transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from penstock.errors import TablesError
from penstock.pipeline.plan import Plan, bodies
from penstock.pipeline.plan.duckdb import literal, quote
from penstock.pipeline.plan.read import read_files, read_nothing
from penstock.pipeline.plan.rules import after_statements, before_statements, normalised_statement, table_tests
from penstock.runtime.duckdb_tables import count_in

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What building the tables of one dataset did."""

    rows: Mapping[str, int]
    """Rows of each table now."""
    files: int
    """Fetches that were read."""
    records: int
    """Records that were read."""
    rejected: int
    """Records of these that were set aside."""
    tests: int
    """Tests that passed."""


SCHEMAS: Final = ("landing", "rejects", "main")


def build_tables(
    connection: "DuckDBPyConnection", plan: Plan, landing_root: str, *, full_refresh: bool = False
) -> BuildResult:
    """Bring the waiting records of a dataset into its tables, or with `full_refresh` all that ever landed.

    Everything happens in one transaction. Raises `TablesError` when a file cannot be read or a test fails; the
    tables are then as they were.
    """
    import duckdb

    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("BEGIN")
    try:
        result = _Build(connection, plan, landing_root, full_refresh=full_refresh).run()
    except duckdb.Error as error:
        connection.execute("ROLLBACK")
        if is_full(error):
            raise
        raise TablesError(plan.dataset, str(error), _hint(error, plan.dataset)) from error
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return result


def is_full(error: Exception) -> bool:
    """Whether DuckDB says that a file cannot be written, for which the data are not to blame."""
    text = str(error).lower()
    return any(sign in text for sign in ("no space left", "file too large", "disk quota", "could not write"))


def _hint(error: Exception, dataset: str) -> str:
    """What to do about an error of DuckDB."""
    import duckdb

    text = str(error).lower()
    if isinstance(error, duckdb.IOException | duckdb.HTTPException):
        return (
            "A raw file is missing or cannot be read: restore it from a backup, or fetch the data again with "
            f"penstock run --dataset {dataset}."
        )
    if isinstance(error, duckdb.OutOfMemoryException):
        return "Close other programs, or give the machine more memory."
    if "json" in text and isinstance(error, duckdb.InvalidInputException | duckdb.ConversionException):
        return "A value does not fit its type: profile the dataset again; then the path in question gets a gate."
    return "The log of the run has the whole error. Please report it with the catalog of the dataset."


class _Build:
    """Builds the tables of one dataset; also the front end that spells relations for the bodies."""

    def __init__(self, connection: "DuckDBPyConnection", plan: Plan, root: str, *, full_refresh: bool) -> None:
        self.connection = connection
        self.plan = plan
        self.root = root.rstrip("/")
        self.starts_over = full_refresh or not self._exists(plan.root.name)

    # --- The front end -----------------------------------------------------------------------

    def relation(self, name: str) -> str:
        names = self.plan.names
        schema = {"landing": "landing", names.rejects: "rejects"}.get(name, "main")
        if name in (names.batch, names.staging, names.newest):
            return f"temp.{quote(name)}"
        return f"{schema}.{quote(self.plan.dataset if name in ('landing', names.rejects) else name)}"

    def pages(self, plan: Plan, page_type: str) -> str:
        batch = self.relation(plan.names.batch)
        paths = self._all(f"select distinct read_path from {batch} order by 1")
        size = int(self._all(f"select coalesce(max(bytes), 0) from {batch}")[0])
        files = [f"{self.root}/{path}" for path in paths]
        return read_files(plan, files, page_type, size) if files else read_nothing(page_type)

    def file_name(self, path: str) -> str:
        return f"{literal(self.root + '/')} || {path}"

    def if_kept(self, text: str) -> str:
        return "" if self.starts_over else text

    # --- The steps ---------------------------------------------------------------------------

    def run(self) -> BuildResult:
        plan = self.plan
        for schema in SCHEMAS:
            self.connection.execute(f"create schema if not exists {schema}")
        self._create(plan.names.batch, bodies.batch_body(plan, self))
        self._create(plan.names.staging, bodies.staging_body(plan, self))
        self._create(plan.names.newest, bodies.newest_body(plan, self))
        self._keep(plan.names.rejects, bodies.rejects_body(plan, self))
        for table in plan.tables:
            self._keep(table.name, bodies.table_body(plan, table, self))
        for statement in after_statements(plan, self):
            self.connection.execute(statement)
        tests = self._test()
        self.connection.execute(normalised_statement(plan, self))
        result = BuildResult(
            rows={each.name: count_in(self.connection, self.relation(each.name)) for each in plan.tables},
            files=count_in(self.connection, self.relation(plan.names.batch)),
            records=count_in(self.connection, self.relation(plan.names.staging)),
            rejected=count_in(self.connection, f"{self.relation(plan.names.staging)} where _reject is not null"),
            tests=tests,
        )
        for name in (plan.names.newest, plan.names.staging, plan.names.batch):
            self.connection.execute(f"drop table {self.relation(name)}")
        return result

    def _create(self, name: str, body: str) -> None:
        kind = "temp table" if self.relation(name).startswith("temp.") else "table"
        self.connection.execute(f"create or replace {kind} {self.relation(name)} as {body}")

    def _keep(self, name: str, body: str) -> None:
        if self.starts_over or not self._exists(name):
            self._create(name, body)
            return
        # Columns first: DuckDB 1.5 cannot alter a table that the same transaction has changed.
        self._add_columns(name, body)
        for statement in before_statements(self.plan, name, self):
            self.connection.execute(statement)
        self.connection.execute(f"insert into {self.relation(name)} by name {body}")

    def _add_columns(self, name: str, body: str) -> None:
        known = {row[0] for row in self._rows(f"describe {self.relation(name)}")}
        for column, type_, *_ in self._rows(f"describe {body}"):
            if column not in known:
                self.connection.execute(f"alter table {self.relation(name)} add column {quote(column)} {type_}")

    def _test(self) -> int:
        tests = list(table_tests(self.plan, self))
        for name, query in tests:
            failures = count_in(self.connection, f"({query})")
            if failures:
                raise TablesError(
                    self.plan.dataset, f"test {name} found {failures} row(s)", f"Look at them with: {query}"
                )
        return len(tests)

    def _exists(self, name: str) -> bool:
        schema, table = self.relation(name).split(".", 1)
        found = self._all(
            "select 1 from information_schema.tables where table_catalog = current_database() "
            f"and table_schema = {literal(schema)} and lower(table_name) = lower({literal(table[1:-1])})"
        )
        return bool(found)

    def _all(self, query: str) -> Sequence[str]:
        return [row[0] for row in self._rows(query)]

    def _rows(self, query: str) -> Sequence[tuple[str, ...]]:
        return self.connection.execute(query).fetchall()
