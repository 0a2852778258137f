"""Values written as text."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Final

from penstock.mapping.operation import REJECTED, Example, Spelling, Sql, operation

_ALL: Final = ("postgres", "spark", "snowflake", "bigquery")

_PLAIN: Final = "TRY_CAST(CAST({value} AS VARCHAR) AS DECIMAL(38, 20))"
_STRIPPED: Final = "RTRIM(RTRIM(CAST({exact} AS {text}), '0'), '.')"


def _float_text() -> Sql:
    """A float as it is written shortest, but without an exponent: through a decimal that is the same number."""
    text = _STRIPPED.replace("{exact}", _PLAIN).replace("{text}", "VARCHAR")
    exact = "CAST(CAST({value} AS TEXT) AS NUMERIC)"
    fits = f"(ABS({exact}) < 1000000000000000000 AND {exact} = ROUND({exact}, 20))"
    spark = "TRY_CAST({value} AS DECIMAL(38, 20))"
    stripped = "REGEXP_REPLACE(CAST({exact} AS STRING), '[.]?0+$', '')"
    return Sql(
        f"CASE WHEN {{value}} = 0 THEN '0' ELSE {text} END",
        fails=f"{_PLAIN} IS NULL OR CAST({_PLAIN} AS DOUBLE) <> {{value}}",
        spelled={
            "postgres": Spelling(
                f"CASE WHEN {{value}} = 0 THEN '0' WHEN {exact} = TRUNC({exact}) THEN CAST(TRUNC({exact}) AS TEXT) "
                f"ELSE CAST({exact} AS TEXT) END",
                fails=f"NOT {fits}",
            ),
            "spark": Spelling(
                f"CASE WHEN {{value}} = RINT({{value}}) AND ABS({{value}}) < 1e18 THEN "
                f"CAST(TRY_CAST({{value}} AS BIGINT) AS STRING) ELSE {stripped.replace('{exact}', spark)} END",
                fails=f"{spark} IS NULL OR CAST({spark} AS DOUBLE) <> {{value}}",
            ),
        },
    )


@operation(
    sql={
        "text": Sql("{value}", translated=_ALL),
        "enum": Sql("{value}", translated=_ALL),
        "float": _float_text(),
        "boolean": Sql(
            "CASE WHEN {value} THEN 'true' ELSE 'false' END",
            translated=_ALL,
        ),
        "date": Sql("CAST({value} AS VARCHAR)", translated=_ALL),
        "time": Sql("CAST({value} AS VARCHAR)", translated=("postgres",)),
        "timestamp": Sql(
            "REPLACE(CAST({value} AT TIME ZONE 'UTC' AS VARCHAR), ' ', 'T') || 'Z'",
            translated=("postgres",),
            spelled={"spark": "CONCAT(REPLACE(CAST({value} AS STRING), ' ', 'T'), 'Z')"},
        ),
        "timestamp(local)": Sql("REPLACE(CAST({value} AS VARCHAR), ' ', 'T')", translated=("postgres", "spark")),
        "*": Sql("CAST({value} AS VARCHAR)", translated=_ALL),
    },
    python={"text": "{value}", "enum": "{value}", "integer": "str({value})"},
    jsonata={
        "text": "{value}",
        "enum": "{value}",
        "date": "{value}",
        "integer": "$string({value})",
        "boolean": "$string({value})",
    },
    ballerina={
        "text": "{value}",
        "enum": "{value}",
        "integer": "{value}.toString()",
        "boolean": "{value}.toString()",
        "decimal": "decimalText({value}, {value.scale})",
        "float": "floatText({value})",
        "date": "{value}",
        "timestamp": "{value}",
        "timestamp(local)": "{value}",
        "time": "{value}",
    },
    rejects="cannot be written without an exponent",
    examples=[
        Example((12,), "12"),
        Example(("",), ""),
        Example(("é",), "é"),
        Example((True,), "true"),
        Example((Decimal("1.50"),), "1.50", "a decimal with all digits of its type"),
        Example((0.1,), "0.1"),
        Example((1500000000000000.0,), "1500000000000000", "a float without an exponent, and without a fraction of 0"),
        Example((1e-7,), "0.0000001"),
        Example((date(1969, 7, 20),), "1969-07-20"),
        Example((datetime(2024, 2, 29, 12, 0, 0, 500000, tzinfo=UTC),), "2024-02-29T12:00:00.5Z"),
        Example((datetime(2024, 2, 29, 12, 0),), "2024-02-29T12:00:00"),  # noqa: DTZ001  # a wall clock time
        Example((time(10, 0),), "10:00:00"),
        Example((None,), None),
        Example((1e300,), REJECTED),
    ],
)
def to_string(value: str | int | Decimal | float | bool | date | datetime | time) -> str:
    """Write a value as text: numbers without an exponent, dates and times as ISO 8601, timestamps in UTC."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        exact = Decimal(repr(value))
        text = format(exact, "f")
        if abs(exact) >= 10**18 or len(text.partition(".")[2].rstrip("0")) > 20:
            raise ValueError
        return "0" if exact == 0 else text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, datetime):
        zoned = value.tzinfo is not None
        text = (value.astimezone(UTC) if zoned else value).replace(tzinfo=None).isoformat()
        return (text.rstrip("0") if "." in text else text) + ("Z" if zoned else "")
    if isinstance(value, time):
        text = value.isoformat()
        return text.rstrip("0") if "." in text else text
    return (
        value.isoformat()
        if isinstance(value, date)
        else format(value, "f")
        if isinstance(value, Decimal)
        else str(value)
    )
