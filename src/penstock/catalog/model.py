"""What is known of a dataset's fields: counts that add up, and the decisions that were made about them.

Counts are facts of the data; what follows from them (the type of a column, whether an object is a map)
is decided when a catalog is read: see `penstock.catalog.shape`. A decision that was written down (the `type` of
a field) stands until data widens it safely or a person changes it: see `penstock.catalog.update`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from penstock.schema import Path, Type

JSON_TYPES = ("null", "boolean", "integer", "number", "string", "object", "array")
"""The types that are counted; `number` is a number that is written with a fraction or an exponent."""

DecidedBy = Literal["rule", "person"]

ChangeKind = Literal["added", "type", "nullable", "optional", "gone", "back"]


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to the shape of the data at a path."""

    at: str
    """The UTC day of the data that showed it."""
    path: str
    kind: ChangeKind
    before: str = ""
    """With `type`: the type that was decided before."""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """When a field was there, by the UTC days on which data was fetched; see `penstock.catalog.history`."""

    since: str = ""
    """The first day; empty where the data has no days."""
    last: str = ""
    """The last day, when the newest data lack the field; else empty."""
    missed: int = 0
    """How many objects that could have held the field came since the last one that did, when it is lacking."""


@dataclass(frozen=True, slots=True)
class Integers:
    """The integers at a path, exact at any size."""

    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers with a fraction or an exponent at a path."""

    minimum: float
    """The smallest as the nearest double; the digits below are exact."""
    maximum: float
    whole_digits: int
    """The most digits in front of the point."""
    scale: int
    """The most digits behind the point."""
    inexact: int = 0
    """How many do not survive a double: writing the nearest double gives another number."""


@dataclass(frozen=True, slots=True)
class FieldProfile:
    """The values that were seen at one path of the records."""

    path: Path
    parents: int
    """How many objects (or list elements, or map entries) could have held the field."""
    present: int
    """In how many of them it was there, null included."""
    types: Mapping[str, int]
    """How many values of each JSON type."""
    formats: Mapping[str, int] = field(default_factory=dict)
    """How many texts of each format (`date`, `timestamp_zone`, `integer_text`, …)."""
    integers: Integers | None = None
    numbers: Numbers | None = None
    longest: int | None = None
    """The length of the longest text, in characters."""
    repeated: int = 0
    """How many values stood under a key that the same object holds again further on; they are counted in `types`."""
    capped: bool = False
    """The objects here have more different keys than are kept apart: they were added up under `*`."""
    type: Type | None = None
    """The decided type, without what is nested in it; None: not decided yet."""
    decided_by: DecidedBy = "rule"
    description: str = ""
    personal: str = ""
    """The kind of personal data (see `penstock.catalog.personal`); `none`: a person says that it is not personal."""
    seen: Seen = Seen()


@dataclass(frozen=True, slots=True)
class Catalog:
    """The profile of a dataset: its records and every path in them, in a stable order.

    The empty path is among the fields only when a record was seen that is not an object, or the records have too
    many different keys.
    """

    name: str
    records: int
    fields: tuple[FieldProfile, ...]
    through: str = ""
    """How far the data was counted, in the order in which it came; empty where the data has no such order."""
    history: tuple[Change, ...] = ()
    """How the shape changed, newest last; bounded."""

    def by_path(self) -> Mapping[Path, FieldProfile]:
        """The fields under their paths."""
        return {each.path: each for each in self.fields}
