"""Types in a word, as a person writes them in a catalog: `integer`, `decimal(10,2)`, `timestamp(local)`.

What is nested in a list, map or record stands at its own path and is not part of the word.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from penstock.errors import TypeSyntaxError
from penstock.schema.codec import TYPES
from penstock.schema.types import Decimal, Enum, Integer, Timestamp, Type

_WORD: Final = re.compile(r"(?P<name>[a-z]+)(?:\((?P<arguments>.*)\))?", re.DOTALL)
_BITS: Final[Mapping[str, int | None]] = {"64": 64, "128": 128, "any": None}


def format_type(type_: Type) -> str:
    """The word for a type; nullable is not part of it."""
    match type_:
        case Integer(bits=bits) if bits != Integer().bits:
            return f"integer({bits or 'any'})"
        case Decimal(precision=precision, scale=scale):
            return f"decimal({precision},{scale})"
        case Timestamp(zone=False):
            return "timestamp(local)"
        case Enum(values=values):
            return f"enum({','.join(json.dumps(each, ensure_ascii=False) for each in values)})"
    return type_.name


def parse_type(text: str) -> Type:
    """The type for a word.

    Raises:
        TypeSyntaxError: there is no such type, or its arguments are wrong.
    """
    found = _WORD.fullmatch(text.strip())
    if found is None or found["name"] not in TYPES:
        raise TypeSyntaxError(text, list(TYPES))
    name, arguments = found["name"], found["arguments"]
    if arguments is None:
        return TYPES[name]()
    try:
        return _WITH_ARGUMENTS[name](arguments)
    except (KeyError, ValueError):
        raise TypeSyntaxError(text, list(TYPES)) from None


def _decimal(arguments: str) -> Type:
    precision, scale = map(int, arguments.split(","))
    if not 0 <= scale <= precision or not precision:
        raise ValueError(arguments)
    return Decimal(precision, scale)


def _enum(arguments: str) -> Type:
    values: Any = json.loads(f"[{arguments}]")
    if not all(isinstance(each, str) for each in values):
        raise ValueError(arguments)
    return Enum(tuple(values))


_WITH_ARGUMENTS: Final[Mapping[str, Callable[[str], Type]]] = {
    "integer": lambda arguments: Integer(_BITS[arguments.strip()]),
    "decimal": _decimal,
    "timestamp": lambda arguments: {"local": Timestamp(zone=False), "zone": Timestamp(zone=True)}[arguments.strip()],
    "enum": _enum,
}
