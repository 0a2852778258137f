"""Profiles data files: what is in every field, counted without sampling."""

import glob
import gzip
import json
import math
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, Final, cast

from penstock.catalog.enumeration import enumeration
from penstock.catalog.masking import Examples, masked
from penstock.catalog.model import Catalog, FieldProfile, Value
from penstock.catalog.profile import Profiler
from penstock.catalog.records import records_in
from penstock.catalog.update import settle
from penstock.errors import NoDataError, UnreadableDataError
from penstock.schema import Path as DataPath
from penstock.schema import format_type, parse_path

CHUNK: Final = 1 << 20
"""Bytes of NDJSON that are read at once; every chunk ends with a line."""

DATA_NAMES: Final = ("*.json", "*.geojson", "*.ndjson", "*.jsonl")
"""What is data in a folder, as it is and with .gz behind it."""

SIDECAR: Final = ".metadata.json"

LATER: Final = {".csv": "CSV", ".tsv": "CSV", ".parquet": "Parquet", ".zst": "zstd", ".avro": "Avro"}
"""Kinds of files that cannot be profiled yet."""

GZIP: Final = b"\x1f\x8b"
PARQUET: Final = b"PAR1"


def profile(
    sources: Sequence[str],
    *,
    name: str = "",
    records: str = "",
    examples: Examples = "masked",
    stdin: IO[bytes] | None = None,
) -> Catalog:
    """The catalog of JSON and NDJSON data, with the type of every field decided.

    Args:
        sources: files (`.gz` as well), globs, folders (their data files at any depth) or `-` for standard input.
        name: what the catalog is called; by default after the first source.
        records: the path to the records in a document; empty: the document itself, a list of records or one record.
        examples: what is shown of values; personal fields are labelled in any case.
        stdin: what `-` reads; by default standard input.

    Raises:
        NoDataError: a source does not exist, matches nothing, or is of a kind that cannot be profiled.
        UnreadableDataError: a file is not JSON, or has no records there; says which and where.
    """
    profiler, path = Profiler(), parse_path(records)
    for file in _files(sources):
        with _open(file, stdin) as stream:
            profiler.add(_records(stream, path, file))
    catalog = profiler.catalog()
    return masked(settle(replace(catalog, name=name or _name(sources))), examples)


def as_json(catalog: Catalog) -> dict[str, object]:
    """The document of `penstock profile --json`; null where nothing was measured."""
    return {
        "name": catalog.name,
        "records": catalog.records,
        "fields": [_field(each) for each in catalog.fields],
    }


def _field(profile: FieldProfile) -> dict[str, object]:
    minimum, maximum = _span(profile)
    texts = profile.types.get("string", 0)
    formats = [name for name, times in profile.formats.items() if times == texts]
    return {
        "path": str(profile.path),
        "types": dict(profile.types),
        "type": format_type(profile.type) if profile.type else "json",
        "presence": profile.present / profile.parents if profile.parents else 0.0,
        "nullable": "null" in profile.types,
        "distinct": profile.values.distinct,
        "min": minimum,
        "max": maximum,
        "examples": list(profile.values.shown),
        "format": formats[0] if formats else None,
        "enum": enumeration(profile),
        "description": profile.description,
        "personal": profile.personal or None,
    }


def _span(profile: FieldProfile) -> tuple[Value | None, Value | None]:
    spans = [each for each in (profile.integers, profile.numbers) if each is not None]
    if not spans:
        return (profile.texts.minimum, profile.texts.maximum) if profile.texts else (None, None)
    low, high = min(each.minimum for each in spans), max(each.maximum for each in spans)
    return low if math.isfinite(low) else None, high if math.isfinite(high) else None


def _name(sources: Sequence[str]) -> str:
    first = Path(sources[0])
    stem = first.name.partition(".")[0] if first.suffix else first.name
    return "".join(each if each.isalnum() else "_" for each in stem).strip("_") or "data"


def _files(sources: Sequence[str]) -> list[str]:
    """The files that sources stand for, each once, in a stable order."""
    files: dict[str, None] = {}
    for source in sources:
        files.update(dict.fromkeys(_files_of(source)))
    return list(files)


def _files_of(source: str) -> list[str]:
    path = Path(source)
    if source == "-" or path.is_file():
        return [source]
    if path.is_dir():
        found = {each for pattern in DATA_NAMES for end in ("", ".gz") for each in path.rglob(pattern + end)}
        files = sorted(str(each) for each in found if _is_data(each, path))
    else:
        files = sorted(each for each in _glob(source) if Path(each).is_file())
    if not files:
        raise NoDataError(source, "a folder without JSON files" if path.is_dir() else "no such file, and no match")
    return files


def _glob(pattern: str) -> list[str]:
    return glob.glob(pattern, recursive=True)  # noqa: PTH207  # Path.glob takes no absolute pattern


def _is_data(file: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return file.is_file() and not hidden and not file.name.endswith(SIDECAR)


@contextmanager
def _open(file: str, stdin: IO[bytes] | None) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked."""
    kind = LATER.get(Path(file.removesuffix(".gz")).suffix)
    if kind is not None:
        raise NoDataError(file, f"{kind} cannot be profiled yet, only JSON and NDJSON")
    if file == "-":
        yield stdin or sys.stdin.buffer
        return
    with Path(file).open("rb") as plain:
        magic = plain.read(len(PARQUET))
        plain.seek(0)
        if magic == PARQUET:
            raise NoDataError(file, "Parquet cannot be profiled yet, only JSON and NDJSON")
        yield cast("IO[bytes]", gzip.GzipFile(fileobj=plain)) if magic.startswith(GZIP) else plain


def _records(stream: IO[bytes], records: DataPath, file: str) -> Iterator[object]:
    """The records of a file: NDJSON when a line is a document and more follows, else one document."""
    name = "standard input" if file == "-" else file
    try:
        line, head = 1, stream.readline()
        while head and not head.strip():
            line, head = line + 1, stream.readline()
        first = stream.read(CHUNK)
        if not first.strip() or not _is_document(head):
            yield from records_in(head + first + stream.read(), records, "json", name=name)
            return
        yield from _lines(stream, head + first, records, name, line)
    except (EOFError, gzip.BadGzipFile) as error:
        raise UnreadableDataError(name, f"is no whole gzip file: {error}", "was the transfer cut off?") from None


def _is_document(line: bytes) -> bool:
    try:
        json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return True


def _lines(stream: IO[bytes], chunk: bytes, records: DataPath, name: str, line: int) -> Iterator[object]:
    while chunk:
        chunk += stream.readline()
        yield from records_in(chunk, records, "ndjson", name=name, first_line=line)
        line += chunk.count(b"\n")
        chunk = stream.read(CHUNK)
