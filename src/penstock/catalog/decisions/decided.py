"""What a person's decision means for the values at its path: numbers that become text, times that cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from penstock.catalog.decisions.decide import FORMAT_TYPES
from penstock.catalog.profiling.node import Node
from penstock.schema import Date, Path, Text, Time, Timestamp, Type, nullable

SCALARS: Final = frozenset({"integer", "number", "boolean"})
"""JSON types whose values can count as the text that the file holds."""

_ISO: Final[Mapping[str, str]] = {
    "date": "2021-12-31",
    "timestamp_zone": "2021-12-31T23:59:59Z",
    "timestamp": "2021-12-31T23:59:59",
    "time": "23:59:59",
}


@dataclass(frozen=True, slots=True)
class Unread:
    """A field that a person decided to be a time, while no value seen is written in the way that can be read."""

    path: Path
    type: Type
    wanted: str
    """How a value has to be written."""
    seen: tuple[str, ...]
    """The formats of the texts, and the JSON types of the other values."""
    instead: str
    """The type that keeps the values as they are."""


def holds_literals(node: Node, type_: Type) -> bool:
    """Whether a person decided for text where numbers or booleans were seen."""
    return node.decided_by == "person" and isinstance(type_, Text) and not SCALARS.isdisjoint(node.types)


def unread(node: Node, type_: Type, path: Path) -> Unread | None:
    """The finding for a time that a person decided and that no value is; None where all is well."""
    kinds = sorted(set(node.types) - {"null"})
    if node.decided_by != "person" or not isinstance(type_, Date | Time | Timestamp) or not kinds:
        return None
    name = next(name for name, each in FORMAT_TYPES.items() if each == nullable(type_, value=False))
    if node.formats.get(name):
        return None  # those that are not written so are set aside one by one
    texts = tuple(node.formats) or ("text of no known format",)
    seen = tuple(each for kind in kinds for each in (texts if kind == "string" else (kind,)))
    return Unread(path, type_, _ISO[name], seen, kinds[0] if kinds in (["integer"], ["boolean"]) else "text")
