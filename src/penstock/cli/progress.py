"""Shows a run while it goes on: a line for each step that is over, and bars on a terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from penstock.cli.output import WHOLE, console, errors, print_table
from penstock.runtime.events import (
    Event,
    Listener,
    Noted,
    Said,
    StepFinished,
    StepProgressed,
    StepStarted,
    Tabled,
    Typed,
)

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.progress import Progress, TaskID
    from rich.text import Text

NARROW: Final = 100
"""Characters in a line of prose."""

MESSAGE: Final = 28
"""Characters of what was done, before the place of the result."""

STEP: Final = 12
"""Characters of an indented step, and the fewest of a place that say something."""

MARKS = {"ok": "", "failed": "[red]failed[/]  ", "skipped": "[dim]skipped[/] "}


@contextmanager
def shown(*, quiet: bool) -> Iterator[Listener]:
    """A listener that shows events: steps on standard output (or error when `quiet`), bars on a terminal's error."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    bars = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[unit]}"),
        console=errors(),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    with bars:
        yield _Shown(bars, quiet=quiet).hear


class _Shown:
    def __init__(self, bars: "Progress", *, quiet: bool) -> None:
        self._bars = bars
        self._tasks: dict[tuple[str, str], TaskID] = {}
        self._out = errors() if quiet else console()

    def hear(self, event: Event) -> None:
        if isinstance(event, StepStarted):
            name = f"{event.step} {event.dataset}".strip()
            self._tasks[event.step, event.dataset] = self._bars.add_task(name, total=None, unit="")
        elif isinstance(event, StepProgressed):
            task = self._tasks.get((event.step, event.dataset))
            if task is not None:
                self._bars.update(task, completed=event.done, total=event.total, unit=event.unit)
        elif isinstance(event, StepFinished):
            task = self._tasks.pop((event.step, event.dataset), None)
            if task is not None:
                self._bars.remove_task(task)
            is_terminal = self._out.is_terminal
            self._out.print(step_line(event, self._out.width if is_terminal else WHOLE), soft_wrap=not is_terminal)
        elif isinstance(event, Noted):
            errors().print(event.text, markup=False)
        else:
            self._narrate(event)

    def _narrate(self, event: Said | Typed | Tabled) -> None:
        if isinstance(event, Said):
            self._out.print(f"\n{event.text}", markup=False, soft_wrap=False, width=NARROW)
        elif isinstance(event, Typed):
            self._out.print(f"\n$ {event.command}", markup=False, style="bold cyan")
        elif self._out is not errors():
            print_table(event.columns, event.rows)


def step_line(event: StepFinished, room: int) -> "RenderableType":
    """What became of a step, in lines of at most `room` characters: only the place of the result is ever cut.

    Why a step failed is told at the end of the run.
    """
    from rich.table import Table
    from rich.text import Text

    told = Text.from_markup(MARKS[event.status]) + Text("" if event.status == "failed" else event.message)
    line = Text.assemble("  ", (f"{event.step:<10}", "bold"), f" {event.dataset:<20} ", told)
    if line.cell_len <= room:
        return _with_place(line, max(0, MESSAGE - told.cell_len), event.detail, room)
    grid = Table.grid(padding=(0, 1))
    grid.add_column(min_width=STEP)
    grid.add_column(overflow="fold")
    grid.add_column(overflow="fold")
    grid.add_row(Text(f"  {event.step}", "bold"), Text(event.dataset), told)
    return grid


def _with_place(line: "Text", blanks: int, place: str, room: int) -> "Text":
    """A line with as much of the result's place behind it as there is room for."""
    free = room - line.cell_len - blanks - 2
    if place and free >= STEP:
        shown = place if len(place) <= free else f"{place[: free - 1]}…"
        line.append(" " * (blanks + 2)).append(shown, "dim")
    return line
