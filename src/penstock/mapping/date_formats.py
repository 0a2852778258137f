"""The date formats of the mapper: a closed list of strftime's directives, each of which every target can do.

A format is text with directives; `iso` stands for ISO 8601 with a zone, `iso-local` for the same without.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from penstock.errors import DateFormatError

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive."""

    digits: str
    """What it reads, as a regular expression that all engines know; empty: it is only written."""
    postgres: str
    java: str
    part: str = ""
    """Which part of a timestamp it reads."""


_YEAR: Final = "[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9]"
_YEAR_WITH_ZONE: Final = "[1-8][0-9]{3}|9[0-8][0-9]{2}|99[0-8][0-9]|999[0-8]|0[1-9][0-9]{2}|00[1-9][0-9]|000[2-9]"
"""So that the moment is in the years 1 to 9999 whatever the zone."""
_MONTH: Final = "0[1-9]|1[0-2]"
_DAY: Final = "0[1-9]|[12][0-9]|3[01]"
_HOUR: Final = "[01][0-9]|2[0-3]"
_SIXTY: Final = "[0-5][0-9]"
_ZONE: Final = "[+-]0[0-9]:[0-5][0-9]|[+-]1[0-4]:[0-5][0-9]"

DIRECTIVES: Final[Mapping[str, Directive]] = {
    "%Y": Directive(_YEAR, "YYYY", "yyyy", "year"),
    "%m": Directive(_MONTH, "MM", "MM", "month"),
    "%d": Directive(_DAY, "DD", "dd", "day"),
    "%H": Directive(_HOUR, "HH24", "HH", "hour"),
    "%M": Directive(_SIXTY, "MI", "mm", "minute"),
    "%S": Directive(_SIXTY, "SS", "ss", "second"),
    "%f": Directive("[0-9]{1,6}", "US", "SSSSSS", "fraction"),
    "%z": Directive(_ZONE, "", "", "zone"),
    "%b": Directive("", "Mon", "MMM"),
    "%B": Directive("", "FMMonth", "MMMM"),
    "%j": Directive("", "DDD", "DDD"),
}

NAMED: Final[Mapping[str, str]] = {"iso": "%Y-%m-%dT%H:%M:%S%z", "iso-local": "%Y-%m-%dT%H:%M:%S"}


def parts_of(format_: str) -> tuple[str, ...]:
    """A format cut into directives and the text between them.

    Raises:
        DateFormatError: it has a directive that is not of the list, or names one twice.
    """
    pieces = tuple(re.findall(r"%.?|[^%]+", format_))
    for each in pieces:
        if each.startswith("%") and each != "%%" and each not in DIRECTIVES:
            raise DateFormatError(format_, f"{each!r} is not a directive of the mapper", DIRECTIVES)
    if len({each for each in pieces if each in DIRECTIVES}) < sum(each in DIRECTIVES for each in pieces):
        raise DateFormatError(format_, "it has a directive twice", DIRECTIVES)
    return pieces


def reading_in_java(format_: str) -> str:
    """The same for Java, where `$` would also stand before a line's end."""
    return reading(format_)[:-1] + "(?![^0]|0)"


def has_zone(format_: str) -> bool:
    """Whether texts of a format say their zone."""
    return format_ == "iso" or "%z" in parts_of(format_)


def reading(format_: str) -> str:
    """A regular expression for a whole text of a format, with a group for each part, in the subset of all engines.

    Raises:
        DateFormatError: the format cannot be read, or does not say the day.
    """
    if format_ in NAMED:
        year = _YEAR_WITH_ZONE if has_zone(format_) else _YEAR
        day, clock = f"({year})-({_MONTH})-({_DAY})", f"({_HOUR}):({_SIXTY}):({_SIXTY})"
        return f"^{day}[T ]{clock}(\\.[0-9]{{1,6}})?{f'(Z|{_ZONE})' if format_ == 'iso' else ''}$"
    return "^" + "".join(_reading(format_)) + "$"


def _reading(format_: str) -> Iterator[str]:
    pieces = parts_of(format_)
    read = {DIRECTIVES[each].part for each in pieces if each in DIRECTIVES}
    if not {"year", "month", "day"} <= read:
        raise DateFormatError(format_, "it does not say the day: it needs %Y, %m and %d", DIRECTIVES)
    for each in pieces:
        if each in DIRECTIVES and not DIRECTIVES[each].digits:
            raise DateFormatError(format_, f"{each!r} can be written but not read", DIRECTIVES)
        digits = (
            _YEAR_WITH_ZONE
            if each == "%Y" and "zone" in read
            else DIRECTIVES[each].digits
            if each in DIRECTIVES
            else ""
        )
        yield f"({digits})" if digits else _literal("%" if each == "%%" else each)


def _literal(text: str) -> str:
    """A text as a regular expression in which every engine sees that text."""
    return "".join(f"[{each}]" if each in "$.|?*+(){}/" else f"\\{each}" if each in "[]^\\" else each for each in text)


def rearranged(format_: str, group: str = "\\") -> str:
    r"""What a text of a format becomes to be ISO 8601, as a replacement for `reading`: `\1-\2-\3T\4:\5:\6`.

    Args:
        format_: the format.
        group: what stands before the number of a group: `\` or `$`.
    """
    if format_ in NAMED:
        zone = f"{group}8" if format_ == "iso" else ""
        return f"{group}1-{group}2-{group}3T{group}4:{group}5:{group}6{group}7{zone}"
    read = [DIRECTIVES[each].part for each in parts_of(format_) if each in DIRECTIVES]
    at = {part: f"{group}{number}" for number, part in enumerate(read, 1)}
    day = f"{at['year']}-{at['month']}-{at['day']}"
    clock = f"T{at.get('hour', '00')}:{at.get('minute', '00')}:{at.get('second', '00')}"
    fraction = f".{at['fraction']}" if "fraction" in at else ""
    return day + clock + fraction + at.get("zone", "")


def rearranged_day(format_: str, group: str = "\\") -> str:
    """The same, of the day only."""
    return rearranged(format_, group).partition("T")[0]


def in_java(format_: str) -> str:
    """A format as a pattern of Java's DateTimeFormatter."""
    runs = groupby(_written(format_), lambda each: each in DIRECTIVES)
    return "".join(
        "".join(DIRECTIVES[each].java for each in run)
        if are_directives
        else "'" + "".join(each.replace("%%", "%").replace("'", "''") for each in run) + "'"
        for are_directives, run in runs
    )


def in_postgres(format_: str) -> str:
    """A format as a pattern of PostgreSQL's to_char."""
    return "".join(
        DIRECTIVES[each].postgres
        if each in DIRECTIVES
        else '"' + each.replace("%%", "%").replace("\\", "\\\\").replace('"', '\\"') + '"'
        for each in _written(format_)
    )


def in_strftime(format_: str) -> str:
    """A format as strftime has it."""
    return "".join(_written(format_))


def _written(format_: str) -> tuple[str, ...]:
    if format_ == "iso":
        raise DateFormatError(format_, "it is only for reading; TO_STRING writes it", DIRECTIVES)
    pieces = parts_of(NAMED.get(format_, format_))
    if "%z" in pieces:
        raise DateFormatError(
            format_, "'%z' can be read but not written; timestamps are in UTC, so write Z", DIRECTIVES
        )
    return pieces
