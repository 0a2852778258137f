"""Opens documents: finds the reader by prefix or content, and the part that is asked for."""

import io
import sys
from dataclasses import dataclass, replace
from pathlib import Path as File
from typing import IO, Any, Final

from penstock.errors import (
    DocumentFormatError,
    FileAccessError,
    Finding,
    NotARecordError,
    SchemaKindError,
    UnknownPartError,
)
from penstock.readers import Definition, Document, Reader
from penstock.readers.data import read_data
from penstock.readers.registry import readers
from penstock.schema.types import Record

HEAD: Final = 1 << 16
"""How many bytes are looked at to tell what a document is."""

DATA: Final = "data"
"""The kind of what no reader knows: JSON, NDJSON, CSV, Parquet."""


NEVER_DATA: Final = frozenset({".yml", ".yaml", ".sql", ".ddl", ".bal", ".avsc"})
"""Names of files that are no data, whatever is in them."""


@dataclass(frozen=True, slots=True)
class Address:
    """A DOC of the command line: `openapi:api.yaml#/components/schemas/Order` in its three parts."""

    kind: str
    """Empty: told by content."""
    place: str
    """A file; of data also a glob or a folder; `-` is standard input."""
    part: str = ""


def parse_address(text: str) -> Address:
    """The parts of a DOC. The name of a file that exists is taken as it is, also with `:` or `#` in it."""
    if File(text).exists():
        return Address("", text)
    kind, colon, rest = text.partition(":")
    if not colon or kind not in {*readers(), DATA}:
        kind, rest = "", text
    place, _, part = (rest, "", "") if File(rest).exists() else rest.partition("#")
    return Address(kind, place, part)


def read_document(text: str, *, records: str = "", stdin: IO[bytes] | None = None) -> Document:
    """What a DOC defines; with a part, that definition alone. Values in the catalog of data are not masked.

    Args:
        text: `booking.bal#BookingRequest`, `ddl:tables.txt`, `orders.ndjson`, `-`.
        records: the path to the records in data.
        stdin: what `-` reads; by default standard input.

    Raises:
        DocumentFormatError: the document is damaged, or not of its kind; says where.
        UnknownPartError: it has no such part.
        SchemaKindError: no reader knows it.
        NoDataError, UnreadableDataError: there is no such file, or it cannot be read.
    """
    address = parse_address(text)
    document = _read(address, records, stdin)
    return _narrow(document, address) if address.part else document


def read_type(text: str, *, stdin: IO[bytes] | None = None) -> tuple[str, Record, tuple[Finding, ...]]:
    """The record that a DOC is about: its name, its type, and what was lost when it was read.

    Raises:
        UnknownPartError: the document defines several types, and none is named.
        NotARecordError: it is about something else, such as a list.
        DocumentFormatError, SchemaKindError, NoDataError, UnreadableDataError: as `read_document`.
    """
    document = read_document(text, stdin=stdin)
    if not document.main:
        raise UnknownPartError(text, "", list(document.by_name()))
    definition = document.only()
    if not isinstance(definition.type, Record):
        raise NotARecordError(text, definition.name, definition.type.name)
    return definition.name, definition.type, findings_of(document, definition.name)


def findings_of(document: Document, name: str) -> tuple[Finding, ...]:
    """The findings of one definition."""
    starts = (f"{name}.", f"{name}[]")
    return tuple(each for each in document.findings if each.path in ("", name) or each.path.startswith(starts))


def _read(address: Address, records: str, stdin: IO[bytes] | None) -> Document:
    if address.kind == DATA:
        return read_data(address.place, records, stdin)
    try:
        if address.place == "-":
            return _read_stream(address, records, stdin or sys.stdin.buffer)
        reader = _reader(address, _head(address))
        if reader is None:
            return read_data(address.place, records)
        text = _decode(File(address.place).read_bytes(), address.place)
    except OSError as error:
        raise FileAccessError(error) from None
    return _read_text(reader, text, address.place, address.part)


def _read_text(reader: Reader, text: str, place: str, part: str) -> Document:
    try:
        return reader.read(text, place, part)
    except RecursionError:
        raise DocumentFormatError(place, "", "is nested too deep", "flatten the document.") from None


def _read_stream(address: Address, records: str, stream: IO[bytes]) -> Document:
    head = stream.read(HEAD)
    reader = _reader(address, head)
    if reader is None:
        return read_data("-", records, io.BufferedReader(_Again(head, stream)))
    name = "standard input"
    return _read_text(reader, _decode(head + stream.read(), name), name, address.part)


def _head(address: Address) -> bytes:
    """The first bytes of a file; of a glob or a folder, none."""
    if not address.kind and not File(address.place).is_file():
        return b""
    with File(address.place).open("rb") as stream:
        return stream.read(HEAD)


class _Again(io.RawIOBase):
    """A stream whose first bytes were read already."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        view = memoryview(into).cast("B")
        taken = self._head[: len(view)] or self._rest.read(len(view))
        self._head = self._head[len(view) :]
        view[: len(taken)] = taken
        return len(taken)


def _reader(address: Address, head: bytes) -> Reader | None:
    """The reader that is asked for, or that recognises the text; None: it is data."""
    if address.kind:
        return readers()[address.kind]
    text, suffix = head.decode("utf-8", errors="replace").removeprefix("\ufeff"), File(address.place).suffix.lower()
    found = next((each for each in readers().values() if each.recognises(text, suffix)), None)
    if found is None and suffix in NEVER_DATA and File(address.place).exists():
        raise SchemaKindError(address.place, "no reader knows what this is", [*readers(), DATA])
    return found


def _decode(data: bytes, place: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentFormatError(place, f"byte {error.start}", "is not UTF-8", "convert it to UTF-8.") from None


def _narrow(document: Document, address: Address) -> Document:
    found = _find(document, address.part)
    if found is None:
        raise UnknownPartError(address.place, address.part, list(document.by_name()))
    return replace(document, definitions=(found,), main=found.name, findings=findings_of(document, found.name))


def _find(document: Document, part: str) -> Definition | None:
    wanted = (each for each in document.definitions if part in (each.name, each.pointer))
    return next(wanted, None)
