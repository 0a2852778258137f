"""Writes values as Python source, in the layout of a formatter: no value can leave its literal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

WIDTH = 120
LONGEST_TEXT = 80
"""Width of a text on one line, with its quotes; a longer one is joined from pieces."""


@dataclass(frozen=True, slots=True)
class Name:
    """A Python name that we chose ourselves."""

    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a name with keyword arguments, always one a line."""

    name: str
    arguments: Mapping[str, object]


def literal(value: object, indent: int = 0, used: int = 0) -> str:
    """Python source for a value: None, numbers, texts, tuples, lists, dicts, names and calls of them.

    `indent` is the depth of the line that the source begins on, `used` the width that is taken on that line.
    """
    if isinstance(value, str):
        return _text(value, indent)
    if isinstance(value, Name):
        return value.text
    if isinstance(value, Call):
        lines = (f"{key}={literal(each, indent + 4, indent + 6 + len(key))}," for key, each in value.arguments.items())
        return _exploded(f"{value.name}(", lines, ")", indent)
    if isinstance(value, Mapping):
        pairs = ((literal(str(key), indent + 4), each) for key, each in value.items())
        lines = (f"{key}: {literal(each, indent + 4, indent + 7 + len(key))}," for key, each in pairs)
        return _exploded("{", lines, "}", indent)
    if isinstance(value, tuple | list):
        return _sequence(value, indent, used)
    return repr(value)


def _sequence(value: tuple[object, ...] | list[object], indent: int, used: int) -> str:
    opening, closing = ("(", ")") if isinstance(value, tuple) else ("[", "]")
    flat = [literal(each, indent + 4) for each in value]
    comma = "," if len(flat) == 1 and opening == "(" else ""
    line = f"{opening}{', '.join(flat)}{comma}{closing}"
    if "\n" not in line and used + len(line) < WIDTH:
        return line
    return _exploded(opening, (f"{literal(each, indent + 4, indent + 5)}," for each in value), closing, indent)


def _exploded(opening: str, lines: Iterable[str], closing: str, indent: int) -> str:
    inner = "".join(f"{' ' * (indent + 4)}{line}\n" for line in lines)
    return f"{opening}\n{inner}{' ' * indent}{closing}" if inner else opening + closing


def _text(value: str, indent: int) -> str:
    pieces = [""]
    for character in value:
        if len(_quoted(pieces[-1] + character)) > LONGEST_TEXT:
            pieces.append("")
        pieces[-1] += character
    if len(pieces) == 1:
        return _quoted(value)
    lines = (f"{' ' * 4}{_quoted(each)}," for each in pieces)
    return _exploded('"".join(', ["(", *lines, "),"], ")", indent)


def _quoted(value: str) -> str:
    # The formatter prefers double quotes, unless single ones save a backslash.
    quote = "'" if value.count('"') > value.count("'") else '"'
    return quote + "".join(_character(each, quote) for each in value) + quote


def _character(character: str, quote: str) -> str:
    if character in {quote, "\\"}:
        return f"\\{character}"
    if character.isascii() and character.isprintable():
        return character
    return repr(character)[1:-1] if character in "\n\r\t" else _escape(ord(character))


def _escape(code: int) -> str:
    digits = f"{code:x}"
    letter, width = next(each for each in (("x", 2), ("u", 4), ("U", 8)) if len(digits) <= each[1])
    return f"\\{letter}{digits:>0{width}}"
