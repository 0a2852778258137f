"""The lang library, as far as a mapper needs it, from the comments of the library's own modules (section 11)."""

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Any, Final

from tests.conformance.ballerina.values import (
    DECIMAL128,
    INT_MAX,
    INT_MIN,
    BallerinaPanic,
    ErrorValue,
    Function,
    IllTyped,
    UnsupportedSyntax,
    as_decimal,
    as_int,
    decimal_text,
    deep_equal,
    direct_text,
    kind,
    sort_key,
)


@dataclass(frozen=True)
class Entry:
    """One function of the library."""

    parameters: tuple[str, ...]
    """Basic types; `?` behind one that may be left out, `*` behind one for all that follow, `any` for every value."""
    function: Callable[..., Any]

    def call(self, name: str, arguments: list[Any]) -> Any:
        """The result; an argument of a wrong type is a fault of the program."""
        parameters = list(self.parameters)
        for position, value in enumerate(arguments):
            wanted = parameters[min(position, len(parameters) - 1)] if parameters else ""
            if position >= len(parameters) and not wanted.endswith("*"):
                raise IllTyped(f"{name} takes {len(parameters)} arguments, not {len(arguments)}")
            if wanted.rstrip("?*") not in {"any", kind(value)}:
                raise IllTyped(f"{name} takes {wanted} as argument {position + 1}, not {kind(value)}")
        if len(arguments) < sum(not each.endswith(("?", "*")) for each in parameters):
            raise IllTyped(f"{name} takes more than {len(arguments)} arguments")
        return self.function(*arguments)


LIBRARY: Final[dict[tuple[str, str], Entry]] = {}


def lang(module: str, name: str, parameters: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Adds a function to the library."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        LIBRARY[module, name] = Entry(tuple(parameters.split()), function)
        return function

    return add


def _constant(module: str, parameters: str, **functions: Callable[..., Any]) -> None:
    for name, function in functions.items():
        lang(module, name, parameters)(function)


# lang.string: positions and lengths count code points; only ASCII letters have a case here.

ASCII_SPACE: Final = "\t\n\x0b\x0c\r "
_UPPER: Final = {code: code - 32 for code in range(ord("a"), ord("z") + 1)}
_LOWER: Final = {code + 0: code + 32 for code in range(ord("A"), ord("Z") + 1)}

_constant(
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
_constant(
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


# lang.int, lang.float, lang.decimal, lang.boolean

_constant("int", "int", abs=lambda value: as_int(abs(value)), toHexString=lambda value: format(value, "x"))
_constant("float", "float", abs=abs, isNaN=math.isnan, isFinite=math.isfinite, isInfinite=math.isinf)
_constant("float", "float", floor=lambda value: float(math.floor(value)), ceiling=lambda value: float(math.ceil(value)))
_constant(
    "decimal",
    "decimal",
    abs=abs,
    floor=lambda value: as_decimal(value.to_integral_value(ROUND_FLOOR)),
    ceiling=lambda value: as_decimal(value.to_integral_value(ROUND_CEILING)),
)
_constant("int", "int int*", max=max, min=min)
_constant("decimal", "decimal decimal*", max=max, min=min)
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


# lang.array

lang("array", "length", "list")(len)
lang("array", "reverse", "list")(lambda values: values[::-1])
lang("array", "enumerate", "list")(lambda values: [[index, each] for index, each in enumerate(values)])
lang("array", "map", "list function")(lambda values, function: [function.call(each) for each in values])
lang("array", "filter", "list function")(lambda values, function: [e for e in values if _truth(function.call(e))])
lang("array", "some", "list function")(lambda values, function: any(_truth(function.call(each)) for each in values))
lang("array", "every", "list function")(lambda values, function: all(_truth(function.call(each)) for each in values))


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise IllTyped(f"a condition is {kind(value)}")
    return value


@lang("array", "forEach", "list function")
def _for_each(values: list[Any], function: Function) -> None:
    for each in list(values):
        function.call(each)


@lang("array", "reduce", "list function any")
def _reduce(values: list[Any], function: Function, initial: Any) -> Any:
    for each in values:
        initial = function.call(initial, each)
    return initial


@lang("array", "slice", "list int int?")
def _slice(values: list[Any], start: int, end: int | None = None) -> list[Any]:
    end = len(values) if end is None else end
    if not 0 <= start <= end <= len(values):
        raise BallerinaPanic("{ballerina/lang.array}IndexOutOfRange")
    return values[start:end]


@lang("array", "indexOf", "list any int?")
def _list_index_of(values: list[Any], value: Any, start: int = 0) -> int | None:
    found = (index for index, each in enumerate(values) if index >= start and deep_equal(each, value))
    return next(found, None)


@lang("array", "push", "list any*")
def _push(values: list[Any], *more: Any) -> None:
    values.extend(more)


@lang("array", "sort", "list string? function?")
def _sort(values: list[Any], direction: str = "ascending", key: Function | None = None) -> list[Any]:
    """As the `order by` clause: stable, nil at the end in both directions."""
    keys = [(sort_key(key.call(each) if key else each), each) for each in values]
    return [each for _, each in ordered(keys, descending=direction == "descending")]


def ordered(keys: list[tuple[tuple[int, Any], Any]], *, descending: bool) -> list[tuple[tuple[int, Any], Any]]:
    """Pairs of key and value, sorted by key: those that are last are so in both directions."""
    present = [each for each in keys if each[0][0] == 0]
    kinds = {kind(each[0][1]) for each in present}
    if len(kinds) > 1:
        raise IllTyped(f"sorts {' and '.join(sorted(kinds))}")
    flipped = sorted(present, key=lambda each: each[0], reverse=True) if descending else None
    last = sorted((each for each in keys if each[0][0]), key=lambda each: each[0][0])
    return (flipped if flipped is not None else sorted(present, key=lambda each: each[0])) + last


# lang.map

lang("map", "length", "mapping")(len)
lang("map", "keys", "mapping")(list)
lang("map", "toArray", "mapping")(lambda values: list(values.values()))
lang("map", "hasKey", "mapping string")(lambda values, key: key in values)
lang("map", "entries", "mapping")(lambda values: {key: [key, each] for key, each in values.items()})
lang("map", "map", "mapping function")(lambda values, function: {k: function.call(v) for k, v in values.items()})
lang("map", "filter", "mapping function")(
    lambda values, function: {k: v for k, v in values.items() if _truth(function.call(v))}
)


@lang("map", "get", "mapping string")
def _get(values: dict[str, Any], key: str) -> Any:
    if key not in values:
        raise BallerinaPanic("{ballerina/lang.map}KeyNotFound")
    return values[key]


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


MODULES: Final = {
    "string": "string",
    "int": "int",
    "float": "float",
    "decimal": "decimal",
    "boolean": "boolean",
    "list": "array",
    "mapping": "map",
    "error": "error",
    "RegExp": "regexp",
    "Span": "span",
}
"""The module of each basic type; all others have only `value`."""


def call_method(value: Any, name: str, arguments: list[Any]) -> Any:
    """`value.name(arguments)` (section 6, "Method call expression"): of the value's module, else of `value`."""
    module = MODULES.get(kind(value), "value")
    entry = LIBRARY.get((module, name)) or LIBRARY.get(("value", name))
    if entry is None:
        raise IllTyped(f"{kind(value)} has no method {name}")
    return entry.call(f"{module}:{name}", [value, *arguments])
