"""Numbers read from text, from other numbers and from booleans. What is no such number rejects the row."""

import math
import re
from decimal import Decimal, localcontext
from typing import Final

from penstock.mapping.arguments import constant_of
from penstock.mapping.check.problem import LeafError
from penstock.mapping.model import Argument, Call, Expression
from penstock.mapping.model import Constant as FixedValue
from penstock.mapping.operation import REJECTED, Constant, Example, Spelling, Sql, operation
from penstock.mapping.typed import Arguments
from penstock.schema import Decimal as DecimalType
from penstock.schema import Type

_ALL: Final = ("postgres", "spark", "snowflake", "bigquery")

_WHOLE: Final = "^[+-]?[0-9]+([.]0+)?$"
_NUMBER: Final = "^[+-]?[0-9]+([.][0-9]+)?$"
_DOUBLE: Final = "^[+-]?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?$"


def _exactly(call: Call) -> Expression | None:
    """With a way of rounding: rounded first, as a decimal."""
    given = {each.name or ("value", "mode")[place]: each.value for place, each in enumerate(call.arguments[:2])}
    mode = given.get("mode")
    if not isinstance(mode, FixedValue) or mode.value == "exact" or "value" not in given:
        return None
    number = Call("TO_DECIMAL", (Argument(given["value"]), Argument(FixedValue(38)), Argument(FixedValue(18))))
    way = FixedValue("half_even" if mode.value == "round" else mode.value)
    return Call("TO_INT", (Argument(Call("ROUND", (Argument(number), Argument(FixedValue(0)), Argument(way)))),))


def _read(pattern: str, text: str, type_: str) -> Sql:
    """Spellings that read what is written as a pattern says."""
    name = {"DOUBLE": "DOUBLE PRECISION"}.get(type_, type_)
    shape = pattern.replace("{", "{{").replace("}", "}}")
    duckdb, spark = f"REGEXP_FULL_MATCH({{value}}, '{shape}')", f"{{value}} RLIKE '{shape}'"
    postgres = f"{{value}} ~ '{shape}' AND PG_INPUT_IS_VALID({text}, '{name}')"
    tried = f"TRY_CAST({text} AS {type_})"
    made, in_spark = f"CASE WHEN {duckdb} THEN {tried} END", f"CASE WHEN {spark} THEN {tried} END"
    infinite = type_ == "DOUBLE"
    return Sql(
        made,
        fails=f"{made} IS NULL" + (f" OR ABS({made}) = 'Infinity'::DOUBLE" if infinite else ""),
        spelled={
            "postgres": Spelling(f"CASE WHEN {postgres} THEN CAST({text} AS {name}) END", fails=f"NOT ({postgres})"),
            "spark": Spelling(
                in_spark,
                fails=f"{in_spark} IS NULL" + (f" OR ABS({in_spark}) = DOUBLE('Infinity')" if infinite else ""),
            ),
        },
    )


@operation(
    sql={
        "text": _read(_WHOLE, "SPLIT_PART({value}, '.', 1)", "BIGINT"),
        "integer": Sql("{value}", translated=_ALL),
        "boolean": Sql("CASE WHEN {value} THEN 1 ELSE 0 END", translated=_ALL),
        "*": Sql(
            "CASE WHEN {value} = FLOOR({value}) THEN TRY_CAST({value} AS BIGINT) END",
            fails="{value} <> FLOOR({value}) OR TRY_CAST({value} AS BIGINT) IS NULL",
            spelled={
                "postgres": Spelling(
                    "CASE WHEN {value} = FLOOR({value}) AND {value} >= -9223372036854775808 "
                    "AND {value} < 9223372036854775808 THEN CAST({value} AS BIGINT) END",
                    fails="NOT ({value} = FLOOR({value}) AND {value} >= -9223372036854775808 "
                    "AND {value} < 9223372036854775808)",
                ),
                "spark": Spelling(
                    "CASE WHEN {value} = FLOOR({value}) THEN TRY_CAST({value} AS BIGINT) END",
                    fails="{value} <> FLOOR({value}) OR TRY_CAST({value} AS BIGINT) IS NULL",
                ),
            },
        ),
    },
    python={"integer": "{value}"},
    jsonata={
        "text": Spelling(
            '$number($replace({value}, /^[+]/, ""))',
            fails=f"$not($contains({{value}}, /{_WHOLE}/)) or $length({{value}}) > 300 "
            'or $abs($number($replace({value}, /^[+]/, ""))) > 9007199254740991',
        ),
        "integer": "{value}",
        "boolean": "({value} ? 1 : 0)",
        "*": Spelling("{value}", fails="$floor({value}) != {value}"),
    },
    ballerina={
        "text": "wholeNumberOf({value})",
        "integer": "{value}",
        "boolean": "({value} ? 1 : 0)",
        "decimal": "wholeOfDecimal({value})",
        "float": "wholeOfFloat({value})",
    },
    rejects="is not a whole number of 64 bits",
    rewrite=_exactly,
    examples=[
        Example(("12",), 12),
        Example(("+007",), 7),
        Example(("-3.00",), -3, "a fraction of 0 is none"),
        Example((2.0,), 2),
        Example((Decimal("5.00"),), 5),
        Example((True,), 1),
        Example(("2.5",), 2, "rounded, halves to the even number", named={"mode": "round"}),
        Example((None,), None),
        Example(("1.5",), REJECTED),
        Example(("",), REJECTED),
        Example((" 1",), REJECTED, "TRIM takes spaces away"),
        Example(("1e3",), REJECTED),
        Example(("१",), REJECTED, "digits are 0 to 9"),
        Example(("9223372036854775808",), REJECTED),
        Example((0.5,), REJECTED),
    ],
)
def to_int(value: str | int | Decimal | float | bool, mode: Constant[str] = "exact") -> int:
    """Read a whole number. With the mode `round` (or `half_up`) a fraction is rounded; else it rejects the row."""
    if isinstance(value, str):
        if value.isdecimal() and value.isascii():
            return int(value)
        if not re.fullmatch(r"[+-]?[0-9]+([.]0+)?", value):
            raise ValueError
        return int(value.partition(".")[0])
    if value != math.floor(value):
        raise ValueError
    return int(value)


def _decimal(arguments: Arguments) -> Type:
    precision, scale = constant_of(arguments, "precision"), constant_of(arguments, "scale")
    if not 0 < precision <= 38 or not 0 <= scale <= precision:
        problem = f"there is no decimal({precision},{scale})"
        raise LeafError("bad_constant", problem, "give up to 38 digits, scale of them behind the point")
    return DecimalType(precision, scale)


def _fits(number: str) -> str:
    return f"({number} = TRUNC({number}, {{scale}}) AND PG_INPUT_IS_VALID(CAST({number} AS TEXT), '{{type}}'))"


_READ: Final = (
    "CASE WHEN REGEXP_FULL_MATCH({value}, '[+-]?[0-9]+([.][0-9]{{0,' || {scale} || '}}0*)?') "
    "THEN TRY_CAST({value} AS {type}) END"
)
_READ_SPARK: Final = (
    "CASE WHEN {value} RLIKE CONCAT('^[+-]?[0-9]+([.][0-9]{{0,', {scale}, '}}0*)?$') "
    "THEN TRY_CAST({value} AS {type}) END"
)
_POSTGRES_TEXT: Final = "CAST(CASE WHEN {value} ~ '^[+-]?[0-9]+([.][0-9]*)?$' THEN {value} END AS NUMERIC)"


def _through(number: str, made: str) -> Spelling:
    return Spelling(f"CASE WHEN {_fits(number)} THEN CAST({number} AS {{type}}) END", fails=made)


@operation(
    sql={
        "text": Sql(
            _READ,
            fails=f"{_READ} IS NULL",
            spelled={
                "postgres": _through(_POSTGRES_TEXT, f"({_fits(_POSTGRES_TEXT)}) IS NOT TRUE"),
                "spark": Spelling(_READ_SPARK, fails=f"{_READ_SPARK} IS NULL"),
            },
        ),
        "float": Sql(
            "TRY_CAST(CAST({value} AS VARCHAR) AS {type})",
            fails="TRY_CAST(CAST({value} AS VARCHAR) AS {type}) IS NULL "
            "OR CAST(TRY_CAST(CAST({value} AS VARCHAR) AS {type}) AS DOUBLE) <> {value}",
            spelled={
                "postgres": _through(
                    "CAST(CAST({value} AS TEXT) AS NUMERIC)", f"NOT {_fits('CAST(CAST({value} AS TEXT) AS NUMERIC)')}"
                ),
                "spark": Spelling(
                    "TRY_CAST({value} AS {type})",
                    fails="TRY_CAST({value} AS {type}) IS NULL "
                    "OR CAST(TRY_CAST({value} AS {type}) AS DOUBLE) <> {value}",
                ),
            },
        ),
        "*": Sql(
            "TRY_CAST({value} AS {type})",
            fails="TRY_CAST({value} AS {type}) IS NULL OR TRY_CAST({value} AS {type}) <> {value}",
            spelled={
                "postgres": _through("{value}", f"NOT {_fits('{value}')}"),
                "spark": Spelling(
                    "TRY_CAST({value} AS {type})",
                    fails="TRY_CAST({value} AS {type}) IS NULL OR TRY_CAST({value} AS {type}) <> {value}",
                ),
            },
        ),
    },
    ballerina={
        "text": "decimalOf({value})",
        "integer": "<decimal>{value}",
        "decimal": "{value}",
        "float": "decimalOf({value}.toFixedString(()))",
    },
    rejects="is not a number with so many digits",
    result=_decimal,
    examples=[
        Example(("12.5", 10, 2), Decimal("12.50")),
        Example(("12.500", 10, 2), Decimal("12.50"), "zeros at the end are no digits"),
        Example((3, 10, 2), Decimal("3.00")),
        Example((0.1, 10, 2), Decimal("0.10"), "a float as it is written"),
        Example((Decimal("1.5"), 10, 2), Decimal("1.50")),
        Example((None, 10, 2), None),
        Example(("12.555", 10, 2), REJECTED, "ROUND takes digits away"),
        Example(("", 10, 2), REJECTED),
        Example(("1,5", 10, 2), REJECTED),
        Example(("123456789", 10, 2), REJECTED),
        Example(("٣", 10, 2), REJECTED),
        Example((0.125, 10, 2), REJECTED),
    ],
)
def to_decimal(value: str | int | Decimal | float, precision: Constant[int] = 38, scale: Constant[int] = 9) -> Decimal:
    """Read an exact decimal of up to `precision` digits, `scale` of them behind the point."""
    if isinstance(value, str) and not re.fullmatch(r"[+-]?[0-9]+([.][0-9]*)?", value):
        raise ValueError
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    with localcontext(prec=1000):
        fitted = exact.quantize(Decimal(1).scaleb(-scale))
    if fitted != exact or abs(fitted) >= Decimal(10) ** (precision - scale):
        raise ValueError
    return fitted


@operation(
    sql={
        "text": _read(_DOUBLE, "{value}", "DOUBLE"),
        "*": Sql("CAST({value} AS DOUBLE)", translated=_ALL),
    },
    python={"float": "{value}", "integer": "float({value})", "decimal": "float({value})"},
    jsonata={
        "text": Spelling(
            '$number($replace({value}, /^[+]/, ""))',
            fails=f"$not($contains({{value}}, /{_DOUBLE}/)) or $contains({{value}}, /^[+-]?0*[1-9][0-9]{{{{308}}}}/) "
            "or $contains({value}, /[eE][+]?0*(30[89]|3[1-9][0-9]|[4-9][0-9][0-9]|[1-9][0-9][0-9][0-9])/)",
        ),
        "*": "{value}",
    },
    ballerina={"text": "floatOf({value})", "float": "{value}", "*": "<float>{value}"},
    rejects="is not a number, or too large for a float",
    examples=[
        Example(("1.5",), 1.5),
        Example(("-2e3",), -2000.0),
        Example((3,), 3.0),
        Example((Decimal("0.10"),), 0.1),
        Example((None,), None),
        Example(("",), REJECTED),
        Example(("NaN",), REJECTED),
        Example(("1e999",), REJECTED),
        Example(("１",), REJECTED),
    ],
)
def to_float(value: str | int | Decimal | float) -> float:
    """Read a binary floating point number of 64 bits; the nearest one."""
    if isinstance(value, str) and not re.fullmatch(r"[+-]?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?", value):
        raise ValueError
    number = float(value)
    if not math.isfinite(number):
        raise ValueError
    return number
