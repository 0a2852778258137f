"""What templates can make of a constant argument: `{format:java}` is the date format as Java writes it.

An emitter looks a filter up by its name, calls it with the constant's value, and writes what it gives as a literal. The
names `raw` and `pattern` are the emitters' own: the value as it is, and as a part of a regular expression's literal.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from penstock.mapping import date_formats

_MOST: Final[Mapping[str, int]] = {
    "year": 10_000,
    "quarter": 40_000,
    "month": 120_000,
    "week": 530_000,
    "day": 3_700_000,
    "hour": 88_000_000,
    "minute": 5_300_000_000,
    "second": 320_000_000_000,
}
"""More than this many of a unit are no time between the years 1 and 9999."""

_MICROSECONDS: Final[Mapping[str, int]] = {
    "s": 1_000_000,
    "ms": 1_000,
    "us": 1,
    "week": 7 * 86_400_000_000,
    "day": 86_400_000_000,
    "hour": 3_600_000_000,
    "minute": 60_000_000,
    "second": 1_000_000,
}


FILTERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "reading": date_formats.reading,
    "rearranged": date_formats.rearranged,
    "rearranged_dollar": lambda format_: date_formats.rearranged(format_, "$"),
    "rearranged_day": date_formats.rearranged_day,
    "rearranged_day_dollar": lambda format_: date_formats.rearranged_day(format_, "$"),
    "java": date_formats.in_java,
    "to_char": date_formats.in_postgres,
    "strftime": date_formats.in_strftime,
    "most": lambda unit: _MOST[unit],
    "microseconds": lambda unit: _MICROSECONDS[unit],
    "power_of_ten": lambda digits: 10**digits,
    "tenth_power": lambda digits: Decimal(1).scaleb(-digits),
    "half_tenth_power": lambda digits: Decimal(5).scaleb(-digits - 1),
}
