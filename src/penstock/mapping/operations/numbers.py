"""Sums and products. Integers have 64 bits, decimals up to 38 digits, floats are finite; all else rejects the row.

Where an integer meets a decimal the result is a decimal, where anything meets a float it is a float.
"""

from decimal import Decimal
from typing import Final

from penstock.mapping.arguments import type_of
from penstock.mapping.model import Argument, Call, Expression
from penstock.mapping.operation import REJECTED, Example, N, Spelling, Sql, operation
from penstock.mapping.typed import Arguments, Widen
from penstock.schema import Decimal as DecimalType
from penstock.schema import Float, Integer, Type

_TOO_LARGE: Final = "has a result that is too large"


def _sum(arguments: Arguments) -> Type:
    type_ = type_of(arguments)
    if isinstance(type_, DecimalType):
        return DecimalType(min(38, type_.precision + 1), type_.scale)
    return Integer() if isinstance(type_, Integer) else Float()


def _product(arguments: Arguments) -> Type:
    one, other = _as_given(arguments, "value"), _as_given(arguments, "other")
    if isinstance(one, Float) or isinstance(other, Float):
        return Float()
    if isinstance(one, Integer) and isinstance(other, Integer):
        return Integer()
    (p1, s1), (p2, s2) = _digits(one), _digits(other)
    return DecimalType(min(38, p1 + p2), min(38, s1 + s2))


def _as_given(arguments: Arguments, name: str) -> Type:
    """An argument's type before it was widened: an integer adds no digits behind the point."""
    value = arguments[name]
    return value.value.type if isinstance(value, Widen) else type_of(arguments, name)


def _digits(type_: Type) -> tuple[int, int]:
    return (type_.precision, type_.scale) if isinstance(type_, DecimalType) else (19, 0)


def _folded(call: Call) -> Expression | None:
    """Three and more arguments as calls of two, from left to right."""
    first, second, *rest = call.arguments if len(call.arguments) > 1 else (None, None)
    if first is None or second is None or not rest or any(each.name for each in call.arguments):
        return None
    folded = Call(call.operation, (first, second))
    for each in rest:
        folded = Call(call.operation, (Argument(folded), each))
    return folded


def _sign(sign: str) -> dict[str, Sql]:
    """Spellings of addition or subtraction."""
    plain = f"{{value}} {sign} {{other}}"
    whole = f"CAST({{value}} AS NUMERIC) {sign} {{other}}"
    half = f"ABS({{value}} / 2 {sign} {{other}} / 2) <= 8.988465674311579e307"
    tried = {"+": "TRY_ADD", "-": "TRY_SUBTRACT"}[sign] + "({value}, {other})"
    return {
        "integer": Sql(
            f"TRY({plain})",
            fails=f"TRY({plain}) IS NULL",
            spelled={
                "postgres": Spelling(
                    f"CASE WHEN {whole} BETWEEN -9223372036854775808 AND 9223372036854775807 "
                    f"THEN CAST({whole} AS BIGINT) END",
                    fails=f"{whole} NOT BETWEEN -9223372036854775808 AND 9223372036854775807",
                ),
                "spark": Spelling(tried, fails=f"{tried} IS NULL"),
            },
        ),
        "decimal": Sql(
            f"TRY_CAST(TRY({plain}) AS {{type}})",
            fails=f"TRY_CAST(TRY({plain}) AS {{type}}) IS NULL",
            spelled={
                "postgres": Spelling(
                    f"CASE WHEN PG_INPUT_IS_VALID(CAST({plain} AS TEXT), '{{type}}') "
                    f"THEN CAST({plain} AS {{type}}) END",
                    fails=f"NOT PG_INPUT_IS_VALID(CAST({plain} AS TEXT), '{{type}}')",
                ),
                "spark": Spelling(f"TRY_CAST({tried} AS {{type}})", fails=f"TRY_CAST({tried} AS {{type}}) IS NULL"),
            },
        ),
        "float": Sql(
            plain,
            fails=f"NOT ISFINITE({plain})",
            spelled={
                "postgres": Spelling(f"CASE WHEN {half} THEN {plain} END", fails=f"NOT ({half})"),
                "spark": Spelling(plain, fails=f"ABS({plain}) = DOUBLE('Infinity') OR ISNAN({plain})"),
            },
        ),
    }


@operation(
    sql=_sign("+"),
    python="{value} + {other}",
    jsonata=Spelling("({value} + {other})", fails="$abs({value} + {other}) > 9007199254740991"),
    ballerina=Spelling("{value} + {other}"),
    rejects=_TOO_LARGE,
    aliases=("ADDITION",),
    rewrite=_folded,
    result=_sum,
    examples=[
        Example((1, 2), 3),
        Example((1, 2, -4), -1, "more than two are added from left to right"),
        Example((Decimal("0.10"), Decimal("0.20")), Decimal("0.30"), "decimals are exact"),
        Example(
            (Decimal("1.123456789"), Decimal("1.000000001")),
            Decimal("2.123456790"),
            types=("decimal(38,9)", "decimal(38,9)"),
        ),
        Example((1, Decimal("0.5")), Decimal("1.5"), "an integer and a decimal give a decimal"),
        Example((0.5, 1), 1.5, "a float makes a float"),
        Example((None, 1), None),
        Example((9223372036854775807, 1), REJECTED, "there is no such integer of 64 bits"),
        Example((1.7e308, 1.7e308), REJECTED, "there is no such float"),
        Example(
            (Decimal(10**38 - 1), Decimal(1)),
            REJECTED,
            "39 digits",
            types=("decimal(38,0)", "decimal(38,0)"),
        ),
    ],
)
def add(value: N, other: N) -> N:
    """Add two numbers or more."""
    return value + other


@operation(
    sql=_sign("-"),
    python="{value} - {other}",
    jsonata=Spelling("({value} - {other})", fails="$abs({value} - {other}) > 9007199254740991"),
    ballerina=Spelling("{value} - {other}"),
    rejects=_TOO_LARGE,
    aliases=("SUBTRACTION",),
    result=_sum,
    examples=[
        Example((1, 2), -1),
        Example((Decimal("0.3"), Decimal("0.10")), Decimal("0.20")),
        Example((2.5, 1), 1.5),
        Example((None, 1), None),
        Example((-9223372036854775808, 1), REJECTED),
    ],
)
def subtract(value: N, other: N) -> N:
    """Take the second number from the first."""
    return value - other


_PRODUCT: Final = "{value} * {other}"
_FITS: Final = (
    "({value} = 0 OR {other} = 0 "
    "OR LN(ABS(NULLIF({value}, 0))) + LN(ABS(NULLIF({other}, 0))) BETWEEN -744.4 AND 709.78)"
)


@operation(
    sql={
        "integer": Sql(
            f"TRY({_PRODUCT})",
            fails=f"TRY({_PRODUCT}) IS NULL",
            spelled={
                "postgres": Spelling(
                    f"CASE WHEN CAST({{value}} AS NUMERIC) * {{other}} BETWEEN -9223372036854775808 "
                    f"AND 9223372036854775807 THEN {_PRODUCT} END",
                    fails="CAST({value} AS NUMERIC) * {other} NOT BETWEEN -9223372036854775808 AND 9223372036854775807",
                ),
                "spark": Spelling("TRY_MULTIPLY({value}, {other})", fails="TRY_MULTIPLY({value}, {other}) IS NULL"),
            },
        ),
        "decimal": Sql(
            f"TRY_CAST(TRY({_PRODUCT}) AS {{type}})",
            fails=f"TRY_CAST(TRY({_PRODUCT}) AS {{type}}) IS NULL",
            spelled={
                "postgres": Spelling(
                    f"CASE WHEN PG_INPUT_IS_VALID(CAST({_PRODUCT} AS TEXT), '{{type}}') "
                    f"THEN CAST({_PRODUCT} AS {{type}}) END",
                    fails=f"NOT PG_INPUT_IS_VALID(CAST({_PRODUCT} AS TEXT), '{{type}}')",
                ),
                "spark": Spelling(
                    "TRY_CAST(TRY_MULTIPLY({value}, {other}) AS {type})",
                    fails="TRY_CAST(TRY_MULTIPLY({value}, {other}) AS {type}) IS NULL",
                ),
            },
        ),
        "float": Sql(
            _PRODUCT,
            fails=f"NOT ISFINITE({_PRODUCT})",
            spelled={
                "postgres": Spelling(f"CASE WHEN {_FITS} THEN {_PRODUCT} END", fails=f"NOT {_FITS}"),
                "spark": Spelling(_PRODUCT, fails=f"ABS({_PRODUCT}) = DOUBLE('Infinity')"),
            },
        ),
    },
    python="{value} * {other}",
    jsonata=Spelling("({value} * {other})", fails="$abs({value} * {other}) > 9007199254740991"),
    ballerina=Spelling("{value} * {other}"),
    rejects=_TOO_LARGE,
    aliases=("MULTIPLICATION",),
    rewrite=_folded,
    result=_product,
    examples=[
        Example((2, 3), 6),
        Example((2, 3, -4), -24, "more than two are multiplied from left to right"),
        Example((Decimal("12.50"), 3), Decimal("37.50"), "the digits behind the point add up"),
        Example((Decimal("0.1"), Decimal("0.2")), Decimal("0.02")),
        Example(
            (Decimal("1.123456789"), Decimal("1.000000001")),
            Decimal("1.123456790123456789"),
            types=("decimal(38,9)", "decimal(38,9)"),
        ),
        Example((0.5, 3), 1.5),
        Example((None, 3), None),
        Example((9223372036854775807, 2), REJECTED),
        Example((1e200, 1e200), REJECTED),
    ],
)
def multiply(value: N, other: N) -> N:
    """Multiply two numbers or more. Decimals stay exact."""
    return value * other
