"""The normalisation plan: which tables a dataset becomes, as data.

A plan follows from the spec and the shape of the records alone; how it is spelled for an engine is decided by
whoever renders it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from penstock.schema import Path, Record, Type

Mode = Literal["append", "merge", "snapshot"]
PageKind = Literal["list", "object", "mixed"]
"""What is at the records path of a document: a list of records, one record, or now this and now that."""

ROW_ID: Final = "_row_id"
PARENT_ID: Final = "_parent_id"
ROOT_ID: Final = "_root_id"
POSITION: Final = "_position"
KEY_COLUMN: Final = "_key"
REQUESTED_AT: Final = "_requested_at"
FILE: Final = "_file"
CLOSED_AT: Final = "_closed_at"
METADATA: Final = (ROW_ID, PARENT_ID, ROOT_ID, POSITION, KEY_COLUMN, REQUESTED_AT, FILE, CLOSED_AT)
"""Names that belong to Penstock; a field of the same name gets another column."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    path: Path
    """The field, seen from the record; `lines[].sku` for a column of the table of `lines[]`."""
    type: Type
    """A scalar type, or JSON."""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the records themselves, or the elements of one list or map in them."""

    name: str
    path: Path
    """From the record to the row: empty for the parent, `lines[]`, `rates.*`, `ring[][]`."""
    parent: str | None
    """The table that holds the row of which this one is a part."""
    columns: tuple[Column, ...]
    description: str = ""

    @property
    def is_root(self) -> bool:
        """Whether a row is a record."""
        return self.parent is None


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the helping tables of a dataset; each is unique in the project."""

    batch: str
    staging: str
    newest: str
    rejects: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How the records of a dataset become tables."""

    dataset: str
    mode: Mode
    key: tuple[Path, ...]
    """The fields that identify a record; only used by `merge` and `snapshot`."""
    records: Path
    """Where the records are in a document."""
    format: Literal["json", "ndjson"]
    """One document a file, or one a line."""
    page: PageKind
    record: Record
    gated: frozenset[Path]
    """Paths that are read as JSON and checked value by value."""
    wrapped: bool
    """The records are no objects: `record` has the one field `value`."""
    tables: tuple[Table, ...]
    """The table of the records first, each table before the ones below it."""
    names: Names
    description: str = ""
    literal: frozenset[Path] = frozenset()
    """Texts that numbers and booleans fit as they are written in the file."""

    @property
    def root(self) -> Table:
        """The table of the records."""
        return self.tables[0]

    @property
    def children(self) -> tuple[Table, ...]:
        """All tables but the one of the records."""
        return self.tables[1:]

    @property
    def is_keyed(self) -> bool:
        """Whether a record replaces an older one with the same key."""
        return self.mode != "append"

    def key_columns(self) -> Iterator[Column]:
        """The columns of the key, in the order of the spec."""
        by_path = {each.path: each for each in self.root.columns}
        return (by_path[path] for path in self.key)
