"""What is copied into a written module where a mapping needs it: the gates of source values, and rejecting."""

import math
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Context, Decimal, InvalidOperation
from typing import Any, NoReturn

from penstock.mapping.values import CLOCK, POINT

WIDE = Context(prec=1000)
"""Wide enough for each number that a mapping makes."""


class RejectedRecord(Exception):  # noqa: N818  # part of the written module's interface
    """A record cannot be mapped; `rejects` holds a path of the target and a reason for each field."""

    def __init__(self, rejects):  # type: ignore[no-untyped-def]
        super().__init__("; ".join(f"{path}: {reason}" for path, reason in rejects), rejects)
        self.rejects = rejects

    def __str__(self):  # type: ignore[no-untyped-def]
        return str(self.args[0])


class Rejected(Exception):  # noqa: N818  # stops one field
    """The value of one field cannot be made."""


class Misfit(Rejected):
    """A source value is not of its type."""

    def __str__(self):  # type: ignore[no-untyped-def]
        return f"the source value {self.args[0]}"


class NotAnObject:
    """Stands for a source value that should be an object and is not: reading from it rejects."""

    def get(self, _name):  # type: ignore[no-untyped-def]
        """Stops the field."""
        raise Misfit("is not an object")


def reject(rejects: list[tuple[str, str]], path: str, problem: object) -> None:
    """Notes why a field has no value."""
    rejects.append((path, str(problem)))


def rejected(reason: str) -> NoReturn:
    """Stops a field."""
    raise Rejected(reason)


def as_object(value: Any) -> Any:
    """What fields are read from: nothing where there is no value."""
    if isinstance(value, dict):
        return value
    return {} if value is None else NotAnObject()


def object_in(holder: Any, name: str) -> Any:
    """The object under a name."""
    return holder if isinstance(holder, NotAnObject) else as_object(holder.get(name))


def json_object_in(holder: Any, name: str) -> Any:
    """The object under a name in any JSON value."""
    return holder if isinstance(holder, NotAnObject) else as_json_object(holder.get(name))


def as_json_object(value: Any) -> Any:
    """What fields of any JSON value are read from: nothing where it is no object."""
    return value if isinstance(value, dict) else {}


def read_text(value: Any) -> Any:
    """A text."""
    if not isinstance(value, str):
        raise Misfit("is not a text")
    return value


def read_integer(value: Any) -> Any:
    """A whole number of 64 bits; 1.0 is one."""
    return whole(value, 64)


def whole(value: Any, bits: int | None) -> Any:
    """A whole number of some bits."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or not is_whole(value):
        raise Misfit("is not an integer")
    number = int(value)
    if bits is not None and not -(1 << (bits - 1)) <= number < 1 << (bits - 1):
        raise Misfit(f"does not fit {bits} bits")
    return number


def is_whole(value: Any) -> bool:
    """Whether a number has nothing behind the point."""
    if isinstance(value, Decimal):
        return value.is_finite() and value.adjusted() < WIDE.prec and value == value.to_integral_value()
    return bool(value == value // 1)


def integer_reader(bits: int | None) -> Callable[[Any], Any]:
    """Reads whole numbers of some bits."""
    return lambda value: whole(value, bits)


def decimal_reader(precision: int, scale: int) -> Callable[[Any], Any]:
    """Reads exact decimals."""
    unit = Decimal(1).scaleb(-scale)
    too_large = Decimal(10) ** (precision - scale)

    def read(value: Any) -> Any:
        if type(value) is float:
            exact = Decimal(repr(value))
        elif isinstance(value, int | Decimal) and not isinstance(value, bool):
            exact = Decimal(value)
        else:
            raise Misfit("is not a number")
        if not exact.is_finite():
            raise Misfit("is not a number")
        try:
            fitted = exact.quantize(unit, context=WIDE)
        except InvalidOperation:
            raise Misfit(f"has more than {precision} digits") from None
        if fitted != exact or not -too_large < fitted < too_large:
            raise Misfit(f"does not fit decimal({precision},{scale})")
        return fitted or abs(fitted)

    return read


def read_float(value: Any) -> Any:
    """A finite floating point number."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Misfit("is not a number")
    try:
        double = float(value)
    except OverflowError:
        double = math.inf
    if not math.isfinite(double):
        raise Misfit("is not a finite number")
    return double


def read_boolean(value: Any) -> Any:
    """True or false."""
    if not isinstance(value, bool):
        raise Misfit("is not a boolean")
    return value


def enum_reader(values: frozenset[str]) -> Callable[[Any], Any]:
    """Reads one of some texts."""

    def read(value: Any) -> Any:
        if not isinstance(value, str) or value not in values:
            raise Misfit("is not one of the listed values")
        return value

    return read


def read_date(value: Any) -> Any:
    """A day."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        day = date.fromisoformat(value)
    except (ValueError, TypeError):
        raise Misfit("is not a date") from None
    if day.isoformat() != value:
        raise Misfit("is not a date")
    return day


def read_timestamp(value: Any) -> Any:
    """A point in time, in UTC."""
    point = any_timestamp(value)
    if point.tzinfo is None:
        raise Misfit("has no zone")
    try:
        return point if point.tzinfo is UTC else point.astimezone(UTC)
    except OverflowError:
        raise Misfit("is not a timestamp") from None


def read_local_timestamp(value: Any) -> Any:
    """A wall clock time."""
    point = any_timestamp(value)
    if point.tzinfo is not None:
        raise Misfit("has a zone")
    return point


def any_timestamp(value: Any) -> Any:
    """A timestamp with or without a zone."""
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not POINT.fullmatch(value):
        raise Misfit("is not a timestamp")
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise Misfit("is not a timestamp") from None


def read_time(value: Any) -> Any:
    """A time of day."""
    if isinstance(value, time):
        return value
    if not isinstance(value, str) or not CLOCK.fullmatch(value):
        raise Misfit("is not a time")
    try:
        return time.fromisoformat(value)
    except ValueError:
        raise Misfit("is not a time") from None


def read_binary(value: Any) -> Any:
    """Bytes."""
    import base64

    if isinstance(value, bytes):
        return value
    try:
        return base64.b64decode(read_text(value), validate=True)
    except ValueError:
        raise Misfit("is not base64") from None


def read_json(value: Any) -> Any:
    """Any JSON value."""
    return value


def or_null(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Reads a value or null."""
    return lambda value: None if value is None else read(value)


def not_null(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Reads a value that is not null."""

    def read_value(value: Any) -> Any:
        if value is None:
            raise Misfit("is null")
        return read(value)

    return read_value


def read_objects(value: Any) -> Any:
    """A list of objects, whose fields are looked at where they are read."""
    for each in read_list(value):
        if not isinstance(each, dict):
            raise Misfit("is null" if each is None else "is not an object")
    return value


def read_objects_or_nulls(value: Any) -> Any:
    """The same, with nulls among them."""
    for each in read_list(value):
        if each is not None and not isinstance(each, dict):
            raise Misfit("is not an object")
    return value


def read_list(value: Any) -> Any:
    """A list."""
    if not isinstance(value, list):
        raise Misfit("is not a list")
    return value


def list_reader(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Reads lists."""
    return lambda value: [read(each) for each in read_list(value)]


def map_reader(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Reads objects whose keys are data."""

    def read_map(value: Any) -> Any:
        if not isinstance(value, dict):
            raise Misfit("is not an object")
        return {name: read(each) for name, each in value.items()}

    return read_map


def record_reader(fields: list[tuple[str, Callable[[Any], Any], bool]]) -> Callable[[Any], Any]:
    """Reads objects: of each field its name, what reads it, and whether it may be missing."""

    def read_record(value: Any) -> Any:
        if not isinstance(value, dict):
            raise Misfit("is not an object")
        made = {}
        for name, read, optional in fields:
            if name in value or not optional:
                try:
                    made[name] = read(value.get(name))
                except Misfit as problem:
                    raise Misfit(f"holds {name!r}, which {problem.args[0]}") from None
        return made

    return read_record


def union_reader(readers: list[Callable[[Any], Any]]) -> Callable[[Any], Any]:
    """Reads a value with the first that can."""

    def read_union(value: Any) -> Any:
        for read in readers:
            try:
                return read(value)
            except Misfit:
                continue
        raise Misfit("is of none of the types of its union")

    return read_union


def fits(read: Callable[[Any], Any], value: Any) -> Any:
    """The result of an operation, which must be of a type."""
    if value is None:
        return None
    try:
        return read(value)
    except Misfit:
        raise OverflowError from None
