"""The warehouse as a DuckDB file: loads what landed and builds the tables of a plan, without dbt.

The SQL is that of the dbt project (`penstock.pipeline.plan.bodies`); here each dataset is built in one transaction.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from penstock.catalog.inputs.halves import Half
from penstock.errors import TablesError
from penstock.pipeline.patterns.load.duckdb import landing_sql
from penstock.pipeline.plan import PageKind, Plan, bodies
from penstock.pipeline.plan.build import records_path
from penstock.pipeline.plan.duckdb import literal, quote
from penstock.pipeline.plan.halves import READ_PATH, column_statement, halves_statement
from penstock.pipeline.plan.model import Mode
from penstock.pipeline.plan.read import kind_query, read_files, read_nothing
from penstock.pipeline.plan.rules import after_statements, before_statements, normalised_statement, table_tests
from penstock.pipeline.spec.model import Spec

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What is in the landing tables now."""

    files: Mapping[str, int]
    """Newly loaded fetches by dataset."""
    waiting: Mapping[str, int]
    """Fetches by dataset whose records are not in the tables yet."""
    forgotten: Mapping[str, Sequence[str]]
    """The raw files by dataset that are in the landing tables no longer."""


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


@dataclass(frozen=True, slots=True)
class TableCounts:
    """What the tables of a dataset hold now."""

    rows: Mapping[str, int]
    """Rows of each table, the one of the records first."""
    rejected: int
    """Records that are set aside."""


SMALL: Final = 2**20
"""Bytes up to which a file may be a single record."""

SCHEMAS: Final = ("landing", "rejects", "main")


def load_landing(
    connection: "DuckDBPyConnection", spec: Spec, landing_root: str, *, forget: Collection[str] = ()
) -> LoadResult:
    """Load the manifests below `landing_root` (a folder, or `s3://…`) into the landing tables. May be repeated.

    What the manifest says is lost leaves them; of the datasets to `forget` also what no line names any more.
    """
    before = {name: _count(connection, _landing(name)) for name in spec.datasets if _has_landing(connection, name)}
    connection.execute(f"SET VARIABLE landing = {literal(landing_root)}")
    listed = ", ".join(literal(each) for each in forget)
    connection.execute(f"SET VARIABLE forget = cast([{listed}] as VARCHAR[])")
    connection.execute(landing_sql(spec))
    after = {name: _count(connection, _landing(name)) for name in spec.datasets}
    waiting = {name: _count(connection, f"{_landing(name)} where normalised_at is null") for name in spec.datasets}
    gone: dict[str, list[str]] = {name: [] for name in spec.datasets}
    for name, path in connection.execute("select dataset, path from forgotten order by all").fetchall():
        gone[name].append(path)
    new = {name: count - before.get(name, 0) + len(gone[name]) for name, count in after.items()}
    return LoadResult(new, waiting, gone)


def count_waiting(connection: "DuckDBPyConnection", dataset: str, mode: Mode = "merge") -> int:
    """Fetches of a dataset whose records are not in the tables yet, and that matter in its writing mode.

    A repeat brings nothing new, but a snapshot must see it: what no complete run has seen is closed.
    """
    if not _has_landing(connection, dataset):
        return 0
    repeats = "" if mode == "snapshot" else " and not is_repeat"
    return _count(connection, f"{_landing(dataset)} where normalised_at is null{repeats}")


def files_to_read(connection: "DuckDBPyConnection", dataset: str, *, every: bool) -> list[tuple[str, str]]:
    """Path and MD5 of the raw files whose records are not in the tables yet, or of `every` one.

    A landing table of an older version gets the columns of now.
    """
    if not _has_landing(connection, dataset):
        return []
    connection.execute(column_statement(dataset))
    which = "" if every else " where normalised_at is null"
    return connection.execute(f"select distinct path, md5 from {_landing(dataset)}{which} order by path").fetchall()


def keep_halves(connection: "DuckDBPyConnection", dataset: str, path: str, halves: Sequence[Half]) -> None:
    """Let the copy of a raw file be read in its place, and the records that are not in it be set aside."""
    connection.execute(halves_statement(dataset), [json.dumps([asdict(each) for each in halves]), path])


def count_rows(connection: "DuckDBPyConnection", plan: Plan) -> TableCounts:
    """The rows of every table of a plan that has been built, and the records that are set aside."""
    rows = {each.name: _count(connection, f"main.{quote(each.name)}") for each in plan.tables}
    return TableCounts(rows, _count(connection, f"rejects.{quote(plan.dataset)}"))


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


def page_kind(connection: "DuckDBPyConnection", spec: Spec, dataset: str, landing_root: str) -> PageKind:
    """What is at the records path of the documents of a dataset that has been loaded.

    Looks into the waiting files of up to 1 MB, or into the smallest one: what is larger is no single record.
    """
    landed = connection.execute(
        f"select distinct {READ_PATH}, bytes from {_landing(dataset)} where normalised_at is null order by 2, 1"
    ).fetchall()
    small = [path for path, size in landed if size <= SMALL] or [path for path, _ in landed[:1]]
    if not small:
        return "object" if spec.datasets[dataset].format == "ndjson" else "list"
    files = [f"{landing_root.rstrip('/')}/{path}" for path in small]
    query = kind_query(records_path(spec, dataset), spec.datasets[dataset].format, files, landed[-1][1])
    kinds = {row[0] for row in connection.execute(query).fetchall()} - {None}
    if len(kinds) > 1:
        return "mixed"
    return "list" if kinds == {"list"} else "object"


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
            rows={each.name: _count(self.connection, self.relation(each.name)) for each in plan.tables},
            files=_count(self.connection, self.relation(plan.names.batch)),
            records=_count(self.connection, self.relation(plan.names.staging)),
            rejected=_count(self.connection, f"{self.relation(plan.names.staging)} where _reject is not null"),
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
            failures = _count(self.connection, f"({query})")
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


def _landing(dataset: str) -> str:
    return f"landing.{quote(dataset)}"


def _has_landing(connection: "DuckDBPyConnection", name: str) -> bool:
    found = connection.execute(
        "select 1 from information_schema.tables where table_catalog = current_database() "
        "and table_schema = 'landing' and lower(table_name) = lower(?)",
        [name],
    )
    return found.fetchone() is not None


def _count(connection: "DuckDBPyConnection", source: str) -> int:
    row = connection.execute(f"select count(*) from {source}").fetchone()
    return int(row[0]) if row else 0
