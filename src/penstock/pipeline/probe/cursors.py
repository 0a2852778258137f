"""Finds the field that grows, and the parameter that asks for what is newer; the parameter is never guessed."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from penstock.pipeline.probe.answer import Json
from penstock.pipeline.probe.choice import Choice
from penstock.pipeline.probe.keys import columns_of, words_of
from penstock.pipeline.probe.openapi import Operation
from penstock.pipeline.probe.urls import first_of
from penstock.pipeline.spec.model import Cursor
from penstock.schema import Path

_NAMES: Final = ("updated_at", "updated", "modified_at", "modified", "last_modified", "last_updated", "changed_at",
                 "changed", "last_reported", "timestamp", "time", "created_at", "created", "date")  # fmt: skip
_PARAMETERS: Final = ("since", "updated_since", "updated_after", "modified_since", "modified_after", "changed_since",
                      "updated_at_min", "updated_from", "starttime", "start_time", "created_after", "created_since",
                      "from_date", "date_from", "start_date", "after_date")  # fmt: skip
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?")
_EPOCHS: Final = (range(10**9 // 2, 4 * 10**9), range(10**12 // 2, 4 * 10**12))


def growing_fields(records: Sequence[Json]) -> list[Path]:
    """Fields that hold a time in every record, best name first."""
    objects = [each for each in records if isinstance(each, dict)]
    if not objects:
        return []
    columns = columns_of(objects, lambda path: words_of(path) in _NAMES)
    found = [path for path, values in columns if all(map(_is_time, values))]
    return sorted(found, key=lambda path: (_NAMES.index(words_of(path)), len(path.parts)))


def propose_cursor(
    records: Sequence[Json], described: Collection[str], asked: Mapping[str, str]
) -> Choice[Cursor] | None:
    """A cursor, where a field grows and a parameter is known.

    Args:
        records: The objects of a page.
        described: Names of query parameters that an OpenAPI description has.
        asked: The parameters of the URL that was asked.
    """
    fields = growing_fields(records)
    if not fields:
        return None
    parameter = first_of(asked, _PARAMETERS) or first_of(described, _PARAMETERS)
    if parameter is None:
        return None
    evidence = [f"{str(fields[0])!r} holds a time in all {len(records)} records."]
    start = asked.get(parameter)
    where = f"the URL asks with {parameter}={start}" if start else "the API's description has it"
    evidence.append(f"The parameter {parameter!r} asks for newer ones: {where}.")
    cursor = Cursor(path=str(fields[0]), parameter=parameter, start=start or None)
    others = tuple(Choice(cursor.model_copy(update={"path": str(each)})) for each in fields[1:4])
    return Choice(cursor, tuple(evidence), others)


def cursor_hint(records: Sequence[Json]) -> str | None:
    """What a person could look up, where a field grows but no parameter is known."""
    fields = growing_fields(records)
    if not fields:
        return None
    return (
        f"{str(fields[0])!r} holds a time in every record. If the API can filter by it, add 'cursor: {{path: "
        f"{fields[0]}, parameter: …}}' with the name of its parameter; it is not guessed."
    )


def _is_time(value: Json) -> bool:
    if isinstance(value, str):
        return bool(_ISO.fullmatch(value))
    return any(value in epoch for epoch in _EPOCHS)


def described_cursor(operation: Operation) -> Choice[Cursor] | None:
    """A cursor from a description alone: a date-time of a record, and a parameter that asks for newer ones."""
    parameter = first_of(operation.parameters, _PARAMETERS)
    field = first_of([name for name in operation.record if words_of(Path((name,))) in _NAMES], _NAMES)
    if parameter is None or field is None:
        return None
    said = f"The description has the field {field!r} and the parameter {parameter!r}."
    return Choice(Cursor(path=str(Path((field,))), parameter=parameter, start=None), (said,))
