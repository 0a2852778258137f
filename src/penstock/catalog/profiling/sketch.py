"""Which values there are at a path and how many different ones, in little memory and added up exactly.

Every value has a hash that depends on nothing but the value: its CRC-32, which estimates as well as MD5 does (9 % off
is usual for either, over numbers, codes and times in a row) and takes next to no time. The smallest hashes make a
sample that is the same in whatever order and parts the values come: the smallest of the union are the smallest of the
parts. While there are few hashes they are all known, so the number of different values is; beyond, it follows from
how near to zero they lie. The values of the very smallest hashes are the examples. Few different values are counted
each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal, InvalidOperation
from itertools import repeat
from typing import TypeVar
from zlib import crc32

from penstock.catalog.model import MAX_COUNTED, MAX_COUNTED_LENGTH, SAMPLE, Value, Values

EXAMPLES = 5
"""How many values are kept as examples."""

EXAMPLE_LENGTH = 100
"""Longer examples are cut."""

_NUMBER = 1
"""What the hash of a number starts with, so that 1 and "1" are two values."""
_HASHES = 1 << 32
_EXACT = Context(prec=20_000)
"""Rounds no number that is shorter; the default rounds to 28 digits."""
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
        texts = self._fresh(times)
        self._count(times)
        self._sample(texts, _encoded(texts), 0)

    def add_integers(self, times: Mapping[int, int]) -> None:
        """Take the different integers of a batch with how often each is there."""
        numbers = self._fresh(times)
        self._count(times)
        self._sample(numbers, list(map(_whole, numbers)), _NUMBER)

    def add_numbers(self, literals: Sequence[bytes]) -> None:
        """Take numbers as they are written; 1.50 is 1.5, and 1.0 is the integer 1."""
        text = b",".join(literals)
        plain = literals
        if b"e" in text or b"E" in text or b"-0.0" in text or text.count(b".") < len(literals):
            plain = list(map(_plain, literals))
        elif b"0," in text or text.endswith(b"0"):
            plain = list(map(bytes.rstrip, literals, repeat(b"0")))
        self._sample(literals, plain, _NUMBER)

    def add(self, other: "Tally") -> None:
        """Take all values of another one."""
        known = self.examples | other.examples
        for each in self.examples.keys() & other.examples.keys():
            known[each] = _first(self.examples[each], other.examples[each])
        self._keep({*self.sample, *other.sample}, known)
        self.unknown = self.unknown or other.unknown
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

    def _fresh(self, times: Mapping[_Raw, int]) -> list[_Raw]:
        """The values that are not in the sample for sure: what was counted is."""
        counts = self.counts
        return list(times) if counts is None else [each for each in times if each not in counts]

    def _count(self, times: Mapping[str, int] | Mapping[int, int] | Mapping[str | int, int]) -> None:
        counts = self.counts
        if counts is None or len(times) > MAX_COUNTED:
            self.counts = None
            return
        for value, number in times.items():
            counts[value] = counts.get(value, 0) + number
        if len(counts) > MAX_COUNTED or any(map(_is_long, times)):
            self.counts = None

    def _sample(self, values: Sequence[_Raw], written: Sequence[bytes], start: int) -> None:
        hashes = list(map(crc32, written, repeat(start)))
        limit = self.sample[-1] if len(self.sample) == SAMPLE else _HASHES
        if min(hashes, default=limit) >= limit:
            return
        small = set(filter(limit.__gt__, hashes))
        if not small.issubset(self.sample):
            self.sample = sorted(small.union(self.sample))[:SAMPLE]
        lasting = self.sample[:EXAMPLES]
        if min(small) <= lasting[-1]:
            known = dict(self.examples)
            for each, value in zip(hashes, values, strict=True):
                if each <= lasting[-1] and not _is_shown(known.get(each), value):
                    shown = show(value)
                    known[each] = _first(known[each], shown) if each in known else shown
            self.examples = {each: known.get(each) for each in lasting}

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
        return f"{'-' * (value < 0)}{_whole(abs(value))[:EXAMPLE_LENGTH].decode()}…"
    return f"{value[:EXAMPLE_LENGTH]}…" if isinstance(value, str) and len(value) > EXAMPLE_LENGTH else value


def _is_shown(example: Value | None, value: str | float | bytes) -> bool:
    """Whether an example is the value, as far as that is known without a closer look."""
    if isinstance(value, bytes):
        return isinstance(example, float) and repr(example).encode() == value
    return type(example) is type(value) and example == value


def _is_exact(number: float, text: str) -> bool:
    try:
        return Decimal(repr(number)) == Decimal(text)
    except InvalidOperation:
        return False


def _encoded(texts: Sequence[str]) -> Sequence[bytes]:
    try:
        return list(map(str.encode, texts))
    except UnicodeEncodeError:  # half a pair of surrogates
        return [each.encode("utf-8", "surrogatepass") for each in texts]


def _whole(number: int) -> bytes:
    """An integer as a number without a fraction: the point stays, because zeros behind it go."""
    try:
        return b"%d." % number
    except ValueError:  # Python writes no integer of more than 4,300 digits in tens
        return b"%x." % number


def _plain(literal: bytes) -> bytes:
    """A number in the one way to write it: a point and no zeros behind it; far from the point with an exponent."""
    try:
        number = Decimal(literal.decode()).normalize(_EXACT)
    except (InvalidOperation, OverflowError):  # an exponent of twenty digits
        return literal
    _, digits, exponent = number.as_tuple()
    if abs(int(exponent)) + len(digits) > _PLAIN_POWER:
        return str(number).encode()
    text = f"{number:f}" if number else "0"
    return (text if "." in text else f"{text}.").encode()


def _is_long(value: str | int) -> bool:
    return isinstance(value, str) and len(value) > MAX_COUNTED_LENGTH


def _first(one: Value | None, other: Value | None) -> Value | None:
    """One of two values of the same hash, the same one whichever comes first."""
    if one is None or other is None:
        return None
    return min(one, other, key=lambda each: (str(type(each)), str(each)))
