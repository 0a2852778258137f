r"""Paths into nested data: `order.lines[].sku`, `rates.*`, `a\.b`.

A path is a tuple of steps: a name, `ITEM` (into every element of a list) or `KEY` (any key of a map).
A backslash takes the meaning from the character behind it; `\0` is the empty name, which JSON allows.
"""

from dataclasses import dataclass
from typing import Final

from penstock.errors import PathSyntaxError

SPECIAL: Final = {".", "[", "]", "*", "\\"}

EMPTY_NAME: Final = "\\0"


@dataclass(frozen=True, slots=True)
class Step:
    """A step that is not a plain field name."""

    text: str

    def __repr__(self) -> str:
        return self.text


ITEM: Final = Step("[]")
KEY: Final = Step("*")

Part = str | Step


@dataclass(frozen=True, slots=True)
class Path:
    """Where a value is, seen from the record that holds it. The empty path is the record itself."""

    parts: tuple[Part, ...] = ()

    def __str__(self) -> str:
        text = ""
        for part in self.parts:
            piece = part.text if isinstance(part, Step) else escape(part)
            text += piece if part == ITEM or not text else f".{piece}"
        return text

    def __truediv__(self, part: Part) -> "Path":
        return Path((*self.parts, part))

    @property
    def parent(self) -> "Path":
        """The path without its last step."""
        return Path(self.parts[:-1])

    @property
    def is_repeated(self) -> bool:
        """Whether one record may hold several values at this path."""
        return any(isinstance(part, Step) for part in self.parts)

    def starts_with(self, prefix: "Path") -> bool:
        """Whether `prefix` leads to this path or to one that holds it."""
        return self.parts[: len(prefix.parts)] == prefix.parts


def escape(name: str) -> str:
    r"""A field name as it is written in a path: `a.b` becomes `a\.b`, the empty name `\0`."""
    if not name:
        return EMPTY_NAME
    return "".join(f"\\{each}" if each in SPECIAL else each for each in name)


def parse_path(text: str) -> Path:
    """The path that a person writes; the empty text is the record itself.

    Raises:
        PathSyntaxError: it is not a path; says at which character.
    """
    parts: list[Part] = []
    position = 0
    while position < len(text):
        if text.startswith("[]", position):
            parts.append(ITEM)
            position += 2
        elif parts and text[position] == ".":
            position = _step(text, position + 1, parts)
        elif not parts:
            position = _step(text, position, parts)
        else:
            raise PathSyntaxError(text, position, f"unexpected {text[position]!r}")
    return Path(tuple(parts))


def _step(text: str, start: int, parts: list[Part]) -> int:
    if text[start : start + 1] == "*":
        parts.append(KEY)
        return start + 1
    name, position = "", start
    while position < len(text) and text[position] not in ".[":
        if text[position] == "\\":
            position += 1
            if position == len(text):
                raise PathSyntaxError(text, position, "a backslash at the end escapes nothing")
        elif text[position] in SPECIAL:
            raise PathSyntaxError(text, position, f"unexpected {text[position]!r}")
        name += text[position]
        position += 1
    if not name:
        raise PathSyntaxError(text, start, "a field name is missing")
    parts.append("" if text[start:position] == EMPTY_NAME else name)
    return position
