"""Dates and timestamps: their parts, their distance, and others some time away. Years go from 1 to 9999."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from penstock.mapping.arguments import one_of, type_of
from penstock.mapping.check.problem import LeafError
from penstock.mapping.model import Argument, Call, Expression
from penstock.mapping.model import Constant as FixedValue
from penstock.mapping.operation import REJECTED, Constant, Example, Spelling, Sql, Unsupported, operation
from penstock.mapping.typed import Arguments
from penstock.schema import Date, Integer, Type

_LENGTHS: Final = ("year", "month", "week", "day", "hour", "minute", "second")
_PARTS: Final = ("year", "quarter", "month", "week", "day", "hour", "minute", "second", "weekday", "yearday")


def _moved(arguments: Arguments) -> Type:
    unit, type_ = one_of(arguments, "unit", _LENGTHS), type_of(arguments)
    if isinstance(type_, Date) and unit in {"hour", "minute", "second"}:
        raise LeafError("bad_constant", f"a date has no {unit}", "add days, or make it a timestamp")
    return type_


_ABOUT: Final = (
    "CAST(EXTRACT(EPOCH FROM {value}) AS DOUBLE PRECISION) + CAST({amount} AS DOUBLE PRECISION) * {unit:seconds} "
    "BETWEEN -62140000000 AND 253410000000"
)
"""So near to the years 1 to 9999 that every engine can work it out."""


def _add(sum_: str, first: str, last: str, about: str = _ABOUT) -> Spelling:
    made = f"CASE WHEN {about} THEN {sum_} END"
    return Spelling(
        f"CASE WHEN {made} BETWEEN {first} AND {last} THEN {made} END",
        fails=f"({made} BETWEEN {first} AND {last}) IS NOT TRUE",
    )


_DUCKDB_ABOUT: Final = _ABOUT.replace("DOUBLE PRECISION", "DOUBLE")
_SPARK_ABOUT: Final = _DUCKDB_ABOUT.replace("EXTRACT(EPOCH FROM {value})", "UNIX_SECONDS(CAST({value} AS TIMESTAMP))")
_DAYS: Final = ("DATE '0001-01-01'", "DATE '9999-12-31'")
_LOCAL: Final = ("TIMESTAMP '0001-01-01 00:00:00'", "TIMESTAMP '9999-12-31 23:59:59.999999'")
_ZONED: Final = ("TIMESTAMPTZ '0001-01-01 00:00:00+00'", "TIMESTAMPTZ '9999-12-31 23:59:59.999999+00'")
_NTZ: Final = tuple(each.replace("TIMESTAMP", "TIMESTAMP_NTZ") for each in _LOCAL)
_LTZ: Final = tuple(each.replace("TIMESTAMP", "TIMESTAMP_LTZ") for each in _LOCAL)


def _sums(duckdb: str, postgres: str, spark: str, bounds: tuple[str, str], spark_bounds: tuple[str, ...]) -> Sql:
    own = _add(duckdb, *bounds, about=_DUCKDB_ABOUT)
    spelled = {
        "postgres": _add(postgres, *bounds),
        "spark": _add(spark, spark_bounds[0], spark_bounds[1], about=_SPARK_ABOUT),
    }
    return Sql(own.value, own.fails, spelled=spelled)


_BY_DUCKDB: Final = "{amount} * INTERVAL 1 {unit:raw}"
_BY_POSTGRES: Final = "{amount} * INTERVAL '1 {unit:raw}'"
_SPARK_SUM: Final = "DATEADD({unit:raw}, CAST({amount} AS INT), {value})"


@operation(
    sql={
        "date": _sums(
            f"CAST({{value}} + {_BY_DUCKDB} AS DATE)",
            f"CAST({{value}} + {_BY_POSTGRES} AS DATE)",
            "CAST(DATEADD({unit:raw}, CAST({amount} AS INT), CAST({value} AS TIMESTAMP_NTZ)) AS DATE)",
            _DAYS,
            _DAYS,
        ),
        "timestamp": _sums(
            f"({{value}} AT TIME ZONE 'UTC' + {_BY_DUCKDB}) AT TIME ZONE 'UTC'",
            f"({{value}} AT TIME ZONE 'UTC' + {_BY_POSTGRES}) AT TIME ZONE 'UTC'",
            _SPARK_SUM,
            _ZONED,
            _LTZ,
        ),
        "*": _sums(f"{{value}} + {_BY_DUCKDB}", f"{{value}} + {_BY_POSTGRES}", _SPARK_SUM, _LOCAL, _NTZ),
    },
    jsonata=Unsupported("JSONata has no calendar"),
    rejects="leads out of the years 1 to 9999",
    result=_moved,
    inverse=None,
    ballerina="dateAdd({value}, {amount}, {unit}, {unit:length})",
    examples=[
        Example((date(2024, 2, 28), 2), date(2024, 3, 1)),
        Example((date(2024, 1, 31), 1, "month"), date(2024, 2, 29), "the last day where the month is shorter"),
        Example((date(2024, 2, 29), -1, "year"), date(2023, 2, 28)),
        Example((datetime(1969, 12, 31, 23, tzinfo=UTC), 90, "minute"), datetime(1970, 1, 1, 0, 30, tzinfo=UTC)),
        Example((datetime(2024, 1, 31, 12), 1, "month"), datetime(2024, 2, 29, 12)),  # noqa: DTZ001
        Example((None, 1), None),
        Example((date(9999, 12, 31), 1), REJECTED),
        Example((date(2024, 1, 1), 9223372036854775807), REJECTED),
    ],
)
def date_add(value: date | datetime, amount: int, unit: Constant[str] = "day") -> date | datetime:
    """Go some days forward, or back with a negative amount; also `year`, `month`, `week`, `hour`, `minute`, `second`.

    The day of the month is the last one where the month is shorter. Timestamps move in UTC.
    """
    if unit not in {"year", "month"}:
        return value + timedelta(**{f"{unit}s": amount})
    months = value.year * 12 + value.month - 1 + amount * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    following = date(year + month // 11, (month + 1) % 12 + 1, 1) if (year, month) != (9999, 11) else None
    last = (following - timedelta(days=1)).day if following else 31
    return value.replace(year=year, month=month + 1, day=min(value.day, last))


def _in_months(call: Call) -> Expression | None:
    given = {each.name or ("value", "end", "unit")[place]: each for place, each in enumerate(call.arguments[:3])}
    unit = given.get("unit")
    if unit is None or not isinstance(unit.value, FixedValue) or unit.value.value not in {"month", "year"}:
        return None
    months = Argument(FixedValue(12 if unit.value.value == "year" else 1))
    return Call("MONTHS_BETWEEN", (given["value"], given["end"], months))


def _counts(arguments: Arguments) -> Type:
    one_of(arguments, "unit", _LENGTHS)
    return Integer()


_DIFFERENCE: Final = "EPOCH_US({end}) - EPOCH_US({value})"


@operation(
    sql=Sql(
        f"({_DIFFERENCE}) // {{unit:microseconds}}",
        spelled={
            "postgres": "CAST(TRUNC((EXTRACT(EPOCH FROM {end}) - EXTRACT(EPOCH FROM {value})) / {unit:seconds}) "
            "AS BIGINT)",
            "spark": "(UNIX_MICROS(CAST({end} AS TIMESTAMP)) - UNIX_MICROS(CAST({value} AS TIMESTAMP))) "
            "DIV {unit:microseconds}",
        },
    ),
    jsonata=Unsupported("JSONata has no calendar"),
    rewrite=_in_months,
    result=_counts,
    ballerina="(microsOf({end}) - microsOf({value})) / {unit:length}",
    examples=[
        Example((date(2024, 2, 28), date(2024, 3, 1)), 2),
        Example((date(2024, 3, 1), date(2024, 2, 28)), -2),
        Example((date(2024, 1, 1), date(2024, 1, 14), "week"), 1, "whole weeks only"),
        Example((date(2024, 1, 31), date(2024, 2, 29), "month"), 0, "the 31st has not come"),
        Example((date(2000, 2, 29), date(2024, 2, 28), "year"), 23),
        Example(
            (datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC), "second"),
            1,
        ),
        Example((None, date(2024, 1, 1)), None),
    ],
)
def date_diff(value: date | datetime, end: date | datetime, unit: Constant[str] = "day") -> int:
    """Count the whole days (or `year`, `month`, `week`, `hour`, `minute`, `second`) from a date to another."""
    length = timedelta(**{f"{unit}s": 1})
    difference = end - value  # type: ignore[operator]  # both are of one kind
    return int(abs(difference) // length * (1 if difference >= timedelta(0) else -1))


def _months(year: str, month: str, rest: str) -> str:
    years = f"({year.format('{end}')} - {year.format('{value}')})"
    total = f"{years} * 12 + {month.format('{end}')} - {month.format('{value}')}"
    value, end = rest.format("{value}"), rest.format("{end}")
    return (
        f"({total} - CASE WHEN {total} > 0 AND {end} < {value} THEN 1 WHEN {total} < 0 AND {end} > {value} THEN -1 "
        "ELSE 0 END)"
    )


def _months_between(at: str, divide: str, form: str, integer: str = "{}") -> str:
    months = _months(f"EXTRACT(YEAR FROM {at})", f"EXTRACT(MONTH FROM {at})", form)
    return integer.format(f"{months} {divide} {{length}}")


@operation(
    sql={
        key: Sql(
            _months_between(at, "//", f"STRFTIME({at}, '%d%H%M%S%f')"),
            spelled={
                "postgres": _months_between(
                    at, "/", f"TO_CHAR(CAST({at} AS TIMESTAMP), 'DDHH24MISSUS')", "CAST(TRUNC({}) AS BIGINT)"
                ),
                "spark": _months_between("{}", "DIV", "DATE_FORMAT({}, 'ddHHmmssSSSSSS')", "CAST({} AS BIGINT)"),
            },
        )
        for key, at in {"timestamp": "({} AT TIME ZONE 'UTC')", "*": "{}"}.items()
    },
    jsonata=Unsupported("JSONata has no calendar"),
    ballerina="monthsBetween({value}, {end}, {length})",
    examples=[
        Example((date(2024, 1, 31), date(2024, 3, 1)), 1),
        Example((date(2024, 3, 31), date(2024, 2, 29)), -1),
        Example((date(2024, 3, 1), date(2024, 2, 29)), 0),
        Example((date(2000, 2, 29), date(2024, 2, 29), 12), 24),
        Example(
            (datetime(2024, 1, 1, 12, tzinfo=UTC), datetime(2024, 2, 1, 11, 59, 59, 999999, tzinfo=UTC)),
            0,
        ),
        Example((None, date(2024, 1, 1)), None),
    ],
)
def months_between(value: date | datetime, end: date | datetime, length: Constant[int] = 1) -> int:
    """Count the whole months from a date to another, or whole groups of `length` months."""
    first, last = ((each.month, each.timetuple()[2:6], getattr(each, "microsecond", 0)) for each in (value, end))
    months = (end.year - value.year) * 12 + end.month - value.month
    months -= (months > 0 and last[1:] < first[1:]) - (months < 0 and last[1:] > first[1:])
    return abs(months) // length * (1 if months >= 0 else -1)


def _counted_part(arguments: Arguments) -> Type:
    part = one_of(arguments, "part", _PARTS)
    if isinstance(type_of(arguments), Date) and part in {"hour", "minute", "second"}:
        raise LeafError("bad_constant", f"a date has no {part}", f"use one of {', '.join(_PARTS)}")
    return Integer()


def _part(at: str) -> Sql:
    return Sql(
        f"DATE_PART({{part:part}}, {at})",
        spelled={
            "postgres": f"CAST(FLOOR(DATE_PART({{part:part}}, {at})) AS BIGINT)",
            "spark": "CAST(FLOOR(DATE_PART({part:part_spark}, {value})) AS BIGINT)",
        },
    )


@operation(
    sql={"timestamp": _part("{value} AT TIME ZONE 'UTC'"), "*": _part("{value}")},
    jsonata=Unsupported("JSONata has no calendar"),
    result=_counted_part,
    ballerina="datePart({value}, {part})",
    examples=[
        Example((date(2024, 2, 29), "year"), 2024),
        Example((date(2024, 12, 30), "week"), 1, "the week as ISO 8601 has it"),
        Example((date(2024, 2, 29), "weekday"), 4, "from Monday, 1, to Sunday, 7"),
        Example((date(2024, 2, 29), "yearday"), 60),
        Example((datetime(1969, 7, 20, 20, 17, 40, 900000, tzinfo=UTC), "second"), 40, "whole seconds"),
        Example((datetime(1969, 7, 20, 20, 17), "hour"), 20),  # noqa: DTZ001
        Example((date(2024, 5, 1), "quarter"), 2),
        Example((None, "year"), None),
    ],
)
def date_part(value: date | datetime, part: Constant[str]) -> int:
    """Take one part: year, quarter, month, week, day, hour, minute, second, weekday, yearday; of timestamps in UTC."""
    if part == "week":
        return value.isocalendar().week
    if part == "quarter":
        return (value.month + 2) // 3
    if part in {"weekday", "yearday"}:
        return value.isoweekday() if part == "weekday" else value.timetuple().tm_yday
    return int(getattr(value, part))
