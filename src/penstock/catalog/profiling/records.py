"""Reads the records of a page, exactly as they are written.

Numbers keep every digit: an integer of any size is an int, a number with a fraction or an exponent is its literal
as bytes (nothing else in JSON is bytes), to be read as a double or a decimal by whoever knows which.
An object that holds a key more than once is a `RepeatedKeys`; readers disagree which of the values counts.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from penstock.errors import UnreadableDataError, hint_for
from penstock.schema import ITEM, Path

MAX_DEPTH: Final = 100
"""How deep a record may nest."""

FORMATS: Final = ("json", "ndjson")

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"

_decoder: Final = msgspec.json.Decoder(float_hook=str.encode)
_quick_decoder: Final = msgspec.json.Decoder()
_encode: Final = msgspec.json.Encoder().encode
_BLANK: Final = b" \t\r"
_ESCAPE: Final = re.compile(rb"(?i)\\(?:ud[89ab]..\\ud[c-f]..|(ud[89a-f][0-9a-f]{2})|.)", re.DOTALL)
"""A character that is written as a code; with half of a character, which takes two codes, the half is a group."""
_KEY_WITH_BLANKS: Final = re.compile(rb'"[ \t\r\n]+:')


class RepeatedKeys(dict[str, object]):
    """An object that was written with a key twice or more: the last value, and the ones that it hides."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        self.shadowed: dict[str, list[object]] = {}
        for key, value in pairs:
            self.shadowed.setdefault(key, []).append(value)
        self.shadowed = {key: values[:-1] for key, values in self.shadowed.items() if len(values) > 1}


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole lines of NDJSON, each a record."""

    text: bytes
    name: str = "The page"
    first_line: int = 1

    unit: str = "line"
    """What a line is called in errors."""

    def decode(self, *, with_digits: bool) -> list[object] | None:
        """The records at once, without a look at repeated keys; None when a line needs a closer look.

        With `with_digits` numbers with a fraction are their literals, else floats.
        """
        return _decode_all(self.text, _decoder if with_digits else _quick_decoder)

    def has_keys(self, keys: int) -> bool:
        """Whether the text holds so many keys; then, when they are all that was read, no object repeats one."""
        return count_keys(self.text) == keys

    def records(self) -> Iterator[object]:
        """The records, looked at closely; an error names the line."""
        return records_in(self.text, Path(), "ndjson", name=self.name, first_line=self.first_line, line_is=self.unit)


def decode_array(text: bytes, *, with_digits: bool) -> list[object] | None:
    """The elements of a list at once, without a look at repeated keys; None when one needs a closer look."""
    try:
        elements = (_decoder if with_digits else _quick_decoder).decode(text)
    except (RecursionError, ValueError, msgspec.MsgspecError):
        return None
    return elements if isinstance(elements, list) else None


def count_keys(text: bytes) -> int:
    """How many keys a text holds; where texts hold a quote and a colon it may be fewer, never more."""
    count = text.count(b'":')
    return count + len(_KEY_WITH_BLANKS.findall(text)) if _has_blanks(text) else count


def records_in(
    page: bytes,
    records: Path,
    format: str,  # noqa: A002  # the name that the spec gives it
    *,
    name: str = "The page",
    first_line: int = 1,
    line_is: str = "line",
) -> Iterator[object]:
    """The records of a page, one by one.

    Args:
        page: the bytes as they came; a byte-order mark at the start is skipped.
        records: where they are: a list of records or one record; null is no record. The empty path is the page
            itself; a whole number as a name steps into a list (`1` is its second element).
        format: `json`, one document, or `ndjson`, a document a line; with the empty path every line is one record.
        name: what the page is called in errors, such as its file name.
        first_line: the number of the page's first line in errors, when it is a part of a file.
        line_is: what a line is called in errors.

    Raises:
        UnreadableDataError: the page is not what `format` says or has nothing at `records`.
    """
    page = page.removeprefix(BYTE_ORDER_MARK)
    if format == "json":
        yield from select(decode(page, name), records, name)
    elif format == "ndjson":
        documents = None if records.parts else _decode_lines(page)
        if documents is not None:
            yield from documents
            return
        # Line by line, because an error is to tell the line.
        for number, line in enumerate(page.split(b"\n"), first_line):
            if text := line.strip(_BLANK):
                where = f"{name}, {line_is} {number}"
                document = decode(text, where)
                yield from select(document, records, where) if records.parts else (document,)
    else:
        raise UnreadableDataError(name, f"unknown format {format!r}", hint_for(format, FORMATS))


def decode(text: bytes, name: str) -> object:
    """One JSON document; `name` is what it is called in errors.

    Raises:
        UnreadableDataError: it is not JSON, or not UTF-8, or nests too deep.
    """
    try:
        document = _decoder.decode(text)
    except RecursionError:
        raise UnreadableDataError(
            name, "nests too deep to be read", f"records may nest {MAX_DEPTH} levels deep; ask for a flatter form."
        ) from None
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8 (byte {error.start} of a text)"
        raise UnreadableDataError(name, problem, "convert it to UTF-8.") from None
    except msgspec.MsgspecError as error:
        raise UnreadableDataError(name, _problem(text, str(error)), _hint(text)) from None
    return document if _keys_are_unique(text, document) else _decode_repeated(text)


def _problem(text: bytes, message: str) -> str:
    if not text.strip():
        return "is empty"
    if half := first_half(text):
        return (
            f"holds half of a character ({half[0].decode()}) near {text[max(0, half.start() - 10) : half.end() + 4]!r}"
        )
    return (
        f"is not JSON: {message.removeprefix('JSON is malformed: ')}, after {text[-20:]!r}"
        if ("truncated" in message)
        else f"is not JSON: {message.removeprefix('JSON is malformed: ')}{_near(text, message)}"
    )


def first_half(text: bytes) -> re.Match[bytes] | None:
    """The first half of a character in a text, which no text of UTF-8 can hold; at the end the text was cut off."""
    return next((each for each in _ESCAPE.finditer(text) if each[1] and b'"' in text[each.end() :]), None)


def _near(text: bytes, message: str) -> str:
    found = re.search(r"\(byte (\d+)\)", message)
    return f" near {text[max(0, int(found[1]) - 10) :][:20]!r}" if found else ""


def _hint(text: bytes) -> str:
    if first_half(text):
        return "a text was cut within an emoji or the like: have the provider mend this record; UTF-8 has no such text."
    if re.search(rb"\b(?:NaN|-?Infinity)\b", text):
        return "JSON has no NaN or Infinity: have the provider write null instead."
    if text.lstrip()[:1] == b"<":
        return "this looks like HTML or XML: look at what the provider answered."
    if b"}\n{" in text:
        return "this looks like NDJSON: one document a line; say format: ndjson."
    return "look at the file there; was it cut off or written by two at once?"


def _keys_are_unique(text: bytes, document: object) -> bool:
    """Whether no object holds a key twice: whether writing the document again gives as many colons behind a quote.

    Blanks before a colon and quotes that are written as a code make it say no when it could say yes; that costs time,
    not truth.
    """
    if b"\\u0022" in text or (_has_blanks(text) and _KEY_WITH_BLANKS.search(text)):
        return False
    return text.count(b'":') == _encode(document).count(b'":')


def _has_blanks(text: bytes) -> bool:
    """Whether a blank stands before a colon somewhere, perhaps in a text."""
    # A single byte is looked for many times faster than two; raw tabs and returns stand only between tokens.
    return b" :" in text or b"\n:" in text or (b"\t" in text and b"\t:" in text) or (b"\r" in text and b"\r:" in text)


def _decode_repeated(text: bytes) -> object:
    return json.loads(text, object_pairs_hook=_object, parse_float=str.encode)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    kept = dict(pairs)
    return kept if len(kept) == len(pairs) else RepeatedKeys(pairs)


def _decode_lines(page: bytes) -> list[object] | None:
    """The documents of all lines at once; None when one of them needs a closer look."""
    documents = _decode_all(page, _decoder)
    return documents if documents is not None and _keys_are_unique(page, documents) else None


def _decode_all(page: bytes, decoder: msgspec.json.Decoder[Any]) -> list[object] | None:
    try:
        documents: list[object] = decoder.decode_lines(page)
    except (RecursionError, ValueError, msgspec.MsgspecError):
        return None
    lines = page.rstrip(b"\n").count(b"\n") + 1
    if len(documents) != lines and len(documents) != sum(1 for each in page.split(b"\n") if each.strip(_BLANK)):
        return None
    return documents


def select(document: object, records: Path, name: str) -> Iterator[object]:
    """The records of a document; `name` is what it is called in errors.

    Raises:
        UnreadableDataError: it has nothing at `records`.
    """
    at = document
    for depth, part in enumerate(records.parts):
        here = Path(records.parts[:depth])
        if isinstance(at, dict) and part in at:
            at = at[part]
        elif isinstance(at, list) and isinstance(part, str) and part.isdecimal() and int(part) < len(at):
            at = at[int(part)]
        elif part != ITEM or not isinstance(at, list) or depth + 1 < len(records.parts):
            raise _nothing_at(name, records, here, at)
    if isinstance(at, list):
        yield from at
    elif at is not None:
        yield at


def _nothing_at(name: str, records: Path, here: Path, at: object) -> UnreadableDataError:
    place = f"at {str(here)!r}" if here.parts else "at the top"
    if isinstance(at, dict):
        missing = str(records.parts[len(here.parts)])
        return UnreadableDataError(
            name, f"has nothing at {str(records)!r}: no {missing!r} {place}", hint_for(missing, list(at))
        )
    kind = "a list" if isinstance(at, list) else "no object"
    return UnreadableDataError(
        name, f"has nothing at {str(records)!r}: there is {kind} {place}", "write the path to the list of records."
    )
