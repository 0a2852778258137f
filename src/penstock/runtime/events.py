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


Event = StepStarted | StepProgressed | StepFinished | Noted
Listener = Callable[[Event], None]


def ignore(_event: Event) -> None:
    """A listener that hears nothing."""
