"""Runs a mapping on data: what is accepted goes to one file, what is rejected to another, row by row."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import IO, Any, Final, Literal

from penstock.mapping.typed import TypedMapping
from penstock.schema import Field, Integer, Json, Record, Text
from penstock.schema import Path as FieldPath
from penstock.services.apply.engines import ENGINES, Mapped
from penstock.services.apply.reading import rows_of
from penstock.services.apply.writing import writer

__all__ = ["Applied", "EngineName", "RejectedRow", "apply"]

EngineName = Literal["duckdb", "python"]

MOST_LISTED: Final = 100
"""Rejects that are listed in the answer; all of them are in the reject file."""

_EVERY: Final = 10_000
_REJECTS: Final = Record(
    (
        Field("row", Integer()),
        Field("path", Text()),
        Field("reason", Text()),
        Field("record", Json(nullable=True)),
    )
)


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """Why a row was rejected: the number of the row, from 1, the target field and a sentence about its value."""

    row: int
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of data."""

    rows: int
    written: int
    rejected: int
    rejects: tuple[RejectedRow, ...]
    """The first of them."""
    seconds: float


def apply(
    mapping: TypedMapping,
    sources: Sequence[str],
    output: Path | None,
    *,
    rejects: Path | None = None,
    engine: EngineName = "duckdb",
    stdin: IO[bytes] | None = None,
    stdout: IO[bytes] | None = None,
    listener: Callable[[int], None] = lambda _: None,
) -> Applied:
    """Map data; both files appear when all is done.

    With several sources each record of the data holds one of each, under its name.

    Args:
        mapping: the mapping.
        sources: files (JSON, NDJSON, CSV, Parquet; packed too), globs, folders, or `-` for standard input.
        output: where mapped records go, in the form that the suffix says; None: standard output, as NDJSON.
        rejects: where rejected rows go, with row number, path, reason and record.
        engine: what does the work; both give the same.
        stdin: what `-` reads.
        stdout: what is written to instead of standard output.
        listener: is told now and then how many rows are done.

    Raises:
        NoDataError: a source does not exist, or matches nothing.
        UnreadableDataError: a file is not what its name says.
        UnsupportedOperationError: the engine cannot do what the mapping asks for.
    """
    began = monotonic()
    chosen = ENGINES[engine](mapping)
    order = {str(path): number for number, path in enumerate(_paths(mapping))}
    seen = _Seen()
    with (
        writer(output, mapping.target.type, stdout) as accept,
        writer(rejects, _REJECTS, None, is_wanted=False) as refuse,
    ):
        for each in chosen.run(rows_of(sources, mapping, stdin, chosen.intake)):
            before = seen.rows
            if isinstance(each, list):
                seen.rows += len(each)
                accept(each)
            else:
                seen.rows += 1
                if each.record is not None:
                    accept([each.record])
                else:
                    seen.rejected += 1
                    refuse(seen.told(each, order))
            if seen.rows // _EVERY > before // _EVERY:
                listener(seen.rows)
    return Applied(seen.rows, seen.rows - seen.rejected, seen.rejected, tuple(seen.listed), monotonic() - began)


class _Seen:
    """What has been done so far."""

    def __init__(self) -> None:
        self.rows = 0
        self.rejected = 0
        self.listed: list[RejectedRow] = []

    def told(self, mapped: Mapped, order: dict[str, int]) -> list[dict[str, Any]]:
        """The rejects of a row as the reject file has them, in the order of the target."""
        row, made = mapped.row, []
        for path, reason in sorted(mapped.rejects, key=lambda reject: order.get(reject[0], -1)):
            if len(self.listed) < MOST_LISTED:
                self.listed.append(RejectedRow(row.number, path, reason))
            made.append({"row": row.number, "path": path, "reason": reason, "record": row.shown})
        return made


def _paths(mapping: TypedMapping) -> Iterator[FieldPath]:
    from penstock.emitters.python.scope import every
    from penstock.mapping import typed

    for node in every(mapping.root):
        if isinstance(node, typed.Build):
            yield from (each.path for each in node.fields)
