"""Where the values of a row come from: its fields, the model, the fetch, the raw file and the record in it."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import md5
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from penstock.errors import (
    LandingError,
    NotTracedError,
    RemoteLandingError,
    RowNotFoundError,
    UnreadableDataError,
)
from penstock.pipeline.plan import Plan, Table
from penstock.pipeline.plan.again import root_rows_query, rows_query
from penstock.pipeline.spec.load import load_spec
from penstock.pipeline.spec.model import Spec
from penstock.runtime.landing import Fetch, Landing, landing_root
from penstock.runtime.project import Project
from penstock.schema import parse_path
from penstock.services.build import kept_plan
from penstock.services.look import TABLES, find_table, reading
from penstock.services.masks import Masks
from penstock.services.raw import raw_records

if TYPE_CHECKING:
    import duckdb

MOST: Final = 20
"""Rows that are traced, unless more are asked for."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The fetch that a row came with."""

    run: str
    page: int | None
    request_time: str
    """UTC, as in the manifest."""
    fingerprint: str
    status: int | None
    """HTTP status; None where the manifest is gone."""
    url: str
    """Without credentials; empty where the sidecar is gone."""
    md5: str
    file: str
    """The raw file, below the landing zone."""
    position: int
    """Of the record in the file, from 1."""


@dataclass(frozen=True, slots=True)
class Column:
    """One value of a row and the field that it is."""

    name: str
    value: Any
    path: str
    """The field, seen from the record."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One row and where it comes from."""

    table: str
    dataset: str
    row_id: str
    root_id: str
    """The `_row_id` of the record that the row is, or is a part of."""
    closed_at: Any
    """When a snapshot closed it; else None."""
    columns: tuple[Column, ...]
    model: str
    """The model file, seen from the project; empty where there is none."""
    origin: Origin
    record: str | None
    """The raw record, as JSON with every digit; None where it cannot be read."""
    problem: str
    """Why there is no record, or that the raw file is not what it was; else empty."""


@dataclass(frozen=True, slots=True)
class Traces:
    """The rows that a key names."""

    rows: tuple[Trace, ...]
    is_cut: bool
    """Whether there are more rows than were asked for."""


def trace(folder: Path, table: str, key: Sequence[str], limit: int = MOST) -> Traces:
    """The rows of a table with a key, or with a `_row_id`, each with where it comes from.

    The key of a table of records is that of the dataset; its values stand in the order of the spec. In a table below it
    the same key gives the rows that are a part of the record.

    Raises:
        UnknownTableError: There is no such table.
        NotTracedError: The table is not one that was built from raw files, or the key has too many or too few values.
        RowNotFoundError: No row has the key.
    """
    project = Project.at(folder)
    spec = load_spec(project.spec)
    with reading(project) as connection:
        schema, name = find_table(connection, table)
        plan, found = _planned(project, spec, schema, name)
        tracer = _Tracer(project, spec, plan, found, connection)
        rows = tracer.rows(list(key), limit + 1)
        if not rows:
            raise RowNotFoundError(name, key, tracer.key)
        return Traces(tuple(tracer.trace(row) for row in rows[:limit]), len(rows) > limit)


def shown_trace(row: Trace, masks: Masks) -> Trace:
    """A trace as it may be shown: what is personal in its values and its record is masked."""
    columns = tuple(
        replace(each, value=masks.record(row.dataset, each.value, parse_path(each.path))) for each in row.columns
    )
    return replace(row, columns=columns, record=_shown_record(row, masks))


def _shown_record(row: Trace, masks: Masks) -> str | None:
    """The record with what is personal masked; one that has nothing personal keeps its every character."""
    if row.record is None:
        return None
    record = json.loads(row.record)
    shown = masks.record(row.dataset, record)
    return row.record if shown == record else json.dumps(shown, ensure_ascii=False)


def _planned(project: Project, spec: Spec, schema: str, name: str) -> tuple[Plan, Table]:
    plans = [plan for dataset in spec.datasets if (plan := kept_plan(project, dataset))]
    for plan in plans:
        for table in plan.tables:
            if (TABLES, table.name) == (schema, name):
                return plan, table
    known = [table.name for plan in plans for table in plan.tables]
    raise NotTracedError(
        f"{schema}.{name} is not a table that was built from raw files", f"These are: {', '.join(known)}."
    )


class _Tracer:
    """Traces the rows of one table."""

    def __init__(
        self, project: Project, spec: Spec, plan: Plan, table: Table, connection: "duckdb.DuckDBPyConnection"
    ) -> None:
        self.project, self.spec, self.plan, self.table = project, spec, plan, table
        self.connection = connection
        self.connection.execute("SET TimeZone = 'UTC'")
        self.key = self._key()
        self.landing: Landing | None = None
        with suppress(RemoteLandingError):
            self.landing = Landing(landing_root(spec.landing.url, project.root), spec.provider.name, plan.dataset)

    def _key(self) -> list[str]:
        """The columns of the dataset's key, also where the tables are appended to."""
        by_path = {each.path: each.name for each in self.plan.root.columns}
        paths = [parse_path(each) for each in self.spec.datasets[self.plan.dataset].key]
        return [by_path[path] for path in paths if path in by_path]

    def rows(self, key: list[str], limit: int) -> list[dict[str, Any]]:
        """The rows that the key names, each with where its record is."""
        if len(key) == 1:
            found = self._select(rows_query(self.plan, self.table, "t._row_id = ?"), key, limit)
            if found or not self.key:
                return found
        if len(key) != len(self.key):
            wanted = f"is {', '.join(self.key)}" if self.key else "has no columns: only a _row_id tells rows apart"
            raise NotTracedError(
                f"{self.table.name}: {len(key)} value(s) for a key that {wanted}", "Give one value for each, in order."
            )
        query, parameters = root_rows_query(self.plan, self.table, self.key, key)
        return self._select(query, parameters, limit)

    def _select(self, query: str, parameters: list[str], limit: int) -> list[dict[str, Any]]:
        answer = self.connection.execute(query, parameters)
        names = [each[0] for each in answer.description or []]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchmany(limit)]

    def trace(self, row: dict[str, Any]) -> Trace:
        """Where a row comes from."""
        model = f"dbt/models/tables/{self.table.name}.sql"
        columns = tuple(Column(each.name, row[each.name], str(each.path)) for each in self.table.columns)
        origin = self._origin(row)
        record, problem = self._record(origin)
        return Trace(
            table=self.table.name,
            dataset=self.plan.dataset,
            row_id=row["_row_id"],
            root_id=row["_root_id"] if "_root_id" in row else row["_row_id"],
            closed_at=row.get("_closed_at"),
            columns=columns,
            model=model if (self.project.root / model).is_file() else "",
            origin=origin,
            record=record,
            problem=problem,
        )

    def _origin(self, row: dict[str, Any]) -> Origin:
        time = f"{row['__requested_at']:%Y-%m-%dT%H:%M:%S.%fZ}"
        lines = self.landing.of_run(row["__run"]) if self.landing and row["__run"] else iter(())
        fetch = next((each for each in lines if each.request_time == time), None)
        return Origin(
            run=row["__run"] or "",
            page=row["__page"],
            request_time=time,
            fingerprint=row["__fingerprint"] or "",
            status=fetch.status if fetch else None,
            url=self._url(fetch),
            md5=row["__md5"] or "",
            file=row["__file"],
            position=row["__position"],
        )

    def _url(self, fetch: Fetch | None) -> str:
        return self.landing.sidecar(fetch).get("url", "") if self.landing and fetch else ""

    def _record(self, origin: Origin) -> tuple[str | None, str]:
        if self.landing is None:
            return None, f"the landing zone {self.spec.landing.url} is not a local folder"
        try:
            body = self.landing.read_path(origin.file)
            record = raw_records(self.spec, self.landing, origin.file, [origin.position]).get(origin.position)
        except (LandingError, UnreadableDataError) as error:
            return None, str(error).partition("\n")[0]
        is_same = self.spec.landing.envelope == "inline" or md5(body, usedforsecurity=False).hexdigest() == origin.md5
        changed = "" if is_same else "the raw file was changed: its MD5 is not that of what landed"
        return record, changed if record is not None else f"{origin.file} has no record {origin.position}"
