"""Counts what is in records, in one pass and in constant memory, and adds up such counts.

Records are counted in batches, and within a batch field by field: the values of one field form a column, and what
is asked of a column (its types, its smallest value) runs over all of it at once. Nothing is sampled. The order
of the fields is the order in which they were first met; everything else does not depend on any order.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final, Protocol

from penstock.catalog.model import Catalog
from penstock.catalog.profiling.columns import columns_of
from penstock.catalog.profiling.measure import count_column
from penstock.catalog.profiling.node import Node, add, freeze, thaw
from penstock.errors import MixedCatalogsError

BATCH: Final = 256
"""Records that are counted at once: enough to make columns pay, few enough to stay small."""


class Part(Protocol):
    """Records as bytes, as many as are counted at once."""

    def decode(self, *, with_digits: bool) -> list[object] | None:
        """The records, without a look at repeated keys; None when one needs a closer look."""

    def has_keys(self, keys: int) -> bool:
        """Whether the objects have so many keys, repeated ones included."""

    def records(self) -> Iterator[object]:
        """The records, looked at closely; see `penstock.catalog.profiling.records`."""


class Profiler:
    """Takes records, gives a catalog.

    Records are what `records_in` yields; plain Python values (numbers as int, float or Decimal) will do as well.

    Args:
        name: what the catalog is called.
        counts_only: count types and presence alone, in a third of the time. Such a catalog decides no types.
    """

    def __init__(self, name: str = "", *, counts_only: bool = False) -> None:
        self._name = name
        self._counts_only = counts_only
        self._root = Node()

    def add(self, records: Iterable[object]) -> None:
        """Count records.

        Raises:
            UnreadableDataError: a record nests deeper than `MAX_DEPTH` or holds something that is not JSON.
        """
        remaining = iter(records)
        while batch := list(islice(remaining, BATCH)):
            count_column(self._root, columns_of(batch), counts_only=self._counts_only)

    def add_part(self, part: Part) -> None:
        """Count the records of a part of a file; the same as adding them one by one, but faster.

        Raises:
            UnreadableDataError: as `add`, or a record is not JSON; then nothing of the part is counted.
        """
        records = part.decode(with_digits=not self._counts_only)
        if records is not None:
            columns = columns_of(records)
            if part.has_keys(columns.keys):
                count_column(self._root, columns, counts_only=self._counts_only)
                return
        self.add(list(part.records()))

    def catalog(self) -> Catalog:
        """What was counted so far."""
        return replace(freeze(self._root, self._name), counts_only=self._counts_only)


def profile_documents(documents: Iterable[object], name: str = "") -> Catalog:
    """The catalog of records. A record that is not an object is counted under the empty path."""
    profiler = Profiler(name)
    profiler.add(documents)
    return profiler.catalog()


def merge(one: Catalog, other: Catalog) -> Catalog:
    """The catalog of all records of both; equal, but for the order of fields, to profiling everything at once.

    Decisions of `one` are kept; see `penstock.catalog.evolution.update` for decisions that follow the data.

    Raises:
        MixedCatalogsError: one counts only types and presence, the other values as well.
    """
    if one.counts_only is not other.counts_only:
        raise MixedCatalogsError(one.name or other.name)
    tree = thaw(one)
    add(tree, thaw(other))
    return replace(
        freeze(tree, one.name or other.name),
        through=max(one.through, other.through),
        counts_only=one.counts_only,
        history=one.history,
    )
