"""What a regular expression is made of."""

from dataclasses import dataclass
from typing import Final

Range = tuple[int, int]
"""Code points from the first to the last."""

LAST: Final = 0x10FFFF


@dataclass(frozen=True, slots=True)
class OneOf:
    """One code point of some ranges, which are in order and apart."""

    ranges: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Anchor:
    """The start (`^`) or the end (`$`) of the text."""

    sign: str


@dataclass(frozen=True, slots=True)
class Group:
    """What is in parentheses."""

    inner: "Pattern"
    captures: bool


@dataclass(frozen=True, slots=True)
class Repeat:
    """One thing several times."""

    inner: "Pattern"
    least: int
    most: int | None
    lazy: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """One thing after another."""

    items: tuple["Pattern", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The first of several that fits."""

    options: tuple["Pattern", ...]


Pattern = OneOf | Anchor | Group | Repeat | Sequence | Choice


def merged(ranges: list[Range]) -> tuple[Range, ...]:
    """The same code points in order, without overlaps."""
    found: list[Range] = []
    for low, high in sorted(ranges):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return tuple(found)


def others(ranges: tuple[Range, ...]) -> tuple[Range, ...]:
    """All code points but these."""
    found, start = [], 0
    for low, high in ranges:
        if low > start:
            found.append((start, low - 1))
        start = high + 1
    return (*found, *(((start, LAST),) if start <= LAST else ()))


def may_be_empty(pattern: Pattern) -> bool:
    """Whether a pattern matches the empty text somewhere."""
    match pattern:
        case OneOf():
            return False
        case Anchor():
            return True
        case Group(inner=inner):
            return may_be_empty(inner)
        case Repeat():
            return pattern.least == 0 or may_be_empty(pattern.inner)
        case Sequence():
            return all(map(may_be_empty, pattern.items))
        case Choice():
            return any(map(may_be_empty, pattern.options))


def captures(pattern: Pattern) -> int:
    """How many groups a pattern captures."""
    match pattern:
        case Group(inner=inner, captures=own):
            return own + captures(inner)
        case Repeat(inner=inner):
            return captures(inner)
        case Sequence(items=parts) | Choice(options=parts):
            return sum(map(captures, parts))
    return 0
