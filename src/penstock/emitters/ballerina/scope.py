"""What is known where an expression is written: names, types, and the helper functions that the module needs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from penstock.errors import UnsupportedOperationError
from penstock.readers.ballerina.names import RESERVED, format_identifier, format_text
from penstock.readers.ballerina.write import Writing
from penstock.schema import Path, Type

TARGET: Final = "ballerina"

_HALVES: Final = re.compile("[\ud800-\udfff]")


@dataclass
class Code:
    """A module as it gets written."""

    types: Writing
    taken: set[str] = field(default_factory=set)
    """Names that mean something already."""
    functions: dict[str, str] = field(default_factory=dict)
    """Helper functions under their names."""
    needed: set[str] = field(default_factory=set)
    """Functions of the library that are called."""

    def fresh(self, wanted: str) -> str:
        """An identifier that means nothing yet, like the one that is wanted."""
        plain = re.sub(r"\W", "_", wanted, flags=re.ASCII).strip("_") or "value"
        plain = f"_{plain}" if plain[0].isdigit() else plain
        name, number = plain, 1
        while name in self.taken or (number > 1 and name in RESERVED):
            number += 1
            name = f"{plain}{number}"
        self.taken.add(name)
        return format_identifier(name)

    def type(self, type_: Type, indent: str = "") -> str:
        """A type as it is written."""
        return self.types.type(type_, Path(("mapping",)), indent)

    def use(self, name: str) -> str:
        """The name of a function of the library, which is written into the module."""
        self.needed.add(name)
        return name


@dataclass(frozen=True)
class Scope:
    """Where an expression stands."""

    code: Code
    variables: Mapping[str, tuple[str, Type]]
    """Identifiers and types of sources and elements, under their names in the mapping."""
    path: Path = field(default_factory=Path)
    indent: str = ""

    def inside(self, name: str, type_: Type) -> tuple[str, "Scope"]:
        """A new variable, and the scope in which it can be seen."""
        identifier = self.code.fresh(name)
        return identifier, replace(self, variables={**self.variables, name: (identifier, type_)})

    def deeper(self) -> "Scope":
        """The same, a step to the right."""
        return replace(self, indent=f"{self.indent}    ")

    def message(self, reason: str) -> str:
        """The text literal of an error for what stands here."""
        return format_text(_HALVES.sub("\ufffd", f"{self.path}: {reason}"))

    def name(self, name: str) -> str:
        """A field's name as an identifier.

        Raises:
            UnsupportedOperationError: Ballerina has no such identifier.
        """
        try:
            return format_identifier(name)
        except ValueError:
            raise self.unsupported(f"the field {name!r}", "it cannot be a name") from None

    def text(self, value: str) -> str:
        """A text literal."""
        try:
            return format_text(value)
        except ValueError:
            raise self.unsupported("CONSTANT", "the text holds half a character") from None

    def unsupported(self, what: str, reason: str) -> UnsupportedOperationError:
        """The error that says what Ballerina cannot do here."""
        return UnsupportedOperationError(what, TARGET, reason, str(self.path))


_ATOM: Final = re.compile(r"(?:[\w'\\{}]|\?\.|\.(?!\.))+")


def atom(text: str) -> str:
    """An expression that any operator may follow or precede: in parentheses, unless it is one word or one call."""
    if _ATOM.fullmatch(text) or _is_closed(text):
        return text
    return f"({text})"


def _is_closed(text: str) -> bool:
    """Whether a text is one literal, one list, or one call, from its beginning to its end."""
    start = re.match(r"[\w':.?\\]*(?=[(\[])", text)
    if text.startswith('"'):
        return re.fullmatch(r'"(?:[^"\\]|\\.)*"', text) is not None
    return start is not None and _end_of_bracket(text, start.end()) == len(text) - 1


def _end_of_bracket(text: str, position: int) -> int:
    depth = 0
    for found in re.finditer(r'"(?:[^"\\]|\\.)*"|`[^`]*`|[()\[\]{}]', text[position:]):
        if found[0] in "([{":
            depth += 1
        elif found[0] in ")]}":
            depth -= 1
        if depth == 0 and found[0][0] not in '"`':
            return position + found.start()
    return -1


def pascal(text: str) -> str:
    """The words of a text as a name: `OrderLine`."""
    words = re.findall(r"[^\W_]+", text)
    return "".join(each[0].upper() + each[1:] for each in words)
