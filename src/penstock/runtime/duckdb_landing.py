"""The landing tables in a DuckDB file: a row for each fetch, and whether its records are in the tables."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from penstock.catalog.inputs.halves import Half
from penstock.pipeline.patterns.load.duckdb import landing_sql
from penstock.pipeline.plan import PageKind
from penstock.pipeline.plan.build import records_path
from penstock.pipeline.plan.duckdb import literal, quote
from penstock.pipeline.plan.halves import READ_PATH, column_statement, halves_statement
from penstock.pipeline.plan.model import Mode
from penstock.pipeline.plan.read import kind_query
from penstock.pipeline.spec.model import Spec
from penstock.runtime.duckdb_tables import count_in, has_table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


SMALL: Final = 2**20
"""Bytes up to which a file may be a single record."""


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What is in the landing tables now."""

    files: Mapping[str, int]
    """Newly loaded fetches by dataset."""
    waiting: Mapping[str, int]
    """Fetches by dataset whose records are not in the tables yet."""
    forgotten: Mapping[str, Sequence[str]]
    """The raw files by dataset that are in the landing tables no longer."""


def load_landing(
    connection: "DuckDBPyConnection", spec: Spec, landing_root: str, *, forget: Collection[str] = ()
) -> LoadResult:
    """Load the manifests below `landing_root` (a folder, or `s3://…`) into the landing tables. May be repeated.

    What the manifest says is lost leaves them; of the datasets to `forget` also what no line names any more.
    """
    before = {
        name: count_in(connection, _landing(name)) for name in spec.datasets if has_table(connection, "landing", name)
    }
    connection.execute(f"SET VARIABLE landing = {literal(landing_root)}")
    listed = ", ".join(literal(each) for each in forget)
    connection.execute(f"SET VARIABLE forget = cast([{listed}] as VARCHAR[])")
    connection.execute(landing_sql(spec))
    after = {name: count_in(connection, _landing(name)) for name in spec.datasets}
    waiting = {name: count_in(connection, f"{_landing(name)} where normalised_at is null") for name in spec.datasets}
    gone: dict[str, list[str]] = {name: [] for name in spec.datasets}
    for name, path in connection.execute("select dataset, path from forgotten order by all").fetchall():
        gone[name].append(path)
    new = {name: count - before.get(name, 0) + len(gone[name]) for name, count in after.items()}
    return LoadResult(new, waiting, gone)


def count_waiting(connection: "DuckDBPyConnection", dataset: str, mode: Mode = "merge") -> int:
    """Fetches of a dataset whose records are not in the tables yet, and that matter in its writing mode.

    A repeat brings nothing new, but a snapshot must see it: what no complete run has seen is closed.
    """
    if not has_table(connection, "landing", dataset):
        return 0
    repeats = "" if mode == "snapshot" else " and not is_repeat"
    return count_in(connection, f"{_landing(dataset)} where normalised_at is null{repeats}")


def files_to_read(connection: "DuckDBPyConnection", dataset: str, *, every: bool) -> list[tuple[str, str]]:
    """Path and MD5 of the raw files whose records are not in the tables yet, or of `every` one.

    A landing table of an older version gets the columns of now.
    """
    if not has_table(connection, "landing", dataset):
        return []
    connection.execute(column_statement(dataset))
    which = "" if every else " where normalised_at is null"
    return connection.execute(f"select distinct path, md5 from {_landing(dataset)}{which} order by path").fetchall()


def keep_halves(connection: "DuckDBPyConnection", dataset: str, path: str, halves: Sequence[Half]) -> None:
    """Let the copy of a raw file be read in its place, and the records that are not in it be set aside."""
    connection.execute(halves_statement(dataset), [json.dumps([asdict(each) for each in halves]), path])


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


def _landing(dataset: str) -> str:
    return f"landing.{quote(dataset)}"
