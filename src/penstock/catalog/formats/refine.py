"""Looks closer at texts whose pattern alone does not tell the format: days of the calendar, codes, JSON in a text."""

import re
from datetime import date, datetime
from typing import Final

import msgspec

from penstock.catalog.formats.codes import COUNTRIES, COUNTRIES_3, CURRENCIES

PATTERNS: Final = (
    "%d %b %Y",
    "%d %B %Y",
    "%d %b %Y %H:%M:%S",
    "%d %B %Y %H:%M:%S",
    "%b %d, %Y",
    "%B %d, %Y",
    "%b %d %Y",
    "%b %d, %Y %H:%M:%S",
    "%a, %d %b %Y %H:%M:%S %Z",
    "%a, %d %b %Y %H:%M:%S %z",
    "%Y%m%dT%H%M%SZ",
    "%Y%m%dT%H%M%S",
)
"""The formats of days and times that are named by their pattern, as Python and C write it."""

EITHER: Final = " or "
"""Between the two patterns of a day such as 03/04/2021."""

_NUMERIC: Final = re.compile(
    r"(?:(?P<a>[0-9]{1,2})(?P<sep>[/.-])(?P<b>[0-9]{1,2})(?P=sep)(?P<y>[0-9]{4})"
    r"|(?P<year>[0-9]{4})/(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2}))"
    r"(?P<time> (?P<hour>[0-9]{1,2}):[0-5][0-9](?P<seconds>:[0-5][0-9])?(?P<half> [AP]M)?)?"
)
_MONTHS: Final = 12
_HOURS: Final = 23


def day(text: str) -> bool:
    """Whether a text is a day of the calendar, written as 2021-02-28."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def numeric_day(text: str) -> str | None:
    """The pattern of a day written in numbers; both patterns when the day may be the month as well."""
    found = _NUMERIC.fullmatch(text)
    if found is None or int(found["hour"] or 0) > _HOURS:
        return None
    time = _time(found)
    if found["year"]:
        return f"%Y/%m/%d{time}" if _is_day(found["year"], found["m"], found["d"]) else None
    first, second, separator = found["a"], found["b"], found["sep"]
    possible = [
        separator.join(parts) + time
        for parts, month, day_ in ((("%d", "%m", "%Y"), second, first), (("%m", "%d", "%Y"), first, second))
        if _is_day(found["y"], month, day_)
    ]
    return EITHER.join(possible) or None


def _time(found: re.Match[str]) -> str:
    if not found["time"]:
        return ""
    seconds = ":%S" if found["seconds"] else ""
    return f" %I:%M{seconds} %p" if found["half"] else f" %H:%M{seconds}"


def _is_day(year: str, month: str, day_: str) -> bool:
    return day(f"{year}-{month:>02}-{day_:>02}")


def pattern(text: str) -> str | None:
    """The first of `PATTERNS` that a text has."""
    for each in PATTERNS:
        try:
            datetime.strptime(text, each)  # noqa: DTZ007  # only whether it can be read
        except ValueError:
            continue
        return each
    return None


def country(text: str) -> str | None:
    """A country of two letters."""
    return "country" if text in COUNTRIES else None


def code3(text: str) -> str | None:
    """A currency, or a country of three letters."""
    if text in CURRENCIES:
        return "currency"
    return "country_3" if text in COUNTRIES_3 else None


def locale(text: str) -> str | None:
    """A language and its country."""
    return "locale" if text[3:] in COUNTRIES else None


def json_text(text: str) -> str | None:
    """A list or an object, written as JSON."""
    try:
        msgspec.json.decode(text)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return None
    return "json_text"
