"""lang.error and lang.value, from the comments of the modules (section 11)."""

import json
from decimal import Decimal
from typing import Any

from tests.conformance.ballerina.library import lang
from tests.conformance.ballerina.values import (
    INT_MAX,
    INT_MIN,
    ErrorValue,
    IllTyped,
    UnsupportedSyntax,
    as_decimal,
    decimal_text,
    direct_text,
    kind,
)

# lang.error and lang.value

lang("error", "message", "error")(lambda error: error.message)
lang("error", "detail", "error")(lambda error: error.detail)
lang("value", "toString", "any")(direct_text)


def copied(value: Any) -> Any:
    """toJson: a deep copy; numbers stay what they are."""
    if isinstance(value, list):
        return [copied(each) for each in value]
    if isinstance(value, dict):
        return {key: copied(each) for key, each in value.items()}
    if isinstance(value, ErrorValue) or kind(value) == "function":
        raise IllTyped(f"toJson() of {kind(value)}")
    return value


lang("value", "clone", "any")(copied)
lang("value", "toJson", "any")(copied)


@lang("value", "toJsonString", "any")
def to_json_text(value: Any) -> str:  # noqa: PLR0911  # one case for each basic type
    """JSON, with `, ` and `:` as the implementation writes them left open: the text must be parsed to be compared."""
    match value:
        case None:
            return "null"
        case bool() | int():
            return direct_text(value)
        case Decimal():
            return decimal_text(value)
        case float():
            return direct_text(value)
        case str():
            return json.dumps(value, ensure_ascii=False)
        case list():
            return f"[{', '.join(map(to_json_text, value))}]"
        case dict():
            return (
                f"{{{', '.join(f'{json.dumps(k, ensure_ascii=False)}:{to_json_text(v)}' for k, v in value.items())}}}"
            )
    raise UnsupportedSyntax(f"toJsonString() of {kind(value)}")


@lang("value", "fromJsonString", "string")
def _from_json(text: str) -> Any:
    try:
        return _numbers(json.loads(text, parse_float=Decimal, parse_constant=_no_constant))
    except (ValueError, RecursionError):
        return ErrorValue("{ballerina/lang.value}FromJsonStringError")


def _no_constant(word: str) -> Any:
    raise ValueError(word)


def _numbers(value: Any) -> Any:
    """An integer that an int does not hold is a decimal; minus zero is a float."""
    if isinstance(value, list):
        return [_numbers(each) for each in value]
    if isinstance(value, dict):
        return {key: _numbers(each) for key, each in value.items()}
    if type(value) is int and not INT_MIN <= value <= INT_MAX:
        return as_decimal(Decimal(value))
    if isinstance(value, Decimal):
        return -0.0 if not value and value.is_signed() else as_decimal(value)
    return value
