"""Records with half of a character: DuckDB refuses their whole file, so a copy without them is read instead.

What they are is kept in the column `halves` of the landing table, and they are set aside like any other record.
"""

from typing import Final

from penstock.pipeline.plan.duckdb import literal, quote

RAW: Final = "data_profile=raw/"
CLEANED: Final = "data_profile=cleaned/"
"""Where the copies are, under the same names, below the landing zone."""

REASON: Final = "holds half of a character"
HALVES: Final = "STRUCT(position BIGINT, path VARCHAR, value VARCHAR)[]"
"""The type of the column: the records of a file that are not in its copy; null where the file itself is read."""

READ_PATH: Final = f"case when halves is null then path else replace(path, {literal(RAW)}, {literal(CLEANED)}) end"
"""The file that is read for a row of the landing table."""

HALF_REASON: Final = f"struct_pack(path := half.path, reason := {literal(REASON)}, value := half.value)"
"""Why a record is set aside, where `half` is not null."""


def half_at(position: str) -> str:
    """What the column `halves` says of the record at a position; null for a whole one."""
    return f"list_filter(halves, lambda h: h.position = {position})[1]"


def copy_of(path: str) -> str:
    """Where the copy of a raw file is."""
    return path.replace(RAW, CLEANED, 1)


def column_statement(dataset: str) -> str:
    """Gives a landing table of an older version the column."""
    return f"alter table landing.{quote(dataset)} add column if not exists halves {HALVES}"


def halves_statement(dataset: str) -> str:
    """Sets the column for a file; its parameters are a JSON list of `position`, `path` and `value`, and the path."""
    shape = '[{"position": "BIGINT", "path": "VARCHAR", "value": "VARCHAR"}]'
    return f"update landing.{quote(dataset)} set halves = from_json(?, {literal(shape)}) where path = ?"
