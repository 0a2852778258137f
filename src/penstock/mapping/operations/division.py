"""Division and what remains of it. Dividing by zero rejects the row."""

import math
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Final

from penstock.mapping.arguments import constant_of, type_of
from penstock.mapping.check.problem import LeafError
from penstock.mapping.operation import REJECTED, Constant, Example, N, Spelling, Sql, operation
from penstock.mapping.typed import Arguments
from penstock.schema import Decimal as DecimalType
from penstock.schema import Float, Type


def _quotient(arguments: Arguments) -> Type:
    type_, scale = type_of(arguments), constant_of(arguments, "scale")
    if isinstance(type_, Float):
        return Float()
    digits = scale + (type_.scale if isinstance(type_, DecimalType) else 0)
    if scale < 0 or digits > _MOST_DIGITS:
        problem = "DIVIDE gives up to 18 digits behind the point, less those that its arguments have"
        raise LeafError("argument_type", problem, f"the scale can be {max(0, _MOST_DIGITS - digits + scale)} here")
    return DecimalType(20 + scale, scale)


def _rounded(quotient: str, remainder: str, divisor: str, unit: str) -> str:
    """A quotient that was cut off, rounded by what remains: halves to the even digit."""
    rest = f"ABS({divisor}) - ABS({remainder})"
    up = f"ABS({remainder}) > {rest} OR (ABS({remainder}) = {rest} AND ({quotient}) % 2 <> 0)"
    return f"(({quotient}) + CASE WHEN {up} THEN SIGN({{value}}) * SIGN({{other}}) ELSE 0 END) * {unit}"


_TENTH: Final = "{scale:tenth_power}"


def _huge(unscaled: str) -> tuple[str, str]:
    """DuckDB's spelling, on integers of 128 bits."""
    dividend, divisor = f"({unscaled.format('{value}')} * {{scale:power_of_ten}})", unscaled.format("{other}")
    known = f"NULLIF({divisor}, 0)"  # TRY does not reach what DuckDB works out once for several places
    whole = _rounded(f"{dividend} // {known}", f"({dividend} % {known})", divisor, "1")
    value = f"TRY_CAST(TRY(CAST({whole} AS DECIMAL(38, 0)) * {_TENTH}) AS {{type}})"
    return value, f"{value} IS NULL"


def _postgres() -> Spelling:
    dividend = "(CAST({value} AS NUMERIC) * {scale:power_of_ten})"
    divisor = "CAST({other} AS NUMERIC)"
    value = _rounded(f"DIV({dividend}, {divisor})", f"MOD({dividend}, {divisor})", divisor, _TENTH)
    value = value.replace("SIGN({value}) * SIGN({other})", f"SIGN(CAST({{value}} AS NUMERIC)) * SIGN({divisor})")
    fits = f"PG_INPUT_IS_VALID(CAST({value} AS TEXT), '{{type}}')"
    return Spelling(
        f"CASE WHEN {{other}} <> 0 THEN CASE WHEN {fits} THEN CAST({value} AS {{type}}) END END",
        fails=f"{{other}} = 0 OR NOT CASE WHEN {{other}} <> 0 THEN {fits} END",
    )


def _spark(value: str, other: str) -> Spelling:
    """In two steps, whole part and fraction, because a quotient has 20 digits before the point at most."""
    rest = f"TRY_MOD({value}, {other})"
    scaled = f"TRY_MULTIPLY({rest}, CAST({{scale:power_of_ten}} AS DECIMAL(19, 0)))"
    last = f"TRY_MOD({scaled}, {other})"
    whole = f"TRY_DIVIDE({value} - {rest}, {other})"
    fraction = _rounded(f"TRY_DIVIDE({scaled} - {last}, {other})", last, other, "1")
    sum_ = f"TRY_ADD(CAST({whole} AS {{type}}), TRY_CAST({fraction} AS DECIMAL(20, 0)) * {_TENTH})"
    made = f"TRY_CAST({sum_} AS {{type}})"
    return Spelling(made, fails=f"{made} IS NULL")


_INTEGERS: Final = {
    "postgres": _postgres(),
    "spark": _spark("CAST({value} AS DECIMAL(19, 0))", "CAST({other} AS DECIMAL(19, 0))"),
}
_DECIMALS: Final = {"postgres": _postgres(), "spark": _spark("{value}", "{other}")}
_IN_RANGE: Final = (
    "({value} = 0 OR LN(ABS(NULLIF({value}, 0))) - LN(ABS(NULLIF({other}, 0))) BETWEEN -744.4 AND 709.78)"
)
_MOST_DIGITS: Final = 18
"""Behind the point of a quotient: engines have 38 digits, and 20 of them stand before it."""


@operation(
    sql={
        "integer": Sql(*_huge("CAST({} AS HUGEINT)"), spelled=_INTEGERS),
        "decimal": Sql(*_huge("CAST(REPLACE(CAST({} AS VARCHAR), '.', '') AS HUGEINT)"), spelled=_DECIMALS),
        "float": Sql(
            "TRY({value} / {other})",
            fails="TRY({value} / {other}) IS NULL OR NOT ISFINITE(TRY({value} / {other}))",
            spelled={
                "postgres": Spelling(
                    f"CASE WHEN {{other}} <> 0 AND {_IN_RANGE} THEN {{value}} / {{other}} END",
                    fails=f"{{other}} = 0 OR NOT {_IN_RANGE}",
                ),
                "spark": Spelling(
                    "TRY_DIVIDE({value}, {other})",
                    fails="TRY_DIVIDE({value}, {other}) IS NULL "
                    "OR ABS(TRY_DIVIDE({value}, {other})) = DOUBLE('Infinity')",
                ),
            },
        ),
    },
    jsonata={
        "float": Spelling("({value} / {other})", fails="{other} = 0"),
        "*": Spelling("$round({value} / {other}, {scale})", fails="{other} = 0"),
    },
    ballerina={
        "integer": "(<decimal>{value} / <decimal>{other}).round({scale})",
        "decimal": "({value} / {other}).round({scale})",
        "float": "{value} / {other}",
    },
    rejects="cannot be divided: by zero, or the result is too large",
    aliases=("DIVISION",),
    result=_quotient,
    examples=[
        Example((1, 3), Decimal("0.333333333")),
        Example((4294967296, 3), Decimal("1431655765.333333333")),
        Example((2, 3, 2), Decimal("0.67")),
        Example((1, 8, 2), Decimal("0.12"), "halves go to the even digit"),
        Example((-3, 8, 2), Decimal("-0.38")),
        Example((Decimal("7.50"), Decimal("2.5"), 4), Decimal("3.0000")),
        Example((1.0, 4), 0.25, "floats are not rounded"),
        Example((None, 3), None),
        Example((1, 0), REJECTED),
        Example((1.5, 0.0), REJECTED),
    ],
)
def divide(value: N, other: N, scale: Constant[int] = 9) -> Decimal | float:
    """Divide a number.

    Of integers and decimals the result is a decimal with `scale` digits, halves to the even digit.
    """
    if isinstance(value, float) or isinstance(other, float):
        return value / other
    with localcontext(prec=120):
        return (Decimal(value) / Decimal(other)).quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_EVEN)


@operation(
    sql={
        "float": Sql(
            "TRY({value} % {other})",
            fails="TRY({value} % {other}) IS NULL OR ISNAN(TRY({value} % {other}))",
            spelled={
                "spark": Spelling(
                    "CASE WHEN {other} <> 0 THEN {value} % {other} END",
                    fails="{other} = 0",
                ),
            },
        ),
        "*": Sql(
            "CASE WHEN {other} <> -1 THEN TRY({value} % {other}) ELSE {value} - {value} END",
            fails="{other} = 0",
            spelled={
                "postgres": Spelling("CASE WHEN {other} <> 0 THEN {value} % {other} END", fails="{other} = 0"),
                "spark": Spelling("TRY_MOD({value}, {other})", fails="{other} = 0"),
            },
        ),
    },
    jsonata=Spelling("({value} % {other})", fails="{other} = 0"),
    ballerina="{value} % {other}",
    rejects="cannot be divided by zero",
    aliases=("MODULAR",),
    examples=[
        Example((7, 3), 1),
        Example((-7, 3), -1, "it has the sign of the first number"),
        Example((Decimal("7.50"), Decimal("2.00")), Decimal("1.50")),
        Example((5.5, 2), 1.5),
        Example((None, 3), None),
        Example((1, 0), REJECTED),
    ],
)
def modulo(value: N, other: N) -> N:
    """Give what remains when one number is divided by another."""
    if isinstance(value, float):
        return math.fmod(value, other)  # type: ignore[return-value]  # both are floats
    rest = abs(value) % abs(other)
    return -rest if value < 0 else rest
