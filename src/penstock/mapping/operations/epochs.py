"""Timestamps as counts of a unit since 1970."""

from datetime import UTC, datetime, timedelta
from typing import Final

from penstock.mapping.arguments import one_of, type_of
from penstock.mapping.check.problem import LeafError
from penstock.mapping.model import Call
from penstock.mapping.operation import REJECTED, Constant, Example, Spelling, Sql, Unsupported, operation
from penstock.mapping.typed import Arguments
from penstock.schema import Integer, Timestamp, Type

_UNITS: Final = ("s", "ms", "us", "ns")


def _from_epoch(arguments: Arguments) -> Type:
    one_of(arguments, "unit", _UNITS)
    return Timestamp(zone=True)


_IN_YEARS: Final = "{value} BETWEEN {unit:earliest} AND {unit:latest}"
_MICROSECONDS: Final = (
    "(({value} - MOD(MOD({value}, {unit:through}) + {unit:through}, {unit:through})) / {unit:through} * {unit:times})"
)


def _from(microseconds: str, moment: str) -> Spelling:
    made = moment.replace("{us}", microseconds)
    return Spelling(f"CASE WHEN {_IN_YEARS} THEN {made} END", fails=f"NOT ({_IN_YEARS})")


_WHOLE: Final = _MICROSECONDS.replace(" / ", " // ")
_FROM_DUCKDB: Final = _from(_WHOLE, "MAKE_TIMESTAMP({us}) AT TIME ZONE 'UTC'")


@operation(
    sql=Sql(
        _FROM_DUCKDB.value,
        _FROM_DUCKDB.fails,
        spelled={
            "postgres": _from(
                _MICROSECONDS,
                "TIMESTAMPTZ '1970-01-01 00:00:00+00' + INTERVAL '1 second' * ({us} / 1000000) "
                "+ INTERVAL '1 microsecond' * ({us} % 1000000)",
            ),
            "spark": _from(_MICROSECONDS.replace(" / ", " DIV "), "TIMESTAMP_MICROS({us})"),
        },
    ),
    jsonata=Unsupported("JSONata has no fractions of milliseconds"),
    rejects="is not in the years 1 to 9999",
    result=_from_epoch,
    inverse=lambda call: Call("TIMESTAMP_TO_EPOCH", call.arguments),
    ballerina="momentOfEpoch({value}, {unit:per_second})",
    examples=[
        Example((0,), datetime(1970, 1, 1, tzinfo=UTC)),
        Example((-1,), datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)),
        Example((1709164800123, "ms"), datetime(2024, 2, 29, 0, 0, 0, 123000, tzinfo=UTC)),
        Example((1709164800123456, "us"), datetime(2024, 2, 29, 0, 0, 0, 123456, tzinfo=UTC)),
        Example((-1, "ns"), datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), "cut to the microsecond before"),
        Example((None,), None),
        Example((253402300800,), REJECTED, "milliseconds taken for seconds"),
    ],
)
def epoch_to_timestamp(value: int, unit: Constant[str] = "s") -> datetime:
    """Read a count of seconds (`s`), `ms`, `us` or `ns` since 1970 in UTC. Nanoseconds are cut to microseconds."""
    per_second = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}[unit]
    microseconds = value * 1_000_000 // per_second
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)


def _to_epoch(arguments: Arguments) -> Type:
    one_of(arguments, "unit", _UNITS)
    if not getattr(type_of(arguments), "zone", True):
        raise LeafError("argument_type", "a wall clock time has no epoch", "give it a zone with AT_TIMEZONE")
    return Integer()


def _counted(microseconds: str, divide: str) -> Spelling:
    rest = f"MOD(MOD({microseconds}, {{unit:times}}) + {{unit:times}}, {{unit:times}})"
    made = f"({microseconds} - {rest}) {divide} {{unit:times}} * {{unit:through}}"
    held = f"{microseconds} BETWEEN -9223372036854775 AND 9223372036854775 OR {{unit:through}} = 1"
    return Spelling(f"CASE WHEN {held} THEN {made} END", fails=f"NOT ({held})")


_TO_DUCKDB: Final = _counted("EPOCH_US({value})", "//")


@operation(
    sql=Sql(
        _TO_DUCKDB.value,
        _TO_DUCKDB.fails,
        spelled={
            "postgres": _counted("CAST(EXTRACT(EPOCH FROM {value}) * 1000000 AS BIGINT)", "/"),
            "spark": _counted("UNIX_MICROS({value})", "DIV"),
        },
    ),
    jsonata=Unsupported("JSONata has no fractions of milliseconds"),
    rejects="is too far from 1970 for this unit",
    result=_to_epoch,
    inverse=lambda call: Call("EPOCH_TO_TIMESTAMP", call.arguments),
    ballerina="epochOf({value}, {unit:per_second})",
    examples=[
        Example((datetime(1970, 1, 1, tzinfo=UTC),), 0),
        Example((datetime(1969, 12, 31, 23, 59, 59, 500000, tzinfo=UTC),), -1, "cut to the second before"),
        Example((datetime(2024, 2, 29, 0, 0, 0, 123000, tzinfo=UTC), "ms"), 1709164800123),
        Example((datetime(2024, 2, 29, tzinfo=UTC), "ns"), 1709164800000000000),
        Example((None,), None),
        Example((datetime(9999, 1, 1, tzinfo=UTC), "ns"), REJECTED),
    ],
)
def timestamp_to_epoch(value: datetime, unit: Constant[str] = "s") -> int:
    """Count whole seconds (`s`), `ms`, `us` or `ns` since 1970 in UTC; what is less than one is cut off."""
    microseconds = (value - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    per_second = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}[unit]
    return microseconds * per_second // 1_000_000
