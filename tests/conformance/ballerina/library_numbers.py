"""lang.int, lang.float, lang.decimal and lang.boolean, from the comments of the modules (section 11)."""

import math
import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Any, Final

from tests.conformance.ballerina.library import constants, lang
from tests.conformance.ballerina.values import (
    DECIMAL128,
    INT_MAX,
    INT_MIN,
    ErrorValue,
    as_decimal,
    as_int,
)

# lang.int, lang.float, lang.decimal, lang.boolean

constants("int", "int", abs=lambda value: as_int(abs(value)), toHexString=lambda value: format(value, "x"))
constants("float", "float", abs=abs, isNaN=math.isnan, isFinite=math.isfinite, isInfinite=math.isinf)
constants("float", "float", floor=lambda value: float(math.floor(value)), ceiling=lambda value: float(math.ceil(value)))
constants(
    "decimal",
    "decimal",
    abs=abs,
    floor=lambda value: as_decimal(value.to_integral_value(ROUND_FLOOR)),
    ceiling=lambda value: as_decimal(value.to_integral_value(ROUND_CEILING)),
)
constants("int", "int int*", max=max, min=min)
constants("decimal", "decimal decimal*", max=max, min=min)
lang("int", "sum", "int*")(lambda *values: as_int(_running(values)))
lang("decimal", "sum", "decimal*")(lambda *values: _sum_exact(values))
lang("float", "sum", "float*")(lambda *values: sum(values, 0.0))
lang("float", "max", "float*")(lambda *values: max(values, default=-math.inf))
lang("float", "min", "float*")(lambda *values: min(values, default=math.inf))


def _running(values: tuple[int, ...]) -> int:
    total = 0
    for each in values:
        total = as_int(total + each)
    return total


def _sum_exact(values: tuple[Decimal, ...]) -> Decimal:
    total = Decimal(0)
    for each in values:
        total = DECIMAL128.add(total, each)
    return as_decimal(total)


@lang("decimal", "round", "decimal int?")
def _round_decimal(value: Decimal, digits: int = 0) -> Decimal:
    """Half to even; the result has the exponent `-fractionDigits`, if it has room for so many digits."""
    quantum = Decimal(1).scaleb(-digits)
    if value.adjusted() + digits >= DECIMAL128.prec:
        return value
    return as_decimal(value.quantize(quantum, ROUND_HALF_EVEN, DECIMAL128))


@lang("float", "round", "float int?")
def _round_float(value: float, digits: int = 0) -> float:
    if not math.isfinite(value) or value == 0:
        return value
    return float(Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN))


@lang("float", "toFixedString", "float any")
def _to_fixed(value: float, digits: int | None) -> str:
    if digits is None:
        text = format(Decimal(repr(value)), "f")
        return text if "." in text else f"{text}.0"
    return format(Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN), "f")


_FLOATING: Final = re.compile(r"[+-]?(?:(?:0|[1-9][0-9]*)?\.[0-9]+|(?:0|[1-9][0-9]*))(?:[eE][+-]?[0-9]+)?", re.ASCII)


@lang("int", "fromString", "string")
def _int_from(text: str) -> Any:
    if re.fullmatch(r"[+-]?[0-9]+", text, re.ASCII) and INT_MIN <= int(text) <= INT_MAX:
        return int(text)
    return ErrorValue("{ballerina/lang.int}NumberParsingError")


@lang("decimal", "fromString", "string")
def _decimal_from(text: str) -> Any:
    if _FLOATING.fullmatch(text):
        return as_decimal(Decimal(text))
    return ErrorValue("{ballerina/lang.decimal}NumberParsingError")


@lang("float", "fromString", "string")
def _float_from(text: str) -> Any:
    if _FLOATING.fullmatch(text) or re.fullmatch("NaN|[+-]?Infinity", text):
        return float(text)
    return ErrorValue("{ballerina/lang.float}NumberParsingError")


@lang("boolean", "fromString", "string")
def _boolean_from(text: str) -> Any:
    known = {"true": True, "1": True, "false": False, "0": False}
    return known.get(text.lower(), ErrorValue("{ballerina/lang.boolean}BooleanParsingError"))
