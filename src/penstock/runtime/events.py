"""What long work tells its listener while it goes on: steps that start, move on and end."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Status = Literal["ok", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class StepStarted:
    """A step of a run begins."""

    step: str
    dataset: str


@dataclass(frozen=True, slots=True)
class StepProgressed:
    """`done` of `total` units are through; `total` is None where it is not known."""

    step: str
    dataset: str
    done: int
    total: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class StepFinished:
    """A step of a run is over."""

    step: str
    dataset: str
    status: Status
    message: str
    """What was done, in a few words: `1 page, 34 kB`."""
    seconds: float
    rows: int = 0
    files: int = 0
    rejected: int = 0
    detail: str = ""
    """Where the result is."""


@dataclass(frozen=True, slots=True)
class Noted:
    """Something a person should know: a warning or a hint."""

    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a narration: what happens next, or what was seen."""

    text: str


@dataclass(frozen=True, slots=True)
class Typed:
    """The command line that a user would type for what happens next."""

    command: str


@dataclass(frozen=True, slots=True)
class Tabled:
    """Rows to look at."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


Event = StepStarted | StepProgressed | StepFinished | Noted | Said | Typed | Tabled
Listener = Callable[[Event], None]


def ignore(_event: Event) -> None:
    """A listener that hears nothing."""
