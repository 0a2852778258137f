"""Writes regular expressions for the engines of the targets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from penstock.errors import UnsupportedOperationError
from penstock.mapping.patterns.deterministic import is_deterministic
from penstock.mapping.patterns.model import (
    LAST,
    Anchor,
    Choice,
    Group,
    OneOf,
    Pattern,
    Range,
    Repeat,
    Sequence,
    merged,
    others,
)
from penstock.mapping.patterns.read import parse


@dataclass(frozen=True, slots=True)
class Engine:
    """How an engine wants patterns."""

    start: str
    end: str
    code: str
    """A control character, by its code point."""
    has_units: bool = False
    """It goes over the 16-bit units of UTF-16."""
    takes_longest: bool = False
    """It takes the longest of all matches, not what is first in the order of the pattern."""


PYTHON: Final = Engine(r"\A", r"\Z", "\\u{:04x}")
RE2: Final = Engine(r"\A", r"\z", "\\x{{{:x}}}")
JAVA: Final = Engine(r"\A", r"\z", "\\u{:04x}")
POSTGRES: Final = Engine(r"\A", r"\Z", "\\u{:04x}", takes_longest=True)
JAVASCRIPT: Final = Engine("^", "$", "\\u{:04x}", has_units=True)
BALLERINA: Final = Engine("^", "$", "\\u{{{:x}}}")


def written(text: str, engine: Engine) -> str:
    """A pattern for an engine.

    Raises:
        PatternError: the text is no pattern of the subset.
        UnsupportedOperationError: the engine would find something else.
    """
    pattern = parse(text)
    if engine.takes_longest and not is_deterministic(pattern):
        reason = "it takes the longest match, and here the next character does not say how the pattern goes on"
        raise UnsupportedOperationError(f"the pattern {text!r}", "sql (postgres)", reason)
    return _written(pattern, engine)


def literal(text: str, engine: Engine) -> str:
    """A pattern that matches a text and nothing else."""
    return "".join(_character(ord(each), engine) for each in text)


def at_both_ends(characters: str, engine: Engine) -> str:
    """A pattern for a run of some characters at the start or the end of a text."""
    run = _one_of(merged([(ord(each), ord(each)) for each in characters]), engine)
    return f"{engine.start}{run}+|{run}+{engine.end}" if characters else f"{engine.start}"


def replacement(text: str, group: str, escaped: str, dollar: str = "") -> str:
    """A replacement, where `$1` is what group 1 found and `$$` a dollar, as an engine wants it.

    Args:
        text: the replacement.
        group: how the engine names a group, `{}` being the number.
        escaped: the characters that need a backslash before them.
        dollar: how the engine writes a dollar, where not with a backslash.
    """
    pieces = re.split(r"(\$[1-9$])", text)
    return "".join(
        group.format(each[1])
        if number % 2 and each != "$$"
        else "".join(_plain(sign, escaped, dollar) for sign in ("$" if number % 2 else each))
        for number, each in enumerate(pieces)
    )


def _plain(sign: str, escaped: str, dollar: str) -> str:
    return dollar if sign == "$" and dollar else f"\\{sign}" if sign in escaped else sign


def _written(pattern: Pattern, engine: Engine) -> str:
    match pattern:
        case OneOf(ranges=ranges):
            return _one_of(ranges, engine)
        case Anchor(sign=sign):
            return engine.start if sign == "^" else engine.end
        case Group(inner=inner, captures=captures):
            return f"({'' if captures else '?:'}{_written(inner, engine)})"
        case Repeat():
            return _written(pattern.inner, engine) + _times(pattern)
        case Sequence(items=items):
            return "".join(_written(each, engine) for each in items)
        case Choice(options=options):
            return "|".join(_written(each, engine) for each in options)


def _times(repeat: Repeat) -> str:
    least, most = repeat.least, repeat.most
    short = {(0, None): "*", (1, None): "+", (0, 1): "?"}.get((least, most))
    counted = f"{{{least}}}" if least == most else f"{{{least},{'' if most is None else most}}}"
    return (short or counted) + ("?" if repeat.lazy else "")


def _one_of(ranges: tuple[Range, ...], engine: Engine) -> str:
    if engine.has_units:
        return _in_units(ranges, engine)
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return _character(ranges[0][0], engine)
    is_rest = ranges[0][0] == 0 and ranges[-1][1] == LAST and len(ranges) > 1
    return _class(others(ranges), engine, "^") if is_rest else _class(ranges, engine)


def _class(ranges: tuple[Range, ...], engine: Engine, sign: str = "") -> str:
    return f"[{sign}{''.join(_range(each, engine) for each in ranges)}]"


def _range(range_: Range, engine: Engine) -> str:
    low, high = (_character(each, engine) for each in range_)
    return low if low == high else f"{low}{'-' if range_[1] > range_[0] + 1 else ''}{high}"


def _character(code: int, engine: Engine) -> str:
    sign = chr(code)
    if code > LAST_UNIT and engine.has_units:
        return f"(?:{''.join(_units(code))})"
    if code <= LAST_UNIT and not sign.isprintable():
        return engine.code.format(code)
    return f"\\{sign}" if sign.isascii() and not sign.isalnum() and sign != " " else sign


LAST_UNIT: Final = 0xFFFF


def _units(code: int) -> tuple[str, str]:
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}", f"\\u{0xDC00 + low:04x}"


def _in_units(ranges: tuple[Range, ...], engine: Engine) -> str:
    """A class for an engine that sees a pair where there is one character beyond 16 bits."""
    plain = tuple(_cut(ranges, 0, 0xD7FF)) + tuple(_cut(ranges, 0xE000, LAST_UNIT))
    options = [_class(plain, engine)] if plain else []
    options += [each for low, high in _cut(ranges, 0x10000, LAST) for each in _pairs(low, high)]
    return options[0] if plain and len(options) == 1 else f"(?:{'|'.join(options)})"


def _cut(ranges: tuple[Range, ...], low: int, high: int) -> Iterator[Range]:
    for first, last in ranges:
        if max(first, low) <= min(last, high):
            yield max(first, low), min(last, high)


def _pairs(low: int, high: int) -> Iterator[str]:
    """Pairs of units for a range of characters beyond 16 bits, one for each stretch of first units."""
    while low <= high:
        block_end = low | 0x3FF
        if low & 0x3FF == 0 and high >= block_end:
            whole = (high + 1 - low) // 0x400
            yield f"[{_units(low)[0]}-{_units(low + (whole - 1) * 0x400)[0]}][\\udc00-\\udfff]"
            low += whole * 0x400
            continue
        end = min(block_end, high)
        yield f"{_units(low)[0]}[{_units(low)[1]}-{_units(end)[1]}]"
        low = end + 1
