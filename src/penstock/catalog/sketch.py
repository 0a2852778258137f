"""Which values there are at a path and how many different ones, in little memory and added up exactly.

Every value has a hash that depends on nothing but the value. The smallest hashes make a sample that is the same in
whatever order and parts the values come: the smallest of the union are the smallest of the parts. While there are few
hashes they are all known, so the number of different values is; beyond, it follows from how near to zero they lie.
The values of the very smallest hashes are the examples. Few different values are counted each.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import repeat
from typing import TypeVar
from zlib import crc32

from penstock.catalog.model import MAX_COUNTED, MAX_COUNTED_LENGTH, SAMPLE, Value, Values

EXAMPLES = 5
"""How many values are kept as examples."""

EXAMPLE_LENGTH = 100
"""Longer examples are cut."""

# A checksum alone is too even over numbers in a row; its product with a large odd number is not. The order is that of
# the highest bits, on which all bits of the checksum have an influence then.
_SPREAD = 0x9E3779B1
_MASK = 0xFFFF_FFFF
_NUMBER = 1
"""What the checksum of a number starts with, so that 1 and "1" are two values."""
_PLAIN_POWER = 40
"""Numbers with more zeros than this are written with an exponent."""


_Raw = TypeVar("_Raw", str, int, bytes)


@dataclass(slots=True)
class Tally:
    """What a node knows of its values, as it changes."""

    sample: list[int] = field(default_factory=list)
    """The smallest hashes, sorted."""
    examples: dict[int, Value | None] = field(default_factory=dict)
    """The values of the first of them; None: not known any more."""
    counts: dict[str | int, int] | None = field(default_factory=dict)
    """How often each text and integer came; None: there are too many."""
    unknown: bool = False
    """Values were counted by a profile that took no sample."""

    def add_texts(self, times: Mapping[str, int]) -> None:
        """Take the different texts of a batch with how often each is there."""
        if self.counts is not None:
            self._count(times)
        texts = list(times)
        self._sample(texts, map(crc32, map(_encode, texts)))

    def add_integers(self, times: Mapping[int, int]) -> None:
        """Take the different integers of a batch with how often each is there."""
        if self.counts is not None:
            self._count(times)
        numbers = list(times)
        self._sample(numbers, map(crc32, map(_digits, numbers), repeat(_NUMBER)))

    def add_numbers(self, literals: Sequence[bytes]) -> None:
        """Take numbers as they are written; 1.50 is 1.5, and 1.0 is 1."""
        text = b",".join(literals)
        if b"0," in text or text.endswith(b"0") or b"e" in text or b"E" in text:
            literals = [
                _plain(each) if each[-1] == _ZERO or b"e" in each or b"E" in each else each for each in literals
            ]
        self._sample(literals, map(crc32, literals, repeat(_NUMBER)))

    def add(self, other: "Tally") -> None:
        """Take all values of another one."""
        known = self.examples | other.examples
        for each in self.examples.keys() & other.examples.keys():
            known[each] = _first(self.examples[each], other.examples[each])
        self._keep({*self.sample, *other.sample}, known)
        self.unknown = self.unknown or other.unknown
        if self.counts is not None:
            if other.counts is None:
                self.counts = None
            else:
                self._count(other.counts)

    def freeze(self) -> Values:
        """The same as data."""
        if self.unknown:
            return Values(counts=dict(self.counts or {}))
        examples = tuple(map(self.examples.get, self.sample[:EXAMPLES]))
        return Values(tuple(self.sample), examples, dict(self.counts or {}))

    def _count(self, times: Mapping[str, int] | Mapping[int, int] | Mapping[str | int, int]) -> None:
        counts = self.counts
        if counts is None or len(times) > MAX_COUNTED:
            self.counts = None
            return
        for value, number in times.items():
            counts[value] = counts.get(value, 0) + number
        if len(counts) > MAX_COUNTED or any(map(_is_long, times)):
            self.counts = None

    def _sample(self, values: Sequence[_Raw], checksums: Iterable[int]) -> None:
        limit = self.sample[-1] if len(self.sample) == SAMPLE else _MASK + 1
        small = [
            (mixed, value)
            for checksum, value in zip(checksums, values, strict=True)
            if (mixed := checksum * _SPREAD & _MASK) < limit
        ]
        if not small:
            return
        hashes: set[int] = {mixed for mixed, _ in small}
        lasting = sorted({*self.sample, *hashes})[:EXAMPLES]
        known = dict(self.examples)
        for mixed, value in small:
            if mixed <= lasting[-1]:
                shown = show(value)
                known[mixed] = _first(known[mixed], shown) if mixed in known else shown
        self._keep({*self.sample, *hashes}, known)

    def _keep(self, hashes: set[int], known: Mapping[int, Value | None]) -> None:
        self.sample = sorted(hashes)[:SAMPLE]
        self.examples = {each: known.get(each) for each in self.sample[:EXAMPLES]}


def thaw_values(values: Values, types: Mapping[str, int]) -> Tally:
    """A tally that can be added to, from its data and the counts of the types."""
    scalars = sum(types.get(each, 0) for each in ("string", "integer", "number"))
    counted = types.get("string", 0) + types.get("integer", 0)
    complete = len(values.examples) == min(EXAMPLES, len(values.sample))
    examples = values.examples if complete else (None,) * EXAMPLES
    return Tally(
        list(values.sample),
        dict(zip(values.sample[:EXAMPLES], examples, strict=False)),
        None if counted and not values.counts else dict(values.counts),
        unknown=scalars > 0 and not values.sample,
    )


def show(value: str | float | bytes) -> Value:
    """A value as an example: at most `EXAMPLE_LENGTH` characters; a number that no double holds is a text."""
    if isinstance(value, bytes):
        number = float(value)
        text = value.decode()
        value = number if _is_exact(number, text) else text
    elif isinstance(value, int) and abs(value) >= 10**EXAMPLE_LENGTH:
        return f"{'-' * (value < 0)}{_digits(abs(value))[:EXAMPLE_LENGTH].decode()}…"
    return f"{value[:EXAMPLE_LENGTH]}…" if isinstance(value, str) and len(value) > EXAMPLE_LENGTH else value


_ZERO = ord("0")


def _is_exact(number: float, text: str) -> bool:
    try:
        return Decimal(repr(number)) == Decimal(text)
    except InvalidOperation:
        return False


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _digits(number: int) -> bytes:
    try:
        return b"%d" % number
    except ValueError:  # Python writes no integer of more than 4,300 digits in tens
        return b"%x" % number


def _plain(literal: bytes) -> bytes:
    """A number in the one way to write it without zeros at its end."""
    if b"e" in literal or b"E" in literal:
        try:
            number = Decimal(literal.decode()).normalize()
        except (InvalidOperation, OverflowError):
            return literal
        _, digits, exponent = number.as_tuple()
        if abs(int(exponent)) + len(digits) > _PLAIN_POWER:
            return str(number).encode()
        literal = f"{number:f}".encode()
    if b"." in literal:
        literal = literal.rstrip(b"0").removesuffix(b".")
    return b"0" if literal == b"-0" else literal


def _is_long(value: str | int) -> bool:
    return isinstance(value, str) and len(value) > MAX_COUNTED_LENGTH


def _first(one: Value | None, other: Value | None) -> Value | None:
    """One of two values of the same hash, the same one whichever comes first."""
    if one is None or other is None:
        return None
    return min(one, other, key=lambda each: (str(type(each)), str(each)))
