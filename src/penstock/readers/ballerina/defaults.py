"""Default values of fields: JSON texts, and what stands for them in Ballerina."""

import json
import re
from typing import Any, Final

from penstock.mapping.values import Misfit, decode
from penstock.readers.ballerina.names import format_text, parse_text
from penstock.schema.types import Binary, Type

_NUMBER: Final = re.compile(r"([+-]?)(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?[dDfF]?")
_WORDS: Final = {"true": "true", "false": "false", "()": "null", "null": "null", "[]": "[]", "{}": "{}"}


def parse_default(source: str) -> str:
    """The JSON text of a default that is a literal; empty for other expressions."""
    plain = "".join(source.split())
    if plain in _WORDS:
        return _WORDS[plain]
    if re.fullmatch(r'"(?:[^"\\\n]|\\.)*"', source):
        return json.dumps(parse_text(source), ensure_ascii=False)
    found = _NUMBER.fullmatch(plain)
    return "".join(["-" if found[1] == "-" else "", found[2], found[3] or "", found[4] or ""]) if found else ""


def format_default(default: str, type_: Type) -> str:
    """A default as a Ballerina expression; empty where the type does not take it, or it cannot be written."""
    try:
        value = json.loads(default, parse_float=str, parse_int=int)
        decode(json.loads(default), type_)
        return "" if isinstance(type_, Binary) else _format(value, default)
    except (ValueError, Misfit, RecursionError):
        return ""


def _format(value: Any, source: str) -> str:
    match value:
        case None:
            return "()"
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case str() if source.lstrip().startswith('"'):
            return format_text(value)
        case str():
            return value
    return {"[]": "[]", "{}": "{}"}.get("".join(source.split()), "")
