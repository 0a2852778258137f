"""Tables whose every column counts: on a narrow terminal cells are folded, and no column is left out."""

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from penstock.cli.output import cell_of, console, print_table

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

GAP: Final = 2
"""Blanks between two columns."""

LONG: Final = 20
"""Characters from which on a word, such as a path, may be folded within."""


def print_folded(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table for a person: whole on a pipe; as wide as a terminal; a list where that is too narrow."""
    rows = list(rows)
    if not sys.stdout.isatty():
        print_table(columns, rows)
        return
    cells = [[cell_of(value) for value in row] for row in rows]
    target = console()
    texts = [[name, *(row[at].plain for row in cells)] for at, name in enumerate(columns)]
    widths = fitting_widths(texts, target.width)
    if widths is None:
        _print_list(target, columns, cells)
    else:
        _print_table(target, columns, cells, widths)


def fitting_widths(columns: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """How wide each column of texts is, so that no short word is cut; None where that cannot be."""
    from rich.cells import cell_len

    widths = [max(1, *map(cell_len, texts)) for texts in columns]
    least = [max([1, *(min(cell_len(word), LONG) for text in texts for word in text.split())]) for texts in columns]
    free = room - GAP * (len(columns) - 1) - 1
    while sum(widths) > free:
        width, at = max((width, at) for at, width in enumerate(widths))
        if all(width == floor for width, floor in zip(widths, least, strict=True)):
            return None
        if width == least[at]:
            at = max(range(len(widths)), key=lambda each: widths[each] - least[each])
        widths[at] -= 1
    return widths


def _print_table(
    target: "Console", columns: Sequence[str], cells: Iterable[Sequence["Text"]], widths: Sequence[int]
) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, GAP), pad_edge=False)
    for width in widths:
        table.add_column(width=width, overflow="fold")
    table.add_row(*(Text(name, style="bold") for name in columns))
    table.add_row(*(Text("─" * width) for width in widths))
    for row in cells:
        table.add_row(*row)
    target.print(table, soft_wrap=False)


def _print_list(target: "Console", columns: Sequence[str], cells: Iterable[Sequence["Text"]]) -> None:
    """Each row as lines of a name and its value."""
    from rich.table import Table
    from rich.text import Text

    for row in cells:
        table = Table.grid(padding=(0, GAP))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for name, cell in zip(columns, row, strict=True):
            table.add_row(Text(name, style="bold"), cell)
        target.print(table, soft_wrap=False)
        target.print()
