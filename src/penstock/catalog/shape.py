"""Decides what a catalog's counts mean: the type of every field, which objects are maps, what needs a gate."""

from dataclasses import dataclass

from penstock.schema import Path, Record


@dataclass(frozen=True, slots=True)
class Shape:
    """The decided shape of a dataset's records."""

    record: Record
    gated: frozenset[Path] = frozenset()
    """Paths where not every value seen fits the decided type: read as JSON, checked one by one."""
