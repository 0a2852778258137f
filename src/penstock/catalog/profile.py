"""Counts what is in records, in one pass and in constant memory, and adds up such counts.

Records are counted in batches, and within a batch field by field: the values of one field form a column, and what
is asked of a column (its types, its smallest value) runs over all of it at once. Nothing is sampled. The order
of the fields is the order in which they were first met; everything else does not depend on any order.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from itertools import chain, islice
from math import isfinite
from operator import methodcaller
from typing import Any, Final

from penstock.catalog.formats import count_formats
from penstock.catalog.model import Catalog, Integers, Numbers
from penstock.catalog.node import Node, add, freeze, join_integers, join_numbers, thaw
from penstock.catalog.records import MAX_DEPTH, RepeatedKeys
from penstock.errors import UnreadableDataError

BATCH: Final = 256
"""Records that are counted at once: enough to make columns pay, few enough to stay small."""

EXACT_LENGTH: Final = 16
"""A literal of at most 15 digits, with its point, is the same number after a double."""

MANY_DIGITS: Final = 9_999
"""Numbers with more digits than this are counted as having this many; no column type is near."""


class Profiler:
    """Takes records, gives a catalog.

    Records are what `records_in` yields; plain Python values (numbers as int, float or Decimal) will do as well.
    """

    def __init__(self, name: str = "") -> None:
        self._name = name
        self._root = Node()

    def add(self, records: Iterable[object]) -> None:
        """Count records.

        Raises:
            UnreadableDataError: a record nests deeper than `MAX_DEPTH` or holds something that is not JSON.
        """
        remaining = iter(records)
        while batch := list(islice(remaining, BATCH)):
            _add_column(self._root, batch, 0)

    def catalog(self) -> Catalog:
        """What was counted so far."""
        return freeze(self._root, self._name)


def profile_documents(documents: Iterable[object], name: str = "") -> Catalog:
    """The catalog of records. A record that is not an object is counted under the empty path."""
    profiler = Profiler(name)
    profiler.add(documents)
    return profiler.catalog()


def merge(one: Catalog, other: Catalog) -> Catalog:
    """The catalog of all records of both; equal, but for the order of fields, to profiling everything at once.

    Decisions of `one` are kept; see `penstock.catalog.update` for decisions that follow the data.
    """
    tree = thaw(one)
    add(tree, thaw(other))
    through = max(one.through, other.through)
    return replace(freeze(tree, one.name or other.name), through=through, history=one.history)


def _add_column(node: Node, column: Sequence[object], depth: int) -> None:
    kinds = set(map(type, column))
    for kind in kinds:
        values = column if len(kinds) == 1 else [each for each in column if type(each) is kind]
        if kind in _ADD_SCALARS:
            _ADD_SCALARS[kind](node, values)
        elif kind in _ADD_NESTED:
            _ADD_NESTED[kind](node, values, depth)
        else:
            raise _foreign(kind)


def _add_nulls(node: Node, column: Sequence[object]) -> None:
    node.count("null", len(column))


def _add_booleans(node: Node, column: Sequence[object]) -> None:
    node.count("boolean", len(column))


def _add_integers(node: Node, column: Sequence[int]) -> None:
    node.count("integer", len(column))
    node.integers = join_integers(node.integers, Integers(min(column), max(column)))


_find_point: Final = methodcaller("find", b".")
_has_sign: Final = methodcaller("startswith", b"-")


def _add_numbers(node: Node, column: Sequence[bytes]) -> None:
    node.count("number", len(column))
    doubles = list(map(float, column))
    text = b",".join(column)
    if b"e" in text or b"E" in text:
        sizes, is_sure = {_size_of(each) for each in column}, False
    else:
        forms = set(zip(map(len, column), map(_find_point, column), map(_has_sign, column), strict=True))
        sizes = {(point - sign, length - point - 1) for length, point, sign in forms}
        is_sure = max(length for length, _, _ in forms) <= EXACT_LENGTH
    inexact = 0 if is_sure else sum(map(_is_inexact, column, map(repr, doubles)))
    whole_digits, scale = max(whole for whole, _ in sizes), max(scale for _, scale in sizes)
    # Adding zero turns -0.0 into 0.0, so that the result does not depend on the order.
    found = Numbers(min(doubles) + 0.0, max(doubles) + 0.0, whole_digits, scale, inexact)
    node.numbers = join_numbers(node.numbers, found)


def _size_of(literal: bytes) -> tuple[int, int]:
    try:
        _, digits, exponent = Decimal(literal.decode()).as_tuple()
    except InvalidOperation:  # an exponent of twenty digits
        return MANY_DIGITS, MANY_DIGITS
    power = int(exponent)
    return min(max(len(digits) + power, 1), MANY_DIGITS), min(max(-power, 0), MANY_DIGITS)


def _is_inexact(literal: bytes, written: str) -> bool:
    """Whether a number is not the one that its double is written as."""
    text = literal.decode()
    if text == written:
        return False
    try:
        return Decimal(written) != Decimal(text)
    except InvalidOperation:
        return True


def _add_texts(node: Node, column: Sequence[str]) -> None:
    node.count("string", len(column))
    longest = max(map(len, column))
    node.longest = longest if node.longest is None else max(longest, node.longest)
    for name, times in count_formats(column).items():
        node.formats[name] = node.formats.get(name, 0) + times


def _add_lists(node: Node, column: Sequence[list[object]], depth: int) -> None:
    _check_depth(depth)
    node.count("array", len(column))
    elements = list(chain.from_iterable(column))
    if elements:
        _add_column(node.items(), elements, depth + 1)


def _add_objects(node: Node, column: Sequence[dict[str, object]], depth: int) -> None:
    _check_depth(depth)
    node.count("object", len(column))
    for key, values in _columns(column).items():
        _add_column(node.child(key), values, depth + 1)
    node.cap_keys()


def _columns(objects: Sequence[dict[str, object]]) -> Mapping[str, Sequence[object]]:
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


def _add_repeated(node: Node, column: Sequence[RepeatedKeys], depth: int) -> None:
    _add_objects(node, [dict(each) for each in column], depth)
    for each in column:
        for key, shadowed in each.shadowed.items():
            child = node.child(key)
            child.repeated += len(shadowed)
            _add_column(child, shadowed, depth + 1)


def _add_floats(node: Node, column: Sequence[float]) -> None:
    if not all(map(isfinite, column)):
        raise UnreadableDataError("A record", "holds NaN or Infinity, which JSON does not have", "write null instead.")
    _add_numbers(node, [repr(each).encode() for each in column])


def _add_decimals(node: Node, column: Sequence[Decimal]) -> None:
    if not all(each.is_finite() for each in column):
        raise UnreadableDataError("A record", "holds NaN or Infinity, which JSON does not have", "write null instead.")
    _add_numbers(node, [str(each).encode() for each in column])


def _foreign(kind: type) -> UnreadableDataError:
    return UnreadableDataError(
        "A record",
        f"holds a value of type {kind.__name__}, which JSON does not have",
        "pass what a JSON reader gives: null, boolean, number, text, list, object.",
    )


def _check_depth(depth: int) -> None:
    if depth >= MAX_DEPTH:
        raise UnreadableDataError(
            "A record",
            f"nests deeper than {MAX_DEPTH} levels",
            "take a part of it as the records (`records` in penstock.yml), or leave the field out.",
        )


_ADD_SCALARS: Final[dict[type, Callable[[Node, Any], None]]] = {
    type(None): _add_nulls,
    bool: _add_booleans,
    int: _add_integers,
    bytes: _add_numbers,
    float: _add_floats,
    Decimal: _add_decimals,
    str: _add_texts,
}

_ADD_NESTED: Final[dict[type, Callable[[Node, Any, int], None]]] = {
    list: _add_lists,
    dict: _add_objects,
    RepeatedKeys: _add_repeated,
}
