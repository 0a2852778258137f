"""lang.string, from the comments of the module (section 11)."""

from typing import Any, Final

from tests.conformance.ballerina.library import constants, lang
from tests.conformance.ballerina.values import (
    BallerinaPanic,
    ErrorValue,
    IllTyped,
)

# lang.string: positions and lengths count code points; only ASCII letters have a case here.

ASCII_SPACE: Final = "\t\n\x0b\x0c\r "
_UPPER: Final = {code: code - 32 for code in range(ord("a"), ord("z") + 1)}
_LOWER: Final = {code + 0: code + 32 for code in range(ord("A"), ord("Z") + 1)}

constants(
    "string",
    "string",
    length=len,
    toUpperAscii=lambda value: value.translate(_UPPER),
    toLowerAscii=lambda value: value.translate(_LOWER),
    trim=lambda value: value.strip(ASCII_SPACE),
    toCodePointInts=lambda value: [ord(each) for each in value],
    toCodePointInt=lambda value: ord(value) if len(value) == 1 else _ill("toCodePointInt takes one character"),
    toBytes=lambda value: list(value.encode()),
)
constants(
    "string",
    "string string",
    startsWith=str.startswith,
    endsWith=str.endswith,
    codePointCompare=lambda one, other: (one > other) - (one < other),
    equalsIgnoreCaseAscii=lambda one, other: one.translate(_LOWER) == other.translate(_LOWER),
)
lang("string", "concat", "string*")(lambda *values: "".join(values))
lang("string", "join", "string string*")(lambda separator, *values: separator.join(values))


def _ill(message: str) -> Any:
    raise IllTyped(message)


@lang("string", "substring", "string int int?")
def _substring(value: str, start: int, end: int | None = None) -> str:
    end = len(value) if end is None else end
    if not 0 <= start <= end <= len(value):
        raise BallerinaPanic("{ballerina/lang.string}StringOperationError")
    return value[start:end]


@lang("string", "indexOf", "string string int?")
def _index_of(value: str, part: str, start: int = 0) -> int | None:
    found = value.find(part, start)
    return None if found < 0 else found


@lang("string", "lastIndexOf", "string string int?")
def _last_index_of(value: str, part: str, start: int | None = None) -> int | None:
    found = value.rfind(part, 0, None if start is None else start + len(part))
    return None if found < 0 else found


lang("string", "includes", "string string int?")(lambda value, part, start=0: value.find(part, start) >= 0)


@lang("string", "getCodePoint", "string int")
def _code_point(value: str, index: int) -> int:
    if not 0 <= index < len(value):
        raise BallerinaPanic("{ballerina/lang.string}IndexOutOfRange")
    return ord(value[index])


@lang("string", "fromCodePointInts", "list")
def _from_code_points(values: list[int]) -> Any:
    if all(0 <= each <= 0x10FFFF and not 0xD800 <= each <= 0xDFFF for each in values):
        return "".join(map(chr, values))
    return ErrorValue("Invalid code point")


@lang("string", "padStart", "string int string?")
def _pad_start(value: str, length: int, fill: str = " ") -> str:
    return value.rjust(length, fill)


@lang("string", "padEnd", "string int string?")
def _pad_end(value: str, length: int, fill: str = " ") -> str:
    return value.ljust(length, fill)


@lang("string", "padZero", "string int string?")
def _pad_zero(value: str, length: int, fill: str = "0") -> str:
    sign = value[:1] if value[:1] in {"+", "-"} else ""
    return sign + value[len(sign) :].rjust(length - len(sign), fill)
