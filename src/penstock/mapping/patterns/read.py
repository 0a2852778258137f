"""Reads a regular expression, and refuses what targets would understand in different ways."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from penstock.errors import PatternError
from penstock.mapping.patterns.model import (
    Anchor,
    Choice,
    Group,
    OneOf,
    Pattern,
    Range,
    Repeat,
    Sequence,
    captures,
    may_be_empty,
    merged,
    others,
)

MOST_TIMES: Final = 255
"""No engine of the targets counts less far."""

MOST_GROUPS: Final = 9

DEEPEST: Final = 50
"""Parentheses within parentheses."""

_SPACE: Final = ((9, 13), (32, 32))
_CLASSES: Final[Mapping[str, tuple[Range, ...]]] = {
    "d": ((48, 57),),
    "w": ((48, 57), (65, 90), (95, 95), (97, 122)),
    "s": _SPACE,
}
_CONTROLS: Final = {"n": "\n", "r": "\r", "t": "\t"}
_ANY: Final = OneOf(others(((10, 10),)))


@cache
def parse(text: str) -> Pattern:
    """What a regular expression says.

    Raises:
        PatternError: it is none, or is outside of the subset.
    """
    reader = _Reader(text)
    pattern = reader.choice()
    if reader.at < len(text):
        raise reader.problem("a ) closes nothing")
    if captures(pattern) > MOST_GROUPS:
        raise reader.problem(f"it has more than {MOST_GROUPS} groups; write (?:…) where none is asked for")
    return pattern


@dataclass(slots=True)
class _Reader:
    text: str
    at: int = 0
    depth: int = 0

    def problem(self, text: str) -> PatternError:
        return PatternError(self.text, text)

    def _take(self, sign: str) -> bool:
        found = self.text.startswith(sign, self.at)
        self.at += len(sign) if found else 0
        return found

    def choice(self) -> Pattern:
        options = [self._sequence()]
        while self._take("|"):
            options.append(self._sequence())
        if len(options) == 1:
            return options[0]
        if any(map(captures, options)):
            raise self.problem("a group in one of several options is not always there; write (?:…), or ((?:…)|…)")
        return Choice(tuple(options))

    def _sequence(self) -> Pattern:
        items: list[Pattern] = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            items.append(self._repeated(self._one()))
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def _one(self) -> Pattern:
        sign = self.text[self.at]
        self.at += 1
        match sign:
            case "(":
                return self._group()
            case "[":
                return self._class()
            case ".":
                return _ANY
            case "^" | "$":
                return Anchor(sign)
            case "\\":
                return OneOf(self._escaped())
            case "*" | "+" | "?" | "{":
                raise self.problem(f"there is nothing that {sign} could repeat")
        return OneOf(((ord(sign), ord(sign)),))

    def _group(self) -> Pattern:
        plain = self._take("?:")
        if not plain and self._take("?"):
            raise self.problem("look-around, named groups and flags are not of the subset")
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.problem("its parentheses are nested too deep")
        inner = self.choice()
        self.depth -= 1
        if not self._take(")"):
            raise self.problem("a ( is not closed")
        return Group(inner, captures=not plain)

    def _escaped(self) -> tuple[Range, ...]:
        if self.at == len(self.text):
            raise self.problem("it ends with a backslash")
        sign = self.text[self.at]
        self.at += 1
        if sign.lower() in _CLASSES:
            ranges = _CLASSES[sign.lower()]
            return ranges if sign.islower() else others(ranges)
        if sign.isascii() and sign.isalnum() and sign not in _CONTROLS:
            raise self.problem(f"\\{sign} is not of the subset")
        code = ord(_CONTROLS.get(sign, sign))
        return ((code, code),)

    def _class(self) -> Pattern:
        negated = self._take("^")
        ranges: list[Range] = []
        while not self._take("]"):
            if self.at == len(self.text):
                raise self.problem("a [ is not closed")
            if self.text[self.at] == "[":
                raise self.problem("a [ in a class must be written \\[")
            ranges += self._range()
        if not ranges:
            raise self.problem("a class is empty")
        return OneOf(others(merged(ranges)) if negated else merged(ranges))

    def _range(self) -> tuple[Range, ...]:
        low = self._member()
        is_range = self.text.startswith("-", self.at) and not self.text.startswith("-]", self.at)
        if not is_range:
            return low
        self.at += 1
        high = self._member() if self.at < len(self.text) else ()
        if (
            len(low) != 1
            or len(high) != 1
            or low[0][0] != low[0][1]
            or high[0][0] < low[0][0]
            or high[0][0] != high[0][1]
        ):
            raise self.problem("a range goes from a character to a later one")
        return ((low[0][0], high[0][0]),)

    def _member(self) -> tuple[Range, ...]:
        sign = self.text[self.at]
        self.at += 1
        return self._escaped() if sign == "\\" else ((ord(sign), ord(sign)),)

    def _repeated(self, one: Pattern) -> Pattern:
        times = self._times()
        if times is None:
            return one
        if may_be_empty(one):
            raise self.problem("what may be empty cannot be repeated")
        if captures(one):
            raise self.problem("a group that is repeated has no one value; write (?:…), or a group around it")
        if self.text[self.at : self.at + 1] in {"*", "+", "{"}:
            raise self.problem("a repetition is repeated; write (?:…) around it")
        return Repeat(one, *times, lazy=self._take("?"))

    def _times(self) -> tuple[int, int | None] | None:
        for sign, times in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._take(sign):
                return times
        return self._counted() if self._take("{") else None

    def _counted(self) -> tuple[int, int | None]:
        inside, closed, _ = self.text[self.at :].partition("}")
        least, comma, most = inside.partition(",")
        numbers = [each for each in (least, most) if each]
        if not closed or not least or not all(each.isascii() and each.isdigit() for each in numbers):
            raise self.problem("a { must count: {2}, {2,} or {2,5}; as a character write \\{")
        self.at += len(inside) + 1
        low = int(least)
        high = int(most) if most else (None if comma else low)
        if max(map(int, numbers)) > MOST_TIMES or (high is not None and high < max(low, 1)):
            raise self.problem(f"it must count upwards, to {MOST_TIMES} at most")
        return low, high
