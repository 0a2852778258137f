"""One field of a catalog file, as plain data.

What a person looks for comes first, what is empty is left out, and counts that belong together stand on one line.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Final, Literal

import msgspec

from penstock.catalog.model import (
    JSON_TYPES,
    ChangeKind,
    FieldProfile,
    Integers,
    Numbers,
    Seen,
    Texts,
    Value,
    Values,
)
from penstock.errors import CatalogFormatError, PenstockError
from penstock.schema import format_type, parse_path, parse_type

PERSONS: Final = ("type", "decided_by", "description", "personal")
"""What a person writes into an entry; all else is counted."""


class OneLine(dict[str, object]):
    """A mapping that is written on one line."""


class OneLineList(list[object]):
    """A list that is written on one line."""


Count = Annotated[int, msgspec.Meta(ge=0)]


def write_entry(profile: FieldProfile) -> dict[str, object]:
    """A field as plain data, without what is only there so that catalogs add up."""
    persons = {
        "type": profile.type and format_type(profile.type),
        "decided_by": profile.decided_by if profile.decided_by == "person" else None,
        "description": profile.description,
        "personal": profile.personal,
    }
    details = {
        "present": profile.present,
        "of": profile.parents,
        "nullable": "null" in profile.types or None,
        "types": OneLine((each, profile.types[each]) for each in JSON_TYPES if each in profile.types),
        **_write_values(profile),
        "repeated": profile.repeated or None,
        "capped": profile.capped or None,
        "since": profile.seen.since or None,
        "last_seen": profile.seen.last or None,
        "missed": profile.seen.missed or None,
    }
    return {
        **{key: value for key, value in persons.items() if value},
        **{key: value for key, value in details.items() if value is not None and (key == "types" or value != {})},
    }


def _write_values(profile: FieldProfile) -> dict[str, object]:
    integers, texts, numbers, elements = profile.integers, profile.texts, profile.numbers, profile.elements
    examples = profile.values.examples
    return {
        "formats": OneLine(sorted(profile.formats.items())),
        "integers": integers and OneLine(min=integers.minimum, max=integers.maximum),
        "numbers": numbers
        and OneLine(
            min=numbers.minimum,
            max=numbers.maximum,
            whole_digits=numbers.whole_digits,
            scale=numbers.scale,
            inexact=numbers.inexact,
        ),
        "texts": texts and OneLine(min=texts.minimum, max=texts.maximum),
        "shortest": profile.shortest,
        "longest": profile.longest,
        "trues": profile.trues or None,
        "elements": elements and OneLine(min=elements.minimum, max=elements.maximum),
        "examples": OneLineList(examples) if any(each is not None for each in examples) else None,
    }


class Span(msgspec.Struct, forbid_unknown_fields=True):
    """The smallest and the largest."""

    min: int
    max: int


class _Numbers(msgspec.Struct, forbid_unknown_fields=True):
    min: float
    max: float
    whole_digits: Count
    scale: Count
    inexact: Count


class _Texts(msgspec.Struct, forbid_unknown_fields=True):
    min: str
    max: str


class ChangeEntry(msgspec.Struct, forbid_unknown_fields=True):
    """A line of the history."""

    at: str
    path: str
    change: ChangeKind
    before: str = ""
    after: str = ""


class _Field(msgspec.Struct, forbid_unknown_fields=True):
    present: Count
    of: Count
    types: dict[Literal["null", "boolean", "integer", "number", "string", "object", "array"], Count]
    type: str = ""
    decided_by: Literal["rule", "person"] = "rule"
    description: str = ""
    personal: str | bool | None = ""
    nullable: bool = False
    formats: dict[str, Count] = {}
    integers: Span | None = None
    numbers: _Numbers | None = None
    texts: _Texts | None = None
    shortest: Count | None = None
    longest: Count | None = None
    trues: Count = 0
    elements: Span | None = None
    examples: list[Value | None] = []
    repeated: Count = 0
    capped: bool = False
    since: str = ""
    last_seen: str = ""
    missed: Count = 0


def convert(data: object, type_: type, name: str, at: str) -> Any:
    """Plain data as a typed value; an error says where in the file `name` it is wrong."""
    try:
        return msgspec.convert(data, type_)
    except msgspec.ValidationError as error:
        problem, _, place = str(error).partition(" - at `")
        where = (at + place.rpartition("$")[2].rstrip("`")).removeprefix(".") or "the top"
        hint = "every field has `present`, `of` and `types`; names and paths that look like numbers need quotes."
        raise CatalogFormatError(name, where, problem, hint) from None


def read_entry(path: str, data: object, name: str, values: Values = Values()) -> FieldProfile:  # noqa: B008  # frozen
    """The field that an entry of the file `name` describes, with its values.

    Raises:
        CatalogFormatError: the entry is not one; says where.
    """
    at = f"fields.{path}"
    entry: _Field = convert(data, _Field, name, at)
    try:
        return FieldProfile(
            path=parse_path(path),
            parents=entry.of,
            present=entry.present,
            types=dict(entry.types.items()),
            formats=entry.formats,
            integers=_span(entry.integers),
            numbers=_numbers(entry.numbers),
            longest=entry.longest,
            repeated=entry.repeated,
            capped=entry.capped,
            type=parse_type(entry.type) if entry.type else None,
            decided_by=entry.decided_by,
            description=entry.description,
            shortest=entry.shortest,
            elements=_span(entry.elements),
            trues=entry.trues,
            texts=Texts(entry.texts.min, entry.texts.max) if entry.texts else None,
            values=replace(values, examples=tuple(entry.examples) or values.examples),
            personal=_PERSONAL.get(entry.personal, str(entry.personal)),
            seen=Seen(entry.since, entry.last_seen, entry.missed),
        )
    except PenstockError as error:
        problem, _, hint = str(error).partition("\nHint: ")
        raise CatalogFormatError(name, at, problem.rstrip("."), hint) from None


_PERSONAL: Final[Mapping[object, str]] = {None: "", False: "none", True: "personal"}
"""What YAML makes of `personal:`, `personal: no` and `personal: yes`."""


def _span(span: Span | None) -> Integers | None:
    return Integers(span.min, span.max) if span else None


def _numbers(numbers: _Numbers | None) -> Numbers | None:
    return Numbers(numbers.min, numbers.max, numbers.whole_digits, numbers.scale, numbers.inexact) if numbers else None
