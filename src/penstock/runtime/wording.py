"""Numbers as a person reads them."""

from typing import Final

STEP: Final = 1000
UNITS: Final = ("B", "kB", "MB", "GB", "TB")


def size(count: int) -> str:
    """A number of bytes: `34 kB`."""
    amount, unit = float(count), 0
    while amount >= STEP and unit < len(UNITS) - 1:
        amount, unit = amount / STEP, unit + 1
    return f"{amount:.1f} {UNITS[unit]}" if unit and amount < 10 else f"{amount:.0f} {UNITS[unit]}"  # noqa: PLR2004


def count(number: int, noun: str) -> str:
    """A number with its noun: `1 page`, `1,200 rows`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
