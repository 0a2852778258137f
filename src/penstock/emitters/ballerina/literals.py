"""Fixed values as Ballerina literals."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from penstock.emitters.ballerina.scope import Scope
from penstock.mapping.values import encode


def literal(value: Any, scope: Scope) -> str:  # noqa: PLR0911  # one case for each kind of value
    """A value as it is written; dates and times are texts.

    Raises:
        UnsupportedOperationError: Ballerina cannot hold it.
    """
    match value:
        case None:
            return "()"
        case bool():
            return str(value).lower()
        case int():
            return _integer(value, scope)
        case Decimal():
            return _decimal(value, scope)
        case float():
            return f"{value!r}" if "e" not in repr(value) else f"{value!r}f"
        case str():
            return scope.text(value)
        case date() | datetime() | time():
            return scope.text(encode(value))
        case list():
            return f"[{', '.join(literal(each, scope) for each in value)}]"
        case dict():
            return f"{{{', '.join(f'{scope.text(k)}: {literal(v, scope)}' for k, v in value.items())}}}"
    raise scope.unsupported("CONSTANT", f"{type(value).__name__} has no literal")


def _integer(value: int, scope: Scope) -> str:
    if not -(1 << 63) <= value < 1 << 63:
        raise scope.unsupported("CONSTANT", f"{value} does not fit the 64 bits of an int")
    return str(value)


def _decimal(value: Decimal, scope: Scope) -> str:
    digits = value.normalize().as_tuple().digits
    if len(digits) > 34:  # noqa: PLR2004  # IEEE 754 decimal128
        raise scope.unsupported("CONSTANT", f"{value} has more than 34 digits")
    return f"{value:f}d"
