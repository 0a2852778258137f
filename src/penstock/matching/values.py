"""What the values of a field look like: how they are written, how large they are, which they are."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

_SHAPES: Final = (
    ("integer", re.compile(r"[+-]?\d+")),
    ("decimal", re.compile(r"[+-]?\d*[.,]\d+([eE][+-]?\d+)?%?")),
    ("date", re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")),
    ("timestamp", re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*")),
    ("email", re.compile(r"[^@\s]+@[^@\s]+\.[a-zA-Z]+")),
    ("url", re.compile(r"[a-z]+://.*|www\..*")),
    ("uuid", re.compile(r"[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")),
    ("boolean", re.compile(r"(?i)true|false|yes|no")),
    ("address", re.compile(r"\d{1,3}(\.\d{1,3}){3}")),
    ("code", re.compile(r"[A-Z0-9_-]{2,12}")),
    ("word", re.compile(r"[^\W\d_]+")),
)


@dataclass(frozen=True, slots=True)
class ValueFacts:
    """What some values have in common."""

    kinds: dict[str, float]
    """How often they are written in a way, from 0 to 1."""
    known: frozenset[str]
    """The values as text, in lower case."""
    parts: frozenset[str]
    """The words in them."""
    letters: dict[str, float]
    """The share of digits, letters, spaces and other characters."""
    length: float
    low: float | None
    high: float | None


def value_facts(samples: Sequence[Any]) -> ValueFacts | None:
    """What sample values look like; None where none is more than null."""
    texts = [_text(each) for each in samples if each is not None and each != ""]
    if not texts:
        return None
    kinds = Counter(_kind(each) for each in texts)
    characters = Counter(_class(letter) for each in texts for letter in each[:80])
    total = characters.total() or 1
    numbers = [number for each in texts if (number := _number(each)) is not None]
    is_numeric = len(numbers) > len(texts) / 2
    return ValueFacts(
        {kind: count / len(texts) for kind, count in kinds.items()},
        frozenset(each.lower() for each in texts),
        frozenset(part for each in texts for part in re.findall(r"\w+", each.lower())),
        {kind: count / total for kind, count in characters.items()},
        sum(map(len, texts)) / len(texts),
        min(numbers) if is_numeric else None,
        max(numbers) if is_numeric else None,
    )


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.strip() if isinstance(value, str) else str(value)


def _kind(text: str) -> str:
    return next((name for name, shape in _SHAPES if shape.fullmatch(text)), "text")


def _class(letter: str) -> str:
    if letter.isdigit():
        return "digit"
    if letter.isalpha():
        return "upper" if letter.isupper() else "lower"
    return "space" if letter.isspace() else letter


def _number(text: str) -> float | None:
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def shared(one: dict[str, float], other: dict[str, float]) -> float:
    """How much two distributions have in common, from 0 to 1."""
    return sum(min(share, other.get(kind, 0.0)) for kind, share in one.items())


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the smaller set that is in the other."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def near(one: ValueFacts, other: ValueFacts) -> float:
    """How much the ranges of numbers have in common, from 0 to 1; of texts how near their lengths are."""
    if one.low is None or other.low is None or one.high is None or other.high is None:
        if one.low is not None or other.low is not None:
            return 0.0
        return min(one.length, other.length) / max(one.length, other.length, 1.0)
    low, high = max(one.low, other.low), min(one.high, other.high)
    widest = max(one.high, other.high) - min(one.low, other.low)
    if widest <= 0:
        return 1.0
    return max(0.0, high - low) / widest if high > low else 0.0
