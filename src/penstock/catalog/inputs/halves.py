r"""Reads pages in which a text holds half of a character, such as `"\ud83d"`.

JSON can write half of a character as a code, UTF-8 cannot hold it, so a strict reader refuses the whole document.
Here the records without one are told from those with one, and every record keeps its position.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from penstock.catalog.profiling.profile import Profiler
from penstock.catalog.profiling.records import BYTE_ORDER_MARK, decode, first_half, select
from penstock.schema import ITEM, Path

_BLANKS: Final = re.compile(r"[ \t\r\n]*")
_HALF: Final = re.compile("[\ud800-\udfff]")
_EMPTY: Final = {"{": "{}", "[": "[]"}
_decode_at: Final = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode
"""Where a value ends is all that is asked; a number may have more digits than Python takes."""


@dataclass(frozen=True, slots=True)
class Half:
    """Where half of a character is in a page."""

    position: int
    """The place of the record in the page, from 1."""
    path: str
    """The field in the record, or the object that has it in a name; empty for the record itself."""
    value: str
    """The text or the name that holds it, as JSON."""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record as it is written in a page."""

    text: str
    half: Half | None


@dataclass(frozen=True, slots=True)
class _Document:
    """The records of a document, and what must stand around them so that they are at the same path."""

    records: tuple[str, ...]
    opening: str
    closing: str


def has_half(page: bytes) -> bool:
    """Whether a page holds half of a character somewhere."""
    return (b"\\ud" in page or b"\\uD" in page) and first_half(page) is not None


def raw_page(page: bytes, records: Path, form: str, name: str) -> Iterator[RawRecord]:
    """The records of a page one by one, as they are written; the same ones as `records_in` gives.

    Raises:
        UnreadableDataError: the page is not what `form` says, or has nothing at `records`; says where.
    """
    position = 0
    for document in _documents(page, records, form, name):
        for text in document.records:
            position += 1
            yield RawRecord(text, _half(text, position))


def add_whole_records(profiler: Profiler, page: bytes, records: Path, form: str, name: str) -> int:
    """Count the records of a page that hold no half of a character; how many are left out.

    Raises:
        UnreadableDataError: as `raw_page`.
    """
    read = list(raw_page(page, records, form, name))
    whole = ((number, each.text) for number, each in enumerate(read, 1) if each.half is None)
    profiler.add(decode(text.encode(), f"{name}, record {number}") for number, text in whole)
    return sum(each.half is not None for each in read)


def without_halves(page: bytes, records: Path, form: str, name: str) -> tuple[str, tuple[Half, ...]]:
    """A page that every reader can read, with an empty record in the place of each that holds half of a character.

    Holds the records and nothing else; each has the position that it has in the page. Also what was taken out.

    Raises:
        UnreadableDataError: as `raw_page`.
    """
    halves: list[Half] = []
    lines, position = [], 0
    for document in _documents(page, records, form, name):
        kept = []
        for text in document.records:
            position += 1
            half = _half(text, position)
            halves += [half] if half else []
            kept.append(_EMPTY.get(text[0], "null") if half else text)
        lines.append(document.opening + ",".join(kept) + document.closing)
    return "".join(f"{each}\n" for each in lines), tuple(halves)


def _documents(page: bytes, records: Path, form: str, name: str) -> Iterator[_Document]:
    page = page.removeprefix(BYTE_ORDER_MARK)
    if form != "ndjson":
        yield _document(page, records, name)
        return
    for number, line in enumerate(page.split(b"\n"), 1):
        if text := line.strip(b" \t\r"):
            where = f"{name}, line {number}"
            if records.parts:
                yield _document(text, records, where)
            else:
                _check(text, where)
                yield _Document((text.decode(),), "", "")


def _check(text: bytes, name: str) -> object:
    """The document; numbers may have lost digits."""
    try:
        return json.loads(text.decode(), parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return decode(text, name)  # which says what is wrong


def _document(page: bytes, records: Path, name: str) -> _Document:
    for _ in select(_check(page, name), records, name):
        break  # there is something at the path
    text = page.decode()
    at, opening, closing = _skip(text, 0), "", ""
    for part in records.parts:
        if part == ITEM:
            break
        # Readers agree on the last one of a name that is repeated.
        number, _, at, _ = [each for each in _members(text, at) if each[1] == part][-1]
        is_object = number < 0
        opening += f"{{{json.dumps(part, ensure_ascii=False)}:" if is_object else "[" + "0," * number
        closing = ("}" if is_object else "]") + closing
    end = _decode_at(text, at)[1]
    if text[at] == "[":
        listed = tuple(text[start:end] for _, _, start, end in _members(text, at))
        return _Document(listed, f"{opening}[", f"]{closing}")
    if text[at:end] == "null":
        return _Document((), f"{opening}null", closing)
    return _Document((text[at:end],), opening, closing)


def _members(text: str, at: int) -> Iterator[tuple[int, str, int, int]]:
    """The values in the list or object that begins at a place: number, or -1; name; where they begin and end."""
    is_object, number = text[at] == "{", 0
    at = _skip(text, at + 1)
    while text[at] not in "]}":
        name = str(number)
        if is_object:
            name, at = _decode_at(text, at)
            at = _skip(text, _skip(text, at) + 1)
        end = _decode_at(text, at)[1]
        yield (-1 if is_object else number), name, at, end
        at, number = _skip(text, end), number + 1
        if text[at] == ",":
            at = _skip(text, at + 1)


def _skip(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _half(text: str, position: int) -> Half | None:
    if not has_half(text.encode()):
        return None
    path, value = next(
        _texts_with_half(json.loads(text, object_pairs_hook=_Pairs, parse_int=str, parse_float=str), Path())
    )
    return Half(position, _visible(str(path)), _visible(json.dumps(value, ensure_ascii=False)))


class _Pairs(list[tuple[str, Any]]):
    """The names and values of an object, repeated names included."""


def _texts_with_half(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str) and _HALF.search(value):
        yield path, value
    elif isinstance(value, _Pairs):
        for name, each in value:
            if _HALF.search(name):
                yield path, name
            yield from _texts_with_half(each, path / name)
    elif isinstance(value, list):
        for each in value:
            yield from _texts_with_half(each, path / ITEM)


def _visible(text: str) -> str:
    """A text with halves of characters as their codes."""
    return _HALF.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
