"""The SQL that sends fetches through the tables once more: they wait again, and whoever builds takes them up."""

from typing import Final

from penstock.pipeline.plan.duckdb import quote
from penstock.pipeline.plan.model import Mode

REJECT_COLUMNS: Final = ("dataset", "file", "position", "path", "reason", "value", "record")


def wait_again(dataset: str, mode: Mode, condition: str = "true") -> str:
    """The statement that makes fetches of a landing table wait; `condition` chooses among them.

    A repeat brings nothing, unless the tables are a snapshot, which must see that the records were there.
    """
    repeats = "" if mode == "snapshot" else " and not is_repeat"
    return f"update landing.{quote(dataset)} set normalised_at = null where ({condition}){repeats}"


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
