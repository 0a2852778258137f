"""What templates can make of a constant argument: `{format:java}` is the date format as Java writes it.

An emitter looks a filter up by its name, calls it with the constant's value, and writes what it gives as a literal. The
names `raw` and `pattern` are the emitters' own: the value as it is, and as a part of a regular expression's literal.
What is `Written` is in the language already, and is put in as it is.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from penstock.mapping import date_formats, patterns

_UNITS: Final[Mapping[str, tuple[int, int]]] = {"s": (1_000_000, 1), "ms": (1_000, 1), "us": (1, 1), "ns": (1, 1_000)}
"""Microseconds since 1970 are a count of these units times the first number, through the second."""

_FIRST, _LAST = -62_135_596_800_000_000, 253_402_300_799_999_999
"""The years 1 to 9999 in microseconds since 1970."""

_SECONDS: Final[Mapping[str, int]] = {
    "year": 31_556_952,
    "month": 2_629_746,
    "week": 604_800,
    "day": 86_400,
    "hour": 3_600,
    "minute": 60,
    "second": 1,
}
"""The length of a unit, of months and years on the average."""

_PARTS: Final[Mapping[str, str]] = {"weekday": "isodow", "yearday": "doy"}


def _earliest(unit: str) -> int:
    times, through = _UNITS[unit]
    return max(-(2**63), -(-_FIRST * through // times))


def _latest(unit: str) -> int:
    times, through = _UNITS[unit]
    return min(2**63 - 1, _LAST * through // times)


class Written(str):
    """A piece of the target's language."""

    __slots__ = ()


FILTERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "reading": date_formats.reading,
    "reading_javascript": lambda format_: Written(f"/{date_formats.reading(format_)}/"),
    "rearranged": date_formats.rearranged,
    "rearranged_dollar": lambda format_: date_formats.rearranged(format_, "$"),
    "rearranged_day": date_formats.rearranged_day,
    "rearranged_day_dollar": lambda format_: date_formats.rearranged_day(format_, "$"),
    "java": date_formats.in_java,
    "to_char": date_formats.in_postgres,
    "strftime": date_formats.in_strftime,
    "reading_java": date_formats.reading_in_java,
    "earliest": _earliest,
    "latest": _latest,
    "times": lambda unit: _UNITS[unit][0],
    "through": lambda unit: _UNITS[unit][1],
    "seconds": lambda unit: _SECONDS[unit],
    "microseconds": lambda unit: _SECONDS[unit] * 1_000_000,
    "part": lambda part: _PARTS.get(part, part),
    "part_spark": lambda part: {"weekday": "DOW_ISO", "yearday": "DOY"}.get(part, part),
    "power_of_ten": lambda digits: 10**digits,
    "python_pattern": lambda pattern: patterns.written(pattern, patterns.PYTHON),
    "duckdb_pattern": lambda pattern: patterns.written(pattern, patterns.RE2),
    "java_pattern": lambda pattern: patterns.written(pattern, patterns.JAVA),
    "postgres_pattern": lambda pattern: patterns.written(pattern, patterns.POSTGRES),
    "javascript_pattern": lambda pattern: Written(patterns.written(pattern, patterns.JAVASCRIPT)),
    "ballerina_pattern": lambda pattern: Written(patterns.written(pattern, patterns.BALLERINA)),
    "python_replacement": lambda text: patterns.replacement(text, r"\g<{}>", "\\"),
    "backslash_replacement": lambda text: patterns.replacement(text, r"\{}", "\\"),
    "java_replacement": lambda text: patterns.replacement(text, "${}", "\\$"),
    "dollar_replacement": lambda text: patterns.replacement(text, "${}", "", dollar="$$"),
    "map_keys": list,
    "map_values": lambda table: list(table.values()),
    "literal_pattern": lambda text: patterns.literal(text, patterns.JAVA),
    "ends_javascript": lambda characters: Written(patterns.at_both_ends(characters, patterns.JAVASCRIPT)),
    "ends_ballerina": lambda characters: Written(patterns.at_both_ends(characters, patterns.BALLERINA)),
    "tenth_power": lambda digits: Decimal(1).scaleb(-digits),
    "half_tenth_power": lambda digits: Decimal(5).scaleb(-digits - 1),
}
