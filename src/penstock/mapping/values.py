"""Values as JSON has them and as Python has them: `"2024-02-29"` and `date(2024, 2, 29)`.

Nothing is converted from one type to another: `"1"` is not an integer, `1.0` is one only because JSON writes numbers
in more than one way. What does not fit raises `Misfit`.
"""

import base64
import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Context, InvalidOperation
from decimal import Decimal as Exact
from typing import Any, Final

from penstock.schema import (
    Binary,
    Boolean,
    Date,
    Decimal,
    Enum,
    Float,
    Integer,
    Json,
    List,
    Map,
    Record,
    Text,
    Time,
    Timestamp,
    Type,
    Union,
)

MOST_DIGITS: Final = 1000
"""No whole number has more."""

WIDE: Final = Context(prec=MOST_DIGITS)
"""Wide enough for each number that a mapping makes."""


_CLOCK: Final = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?"
CLOCK: Final = re.compile(_CLOCK)
"""How a time is written."""
POINT: Final = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ]{_CLOCK}(Z|[+-][0-9]{{2}}:[0-9]{{2}})?")
"""How a timestamp is written, of all the ways that ISO 8601 has."""


class Misfit(Exception):  # noqa: N818  # not an error of a user: a row is rejected with it
    """A value is not of a type; the text goes on from the value: `is not an integer`."""


def decode(value: Any, type_: Type) -> Any:
    """A JSON value (or a value already decoded) as Python has it; null where the type takes it.

    Raises:
        Misfit: it is not of this type.
    """
    if value is None:
        if type_.nullable or isinstance(type_, Json):
            return None
        raise Misfit("is null")
    return _DECODE[type(type_)](value, type_)


def encode(value: Any) -> Any:  # noqa: PLR0911  # one case for each kind of value
    """A value as JSON writes it: dates and times as ISO 8601, timestamps with a zone in UTC, bytes as base64."""
    match value:
        case datetime():
            return format_timestamp(value)
        case date():
            return value.isoformat()
        case time():
            return _without_zeros(value.isoformat())
        case bytes():
            return base64.b64encode(value).decode()
        case list():
            return [encode(each) for each in value]
        case dict():
            return {name: encode(each) for name, each in value.items()}
    return value


def format_timestamp(value: datetime) -> str:
    """ISO 8601 with `T`, a fraction only where there is one and without zeros at its end, `Z` where there is a zone."""
    local = value if value.tzinfo is None else value.astimezone(UTC).replace(tzinfo=None)
    return _without_zeros(local.isoformat()) + ("" if value.tzinfo is None else "Z")


def _without_zeros(text: str) -> str:
    return text.rstrip("0") if "." in text else text


def _text(value: Any, _type: Type) -> str:
    if not isinstance(value, str):
        raise Misfit("is not a text")
    return value


def _enum(value: Any, type_: Any) -> str:
    if not isinstance(value, str) or value not in type_.values:
        raise Misfit("is not one of the listed values")
    return value


def _integer(value: Any, type_: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float | Exact) or not _is_whole(value):
        raise Misfit("is not an integer")
    whole = int(value)
    if type_.bits is not None and not -(1 << (type_.bits - 1)) <= whole < 1 << (type_.bits - 1):
        raise Misfit(f"does not fit {type_.bits} bits")
    return whole


def _is_whole(value: int | float | Exact) -> bool:
    if isinstance(value, Exact):
        return value.is_finite() and value.adjusted() < MOST_DIGITS and value == value.to_integral_value()
    return value == value // 1


def _decimal(value: Any, type_: Any) -> Exact:
    if isinstance(value, bool) or not isinstance(value, int | float | Exact):
        raise Misfit("is not a number")
    exact = Exact(repr(value)) if isinstance(value, float) else Exact(value)
    if not exact.is_finite():
        raise Misfit("is not a number")
    try:
        fitted = exact.quantize(Exact(1).scaleb(-type_.scale), context=WIDE)
    except InvalidOperation:
        raise Misfit(f"has more than {type_.precision} digits") from None
    if fitted != exact or len(fitted.as_tuple().digits) > type_.precision:
        raise Misfit(f"does not fit decimal({type_.precision},{type_.scale})")
    return fitted or abs(fitted)


def _float(value: Any, _type: Type) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | Exact):
        raise Misfit("is not a number")
    try:
        double = float(value)
    except OverflowError:
        double = math.inf
    if not math.isfinite(double):
        raise Misfit("is not a finite number")
    return double


def _boolean(value: Any, _type: Type) -> bool:
    if not isinstance(value, bool):
        raise Misfit("is not a boolean")
    return value


def _date(value: Any, _type: Type) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    day = _parsed(value, date.fromisoformat, "is not a date")
    if day.isoformat() != value:
        raise Misfit("is not a date")
    return day


def _timestamp(value: Any, type_: Any) -> datetime:
    point = value if isinstance(value, datetime) else _parsed(value, _point, "is not a timestamp")
    if (point.tzinfo is not None) != type_.zone:
        raise Misfit("has no zone" if type_.zone else "has a zone")
    try:
        return point.astimezone(UTC) if type_.zone else point
    except OverflowError:
        raise Misfit("is not a timestamp") from None


def _time(value: Any, _type: Type) -> Any:
    return value if isinstance(value, time) else _parsed(value, _clock, "is not a time")


def _point(text: str) -> datetime:
    if not POINT.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text)


def _clock(text: str) -> time:
    if not CLOCK.fullmatch(text):
        raise ValueError(text)
    return time.fromisoformat(text)


def _parsed(value: Any, parse: Callable[[str], Any], problem: str) -> Any:
    if not isinstance(value, str):
        raise Misfit(problem)
    try:
        return parse(value)
    except ValueError:
        raise Misfit(problem) from None


def _binary(value: Any, _type: Type) -> bytes:
    if isinstance(value, bytes):
        return value
    try:
        return base64.b64decode(_text(value, _type), validate=True)
    except ValueError:
        raise Misfit("is not base64") from None


def _list(value: Any, type_: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Misfit("is not a list")
    return [decode(each, type_.element) for each in value]


def _map(value: Any, type_: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Misfit("is not an object")
    return {name: decode(each, type_.value) for name, each in value.items()}


def _record(value: Any, type_: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Misfit("is not an object")
    return {each.name: _field(value, each) for each in type_.fields if each.name in value or not each.optional}


def _field(value: dict[str, Any], field: Any) -> Any:
    try:
        return decode(value.get(field.name), field.type)
    except Misfit as problem:
        raise Misfit(f"holds {field.name!r}, which {problem}") from None


def _union(value: Any, type_: Any) -> Any:
    for each in type_.members:
        try:
            return decode(value, each)
        except Misfit:
            continue
    raise Misfit("is of none of the types of its union")


def _json(value: Any, _type: Type) -> Any:
    return value


_DECODE: Final[Mapping[type[Type], Callable[[Any, Any], Any]]] = {
    Text: _text,
    Enum: _enum,
    Integer: _integer,
    Decimal: _decimal,
    Float: _float,
    Boolean: _boolean,
    Date: _date,
    Timestamp: _timestamp,
    Time: _time,
    Binary: _binary,
    List: _list,
    Map: _map,
    Record: _record,
    Union: _union,
    Json: _json,
}
