"""How answers reach a person or a program: text with colour only on a terminal, or one JSON document."""

import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

WHOLE: Final = 100_000
"""Characters in a line where nothing is cut."""

WIDEST: Final = 48
"""Characters of a cell that a terminal shows."""

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from penstock.errors import Finding
    from penstock.services.look import Rows


@cache
def console() -> "Console":
    """Standard output."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=not sys.stdout.isatty(), width=None if sys.stdout.isatty() else WHOLE)


@cache
def errors() -> "Console":
    """Standard error: progress, warnings, logs."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=True)


def print_json(document: Any) -> None:
    """Exactly one JSON document on standard output."""
    sys.stdout.write(json.dumps(as_json(document), ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def as_json(value: Any) -> Any:
    """A value made of what JSON has: what it has no type for becomes exact text, also as a key of a map."""
    if isinstance(value, Mapping):
        return {_key(key): as_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_json(each) for each in value]
    if value is None or isinstance(value, str | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    return plain(value)


def _key(key: object) -> str:
    text = as_json(key)
    return text if isinstance(text, str) else json.dumps(text)


def plain(value: object) -> object:
    """A value that JSON has no type for, as exact text."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | Path):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table for a person: whole on a pipe; on a terminal the columns that fit, and the names of the others."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from penstock.runtime.wording import count

    cells = [[cell_of(value) for value in row] for row in rows]
    target = console()
    room = target.width if sys.stdout.isatty() else WHOLE
    widths = [max(len(name), *(len(row[at]) for row in cells), 1) for at, name in enumerate(columns)]
    shown = _fitting([min(width, WIDEST) if room != WHOLE else width for width in widths], room)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column in columns[:shown]:
        table.add_column(Text(column), max_width=None if room == WHOLE else WIDEST, no_wrap=True)
    for row in cells:
        table.add_row(*row[:shown])
    target.print(table, width=room, crop=False, no_wrap=True)
    if shown < len(columns):
        more = count(len(columns) - shown, "more column")
        target.print(f"{more}: {', '.join(columns[shown:])}", markup=False, style="dim")


def _fitting(widths: Sequence[int], room: int) -> int:
    """How many columns fit, with two blanks between them; at least one."""
    ends = list(accumulate(width + 2 for width in widths))
    return max(1, sum(end <= room for end in ends))


def cell_of(value: object) -> "Text":
    """A value as it stands in a table."""
    from rich.text import Text

    if value is None:
        return Text("null", style="dim")
    if isinstance(value, dict | list):
        return Text(json.dumps(as_json(value), ensure_ascii=False))
    return Text(str(plain(value)) if not isinstance(value, bool) else str(value).lower())


def print_rows(answer: "Rows", *, as_json: bool) -> None:
    """The answer of a query."""
    if as_json:
        rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        print_json({"columns": answer.columns, "types": answer.types, "rows": rows, "cut": answer.is_cut})
        return
    print_table(answer.columns, answer.rows)
    if answer.is_cut:
        print_cut(len(answer.rows))


def print_cut(shown: int) -> None:
    """Say that there are more rows than are shown."""
    told = "row is" if shown == 1 else f"{shown} rows are"
    errors().print(f"Only the first {told} shown; --limit shows more.")


def print_findings(findings: "Sequence[Finding]", document: str, *, as_json: bool) -> None:
    """Findings with their place and what would mend them."""
    if as_json:
        from dataclasses import asdict

        print_json({"findings": [asdict(finding) for finding in findings]})
        return
    colours = {"error": "red", "warning": "yellow", "info": "cyan"}
    for finding in findings:
        place = f"{document}:{finding.line}" if finding.line else document
        console().print(
            f"{place}: [{colours[finding.severity]}]{finding.severity}[/] {finding.code}"
            f"{' at ' + _escaped(finding.path) if finding.path else ''}: {_escaped(finding.message)}"
        )
        if finding.suggestion:
            console().print(f"  Hint: {_escaped(finding.suggestion)}")
    if not findings:
        console().print(f"{document}: no findings")


def print_warnings(findings: "Sequence[Finding]", document: str) -> None:
    """What was lost, on standard error, each once."""
    for finding in dict.fromkeys(findings):
        at = f" at {finding.path}" if finding.path else ""
        errors().print(f"{document}: {finding.severity} {finding.code}{at}: {finding.message}", markup=False)


def _escaped(text: str) -> str:
    from rich.markup import escape

    return escape(text)
