"""The formats that texts are counted under.

A text counts for the first format of the table that it has, so the counts of a field add up to at most its texts.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Final

from penstock.catalog.formats.refine import code3, country, day, json_text, locale, numeric_day, pattern

_DAY = r"(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_MINUTE = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
# Seconds are asked for because "12:30" may be minutes; more than microseconds would be cut off when loaded.
_CLOCK = rf"{_MINUTE}:[0-5][0-9](?:\.[0-9]{{1,6}})?"
_ZONE = r"(?:Z|[+-](?:0[0-9]|1[0-5])(?::?[0-5][0-9])?)"
_BYTE = r"(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"
_NUMERIC_DAY = r"[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}"
_MAIL_ZONE = r"(?:GMT|UTC|[+-][0-9]{4})"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"


@dataclass(frozen=True, slots=True)
class TextFormat:
    """A form that a text may have."""

    name: str
    pattern: str
    start: str
    """The characters that it may start with, as a set of a regular expression: texts that cannot have it are many."""
    needs: str = ""
    """A text that is in every text of the format; looked for in many texts at once."""
    refine: Callable[[str], str | None] | None = None
    """The name of the format of a text that has the pattern, or None: it has no format at all."""


_NUMBER: Final = "[-0-9]"
_CAPITAL: Final = "[A-Z]"

FORMATS: Final = (
    TextFormat("date", _DAY, _NUMBER, "-"),
    TextFormat("timestamp_zone", f"{_DAY}[T ]{_CLOCK}{_ZONE}", _NUMBER, ":"),
    TextFormat("timestamp", f"{_DAY}[T ]{_CLOCK}", _NUMBER, ":"),
    TextFormat("timestamp_minutes", f"{_DAY}[T ]{_MINUTE}{_ZONE}?", _NUMBER, ":"),
    TextFormat("timestamp_nanoseconds", rf"{_DAY}[T ]{_MINUTE}:[0-5][0-9]\.[0-9]{{7,9}}{_ZONE}?", _NUMBER, ":"),
    TextFormat("time", _CLOCK, _NUMBER, needs=":"),
    TextFormat("month", r"(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])", _NUMBER, "-"),
    TextFormat("numeric_day", rf"{_NUMERIC_DAY}(?: [0-9: APM]+)?", _NUMBER, refine=numeric_day),
    TextFormat("integer_text", r"-?(?:0|[1-9][0-9]*)", _NUMBER),
    TextFormat("leading_zeros", r"-?0[0-9]+", _NUMBER),
    TextFormat("decimal_text", r"-?[0-9]+\.[0-9]+", _NUMBER, "."),
    TextFormat("decimal_comma", r"-?[0-9]+,[0-9]+", _NUMBER, ","),
    TextFormat("exponent_text", r"-?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]{1,4}", _NUMBER),
    TextFormat("percent", r"-?[0-9]+(?:[.,][0-9]+)? ?%", _NUMBER, "%"),
    TextFormat("ipv4", rf"(?:{_BYTE}\.){{3}}{_BYTE}", "[0-9]", "."),
    TextFormat("compact_timestamp", r"[0-9]{8}T[0-9]{6}Z?", "[0-9]", "T", pattern),
    TextFormat("day_of_month", rf"[0-9]{{1,2}} {_MONTH} [0-9]{{4}}(?: {_CLOCK})?", "[0-9]", " ", pattern),
    TextFormat("boolean_word", r"(?i:true|false|yes|no|on|off)", "[TtFfYyNnOo]"),
    TextFormat("null_word", r"(?i:null|none|nan|n/a|nil)", "[Nn]"),
    TextFormat("country", r"[A-Z]{2}", _CAPITAL, refine=country),
    TextFormat("currency", r"[A-Z]{3}", _CAPITAL, refine=code3),
    TextFormat("month_and_day", rf"{_MONTH} [0-9]{{1,2}},? [0-9]{{4}}(?: {_CLOCK})?", _CAPITAL, " ", pattern),
    TextFormat("mail_timestamp", rf"[A-Z][a-z]{{2}}, [0-9]{{1,2}} {_MONTH} [0-9]{{4}} {_CLOCK} {_MAIL_ZONE}", _CAPITAL,
               ", ", pattern),
    TextFormat("duration", r"P(?=[0-9T])(?:[0-9]+[YMWD])*(?:T(?:[0-9]+(?:\.[0-9]+)?[HMS])+)?", "P"),
    TextFormat("locale", r"[a-z]{2}[-_][A-Z]{2}", "[a-z]", refine=locale),
    TextFormat("uuid", r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}", "[0-9A-Fa-f]", "-"),
    TextFormat("url", r"[A-Za-z][A-Za-z0-9+.-]{1,15}://\S+", "[A-Za-z]", "://"),
    TextFormat("email", r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", "[A-Za-z0-9._%+'-]", "@"),
    TextFormat("json_text", r"\[(?:.|\n)*\]|\{(?:.|\n)*\}", r"[\[{]", refine=json_text),
    TextFormat("empty", r"", ""),
)  # fmt: skip

_OFTEN_ALL: Final = ("date", "timestamp_zone", "timestamp", "time", "integer_text", "uuid", "url", "email", "ipv4")
_SURE: Final = r"(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31"
_CALENDAR: Final = rf"(?!0000)[0-9]{{4}}-(?:{_SURE})"
"""Days that every year has; the 29th of February is looked at closely."""

RUNS: Final[Mapping[str, str]] = {
    each.name: each.pattern.replace(_DAY, _CALENDAR) for each in FORMATS if each.name in _OFTEN_ALL
}
"""Formats that usually all texts of a field have, so that many are looked at as one."""

DATED: Final = ("date", "timestamp_zone", "timestamp", "timestamp_minutes", "timestamp_nanoseconds")
"""Formats whose texts begin with a day of the calendar, and sort by time as far as their zones are the same."""

_REFINED: Final[Mapping[str, Callable[[str], str | None]]] = {
    each.name: each.refine for each in FORMATS if each.refine is not None
}
_NEEDS: Final = tuple(sorted({each.needs for each in FORMATS} - {""}))
_name: Final = attrgetter("lastgroup")
_SURE_DAY: Final = "28"  # every month has it


@cache
def _matcher(needs: tuple[str, ...]) -> Callable[[str], re.Match[str] | None]:
    """A function that finds the first format of a text, of those whose needs are met."""
    possible = [each for each in FORMATS if not each.needs or each.needs in needs]
    starts = groupby(possible, lambda each: each.start)
    return re.compile("|".join(f"(?={start})(?:{_alternatives(formats)})" for start, formats in starts)).match


def _alternatives(formats: Iterable[TextFormat]) -> str:
    return "|".join(f"(?P<{each.name}>{each.pattern})\\Z" for each in formats)


def format_of(text: str) -> str | None:
    """The name of the first format that the text has, or None."""
    return next(iter(texts_by_format([text])), None)


def count_formats(texts: Sequence[str]) -> dict[str, int]:
    """How many of the texts have each format; texts without one are not counted."""
    times = Counter(texts)
    found = texts_by_format(list(times))
    return {name: sum(map(times.__getitem__, having)) for name, having in found.items()}


def texts_by_format(texts: Sequence[str]) -> dict[str, list[str]]:
    """The texts of each format; the others are left out."""
    together = "\n".join(texts)
    first = _first_alone(texts[0]) if texts else ""
    if first in RUNS and together.count("\n") < len(texts) and _run(first)(f"{together}\n"):
        return {first: list(texts)}
    match = _matcher(tuple(each for each in _NEEDS if each in together))
    found = list(filter(None, map(match, texts)))
    result: dict[str, list[str]] = {}
    names = set(map(_name, found))
    for name in names:
        having = [each.string for each in found if len(names) == 1 or each.lastgroup == name]
        if name in _REFINED:
            result.update(_refined(having, _REFINED[name]))
            continue
        if name in DATED:
            having = [each for each in having if each[8:10] <= _SURE_DAY or day(each[:10])]
        if having:
            result[name] = having
    return result


def _first_alone(text: str) -> str:
    found = _matcher(_NEEDS)(text)
    return (found and found.lastgroup) or ""


@cache
def _run(name: str) -> Callable[[str], re.Match[str] | None]:
    """A function that tells whether each of many lines has a format; it may miss rare days."""
    return re.compile(f"(?:{RUNS[name]}\n)*+").fullmatch


def _refined(texts: Iterable[str], refine: Callable[[str], str | None]) -> Mapping[str, list[str]]:
    result: dict[str, list[str]] = defaultdict(list)
    for each in texts:
        if (name := refine(each)) is not None:
            result[name].append(each)
    return result
