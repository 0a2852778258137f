"""Every error that Penstock raises; the base class says what the caller should do.

Fix the input (`InputError`, exit 2), look at the findings (`StepFailedError`, exit 1), retry later
(`UnavailableError`, exit 4) or ask a person (`DecisionNeededError`, exit 3).
"""

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import ClassVar, Literal


class PenstockError(Exception):
    """Base of all errors: a message that says what, where and what to do next."""

    exit_code: ClassVar[int] = 1


class InputError(PenstockError):
    """The caller can mend it: wrong usage or input that cannot be read."""

    exit_code = 2


class StepFailedError(PenstockError):
    """A step ran and failed; its log says why."""

    exit_code = 1


class DecisionNeededError(PenstockError):
    """A person must decide before the work can go on."""

    exit_code = 3


class UnavailableError(PenstockError):
    """A provider, network or engine failed after retries; trying again later may help."""

    exit_code = 4


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found: what is wrong, where, and what would mend it."""

    severity: Literal["error", "warning", "info"]
    code: str
    """Stable identifier such as `SPEC003`."""
    path: str
    """The place in the checked document: `datasets.events.paging`, or a file name."""
    message: str
    suggestion: str = ""
    line: int | None = None
    """Counted from 1, where the document has lines."""


def hint_for(name: str, known: Collection[str]) -> str:
    """A sentence that offers the closest known name, or all of them."""
    close = get_close_matches(name, known, n=1)
    return f"Did you mean {close[0]!r}?" if close else f"Known: {', '.join(sorted(known))}."


class MissingExtraError(InputError):
    """A command needs an optional part of Penstock that is not installed."""

    def __init__(self, extra: str, needed_for: str) -> None:
        super().__init__(f"{needed_for} needs the extra {extra!r}.\nHint: pip install 'penstock[{extra}]'")
        self.extra = extra


class PathSyntaxError(InputError):
    """A path is not written as `order.lines[].sku`."""

    def __init__(self, text: str, position: int, problem: str) -> None:
        super().__init__(
            f"Invalid path {text!r} at character {position}: {problem}.\n"
            "Hint: write fields as a.b, list elements as a[].b, any key of a map as a.*; escape with a backslash."
        )
        self.text = text
        self.position = position


class NotAProjectError(InputError):
    """A folder has no `penstock.yml`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"No penstock.yml in {folder}.\n"
            "Hint: cd into a pipeline project, name its folder, or make one: penstock init NAME --url URL"
        )
        self.folder = folder


class ProjectBusyError(UnavailableError):
    """Another run works in the same project."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Another run works in {folder}.\nHint: wait for it (penstock status shows it), then try again."
        )
        self.folder = folder
