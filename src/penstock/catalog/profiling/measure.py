"""Measures columns: adds what is asked of the values at a path to its node."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any, Final

from penstock.catalog.formats.patterns import DATED, texts_by_format
from penstock.catalog.model import Integers, Numbers, Texts
from penstock.catalog.profiling.columns import Column
from penstock.catalog.profiling.node import Node, join_integers, join_numbers, join_texts
from penstock.errors import UnreadableDataError

EXACT_LENGTH: Final = 16
"""A literal of at most 15 digits, with its point, is the same number after a double."""

MANY_DIGITS: Final = 9_999
"""Numbers with more digits than this are counted as having this many; no column type is near."""

_TYPES: Final[dict[type, str]] = {
    type(None): "null",
    bool: "boolean",
    int: "integer",
    bytes: "number",
    float: "number",
    Decimal: "number",
    str: "string",
}


def count_column(node: Node, column: Column, *, counts_only: bool = False) -> None:
    """Add the values of a column, and of the columns below it, to a node and the nodes below it."""
    for kind, values in column.scalars.items():
        node.count(_TYPES[kind], len(values))
        if kind in _MEASURES and not counts_only:
            _MEASURES[kind](node, values)
    if column.lists:
        node.count("array", len(column.lists))
        if not counts_only:
            lengths = set(map(len, column.lists))
            node.elements = join_integers(node.elements, Integers(min(lengths), max(lengths)))
        if column.item is not None:
            count_column(node.items(), column.item, counts_only=counts_only)
    if column.objects:
        node.count("object", column.objects)
        _count_fields(node, column, counts_only=counts_only)


def _count_fields(node: Node, column: Column, *, counts_only: bool) -> None:
    for key, below in column.fields.items():
        child = node.child(key)
        child.repeated += column.repeated.get(key, 0)
        count_column(child, below, counts_only=counts_only)
    node.cap_keys()


def _measure_booleans(node: Node, column: Sequence[bool]) -> None:
    node.trues += sum(column)


def _measure_integers(node: Node, column: Sequence[int]) -> None:
    node.integers = join_integers(node.integers, Integers(min(column), max(column)))
    values = node.values
    values.add_integers(dict.fromkeys(column, 0) if values.counts is None else Counter(column))


_AS_NINES: Final = bytes.maketrans(b"012345678", b"999999999")


def _measure_numbers(node: Node, column: Sequence[bytes]) -> None:
    doubles = list(map(float, column))
    text = b",".join(column)
    if b"e" in text or b"E" in text:
        sizes, is_sure = {_size_of(each) for each in column}, False
    else:
        # Few forms are left when all digits are the same: 9.99, 99.99, -9.9.
        forms = set(text.translate(_AS_NINES).split(b","))
        sizes = set(map(_size_of_plain, forms))
        is_sure = max(map(len, forms)) <= EXACT_LENGTH
    inexact = 0 if is_sure else sum(map(_is_inexact, column, map(repr, doubles)))
    whole_digits, scale = max(whole for whole, _ in sizes), max(scale for _, scale in sizes)
    # Adding zero turns -0.0 into 0.0, so that the result does not depend on the order.
    found = Numbers(min(doubles) + 0.0, max(doubles) + 0.0, whole_digits, scale, inexact)
    node.numbers = join_numbers(node.numbers, found)
    node.values.add_numbers(column)


def _size_of_plain(literal: bytes) -> tuple[int, int]:
    whole, _, fraction = literal.removeprefix(b"-").partition(b".")
    return len(whole), len(fraction)


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


def _measure_texts(node: Node, column: Sequence[str]) -> None:
    times = _times(column, node)
    texts = list(times)
    lengths = list(map(len, texts))
    shortest, longest = min(lengths), max(lengths)
    node.longest = longest if node.longest is None else max(longest, node.longest)
    node.shortest = shortest if node.shortest is None else min(shortest, node.shortest)
    is_each_once = len(texts) == len(column)
    for name, having in texts_by_format(texts).items():
        number = len(having) if is_each_once else sum(map(times.__getitem__, having))
        node.formats[name] = node.formats.get(name, 0) + number
        if name in DATED or name == "time":
            node.texts = join_texts(node.texts, Texts(min(having), max(having)))
    node.values.add_texts(times)


def _times(column: Sequence[str], node: Node) -> Mapping[str, int]:
    """How often each text is there."""
    if node.values.counts is None and len(once := dict.fromkeys(column, 1)) == len(column):
        return once  # many times faster than counting, and usual where there are many
    return Counter(column)


def _measure_floats(node: Node, column: Sequence[float]) -> None:
    if not all(map(isfinite, column)):
        raise _not_a_number()
    _measure_numbers(node, [repr(each).encode() for each in column])


def _measure_decimals(node: Node, column: Sequence[Decimal]) -> None:
    if not all(each.is_finite() for each in column):
        raise _not_a_number()
    _measure_numbers(node, [str(each).encode() for each in column])


def _not_a_number() -> UnreadableDataError:
    return UnreadableDataError("A record", "holds NaN or Infinity, which JSON does not have", "write null instead.")


_MEASURES: Final[dict[type, Callable[[Node, Any], None]]] = {
    bool: _measure_booleans,
    int: _measure_integers,
    bytes: _measure_numbers,
    float: _measure_floats,
    Decimal: _measure_decimals,
    str: _measure_texts,
}
