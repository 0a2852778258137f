"""The module `time`, as far as a mapper needs it: points in time as pairs of seconds and a fraction."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from tests.conformance.ballerina.library import lang
from tests.conformance.ballerina.values import ErrorValue

_RFC3339: Final = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})", re.ASCII)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@lang("time", "utcFromString", "string")
def _utc_from(text: str) -> Any:
    """A text of RFC 3339, with its zone."""
    found = _RFC3339.fullmatch(text)
    try:
        point = datetime.fromisoformat(f"{found[1]}{found[3]}") if found else None
    except ValueError:
        point = None
    if point is None or not found:
        return ErrorValue("{ballerina/time:2}FormatError")
    return [(point - _EPOCH) // timedelta(seconds=1), Decimal("0" + (found[2] or ""))]


@lang("time", "utcToString", "list")
def _utc_text(value: list[Any]) -> str:
    """In UTC; a fraction only where there is one."""
    seconds, fraction = value
    text = (_EPOCH + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S")
    digits = format(fraction, "f").partition(".")[2].rstrip("0")
    return f"{text}{'.' + digits if digits else ''}Z"


@lang("time", "utcAddSeconds", "list decimal")
def _utc_add(value: list[Any], seconds: Decimal) -> list[Any]:
    total = Decimal(value[0]) + value[1] + seconds
    whole = total // 1 - (1 if total % 1 < 0 else 0)
    return [int(whole), total - whole]


@lang("time", "utcDiffSeconds", "list list")
def _utc_difference(one: list[Any], other: list[Any]) -> Decimal:
    return Decimal(one[0] - other[0]) + Decimal(one[1]) - Decimal(other[1])
