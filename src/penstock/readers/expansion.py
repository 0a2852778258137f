"""Writes named types out where they are used, without end in neither depth nor size."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from penstock.errors import Finding
from penstock.readers.losses import RECURSION, TOO_LARGE
from penstock.schema.paths import Path
from penstock.schema.types import Json, Type

DEEPEST: Final = 50
"""How many named types may stand inside one another."""

LARGEST: Final = 2_000
"""How many named types one definition may hold, each counted as often as it is written out."""

MOST_READS: Final = 2_000
"""With more types read, what was cut in one definition is cut in the next as well, so that the time is bounded."""

MOST_TOLD: Final = 10
"""How many findings a definition has."""

_SUGGESTION: Final = "name the part that you need after '#', or map this part as JSON."

_EVERY: Final = ""
"""Stands for no name: what was cut for lack of room is read again elsewhere."""


@dataclass
class Expansion:
    """The named types of a document, each read when it is used for the first time.

    A type that holds itself is JSON at the recurrence, and so is what would make a definition larger than `LARGEST`;
    both are findings.

    Example: `Expansion(lambda name, path: read(declared[name], path)).define("Order")`
    """

    read: Callable[[str, Path], Type]
    """Reads the body of a named type and calls `use` for the names in it; the path is where the type is used."""
    findings: list[Finding] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _room: int = LARGEST
    _reads: int = 0
    _done: dict[str, tuple[Type, int]] = field(default_factory=dict)
    """Types that were read, and how many named types each holds."""
    _cut_for: dict[str, set[str]] = field(default_factory=dict)
    """Because of which outer types something in a type was cut."""

    def define(self, name: str, told: str = "") -> Type:
        """The type of a definition, with a room of its own; paths begin with its name, or with how it is told."""
        self._room = LARGEST
        if self._reads < MOST_READS:
            # Where something is cut depends on the outer types: a definition is the same whatever was read before.
            self._done = {each: done for each, done in self._done.items() if not self._cut_for[each]}
        before = len(self.findings)
        type_ = self.use(name, Path((told or name,)), told)
        self._shorten(before, told or name)
        return type_

    def _shorten(self, start: int, name: str) -> None:
        """Tell the first findings of a definition, and how many more there are."""
        more = len(self.findings) - start - MOST_TOLD
        if more > 0:
            code = self.findings[start + MOST_TOLD].code
            told = f"{more} more places of {name} are kept as JSON, because a type holds itself or is too large"
            self.findings[start + MOST_TOLD :] = [Finding("warning", code, name, told, _SUGGESTION)]

    def use(self, name: str, path: Path, told: str = "") -> Type:
        """The type of a name, written out; findings call it as it is told."""
        told = told or name
        if name in self._open:
            self._mark(name, self._open.index(name))
            return self._lose(RECURSION, path, f"{told} holds itself, and is kept as JSON here")
        if len(self._open) == DEEPEST:
            self._mark(_EVERY)
            return self._lose(TOO_LARGE, path, f"{told} is nested too deep, and is kept as JSON here")
        if name not in self._done:
            self._read(name, path)
        type_, count = self._done[name]
        if count > self._room:
            self._mark(_EVERY)
            return self._lose(TOO_LARGE, path, f"{told} would make the schema too large, and is kept as JSON here")
        self._room -= count
        for outer in self._open:
            self._cut_for[outer] |= self._cut_for[name]
        return type_

    def _read(self, name: str, path: Path) -> None:
        before = self._room
        self._reads += 1
        self._cut_for[name] = set()
        self._open.append(name)
        type_ = self.read(name, path)
        self._open.pop()
        self._done[name] = type_, before - self._room + 1
        self._room = before

    def _mark(self, name: str, start: int = 0) -> None:
        for outer in self._open[start:]:
            self._cut_for[outer].add(name)

    def _lose(self, code: str, path: Path, message: str) -> Type:
        self.findings.append(Finding("warning", code, str(path), message, _SUGGESTION))
        return Json()
