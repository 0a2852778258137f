"""The SQL that looks back: fetches that go through the tables again, rows that were set aside, where rows come from."""

from collections.abc import Sequence
from typing import Final

from penstock.pipeline.plan.duckdb import column_type, quote
from penstock.pipeline.plan.model import Mode, Plan, Table

REJECT_COLUMNS: Final = ("dataset", "file", "position", "path", "reason", "value")


def wait_again(dataset: str, mode: Mode, condition: str = "true") -> str:
    """The statement that makes fetches of a landing table wait; `condition` chooses among them.

    A repeat brings nothing, unless the tables are a snapshot, which must see that the records were there.
    """
    repeats = "" if mode == "snapshot" else " and not is_repeat"
    return f"update landing.{quote(dataset)} set normalised_at = null where ({condition}){repeats}"


def all_wait(dataset: str) -> str:
    """Whether some fetches of a dataset wait for their tables, and no other than repeats is done."""
    return f"""select bool_or(normalised_at is null) and bool_and(normalised_at is null or is_repeat)
from landing.{quote(dataset)}"""


def with_rejects(dataset: str) -> str:
    """The condition for fetches that hold a record which was set aside."""
    return f"request_time in (select request_time from rejects.{quote(dataset)})"


def since_day() -> str:
    """The condition for fetches of a request day (UTC, a parameter of the statement) or later."""
    return "request_day >= cast(? as DATE)"


def rejects_query(dataset: str) -> str:
    """The records of a dataset that are set aside, once for each place in a raw file, in the order of their coming."""
    columns = ", ".join(REJECT_COLUMNS)
    return f"""select {columns}
from rejects.{quote(dataset)}
group by all
order by min(request_time), file, position"""


def rows_query(plan: Plan, table: Table, condition: str) -> str:
    """The rows of a table (`t`) of records (`r`), each with the fetch that its record came with."""
    root = f"main.{quote(plan.root.name)}"
    record = "r._row_id = t._row_id" if table.is_root else "r._row_id = t._root_id"
    place = "_position" if table.is_root else "_root_id, t._position"
    return f"""select
    t.*, r._file as __file, r._position as __position, r._requested_at as __requested_at,
    l.run as __run, l.page as __page, l.fingerprint as __fingerprint, l.md5 as __md5
from main.{quote(table.name)} as t
join {root} as r on {record}
left join landing.{quote(plan.dataset)} as l on l.path = r._file and l.request_time = r._requested_at
where {condition}
order by r._requested_at, t.{place}, t._row_id"""


def root_rows_query(plan: Plan, table: Table, columns: Sequence[str], values: Sequence[str]) -> tuple[str, list[str]]:
    """The rows of a table whose record has some values, given as text; the query and its parameters."""
    types = {each.name: column_type(each.type) for each in plan.root.columns}
    each_one = [
        f"(cast(r.{quote(name)} as VARCHAR) = ? or r.{quote(name)} = try_cast(? as {types[name]}))" for name in columns
    ]
    return rows_query(plan, table, " and ".join(each_one)), [value for value in values for _ in range(2)]
