"""Values of Ballerina and how evaluation ends; sections are those of the Ballerina language specification.

Nil is None, an int is an int, a float a float, a decimal a Decimal of at most 34 digits (section 5, "Decimal"), a
string a str, a list a list, a mapping a dict.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Context, Decimal, DecimalException, DivisionByZero, InvalidOperation, Overflow
from typing import Any, Final

INT_MIN: Final = -(1 << 63)
INT_MAX: Final = (1 << 63) - 1

DECIMAL128: Final = Context(
    prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[DivisionByZero, InvalidOperation, Overflow]
)
"""Section 5, "Decimal": 34 digits, ties to even; what would be infinite or no number panics."""


@dataclass(frozen=True)
class ErrorValue:
    """A value of the basic type error."""

    message: str
    cause: "ErrorValue | None" = None
    detail: dict[str, Any] = field(default_factory=dict)


class BallerinaError(Exception):
    """A function returned an error value."""

    def __init__(self, value: ErrorValue) -> None:
        super().__init__(value.message)
        self.value = value


class BallerinaPanic(Exception):  # noqa: N818  # a panic is no error value
    """Evaluation completed abruptly with a panic."""


class UnsupportedSyntax(Exception):  # noqa: N818  # not a part of Ballerina's own failures
    """The program holds something that the evaluator does not know. It never guesses."""


class IllTyped(Exception):  # noqa: N818  # as above
    """The program would not compile: a name that is not defined, an operand or argument of a wrong type."""


@dataclass(frozen=True)
class Function:
    """A function value."""

    name: str
    call: Callable[..., Any]


def as_int(value: int) -> int:
    """An int of 64 bits, or a panic (section 6, "Additive expression": a panic will occur on overflow)."""
    if not INT_MIN <= value <= INT_MAX:
        raise BallerinaPanic("{ballerina}NumberOverflow")
    return value


def as_decimal(value: Decimal) -> Decimal:
    """A decimal with 34 digits; zero has no sign (section 5, "Decimal")."""
    try:
        rounded = DECIMAL128.plus(value)
    except DecimalException:
        raise BallerinaPanic("{ballerina}NumberOverflow") from None
    return rounded or abs(rounded)


def kind(value: Any) -> str:
    """The basic type of a value."""
    if callable(value):
        return "function"
    names = {
        type(None): "nil",
        bool: "boolean",
        int: "int",
        float: "float",
        Decimal: "decimal",
        str: "string",
        list: "list",
        dict: "mapping",
        ErrorValue: "error",
        Function: "function",
    }
    return names.get(type(value), type(value).__name__)


def is_nan(value: Any) -> bool:
    """Whether a value is the float that is no number."""
    return isinstance(value, float) and math.isnan(value)


def deep_equal(one: Any, other: Any) -> bool:
    """DeepEquals: the same basic type and the same shape; decimals of the same number are equal (section 5)."""
    if kind(one) != kind(other):
        return False
    if isinstance(one, list):
        return len(one) == len(other) and all(map(deep_equal, one, other))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(deep_equal(one[key], other[key]) for key in one)
    return bool(one == other) or (is_nan(one) and is_nan(other))


def compare(one: Any, other: Any) -> int | None:
    """Compare: below 0, 0, above 0, or None for unordered (section 5, "Ordering"); strings by code points."""
    if one is None or other is None:
        return 0 if one is other else None
    if kind(one) != kind(other) or kind(one) not in {"int", "float", "decimal", "string", "boolean"}:
        raise IllTyped(f"{kind(one)} and {kind(other)} have no order")
    if is_nan(one) or is_nan(other):
        return None
    return int(one > other) - int(one < other)


def sort_key(value: Any) -> tuple[int, Any]:
    """For sorting in one direction: NaN and then nil come last in both (section 5, "Ordering")."""
    if value is None:
        return 2, 0
    return (1, 0) if is_nan(value) else (0, value)


def direct_text(value: Any) -> str:
    """ToString in direct style (section 5, "Conversion to strings")."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case str():
            return value
        case int():
            return str(value)
        case float():
            return float_text(value)
        case Decimal():
            return decimal_text(value)
    raise UnsupportedSyntax(f"toString() of {kind(value)}")


def float_text(value: float) -> str:
    """A float as text; where an exponent would be written the specification leaves the form open, so it is refused."""
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        return repr(value)
    raise UnsupportedSyntax(f"toString() of the float {value!r}")


def decimal_text(value: Decimal) -> str:
    """A decimal as text, with the zeros that it has; where an exponent would be written it is refused."""
    text = "0" if not value else str(value)
    if "E" in text:
        raise UnsupportedSyntax(f"toString() of the decimal {text}")
    return text
