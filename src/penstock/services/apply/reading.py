"""Reads records from data files one after the other; what is no record is set aside with its row number."""

import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal as Exact
from functools import partial
from pathlib import Path
from typing import IO, Any, Final

import msgspec

from penstock.catalog.inputs.documents import CHUNK
from penstock.catalog.inputs.elements import array_parts
from penstock.catalog.inputs.files import CSV, PACKED, files_of, kind_of
from penstock.catalog.inputs.streams import PARQUET, unpacked
from penstock.catalog.inputs.tables import csv_rows
from penstock.catalog.profiling.records import BYTE_ORDER_MARK, count_keys
from penstock.errors import UnreadableDataError
from penstock.mapping.typed import TypedMapping
from penstock.schema import Boolean, Decimal, Float, Integer, Json, List, Map, Record, Text, Type
from penstock.services.apply.intake import Intake, Lines

_BLANK: Final = b" \t\r\n"
_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_ROWS: Final = 1024
_exact: Final = msgspec.json.Decoder(float_hook=Exact)
_DOCUMENT: Final = 1 << 26
"""Bytes of a document that stands on several lines; what is longer has to be a list, or NDJSON."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record of the data, or why there is none in its place."""

    number: int
    """From 1, over all files."""
    record: Any
    problem: str = ""
    text: str = ""

    @property
    def shown(self) -> Any:
        """What the reject file shows of it."""
        return self.text if self.problem else self.record


def rows_of(
    sources: Sequence[str], mapping: TypedMapping, stdin: IO[bytes] | None, intake: Intake | None = None
) -> Iterator[Row | Lines]:
    """The records of files, globs, folders and standard input, in their order; lines of JSON as the intake takes them.

    Raises:
        NoDataError: a source does not exist, or matches nothing.
        UnreadableDataError: a file is not what its name says.
    """
    types = [each.type for each in mapping.sources]
    decoder = _decoder(mapping)
    number = 0
    for file in files_of(sources):
        for found in _records(file, types[0] if len(types) == 1 else Record(), decoder, stdin, intake):
            taken = intake.take(found, number + 1) if intake and isinstance(found, bytes) else None
            if taken:
                number += len(taken.lines)
                yield taken
                continue
            for each in _of_lines(found, decoder) if isinstance(found, bytes) else (found,):
                number += 1
                yield _row(number, each)


def row_of(text: bytes, number: int, mapping: TypedMapping) -> Row:
    """The record of a line."""
    return _row(number, _found(text, _decoder(mapping)))


def _row(number: int, found: "_Found") -> Row:
    record, problem, text = found
    if problem or isinstance(record, dict):
        return Row(number, record, problem, text)
    return Row(number, None, "is not an object", json.dumps(record, default=str))


def _decoder(mapping: TypedMapping) -> "msgspec.json.Decoder[Any]":
    return msgspec.json.Decoder(float_hook=Exact if any(_is_exact(each.type) for each in mapping.sources) else None)


_Found = tuple[Any, str, str]
"""A record; or a problem and the text that has it."""


def _records(
    file: str, type_: Type, decoder: "msgspec.json.Decoder[Any]", stdin: IO[bytes] | None, intake: Intake | None
) -> Iterator[Any]:
    name = "standard input" if file == "-" else file
    with unpacked(file, stdin) as stream:
        if stream.peek(len(PARQUET)).startswith(PARQUET):
            if file == "-" or Path(file).suffix in PACKED:
                raise UnreadableDataError(name, "is Parquet, which is read from a file", "write it to a file first.")
            yield from _parquet(file)
        elif kind_of(file) in CSV:
            yield from _csv(stream, type_, name)
        elif kind_of(file) == ".parquet":
            raise UnreadableDataError(name, "is not Parquet", "was it written to its end?")
        else:
            yield from _json(stream, decoder, name, intake)


def _json(
    stream: io.BufferedReader, decoder: "msgspec.json.Decoder[Any]", name: str, intake: Intake | None
) -> Iterator[Any]:
    """Lines, in pieces for an intake, the elements of a list, or one document."""
    head = stream.readline(CHUNK).removeprefix(BYTE_ORDER_MARK)
    while head and not head.strip(_BLANK):
        head = stream.readline(CHUNK)
    if head.lstrip(_BLANK).startswith(b"["):
        for part in array_parts(head.lstrip(_BLANK)[1:], stream, name, CHUNK):
            yield from _all_at_once(part.text, decoder.decode, part.records)
        return
    if not head.endswith(b"\n"):
        head += stream.readline()
    if head and _found(head, decoder)[1]:
        head += stream.read(_DOCUMENT)
        document = _found(head, decoder)
        if not document[1]:
            yield document
            return
    for chunk in _pieces(head, stream):
        if intake:
            yield chunk
        else:
            yield from _of_lines(chunk, decoder)


def _of_lines(chunk: bytes, decoder: "msgspec.json.Decoder[Any]") -> Iterator[_Found]:
    return _all_at_once(chunk, decoder.decode_lines, partial(_line_by_line, chunk, decoder))


def _pieces(chunk: bytes, stream: io.BufferedReader) -> Iterator[bytes]:
    """Some lines at a time."""
    while chunk:
        if not chunk.endswith(b"\n"):
            chunk += stream.readline()
        yield chunk
        chunk = stream.read(CHUNK)


def _all_at_once(
    text: bytes, decode: Callable[[bytes], Any], one_by_one: Callable[[], Iterator[Any]]
) -> Iterator[_Found]:
    """Records in one go where nothing is wrong with any of them."""
    try:
        found = decode(text)
        is_sound = b"\\u0022" not in text and count_keys(text) <= count_keys(msgspec.json.encode(found))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        is_sound = False
    if is_sound:
        yield from ((each, "", "") for each in found)
        return
    for each in one_by_one():
        yield each if isinstance(each, tuple) else (each, "", "")


def _line_by_line(text: bytes, decoder: "msgspec.json.Decoder[Any]") -> Iterator[_Found]:
    for line in text.split(b"\n"):
        if line.strip(_BLANK):
            yield _found(line, decoder)


def _found(text: bytes, decoder: "msgspec.json.Decoder[Any]") -> _Found:
    try:
        record = decoder.decode(text)
        json.loads(text, object_pairs_hook=_unique)
    except _RepeatedKey as problem:
        return None, f"holds the key {problem.args[0]!r} twice", text.decode(errors="replace").strip()
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None, "is not JSON", text.decode(errors="replace").strip()
    return record, "", ""


class _RepeatedKey(Exception):  # noqa: N818  # told as a reject
    """An object holds a key twice."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise _RepeatedKey(key)
        made[key] = value
    return made


def _csv(stream: io.BufferedReader, type_: Type, name: str) -> Iterator[_Found]:
    columns = {each.name: each.type for each in type_.fields} if isinstance(type_, Record) else {}
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        for row in csv_rows(text, name):
            yield {name: _cell(cell, columns.get(name, Text())) for name, cell in row.items()}, "", ""
    finally:
        text.detach()


def _cell(text: str, type_: Type) -> Any:
    """A cell as the type of its column has it: what is no text as JSON writes it, nothing for an empty cell.

    What is not written so stays a text, which does not fit the type.
    """
    if isinstance(type_, Text):
        return text
    if not text:
        return None
    if isinstance(type_, Json | List | Map | Record):
        return _document(text)
    if isinstance(type_, Integer | Decimal | Float) and _NUMBER.fullmatch(text):
        return Exact(text)
    if isinstance(type_, Boolean) and text in {"true", "false"}:
        return text == "true"
    return text


def _document(text: str) -> Any:
    try:
        return _exact.decode(text)
    except msgspec.MsgspecError:
        return text


def _parquet(file: str) -> Iterator[_Found]:
    import duckdb

    with duckdb.connect() as connection:
        try:
            connection.execute("SET TimeZone = 'UTC'")
            found = connection.execute("SELECT * FROM read_parquet($1)", [file])
            names = [each[0] for each in found.description or ()]
            documents = {name for name, kind, *_ in found.description or () if str(kind) == "JSON"}
            while rows := found.fetchmany(_ROWS):
                for row in rows:
                    made = dict(zip(names, row, strict=True))
                    yield made | {each: made[each] and json.loads(made[each]) for each in documents}, "", ""
        except duckdb.Error as error:
            problem = f"is not a Parquet file that can be read: {str(error).partition(chr(10))[0]}"
            raise UnreadableDataError(file, problem, "was it written to its end?") from None


def _is_exact(type_: Type) -> bool:
    """Whether numbers of a type are to be read with all their digits."""
    if isinstance(type_, Record):
        return any(_is_exact(each.type) for each in type_.fields)
    inner = [getattr(type_, name) for name in ("element", "value") if hasattr(type_, name)]
    members = getattr(type_, "members", ())
    return isinstance(type_, Decimal | Json) or any(map(_is_exact, (*inner, *members)))
