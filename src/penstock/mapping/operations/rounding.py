"""Rounding, and numbers in another unit."""

import math
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from penstock.mapping.arguments import constant_of, one_of, type_of
from penstock.mapping.check.problem import LeafError
from penstock.mapping.model import Argument, Call, Expression
from penstock.mapping.model import Constant as FixedValue
from penstock.mapping.operation import REJECTED, Constant, Example, N, Spelling, Sql, operation
from penstock.mapping.typed import Arguments
from penstock.schema import Decimal as DecimalType
from penstock.schema import Type

_ALL: Final = ("postgres", "spark", "snowflake", "bigquery")


def _whole(arguments: Arguments) -> Type:
    type_ = type_of(arguments)
    return DecimalType(type_.precision - type_.scale + 1, 0) if isinstance(type_, DecimalType) else type_


def _toward(name: str) -> dict[str, Sql]:
    return {
        "integer": Sql("{value}", translated=_ALL),
        "*": Sql(f"{name}({{value}})", translated=("postgres", "spark", "snowflake", "bigquery")),
    }


@operation(
    sql={
        "integer": Sql(
            "TRY(ABS(CAST({value} AS HUGEINT))::BIGINT)",
            fails="{value} = -9223372036854775808",
            spelled={
                "postgres": Spelling(
                    "CASE WHEN {value} <> -9223372036854775808 THEN ABS({value}) END",
                    fails="{value} = -9223372036854775808",
                ),
                "spark": Spelling(
                    "CASE WHEN {value} <> -9223372036854775808 THEN ABS({value}) END",
                    fails="{value} = -9223372036854775808",
                ),
            },
        ),
        "*": Sql("ABS({value})", translated=_ALL),
    },
    jsonata="$abs({value})",
    ballerina="{value}.abs()",
    rejects="has no positive number of 64 bits",
    aliases=("ABSOLUTE",),
    examples=[
        Example((-3,), 3),
        Example((Decimal("-1.50"),), Decimal("1.50")),
        Example((-0.5,), 0.5),
        Example((0,), 0),
        Example((None,), None),
        Example((-9223372036854775808,), REJECTED),
    ],
)
def abs_(value: N) -> N:
    """Take a number without its sign."""
    return abs(value)


@operation(
    sql=_toward("FLOOR"),
    jsonata="$floor({value})",
    ballerina={"integer": "{value}", "*": "{value}.floor()"},
    result=_whole,
    examples=[
        Example((Decimal("1.70"),), Decimal(1)),
        Example((Decimal("-1.2"),), Decimal(-2)),
        Example((-1.5,), -2.0),
        Example((3,), 3),
        Example((None,), None),
    ],
)
def floor(value: N) -> N:
    """Give the next whole number that is not larger; its kind of number stays."""
    return value if isinstance(value, int) else type(value)(math.floor(value))


@operation(
    sql=_toward("CEIL"),
    jsonata="$ceil({value})",
    ballerina={"integer": "{value}", "*": "{value}.ceiling()"},
    result=_whole,
    examples=[
        Example((Decimal("1.20"),), Decimal(2)),
        Example((Decimal("-1.7"),), Decimal(-1)),
        Example((1.5,), 2.0),
        Example((3,), 3),
        Example((None,), None),
    ],
)
def ceil(value: N) -> N:
    """Give the next whole number that is not smaller; its kind of number stays."""
    return value if isinstance(value, int) else type(value)(math.ceil(value))


def _rounded(arguments: Arguments) -> Type:
    type_, scale = type_of(arguments), constant_of(arguments, "scale")
    one_of(arguments, "mode", ("half_even", "half_up"))
    if not 0 <= scale <= _MOST_DIGITS:
        raise LeafError("bad_constant", f"ROUND cannot keep {scale} digits", f"give 0 to {_MOST_DIGITS}")
    if not isinstance(type_, DecimalType) or scale >= type_.scale:
        return type_
    return DecimalType(min(38, type_.precision - type_.scale + scale + 1), scale)


_MOST_DIGITS: Final = 15

_HALF_EVEN: Final = (
    "CASE WHEN {mode} = 'half_even' AND ABS({number} - TRUNC({number}, {scale})) = {scale:half_tenth_power} "
    "AND MOD(TRUNC({number}, {scale}) * {scale:power_of_ten}, 2) = 0 "
    "THEN TRUNC({number}, {scale}) ELSE ROUND({number}, {scale}) END"
)


def _duckdb(number: str) -> str:
    return f"CASE WHEN {{mode}} = 'half_up' THEN ROUND({number}, {{scale}}) ELSE ROUND_EVEN({number}, {{scale}}) END"


_DIGITS: Final = "TRY_CAST(CAST({value} AS VARCHAR) AS DECIMAL(38, 22))"
_SPARK: Final = "CASE WHEN {mode} = 'half_up' THEN ROUND({value}, {scale}) ELSE BROUND({value}, {scale}) END"


@operation(
    sql={
        "integer": Sql("{value}", translated=_ALL),
        "decimal": Sql(
            f"CAST({_duckdb('{value}')} AS {{type}})",
            spelled={
                "postgres": f"CAST({_HALF_EVEN.replace('{number}', '{value}')} AS {{type}})",
                "spark": f"CAST({_SPARK} AS {{type}})",
            },
        ),
        "float": Sql(
            f"COALESCE(CAST({_duckdb(_DIGITS)} AS DOUBLE), {{value}})",
            spelled={
                "postgres": "CAST("
                + _HALF_EVEN.replace("{number}", "CAST(CAST({value} AS TEXT) AS NUMERIC)")
                + " AS DOUBLE PRECISION)",
                "spark": _SPARK,
            },
        ),
    },
    jsonata={
        "integer": "{value}",
        "*": "({mode} = 'half_up' ? ({value} < 0 ? -1 : 1) * $floor($abs({value}) * {scale:power_of_ten} + 0.5) "
        "/ {scale:power_of_ten} : $round({value}, {scale}))",
    },
    ballerina={
        "integer": "{value}",
        "decimal": "{mode:rounding}({value}, {scale}, {scale:half_tenth_power})",
        "float": "{mode:rounding_of_floats}({value}, {scale}, {scale:half_tenth_power})",
    },
    result=_rounded,
    examples=[
        Example((Decimal("2.665"), 2), Decimal("2.66"), "halves go to the even digit"),
        Example((Decimal("2.665"), 2, "half_up"), Decimal("2.67")),
        Example((Decimal("-2.5"),), Decimal(-2)),
        Example((Decimal("-2.5"), 0, "half_up"), Decimal(-3)),
        Example((2.675, 2), 2.68, "a float is rounded as it is written"),
        Example((1e300, 2), 1e300),
        Example((3, 2), 3),
        Example((None, 2), None),
    ],
)
def round_(value: N, scale: Constant[int] = 0, mode: Constant[str] = "half_even") -> N:
    """Round to some digits behind the point; halves to the even digit, or with `half_up` away from zero."""
    if isinstance(value, int):
        return value
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    exponent = exact.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -scale:
        return value
    rounding = ROUND_HALF_UP if mode == "half_up" else ROUND_HALF_EVEN
    return type(value)(exact.quantize(Decimal(1).scaleb(-scale), rounding=rounding))


def _as_product(call: Call) -> Expression | None:
    given = {each.name or ("value", "factor", "offset")[place]: each.value for place, each in enumerate(call.arguments)}
    if "value" not in given or "factor" not in given:
        return None
    product = Call("MULTIPLY", (Argument(given["value"]), Argument(given["factor"])))
    return Call("ADD", (Argument(product), Argument(given["offset"]))) if "offset" in given else product


def _scaled_back(call: Call) -> Call | None:
    """The scale the other way; None where its factor has no end as a decimal."""
    if not all(isinstance(each.value, FixedValue) for each in call.arguments[1:]):
        return None
    numbers = [Fraction(str(each.value.value)) for each in call.arguments[1:] if isinstance(each.value, FixedValue)]
    factor, offset = numbers[0], numbers[1] if len(numbers) > 1 else Fraction(0)
    if not factor:
        return None
    back = [_as_decimal(1 / factor), _as_decimal(-offset / factor)]
    if None in back:
        return None
    arguments = [Argument(FixedValue(each)) for each in back if each]
    return Call("SCALE", (call.arguments[0], *arguments))


def _as_decimal(number: Fraction) -> Decimal | None:
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact if Fraction(exact) == number else None


@operation(
    rewrite=_as_product,
    inverse=_scaled_back,
    examples=[
        Example((1250, Decimal("0.01")), Decimal("12.50"), "cents as units"),
        Example((Decimal("20.5"), Decimal("1.8"), 32), Decimal("68.90"), "Celsius as Fahrenheit"),
        Example((2.5, 1000), 2500.0),
        Example((0, 3), 0),
        Example((None, 3), None),
    ],
)
def scale(value: N, factor: Constant[N], offset: Constant[N] = 0) -> N:  # type: ignore[assignment]  # a whole zero
    """Bring a number to another unit: multiply it by a factor, then add an offset."""
    return value * factor + offset
