"""Reads tables: CSV, whose values are all texts, and Parquet."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from penstock.catalog.profiling.profile import Profiler
from penstock.catalog.profiling.records import Chunk
from penstock.errors import UnreadableDataError

DELIMITERS: Final = ",;\t|"
_ROWS: Final = 256


def add_csv(profiler: Profiler, stream: io.BufferedReader, name: str) -> None:
    """Count the rows of a CSV file with a header; what stands between commas (or ; or tabs or |) is text.

    Raises:
        UnreadableDataError: there is no header, or a row has more or fewer cells than it; says in which line.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        profiler.add(csv_rows(text, name))
    finally:
        text.detach()


def csv_rows(text: io.TextIOWrapper, name: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV file with a header, each a text under the name of each column.

    Raises:
        UnreadableDataError: there is no header, or a row has more or fewer cells than it; says in which line.
    """
    line = 1
    try:
        first = text.readline()
        header = next(csv.reader([first], delimiter=_delimiter(first), strict=True), [])
        _check_header(header, name)
        rows = csv.reader(text, delimiter=_delimiter(first), strict=True)
        for row in rows:
            line = rows.line_num + 1
            if len(row) == len(header):
                yield dict(zip(header, row, strict=True))
            elif row:
                raise _ragged(name, line, len(row), len(header))
    except UnicodeDecodeError:
        raise UnreadableDataError(f"{name}, behind line {line}", "is not UTF-8", "convert it to UTF-8.") from None
    except csv.Error as error:
        hint = "look at the quotes there; a cell with a quote needs quotes around, and the quote twice."
        raise UnreadableDataError(f"{name}, behind line {line}", f"is not CSV: {error}", hint) from None


def _delimiter(header: str) -> str:
    return max(DELIMITERS, key=header.count)


def _check_header(header: list[str], name: str) -> None:
    hint = "the first line has to name every column."
    if not header:
        raise UnreadableDataError(name, "is empty", hint)
    if any(not each.strip() for each in header):
        raise UnreadableDataError(name, f"has a header with an empty name: {header}", hint)
    twice = sorted({each for each in header if header.count(each) > 1})
    if twice:
        raise UnreadableDataError(name, f"has two columns {twice[0]!r}", "rename one of them.")
    if all(each.strip().replace(".", "", 1).lstrip("-").isdecimal() for each in header):
        raise UnreadableDataError(name, f"has no header, the first line is {header}", hint)


def _ragged(name: str, line: int, cells: int, columns: int) -> UnreadableDataError:
    return UnreadableDataError(
        f"{name}, line {line}", f"has {cells} cells where the header has {columns}", "look at the commas and quotes."
    )


def add_parquet(profiler: Profiler, file: str) -> None:
    """Count the rows of a Parquet file; days and times are texts, decimals are exact.

    Raises:
        UnreadableDataError: it is not one, or holds NaN or Infinity.
    """
    import duckdb

    number = 1
    with duckdb.connect() as connection:
        try:
            connection.execute("SET TimeZone = 'UTC'")
            found = connection.execute("SELECT to_json(a_row) FROM read_parquet($1) AS a_row", [str(Path(file))])
            while rows := found.fetchmany(_ROWS):
                text = "\n".join(each for (each,) in rows).encode()
                profiler.add_part(Chunk(text, file, number, unit="row"))
                number += len(rows)
        except duckdb.Error as error:
            problem = f"is not a Parquet file that can be read: {str(error).partition(chr(10))[0]}"
            raise UnreadableDataError(file, problem, "was it written to its end?") from None
