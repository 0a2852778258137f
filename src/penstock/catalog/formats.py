"""The formats that texts are counted under.

A text counts for the first format of the table that it has, so the counts of a field add up to at most its texts.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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
    starts_with_day: bool = False
    """The first ten characters must be a day of the calendar: 2023-02-30 is not."""


FORMATS: Final = (
    TextFormat("date", _DAY, starts_with_day=True),
    TextFormat("timestamp_zone", f"{_DAY}[T ]{_CLOCK}{_ZONE}", starts_with_day=True),
    TextFormat("timestamp", f"{_DAY}[T ]{_CLOCK}", starts_with_day=True),
    TextFormat("time", _CLOCK),
    TextFormat("integer_text", r"-?(?:0|[1-9][0-9]*)"),
    TextFormat("leading_zeros", r"-?0[0-9]+"),
    TextFormat("decimal_text", r"-?[0-9]+\.[0-9]+"),
    TextFormat("boolean_word", r"(?i:true|false|yes|no|on|off)"),
    TextFormat("uuid", r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"),
    TextFormat("url", r"[A-Za-z][A-Za-z0-9+.-]{1,15}://\S+"),
    TextFormat("email", r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    TextFormat("empty", r""),
)

_match: Final = re.compile("|".join(f"(?P<{each.name}>{each.pattern})\\Z" for each in FORMATS)).match
_DATED: Final = frozenset(each.name for each in FORMATS if each.starts_with_day)
_SURE_DAY: Final = "28"  # every month has it


def format_of(text: str) -> str | None:
    """The name of the first format that the text has, or None."""
    found = _match(text)
    if found is None or found.lastgroup not in _DATED or text[8:10] <= _SURE_DAY:
        return found and found.lastgroup
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return None
    return found.lastgroup


def count_formats(texts: Sequence[str]) -> dict[str, int]:
    """How many of the texts have each format; texts without one are not counted."""
    counts: dict[str, int] = {}
    for text, times in Counter(texts).items():
        name = format_of(text)
        if name is not None:
            counts[name] = counts.get(name, 0) + times
    return counts
