"""What is known of a dataset's fields: counts that add up, and the decisions that were made about them.

Counts are facts of the data; what follows from them (the type of a column, whether an object is a map)
is decided when a catalog is read: see `penstock.catalog.decisions.shape`. A decision that was written down (the `type`
of a field) stands until data widens it safely or a person changes it: see `penstock.catalog.evolution.update`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log1p
from typing import Final, Literal

from penstock.schema import Path, Type

JSON_TYPES = ("null", "boolean", "integer", "number", "string", "object", "array")
"""The types that are counted; `number` is a number that is written with a fraction or an exponent."""

DecidedBy = Literal["rule", "person"]

Value = str | int | float
"""A value as it is shown."""

SAMPLE: Final = 128
"""How many hashes a sample holds: fewer different values than this are known exactly."""

MAX_COUNTED: Final = 50
"""With more different texts and integers than this, they are not counted one by one."""

MAX_COUNTED_LENGTH: Final = 60
"""A longer text is no value that is counted."""

_HASHES: Final = 1 << 32

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
    """When a field was there, by the UTC days on which data was fetched; see `penstock.catalog.evolution.history`."""

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
class Texts:
    """The first and last in the order of their characters of the texts that are a date, a time or a timestamp."""

    minimum: str
    maximum: str


@dataclass(frozen=True, slots=True)
class Values:
    """The texts, integers and numbers at a path: how many are different, and which.

    See `penstock.catalog.profiling.sketch`.
    """

    sample: tuple[int, ...] = ()
    """The smallest hashes of the values, sorted; empty when there are none, or when they were not looked at."""
    examples: tuple[Value | None, ...] = ()
    """The values with the very smallest hashes, in the order of the sample; None: not known."""
    counts: Mapping[str | int, int] = field(default_factory=dict)
    """How often each text and integer came; empty when there are more than `MAX_COUNTED` of them."""

    @property
    def distinct(self) -> int | None:
        """How many different values there are: exact below `SAMPLE`, else about (9 % off is usual); None: unknown."""
        if len(self.sample) < SAMPLE:
            return len(self.sample) or None
        # As many as hashes up to the largest of the sample ask for, and those that share a hash with another.
        share = (SAMPLE - 1) / (self.sample[-1] + 1)
        return round(-_HASHES * log1p(-min(share, 1 - 1e-9)))

    @property
    def shown(self) -> tuple[Value, ...]:
        """The examples that are known, each once: under a mask, values may look alike."""
        return tuple(each for each in dict.fromkeys(self.examples) if each is not None)

    @property
    def is_exact(self) -> bool:
        """Whether `distinct` is no estimate."""
        return len(self.sample) < SAMPLE


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
    shortest: int | None = None
    """The length of the shortest text, in characters."""
    elements: Integers | None = None
    """The fewest and the most elements of a list."""
    trues: int = 0
    """How many of the booleans are true."""
    texts: Texts | None = None
    values: Values = Values()
    personal: str = ""
    """The kind of personal data (see `penstock.catalog.personal`); `none`: a person says that it is not personal."""
    seen: Seen = Seen()

    @property
    def distinct(self) -> int | None:
        """About how many different texts and numbers there are, and never more than there are in all."""
        found = self.values.distinct
        return found and min(found, sum(self.types.get(each, 0) for each in ("string", "integer", "number")))


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
    counts_only: bool = False
    """Only types and presence were counted: nothing is known of the values, so that no type can be decided."""
    history: tuple[Change, ...] = ()
    """How the shape changed, newest last; bounded."""

    def by_path(self) -> Mapping[Path, FieldProfile]:
        """The fields under their paths."""
        return {each.path: each for each in self.fields}
