"""Integration patterns: each is a folder with its best practices in prose, its templates and its checks."""

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from penstock.errors import Finding
from penstock.pipeline.plan.model import Plan
from penstock.pipeline.spec.model import Spec


@dataclass(frozen=True, slots=True)
class Context:
    """What a pattern may know when it writes its files."""

    spec: Spec
    plans: Mapping[str, Plan] = field(default_factory=dict)
    """The normalisation plan of each dataset that has been profiled, by name."""


class Pattern(Protocol):
    """Writes one part of a pipeline project as plain files."""

    name: str
    """Where the folder is: `extract/http_api`."""

    def render(self, context: Context) -> Mapping[str, str]:
        """The text of each file, by its path in the project (with `/`); empty where the pattern does not apply."""
        ...

    def check(self, files: Mapping[str, str]) -> Sequence[Finding]:
        """What is wrong with the files of this pattern, as they stand in a project."""
        ...


def all_patterns() -> tuple[Pattern, ...]:
    """Every built-in pattern, sorted by name.

    They are found by walking the folders: a folder of this package with a `PATTERN` in it is a pattern, so that
    adding one edits no list.
    """
    found: list[Pattern | None] = [
        getattr(importlib.import_module(each.name), "PATTERN", None)
        for each in pkgutil.walk_packages(__path__, f"{__name__}.")
        if each.ispkg
    ]
    return tuple(sorted((each for each in found if each is not None), key=lambda each: each.name))
