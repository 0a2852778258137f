"""Turns records into columns: the values of each path together, so that what is asked of them runs over all at once."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import Any, Final

from penstock.catalog.profiling.records import MAX_DEPTH, RepeatedKeys
from penstock.errors import UnreadableDataError

SCALARS: Final = frozenset({type(None), bool, int, bytes, float, Decimal, str})


@dataclass(slots=True)
class Column:
    """The values at one path of some records."""

    scalars: dict[type, Sequence[Any]] = field(default_factory=dict)
    """By their Python type."""
    lists: Sequence[list[object]] = ()
    objects: int = 0
    item: "Column | None" = None
    fields: "dict[str, Column]" = field(default_factory=dict)
    repeated: dict[str, int] = field(default_factory=dict)
    """How many values under a key are hidden by a later one in the same object."""

    @property
    def keys(self) -> int:
        """How many keys the objects here and below have in all."""
        below = chain(self.fields.values(), () if self.item is None else (self.item,))
        return sum(self.fields_held.values()) + sum(each.keys for each in below)

    fields_held: dict[str, int] = field(default_factory=dict)
    """In how many objects (or how often, where keys are repeated) each key is."""


def columns_of(values: Sequence[object], depth: int = 0) -> Column:
    """The columns of values and of all that is nested in them.

    Raises:
        UnreadableDataError: a value nests deeper than `MAX_DEPTH` or is of a type that JSON does not have.
    """
    column = Column()
    kinds = set(map(type, values))
    for kind in kinds:
        same = values if len(kinds) == 1 else [each for each in values if type(each) is kind]
        if kind in SCALARS:
            column.scalars[kind] = same
        elif kind in _NESTED:
            if depth >= MAX_DEPTH:
                raise _too_deep()
            _NESTED[kind](column, same, depth)
        else:
            raise _foreign(kind)
    return column


def _add_lists(column: Column, lists: Sequence[list[object]], depth: int) -> None:
    column.lists = lists
    elements = list(chain.from_iterable(lists))
    if elements:
        column.item = columns_of(elements, depth + 1)


def _add_objects(column: Column, objects: Sequence[dict[str, object]], depth: int) -> None:
    _add_fields(column, _turned(objects), len(objects), depth)


def _add_repeated(column: Column, objects: Sequence[RepeatedKeys], depth: int) -> None:
    turned: dict[str, list[object]] = defaultdict(list)
    for each in objects:
        for key, value in each.items():
            turned[key].append(value)
        for key, shadowed in each.shadowed.items():
            turned[key].extend(shadowed)
            column.repeated[key] = column.repeated.get(key, 0) + len(shadowed)
    _add_fields(column, turned, len(objects), depth)


def _add_fields(column: Column, turned: Mapping[str, Sequence[object]], objects: int, depth: int) -> None:
    column.objects += objects
    for key, values in turned.items():
        below = columns_of(values, depth + 1)
        column.fields_held[key] = column.fields_held.get(key, 0) + len(values)
        known = column.fields.get(key)
        column.fields[key] = below if known is None else _joined(known, below)


def _joined(one: Column, other: Column) -> Column:
    """Both columns as one: objects with repeated keys come apart from the others."""
    for kind, values in other.scalars.items():
        one.scalars[kind] = [*one.scalars.get(kind, ()), *values]
    one.lists = [*one.lists, *other.lists]
    one.objects += other.objects
    if other.item is not None:
        one.item = other.item if one.item is None else _joined(one.item, other.item)
    for key, each in other.fields.items():
        one.fields[key] = _joined(one.fields[key], each) if key in one.fields else each
        one.fields_held[key] = one.fields_held.get(key, 0) + other.fields_held[key]
    for key, times in other.repeated.items():
        one.repeated[key] = one.repeated.get(key, 0) + times
    return one


def _turned(objects: Sequence[dict[str, object]]) -> Mapping[str, Sequence[object]]:
    """The values under each key. Objects with the same keys in the same order are turned over together."""
    alike: dict[tuple[str, ...], list[dict[str, object]]] = defaultdict(list)
    for each in objects:
        alike[tuple(each)].append(each)
    if len(alike) == 1:
        keys = next(iter(alike))
        return dict(zip(keys, zip(*map(dict.values, objects), strict=True), strict=True))
    columns: dict[str, list[object]] = defaultdict(list)
    for keys, group in alike.items():
        for key, values in zip(keys, zip(*map(dict.values, group), strict=True), strict=True):
            columns[key].extend(values)
    return columns


_NESTED: Final[dict[type, Callable[[Column, Any, int], None]]] = {
    list: _add_lists,
    dict: _add_objects,
    RepeatedKeys: _add_repeated,
}


def _too_deep() -> UnreadableDataError:
    return UnreadableDataError(
        "A record",
        f"nests deeper than {MAX_DEPTH} levels",
        "take a part of it as the records (`records` in penstock.yml), or leave the field out.",
    )


def _foreign(kind: type) -> UnreadableDataError:
    return UnreadableDataError(
        "A record",
        f"holds a value of type {kind.__name__}, which JSON does not have",
        "pass what a JSON reader gives: null, boolean, number, text, list, object.",
    )
