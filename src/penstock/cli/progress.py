"""Shows a run while it goes on: a line for each step that is over, and bars on a terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from penstock.cli.output import console, errors, print_table
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
    from rich.progress import Progress, TaskID

NARROW: Final = 100
"""Characters in a line of prose."""

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
            self._out.print(_line(event), markup=True, no_wrap=True, overflow="ellipsis")
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


def _line(event: StepFinished) -> str:
    from rich.markup import escape

    detail = f"  [dim]{escape(event.detail)}[/]" if event.detail else ""
    return (
        f"  [bold]{event.step:<10}[/] {escape(event.dataset):<20} "
        f"{MARKS[event.status]}{escape(event.message):<28}{detail}"
    )
