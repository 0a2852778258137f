"""Writes records as NDJSON, JSON, CSV or Parquet; a file appears when it is whole."""

import csv
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

import msgspec

from penstock.errors import OptionError
from penstock.schema import Record, Type

Write = Callable[[list[Any]], None]

_FORMS: Final = (".ndjson", ".jsonl", ".json", ".csv", ".parquet")
_encoder: Final = msgspec.json.Encoder(decimal_format="number")
_encode: Final = _encoder.encode


@contextmanager
def writer(output: Path | None, type_: Type, stdout: IO[bytes] | None, *, is_wanted: bool = True) -> Iterator[Write]:
    """A function that writes records; None: standard output where that is wanted, else nothing.

    Raises:
        OptionError: the file's suffix says no form that can be written.
    """
    if output is None:
        yield _lines(stdout or sys.stdout.buffer) if is_wanted else _nothing
        return
    if output.suffix.lower() not in _FORMS:
        raise OptionError("output", f"{output.name} has no known suffix", f"use one of {', '.join(_FORMS)}")
    output.parent.mkdir(parents=True, exist_ok=True)
    temporary = output.with_name(f".{output.name}.{os.getpid()}.tmp")
    try:
        with _form(output.suffix.lower(), temporary, type_) as write:
            yield write
        temporary.replace(output)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def _form(suffix: str, file: Path, type_: Type) -> Iterator[Write]:
    if suffix == ".parquet":
        with _parquet(file, type_) as write:
            yield write
        return
    with file.open("wb") as stream:
        if suffix == ".json":
            with _array(stream) as write:
                yield write
        else:
            yield _cells(stream, type_) if suffix == ".csv" else _lines(stream)


def _nothing(_records: list[Any]) -> None:
    """Writes nothing."""


def _lines(stream: IO[bytes]) -> Write:
    def write(records: list[Any]) -> None:
        stream.write(_encoder.encode_lines(records))

    return write


@contextmanager
def _array(stream: IO[bytes]) -> Iterator[Write]:
    between = b"[\n"

    def write(records: list[Any]) -> None:
        nonlocal between
        for record in records:
            stream.write(between + _encode(record))
            between = b",\n"

    yield write
    stream.write(b"[]\n" if between == b"[\n" else b"\n]\n")


def _cells(stream: IO[bytes], type_: Type) -> Write:
    """Rows under a header; what is nested is JSON text, null an empty cell."""
    names = [each.name for each in type_.fields] if isinstance(type_, Record) else []
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")

    def flush() -> None:
        stream.write(text.getvalue().encode())
        text.seek(0)
        text.truncate()

    def write(records: list[Any]) -> None:
        rows.writerows([_cell(record.get(name)) for name in names] for record in records)
        flush()

    rows.writerow(names)
    flush()
    return write


def _cell(value: Any) -> Any:
    if isinstance(value, dict | list | bool | float):
        return _encode(value).decode()
    return value


@contextmanager
def _parquet(file: Path, type_: Type) -> Iterator[Write]:
    """Records go to lines first; DuckDB makes columns of the target's types of them."""
    import duckdb

    from penstock.services.apply.duck import Taken, columns_of

    taken = Taken(type_)
    lines = file.with_name(f"{file.name}.ndjson")
    try:
        with lines.open("wb") as stream:

            def write(records: list[Any]) -> None:
                stream.writelines(taken.staged(record) + b"\n" for record in records)

            yield write
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            query = f"SELECT * FROM read_json($1, format = 'newline_delimited', columns = {columns_of(type_)})"  # noqa: S608
            connection.execute(
                f"COPY ({query}) TO '{str(file).replace(chr(39), chr(39) * 2)}' (FORMAT parquet)", [str(lines)]
            )
    finally:
        lines.unlink(missing_ok=True)
