"""JSON text in, without losses and surprises: exact numbers, no key twice, no depth without end; and JSON text out."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from penstock.errors import WireFormatError

DEEPEST: Final = 256
"""How many objects and lists may stand inside one another."""

LONGEST_NUMBER: Final = 1_000
"""Characters of a number."""

WIDTH: Final = 158
"""Characters of a line that an object or list may fill."""

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)|[\[{]|[\]}]|,(?=\s*[\]}])', re.DOTALL)
_FENCE: Final = re.compile(r"\s*```[\w-]*[ \t]*\n(?P<inside>.*?)\n?```\s*\Z", re.DOTALL)
_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """The value of a JSON text, and what had to be mended to read it."""

    value: Any
    repairs: tuple[str, ...] = ()


def parse_json(text: str | bytes, *, from_model: bool = False) -> Parsed:
    """The value of a JSON text; numbers with a point are exact.

    Args:
        text: the text, in UTF-8.
        from_model: a code fence around the text and commas before a closing bracket are mended, and told.

    Raises:
        WireFormatError: it is no JSON, has a key twice, or is nested too deep.
    """
    plain = _decoded(text)
    repairs: list[str] = []
    if from_model:
        plain, repairs = _mended(plain)
    _check_depth(plain)
    try:
        value = json.loads(
            plain, object_pairs_hook=_object, parse_float=_number, parse_int=_integer, parse_constant=_refuse
        )
    except json.JSONDecodeError as problem:
        at = f"line {problem.lineno}, column {problem.colno}"
        raise WireFormatError(at, f"it is not JSON: {problem.msg}", "send one JSON document, in UTF-8.") from None
    if _SURROGATE.search(plain):
        _check_texts(value)
    return Parsed(value, tuple(repairs))


def check_depth(value: Any) -> None:
    """Nothing, where data that were parsed elsewhere are nested as deep as they may be.

    Raises:
        WireFormatError: they are nested too deep.
    """
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > DEEPEST + 1:
            raise _too_deep()
        level = [inner for each in level for inner in _inside(each)]


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _decoded(text: str | bytes) -> str:
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError as problem:
            raise WireFormatError(f"byte {problem.start}", "it is not UTF-8", "send the text in UTF-8.") from None
    return text.removeprefix("\ufeff")


def _mended(text: str) -> tuple[str, list[str]]:
    repairs = []
    fenced = _FENCE.match(text)
    if fenced:
        text = fenced["inside"]
        repairs.append("a code fence around the JSON was taken away")
    mended = _TOKEN.sub(lambda found: "" if found[0] == "," else found[0], text)
    if mended != text:
        repairs.append("commas before a closing bracket were taken away")
    return mended, repairs


def _check_depth(text: str) -> None:
    depth = 0
    for found in _TOKEN.finditer(text):
        if found[0] in "[{":
            depth += 1
            if depth > DEEPEST:
                raise _too_deep()
        elif found[0] in "]}":
            depth -= 1


def _too_deep() -> WireFormatError:
    hint = "flatten it: no record or expression needs that."
    return WireFormatError("$", f"objects and lists are nested more than {DEEPEST} deep", hint)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise WireFormatError(repr(twice), "the key is there twice in one object", "keep one of the two.")
    return found


def _number(text: str) -> Decimal:
    number = Decimal(text)
    if len(text) > LONGEST_NUMBER or abs(number.adjusted()) > LONGEST_NUMBER:
        raise _bad_number(text)
    return number


def _integer(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise _bad_number(text)
    return int(text)


def _refuse(text: str) -> Any:
    raise _bad_number(text)


def _bad_number(text: str) -> WireFormatError:
    return WireFormatError(f"{text[:20]!r}", "it is not a number that can be kept", "write a finite, shorter number.")


def _check_texts(value: Any) -> None:
    level = [value]
    while level:
        for each in level:
            for text in (*each, each) if isinstance(each, dict) else (each,):
                if isinstance(text, str) and any("\ud800" <= character <= "\udfff" for character in text):
                    raise WireFormatError(f"{text[:20]!a}", "half of a surrogate pair is no character", "send both.")
        level = [inner for each in level for inner in _inside(each)]


def format_json(value: Any) -> str:
    """A value as JSON text with a line break at the end: what is small on one line."""
    return _written(value, 0) + "\n"


def _written(value: Any, indent: int) -> str:
    if isinstance(value, dict):
        parts = [f"{json.dumps(key, ensure_ascii=False)}: {_written(each, indent + 2)}" for key, each in value.items()]
        is_flat = not any(isinstance(each, dict) for each in value.values())
        return _joined(parts, "{}", indent, is_flat=is_flat)
    if isinstance(value, list | tuple):
        return _joined([_written(each, indent + 2) for each in value], "[]", indent, is_flat=True)
    if isinstance(value, Decimal):
        return str(value)
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _joined(parts: list[str], brackets: str, indent: int, *, is_flat: bool) -> str:
    opening, closing = brackets[0], brackets[1]
    line = ", ".join(parts)
    if not parts or (is_flat and len(line) + indent <= WIDTH and "\n" not in line):
        return f"{opening}{line}{closing}"
    inner = ",\n".join(" " * (indent + 2) + each for each in parts)
    return f"{opening}\n{inner}\n{' ' * indent}{closing}"
