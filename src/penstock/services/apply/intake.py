"""Checks lines of JSON against a source's types many at a time, and gives them to DuckDB as it can take them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal

import msgspec

from penstock.catalog.profiling.records import count_keys
from penstock.schema import Boolean, Date, Enum, Float, Integer, List, Map, Record, Text, Type

_ESCAPES: Final = (b"\\u0022", b"\\u003a", b"\\u003A")
"""A quote or a colon; with them keys cannot be counted."""

_BLANK: Final = b" \t\r"
_BITS: Final = 64
_plain: Final = msgspec.json.Decoder()
_encode: Final = msgspec.json.Encoder().encode_lines


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of data, each of which is one record."""

    first: int
    """The number of the first, from 1."""
    lines: tuple[bytes, ...]
    fitting: tuple[Any, ...]
    """What fits the source's types, with the number of its line as `row`; the other lines are looked at one by one."""

    def text(self, number: int) -> bytes:
        """The line with a number."""
        return self.lines[number - self.first]


class Intake:
    """Takes lines that hold records of a type in."""

    def __init__(self, type_: Record, row: str) -> None:
        fields = [("row", int | None, None), *_fields(type_)]
        names = {"row": row} | {f"f{index}": each.name for index, each in enumerate(type_.fields)}
        made = msgspec.defstruct("Taken", fields, rename=names, omit_defaults=True, kw_only=True, gc=False)
        self._decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(made)

    def take(self, text: bytes, first: int) -> Lines | None:
        """Lines, the first of which has a number; a blank line is none. None: not every line is a JSON document."""
        lines = tuple(each for each in text.split(b"\n") if each.strip(_BLANK))
        found = self._many(text)
        if found is None or len(found) != len(lines):
            found = [*map(self._one, lines)]
        fitting = [each for each in found if each is not None]
        sound = (
            lines if len(fitting) == len(lines) else [line for line, each in _pairs(lines, found) if each is not None]
        )
        if not _has_each_key_once(b"\n".join(sound), fitting):
            found = [each if each and _has_each_key_once(line, [each]) else None for line, each in _pairs(lines, found)]
        if not all(_is_document(line) for line, each in _pairs(lines, found) if each is None):
            return None
        return Lines(first, lines, _numbered(found, first))

    def _many(self, text: bytes) -> list[Any] | None:
        try:
            return self._decoder.decode_lines(text)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None

    def _one(self, line: bytes) -> Any:
        try:
            return self._decoder.decode(line)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None


def _pairs(lines: tuple[bytes, ...], found: list[Any]) -> Iterator[tuple[bytes, Any]]:
    return zip(lines, found, strict=True)


def _is_document(line: bytes) -> bool:
    try:
        _plain.decode(line)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return False
    return True


def staged(fitting: Sequence[Any]) -> bytes:
    """Records as lines for `read_json`."""
    return bytes(_encode(fitting))


def _numbered(found: list[Any], first: int) -> tuple[Any, ...]:
    for number, each in enumerate(found, first):
        if each is not None:
            each.row = number
    return tuple(each for each in found if each is not None) if None in found else tuple(found)


def _has_each_key_once(text: bytes, found: list[Any]) -> bool:
    """Whether no object of a text holds a key twice, as far as that can be counted."""
    if any(each in text for each in _ESCAPES):
        return False
    keys = count_keys(text)
    if keys <= count_keys(_encode(found)):
        return True
    try:
        return keys <= count_keys(_encode(_plain.decode_lines(text)))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return False


def takes(type_: Type) -> bool:
    """Whether lines that hold values of a type can be checked here."""
    match type_:
        case Record(fields=fields):
            return all(takes(each.type) for each in fields)
        case List(element=inner) | Map(value=inner):
            return takes(inner)
        case Integer(bits=bits):
            return bits is not None and bits <= _BITS
        case Enum(values=values):
            return bool(values)
    return isinstance(type_, Text | Float | Boolean | Date)


def _fields(type_: Record) -> Iterator[tuple[str, Any, Any]]:
    for index, each in enumerate(type_.fields):
        kind = _kind(each.type)
        if each.optional or each.type.nullable:
            yield f"f{index}", kind | msgspec.UnsetType, msgspec.UNSET
        else:
            yield f"f{index}", kind, msgspec.NODEFAULT


def _kind(type_: Type) -> Any:
    kind = _whole_kind(type_)
    return kind | None if type_.nullable else kind


def _whole_kind(type_: Type) -> Any:
    match type_:
        case Record(fields=fields):
            names = {f"f{index}": each.name for index, each in enumerate(fields)}
            return msgspec.defstruct("Taken", _fields(type_), rename=names, kw_only=True, gc=False)
        case List(element=inner):
            return list[_kind(inner)]  # type: ignore[misc]
        case Map(value=inner):
            return dict[str, _kind(inner)]  # type: ignore[misc]
        case Integer(bits=bits):
            half = 1 << ((bits or _BITS) - 1)
            return Annotated[int, msgspec.Meta(ge=-half, le=half - 1)]
        case Enum(values=values):
            return Literal[values]
    return {Text: str, Float: float, Boolean: bool, Date: date}[type(type_)]
