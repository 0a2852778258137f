"""What is known of a dataset's fields: counts that add up, nothing that was decided.

Counts are facts of the data; what follows from them (the type of a column, whether an object is a map)
is decided when a catalog is read: see `penstock.catalog.shape`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from penstock.schema import Path

JSON_TYPES = ("null", "boolean", "integer", "number", "string", "object", "array")
"""The types that are counted; `number` is a number that is written with a fraction or an exponent."""


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


@dataclass(frozen=True, slots=True)
class Catalog:
    """The profile of a dataset: its records and every path in them, in a stable order."""

    name: str
    records: int
    fields: tuple[FieldProfile, ...]
