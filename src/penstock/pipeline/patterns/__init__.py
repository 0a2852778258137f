"""Integration patterns: each is a folder with its best practices in prose, its templates and its checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from penstock.catalog.shape import Shape
from penstock.errors import Finding
from penstock.pipeline.spec.model import Spec


@dataclass(frozen=True, slots=True)
class Context:
    """What a pattern may know when it writes its files."""

    spec: Spec
    shapes: Mapping[str, Shape] = field(default_factory=dict)
    """The shape of each dataset that has been profiled, by name."""


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
