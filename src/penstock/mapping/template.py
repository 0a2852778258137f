"""How an operation is spelled in a language, as text with slots: `STR_SPLIT({value}, {separator})`.

`{name}` is an argument, `{name| + }` several of them with ` + ` between, `{name:filter}` an argument written in another
way, as the emitter of the language knows it (`raw`, `pattern`). Braces are doubled to stand for themselves.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

_SLOT: Final = re.compile(
    r"(?P<brace>\{\{|\}\})|\{(?P<name>[a-z_][a-z_.]*)(?::(?P<filter>[a-z_]+))?(?:\|(?P<between>[^{}]*))?\}"
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that an argument fills."""

    name: str
    filter: str = ""
    between: str = ", "
    """What stands between several arguments."""


@cache
def parse_template(text: str) -> tuple[str | Slot, ...]:
    """The pieces of a template, in order."""
    pieces: list[str | Slot] = []
    position = 0
    for found in _SLOT.finditer(text):
        pieces.append(text[position : found.start()])
        position = found.end()
        if found["brace"]:
            pieces.append(found["brace"][0])
        else:
            between = found["between"]
            pieces.append(Slot(found["name"], found["filter"] or "", ", " if between is None else between))
    pieces.append(text[position:])
    return tuple(each for each in pieces if each)


def fill(text: str, write: Callable[[Slot], str]) -> str:
    """A template with its slots filled."""
    return "".join(each if isinstance(each, str) else write(each) for each in parse_template(text))


def slots(text: str) -> frozenset[str]:
    """The names of the slots of a template."""
    return frozenset(each.name for each in parse_template(text) if isinstance(each, Slot))
