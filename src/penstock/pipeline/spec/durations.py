"""Lengths of time in words: `2 days`, `90 minutes`."""

import re
from typing import Final

SECONDS: Final = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604_800}

_DURATION: Final = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*([a-z]+?)s?\s*", re.IGNORECASE)


def parse_duration(text: str) -> float | None:
    """The seconds in a length of time; None where it cannot be read or is nothing.

    Example: `parse_duration("2 days")` is 172800.
    """
    found = _DURATION.fullmatch(text)
    unit = SECONDS.get(found[2].lower()) if found else None
    if found is None or unit is None:
        return None
    return float(found[1]) * unit or None
