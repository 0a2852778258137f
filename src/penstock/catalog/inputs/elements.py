"""Cuts a JSON array into parts of whole elements while it is read, so that it may be larger than memory."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

import msgspec

from penstock.catalog.profiling.records import count_keys, decode, decode_array
from penstock.errors import UnreadableDataError

_TOKEN: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{},"]', re.DOTALL)
_BLANK: Final = b" \t\r\n"
_elements: Final = msgspec.json.Decoder(list[msgspec.Raw])


@dataclass(frozen=True, slots=True)
class ArrayPart:
    """Some elements of an array, each a record."""

    text: bytes
    """The elements with the commas between them, and brackets around."""
    name: str
    first: int = 1
    """The number of the first element in the array."""

    def decode(self, *, with_digits: bool) -> list[object] | None:
        """The records at once, without a look at repeated keys; None when one needs a closer look."""
        return decode_array(self.text, with_digits=with_digits)

    def has_keys(self, keys: int) -> bool:
        """Whether the text holds so many keys."""
        return count_keys(self.text) == keys

    def records(self) -> Iterator[object]:
        """The records, looked at closely; an error names the one that is wrong."""
        inner, start = self.text[1:], 0
        ends, _ = _ends(inner)
        for number, end in enumerate((*ends, len(inner)), self.first):
            last = end == len(inner)
            text = inner[start:end].strip(_BLANK)
            if last:
                if not text.endswith(b"]"):
                    raise _cut_off(self.name, number)
                text = text[:-1].strip(_BLANK)
                if not text and number == self.first:
                    return
            yield decode(text, f"{self.name}, record {number}")
            start = end + 1


def array_parts(head: bytes, stream: IO[bytes], name: str, size: int) -> Iterator[ArrayPart]:
    """The parts of an array.

    Args:
        head: what was read of it, from behind the bracket that opens it.
        stream: the rest.
        name: what it is called in errors.
        size: bytes that are read at once; an element that is larger is read whole.

    Raises:
        UnreadableDataError: something stands behind the array.
    """
    buffer, separator, number = head, b"", 1
    while data := stream.read(size):
        buffer += data
        cut, count = _quick_cut(buffer, separator) if separator else (0, 0)
        if not cut:
            ends, closed = _ends(buffer)
            if closed is not None and buffer[closed + 1 :].strip(_BLANK):
                problem = "has something behind its list"
                raise UnreadableDataError(name, problem, "a file holds one list, or NDJSON: one document a line.")
            cut, count = (ends[-1], len(ends)) if ends else (0, 0)
            separator = _separator(buffer, ends)
        if cut:
            yield ArrayPart(b"[%b]" % buffer[:cut], name, number)
            number, buffer = number + count, buffer[cut + 1 :]
    yield ArrayPart(b"[" + buffer, name, number)


def _quick_cut(buffer: bytes, separator: bytes) -> tuple[int, int]:
    """Where the last element that is whole ends, and how many do; zeros when a closer look is needed.

    Only where an element ends is what stands before it a list of whole values, so a wrong guess is found out.
    """
    found = buffer.rfind(separator)
    if found < 0:
        return 0, 0
    cut = found + 1
    try:
        return buffer.index(b",", cut), len(_elements.decode(b"[%b]" % buffer[:cut]))
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return 0, 0


def _separator(buffer: bytes, ends: list[int]) -> bytes:
    """The end of an element, the start of the next one and its first key, when they are objects."""
    if not ends:
        return b""
    end = len(buffer[: ends[0]].rstrip(_BLANK))
    found = re.compile(rb'\s*,\s*\{\s*"[^"\\]*"').match(buffer, end)
    return buffer[end - 1 : found.end()] if found and buffer[end - 1 : end] == b"}" else b""


def _ends(text: bytes) -> tuple[list[int], int | None]:
    """Where commas stand between the elements of a list, and where the bracket is that closes it, if it is there."""
    ends: list[int] = []
    depth = 0
    for token in _TOKEN.finditer(text):
        match token[0]:
            case b"[" | b"{":
                depth += 1
            case b"]" | b"}":
                depth -= 1
                if depth < 0:
                    return ends, token.start()
            case b",":
                if depth == 0:
                    ends.append(token.start())
            case b'"':
                break  # a text that goes on behind what was read
    return ends, None


def _cut_off(name: str, number: int) -> UnreadableDataError:
    return UnreadableDataError(
        f"{name}, record {number}", "is cut off", "look at the end of the file; was the transfer broken off?"
    )
