"""The formats that texts are counted under.

A text counts for the first format of the table that it has, so the counts of a field add up to at most its texts.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Final

_DAY = r"(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
# Seconds are asked for because "12:30" may be minutes; more than microseconds would be cut off when loaded.
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?"
_ZONE = r"(?:Z|[+-](?:0[0-9]|1[0-5])(?::?[0-5][0-9])?)"


@dataclass(frozen=True, slots=True)
class TextFormat:
    """A form that a text may have."""

    name: str
    pattern: str
    start: str
    """The characters that it may start with, as a set of a regular expression: texts that cannot have it are many."""
    needs: str = ""
    """A text that is in every text of the format; looked for in many texts at once."""
    starts_with_day: bool = False
    """The first ten characters must be a day of the calendar: 2023-02-30 is not."""


_NUMBER: Final = "[-0-9]"

FORMATS: Final = (
    TextFormat("date", _DAY, _NUMBER, needs="-", starts_with_day=True),
    TextFormat("timestamp_zone", f"{_DAY}[T ]{_CLOCK}{_ZONE}", _NUMBER, needs=":", starts_with_day=True),
    TextFormat("timestamp", f"{_DAY}[T ]{_CLOCK}", _NUMBER, needs=":", starts_with_day=True),
    TextFormat("time", _CLOCK, _NUMBER, needs=":"),
    TextFormat("integer_text", r"-?(?:0|[1-9][0-9]*)", _NUMBER),
    TextFormat("leading_zeros", r"-?0[0-9]+", _NUMBER),
    TextFormat("decimal_text", r"-?[0-9]+\.[0-9]+", _NUMBER, needs="."),
    TextFormat("boolean_word", r"(?i:true|false|yes|no|on|off)", "[TtFfYyNnOo]"),
    TextFormat("uuid", r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}", "[0-9A-Fa-f]", needs="-"),
    TextFormat("url", r"[A-Za-z][A-Za-z0-9+.-]{1,15}://\S+", "[A-Za-z]", needs="://"),
    TextFormat("email", r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", "[A-Za-z0-9._%+'-]", needs="@"),
    TextFormat("empty", r"", ""),
)

_DATED: Final = frozenset(each.name for each in FORMATS if each.starts_with_day)
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
    return next(iter(count_formats([text])), None)


def count_formats(texts: Sequence[str]) -> dict[str, int]:
    """How many of the texts have each format; texts without one are not counted."""
    times = Counter(texts)
    together = "\n".join(times)
    match = _matcher(tuple(each for each in _NEEDS if each in together))
    found = list(filter(None, map(match, times)))
    counts: dict[str, int] = {}
    for name in set(map(_name, found)):
        having = [each.string for each in found if each.lastgroup == name]
        if name in _DATED:
            having = [each for each in having if each[8:10] <= _SURE_DAY or _is_day(each[:10])]
        if having:
            counts[name] = len(having) if len(times) == len(texts) else sum(map(times.__getitem__, having))
    return counts


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
