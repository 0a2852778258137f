"""Reads JSON in whatever form it comes: NDJSON and lists part by part, other documents whole."""

import io
import json
from typing import IO, Final

from penstock.catalog.inputs.elements import array_parts
from penstock.catalog.profiling.profile import Profiler
from penstock.catalog.profiling.records import BYTE_ORDER_MARK, Chunk, records_in
from penstock.errors import UnreadableDataError
from penstock.schema import Path

CHUNK: Final = 1 << 18
"""Bytes that are read at once: what is made of them stays in the processor's cache."""

_BLANK: Final = b" \t\r\n"


def add_json(profiler: Profiler, stream: io.BufferedReader, records: Path, name: str) -> None:
    """Count the records of a JSON or NDJSON file.

    It is NDJSON when a line is a document and more follows; a list is read element by element. Any other document,
    and one whose records are at a path, has to fit into memory.

    Raises:
        UnreadableDataError: it is neither, or has no records at the path; says where.
    """
    line, head = 1, stream.readline(CHUNK).removeprefix(BYTE_ORDER_MARK)
    while head and not head.strip(_BLANK):
        line, head = line + 1, stream.readline(CHUNK)
    follows = stream.read(CHUNK) if head.endswith(b"\n") else b""
    is_list = head.lstrip(_BLANK).startswith(b"[")
    if follows.strip(_BLANK) and _is_document(head):
        _add_lines(profiler, stream, head + follows, records, name, line)
    elif is_list and not records.parts:
        for part in array_parts((head + follows).lstrip(_BLANK)[1:], stream, name, CHUNK):
            profiler.add_part(part)
    elif not head.endswith(b"\n") and len(head) >= CHUNK:
        _add_long_line(profiler, stream, head, records, name, line)
    else:
        _add_document(profiler, head + follows, stream, records, name)


def add_page(profiler: Profiler, stream: IO[bytes], records: Path, form: str, name: str) -> None:
    """Count the records of a landed page, part by part; the same ones as `records_in` gives, but faster.

    Args:
        profiler: what counts them.
        stream: the page.
        records: where they are.
        form: `json` or `ndjson`, as the spec says; it is not guessed.
        name: what the page is called in errors.

    Raises:
        UnreadableDataError: it is not of that form, or has no records at the path; says where.
    """
    head = stream.read(CHUNK).removeprefix(BYTE_ORDER_MARK)
    if form == "ndjson":
        _add_lines(profiler, stream, head, records, name, 1)
    elif form == "json" and not records.parts and (elements := head.lstrip(_BLANK)).startswith(b"["):
        for part in array_parts(elements[1:], stream, name, CHUNK):
            profiler.add_part(part)
    else:
        _add_document(profiler, head, stream, records, name, form)


def _add_long_line(
    profiler: Profiler, stream: io.BufferedReader, head: bytes, records: Path, name: str, line: int
) -> None:
    """A line that is longer than a chunk: a document, or the first record of NDJSON."""
    head += stream.readline()
    follows = stream.read(CHUNK)
    if follows.strip(_BLANK) and _is_document(head):
        _add_lines(profiler, stream, head + follows, records, name, line)
    else:
        _add_document(profiler, head + follows, stream, records, name)


def _add_document(
    profiler: Profiler, head: bytes, stream: IO[bytes], records: Path, name: str, form: str = "json"
) -> None:
    try:
        profiler.add(records_in(head + stream.read(), records, form, name=name))
    except MemoryError:
        hint = "a document is read whole; ask for NDJSON or a list of records, which are read part by part."
        raise UnreadableDataError(name, "does not fit into memory", hint) from None


def _is_document(line: bytes) -> bool:
    try:
        json.loads(line)
    except RecursionError:
        return True  # deep, which is told with its line
    except ValueError:
        return False
    return True


def _add_lines(profiler: Profiler, stream: IO[bytes], chunk: bytes, records: Path, name: str, line: int) -> None:
    while chunk:
        if not chunk.endswith(b"\n"):
            chunk += stream.readline()
        if records.parts:
            profiler.add(records_in(chunk, records, "ndjson", name=name, first_line=line))
        else:
            profiler.add_part(Chunk(chunk, name, line))
        line += chunk.count(b"\n")
        chunk = stream.read(CHUNK)
