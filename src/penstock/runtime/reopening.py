"""Opens what the warehouse has closed: fetches that are done wait again, rows that were set aside are listed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from penstock.errors import WarehouseBusyError, WarehouseDamagedError
from penstock.pipeline.plan.again import all_wait, rejects_query, since_day, wait_again, with_rejects
from penstock.pipeline.plan.model import Mode
from penstock.runtime.duckdb_tables import has_table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DAMAGE: Final = ("not a valid duckdb database", "could not read enough bytes", "corrupt", "checksum")
"""What DuckDB says of a file that is not, or no longer, a whole database."""


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that was set aside."""

    dataset: str
    file: str
    """The raw file, below the landing zone."""
    position: int
    """The place of the record in the file, from 1."""
    path: str
    """The field that does not fit; empty for the record as a whole."""
    reason: str
    value: str | None
    """What is there, as JSON."""
    record: str | None = None
    """The whole record, as JSON, with every digit as it came; None where the raw file is gone."""

    @property
    def place(self) -> tuple[str, str, int]:
        """Tells it from every other one."""
        return self.dataset, self.file, self.position


def list_rejects(connection: "DuckDBPyConnection", dataset: str) -> Iterator[Reject]:
    """The records of a dataset that are set aside; none where its tables were not built yet."""
    if not has_table(connection, "rejects", dataset):
        return
    for row in connection.execute(rejects_query(dataset)).fetchall():
        yield Reject(*row)


def reopen_rejects(connection: "DuckDBPyConnection", dataset: str, mode: Mode) -> None:
    """Let the fetches wait that hold a record which was set aside."""
    if has_table(connection, "rejects", dataset):
        connection.execute(wait_again(dataset, mode, with_rejects(dataset)))


def reopen(connection: "DuckDBPyConnection", dataset: str, mode: Mode, since: date | None = None) -> None:
    """Let all fetches of a dataset wait, or those of a request day and later."""
    if not has_table(connection, "landing", dataset):
        return
    if since is None:
        connection.execute(wait_again(dataset, mode))
    else:
        connection.execute(wait_again(dataset, mode, since_day()), [since])


def is_reopened(connection: "DuckDBPyConnection", dataset: str, table: str) -> bool:
    """Whether all fetches of a dataset wait although its table is there, so that the table starts over."""
    if not (has_table(connection, "landing", dataset) and has_table(connection, "main", table)):
        return False
    found = connection.execute(all_wait(dataset)).fetchone()
    return bool(found and found[0])


def read_landing(connection: "DuckDBPyConnection") -> None:
    """Read all landing tables; a damaged file is told by the error of DuckDB, see `is_damage`."""
    tables = connection.execute("select table_name from duckdb_tables() where schema_name = 'landing'").fetchall()
    for (name,) in tables:
        connection.table(f'landing."{name}"').count("*").fetchall()
        connection.table(f'landing."{name}"').max("request_time").fetchall()


def is_damage(error: Exception) -> bool:
    """Whether an error of DuckDB says that the file is damaged, and not that it is in use or may not be opened."""
    return any(sign in str(error).lower() for sign in DAMAGE)


def opening_error(path: Path, error: Exception) -> WarehouseBusyError | WarehouseDamagedError:
    """Why a database cannot be opened: its file is damaged, or something is in the way now."""
    return (WarehouseDamagedError if is_damage(error) else WarehouseBusyError)(path, str(error))
