"""Dates and timestamps read from text and written as text, in formats of strftime's directives."""

import re
from datetime import UTC, date, datetime
from typing import Final

from penstock.mapping.arguments import constant_of
from penstock.mapping.check.problem import LeafError
from penstock.mapping.date_formats import has_zone, in_strftime, reading, rearranged, rearranged_day
from penstock.mapping.model import Argument, Call, Expression
from penstock.mapping.model import Constant as FixedValue
from penstock.mapping.operation import REJECTED, Constant, Example, Spelling, Sql, Unsupported, operation
from penstock.mapping.typed import Arguments
from penstock.schema import Timestamp, Type


def _parse(type_: str, rearranged_: str) -> Sql:
    """A text of a format, rearranged as ISO 8601 and read as such."""
    iso = f"REGEXP_REPLACE({{value}}, {{format:reading}}, {{format:{rearranged_}}})"
    duckdb = f"CASE WHEN REGEXP_MATCHES({{value}}, {{format:reading}}) THEN TRY_CAST({iso} AS {type_}) END"
    java = f"REGEXP_REPLACE({{value}}, {{format:reading_java}}, {{format:{rearranged_}_dollar}})"
    spark = f"CASE WHEN {{value}} RLIKE {{format:reading_java}} THEN TRY_CAST({java} AS {type_}) END"
    valid = f"({{value}} ~ {{format:reading}} AND PG_INPUT_IS_VALID({iso}, '{type_}'))"
    return Sql(
        duckdb,
        fails=f"{duckdb} IS NULL",
        spelled={
            "postgres": Spelling(f"CASE WHEN {valid} THEN CAST({iso} AS {type_}) END", fails=f"NOT {valid}"),
            "spark": Spelling(spark, fails=f"{spark} IS NULL"),
        },
    )


def _is(sql: Sql) -> Sql:
    """Whether a text can be read, from how it is read."""
    spelled = {name: f"NOT ({each.fails})" for name, each in sql.spelled.items() if isinstance(each, Spelling)}
    return Sql(f"NOT ({sql.fails})", spelled=spelled)


_ISO_DAY: Final = "$replace({value}, {format:reading_javascript}, {format:rearranged_day_dollar})"
_JSONATA_READS: Final = (
    "($contains({value}, {format:reading_javascript}) ? "
    f"$fromMillis($toMillis({_ISO_DAY} & 'T00:00:00Z'), '[Y0001]-[M01]-[D01]') = {_ISO_DAY} : false)"
)
"""There is such a day when JSONata, which goes on into the next month, comes back to it."""


def rearrange(value: str, shape: str, iso: str) -> str:
    """A text of a shape, with its parts in the order of ISO 8601."""
    found = re.fullmatch(shape, value)
    if not found:
        raise ValueError
    return found.expand(iso)


def read_moment(text: str) -> datetime:
    """A timestamp from ISO 8601, in UTC where it says its zone."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment


def can_be_read(value: str, shape: str, iso: str) -> bool:
    """Whether a text of a shape is a day, or a time of one."""
    try:
        datetime.fromisoformat(rearrange(value, shape, iso))
    except ValueError:
        return False
    return True


def write_moment(value: date | datetime, pattern: str) -> str:
    """A date or timestamp as strftime writes it, in UTC, the year always with four digits."""
    if isinstance(value, datetime) and value.tzinfo:
        value = value.astimezone(UTC)
    year = f"{value.year:04}"
    parts = re.split("(%.)", pattern)
    return "".join(year if each == "%Y" else value.strftime(each) if each[:1] == "%" else each for each in parts)


_DATE: Final = _parse("DATE", "rearranged_day")
_LOCAL: Final = _parse("TIMESTAMP", "rearranged")


def _first_that_fits(call: Call) -> Expression | None:
    """Several formats are tried in order."""
    value, *formats = [each.value for each in call.arguments if not each.name]
    if len(formats) < 2:
        return None
    named = tuple(each for each in call.arguments if each.name)
    test = call.operation.replace("PARSE_", "IS_")
    first = (Argument(value), Argument(formats[0]))
    rest = (Argument(value), *map(Argument, formats[1:]), *named)
    return Call(
        "IF",
        (
            Argument(Call(test, first)),
            Argument(Call(call.operation, (*first, *named))),
            Argument(Call(call.operation, rest)),
        ),
    )


@operation(
    sql=_DATE,
    python="date.fromisoformat(rearrange({value}, {format:reading}, {format:rearranged_day}))",
    jsonata=Spelling(_ISO_DAY, fails=f"$not({_JSONATA_READS})"),
    rejects="is not a date of this format",
    rewrite=_first_that_fits,
    ballerina="parsedDate(re `{format:reading}`, {value}, {format:day_parts})",
    examples=[
        Example(("2024-02-29",), date(2024, 2, 29)),
        Example(("29.02.2024", "%d.%m.%Y"), date(2024, 2, 29)),
        Example(("le 20 [07] 1969", "le %d [%m] %Y"), date(1969, 7, 20), "other characters stand for themselves"),
        Example(("1969年07月20日", "%Y年%m月%d日"), date(1969, 7, 20)),
        Example(("31/12/1999", "%Y-%m-%d", "%d/%m/%Y"), date(1999, 12, 31), "several formats are tried in order"),
        Example((None,), None),
        Example(("2023-02-29",), REJECTED, "there was no such day"),
        Example(("2024-2-9",), REJECTED, "all digits must be there"),
        Example((" 2024-02-29",), REJECTED),
        Example(("2024-02-29\n",), REJECTED),
        Example(("0000-01-01",), REJECTED, "there is no year 0"),
        Example(("",), REJECTED),
    ],
)
def parse_date(value: str, format: Constant[str] = "%Y-%m-%d") -> date:  # noqa: A002  # what users call it
    """Read a date in a format, or in the first of several that fits."""
    return date.fromisoformat(rearrange(value, reading(format), rearranged_day(format)))


@operation(
    sql=_is(_DATE),
    python="can_be_read({value}, {format:reading}, {format:rearranged_day})",
    jsonata=_JSONATA_READS,
    ballerina="parsedDate(re `{format:reading}`, {value}, {format:day_parts}) is string",
    examples=[
        Example(("2024-02-29",), True),
        Example(("2023-02-29",), False),
        Example(("",), False),
        Example(("é", "%d.%m.%Y"), False),
        Example((None,), None),
    ],
)
def is_date(value: str, format: Constant[str] = "%Y-%m-%d") -> bool:  # noqa: A002
    """Say whether a text is a date of a format."""
    return can_be_read(value, reading(format), rearranged_day(format))


def _timestamp(arguments: Arguments) -> Type:
    return Timestamp(zone=has_zone(constant_of(arguments, "format")))


def _in_zone(call: Call) -> Expression | None:
    """Several formats, or a zone that the text does not say."""
    several = _first_that_fits(call)
    if several is not None:
        return several
    given = {each.name or ("value", "format")[place]: each for place, each in enumerate(call.arguments)}
    format_, zone = given.get("format"), given.get("zone")
    if zone is None or not isinstance(zone.value, FixedValue) or not zone.value.value:
        return None
    if format_ is None or not isinstance(format_.value, FixedValue) or has_zone(str(format_.value.value)):
        raise LeafError(
            "bad_constant", "the texts say their zone themselves", "leave the zone out, or give a format without"
        )
    local = Call("PARSE_TIMESTAMP", (given["value"], format_))
    return Call("AT_TIMEZONE", (Argument(local), Argument(zone.value)))


_ANY: Final = _parse("{type}", "rearranged")


@operation(
    sql=_ANY,
    python="read_moment(rearrange({value}, {format:reading}, {format:rearranged}))",
    jsonata=Unsupported("JSONata reads the 30th of February as a day"),
    rejects="is not a timestamp of this format",
    rewrite=_in_zone,
    result=_timestamp,
    ballerina="parsedMoment(re `{format:reading}`, {value}, {format:parts}, {format:zoned})",
    examples=[
        Example(("2024-02-29T12:00:00Z",), datetime(2024, 2, 29, 12, tzinfo=UTC)),
        Example(("1969-07-20 20:17:40.5+05:30",), datetime(1969, 7, 20, 14, 47, 40, 500000, tzinfo=UTC)),
        Example(("29.02.2024 12:00", "%d.%m.%Y %H:%M"), datetime(2024, 2, 29, 12), "a wall clock time"),  # noqa: DTZ001
        Example(
            ("29.02.2024 12:00", "%d.%m.%Y %H:%M"),
            datetime(2024, 2, 29, 11, tzinfo=UTC),
            "a wall clock time of a zone",
            named={"zone": "Europe/Berlin"},
        ),
        Example(("2024年02月29日", "%Y年%m月%d日"), datetime(2024, 2, 29)),  # noqa: DTZ001
        Example((None,), None),
        Example(("2024-02-29T12:00:00",), REJECTED, "iso needs a zone; iso-local has none"),
        Example(("2024-02-29T24:00:00Z",), REJECTED),
        Example(("2024-02-29T23:59:60Z",), REJECTED),
        Example(("",), REJECTED),
    ],
)
def parse_timestamp(value: str, format: Constant[str] = "iso", *, zone: Constant[str] = "") -> datetime:  # noqa: A002
    """Read a timestamp in a format, or in the first of several that fits.

    With `zone` the texts are wall clock times there; without, and without a zone in the format, the result is one.
    """
    return read_moment(rearrange(value, reading(format), rearranged(format)))


@operation(
    sql=_is(_LOCAL),
    python="can_be_read({value}, {format:reading}, {format:rearranged})",
    jsonata=Unsupported("JSONata reads the 30th of February as a day"),
    ballerina="parsedMoment(re `{format:reading}`, {value}, {format:parts}, {format:zoned}) is string",
    examples=[
        Example(("2024-02-29T12:00:00Z",), True),
        Example(("2024-02-30T12:00:00Z",), False),
        Example(("",), False),
        Example(("é", "%Y%m%d"), False),
        Example((None,), None),
    ],
)
def is_timestamp(value: str, format: Constant[str] = "iso") -> bool:  # noqa: A002
    """Say whether a text is a timestamp of a format."""
    return can_be_read(value, reading(format), rearranged(format))


def _format(at: str, spark_at: str) -> Sql:
    return Sql(
        f"SUBSTRING(STRFTIME({at}, ' ' || {{format:strftime}}), 2)",  # DuckDB refuses an empty format
        spelled={
            # Null for an empty format.
            "postgres": f"COALESCE(TO_CHAR(CAST({at} AS TIMESTAMP), {{format:to_char}}), '')",
            "spark": f"DATE_FORMAT({spark_at}, {{format:java}})",
        },
    )


@operation(
    python="write_moment({value}, {format:strftime})",
    sql={"timestamp": _format("{value} AT TIME ZONE 'UTC'", "{value}"), "*": _format("{value}", "{value}")},
    jsonata=Unsupported("JSONata's pictures are other ones"),
    ballerina="formattedDate({value}, {format:pieces})",
    examples=[
        Example((date(2024, 2, 29), "%d.%m.%Y"), "29.02.2024"),
        Example((date(99, 1, 1), "%Y/%m"), "0099/01"),
        Example((date(1969, 7, 20), "%Y年%m月%d日"), "1969年07月20日"),
        Example((date(2024, 5, 9), "%d %b %Y, day %j, 100%%"), "09 May 2024, day 130, 100%"),
        Example((datetime(2024, 2, 29, 23, 5, 1, 500, tzinfo=UTC), "%Y%m%dT%H%M%S.%fZ"), "20240229T230501.000500Z"),
        Example((datetime(2024, 2, 29, 23, 5), "%H:%M"), "23:05"),  # noqa: DTZ001
        Example((date(2024, 2, 29), ""), ""),
        Example((None, "%Y"), None),
    ],
)
def format_date(value: date | datetime, format: Constant[str]) -> str:  # noqa: A002
    """Write a date or timestamp in a format; a timestamp with a zone in UTC."""
    return write_moment(value, in_strftime(format))
