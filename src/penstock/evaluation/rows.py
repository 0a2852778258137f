"""Compares rows that came from different engines: what counts is the value, not how it is written."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from penstock.mapping.values import encode


def comparable(value: Any) -> Any:
    """A value in the form that is equal for equal values.

    Numbers are exact decimals, dates and times texts, and a key whose value is null is left out. So are
    `Decimal("1.50")` and the float `1.5` the same, and true is not 1.
    """
    value = encode(value)
    match value:
        case bool() | str() | None:
            return value
        case int() | float() | Decimal():
            return ("number", Decimal(str(value)))
        case Mapping():
            return {key: comparable(each) for key, each in value.items() if each is not None}
    return [comparable(each) for each in value]


def same_row(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rows hold the same values under the same names."""
    return bool(comparable(one) == comparable(other))
