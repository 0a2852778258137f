"""Mapping to document: each emitter writes the nodes of a typed mapping by hand, and operations from their spellings.

Every emitted document accepts and rejects the same records as `penstock.mapping.evaluate`, and gives the same values.
A package of this folder is an emitter when it has an `emitter` that follows `Emitter`.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol, cast

from penstock.errors import Finding
from penstock.mapping.typed import TypedMapping


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may choose; each emitter looks at what concerns it."""

    dialect: str = "duckdb"
    relations: Mapping[str, str] = field(default_factory=dict)
    """The table, or query in parentheses, that holds each source; by default one of the source's name."""
    carried: tuple[str, ...] = ()
    """Columns of the first source's relation that go along beside the target's, such as a row number."""
    joined_by: tuple[str, ...] = ()
    """Columns that the relations of several sources share: each is joined to the first, which keeps all its rows."""


@dataclass(frozen=True, slots=True)
class Emission:
    """What was written."""

    files: Mapping[str, str]
    """Texts by relative file name; the first is the mapping itself."""
    findings: tuple[Finding, ...] = ()

    @property
    def text(self) -> str:
        """The mapping itself."""
        return next(iter(self.files.values()))


class Emitter(Protocol):
    """Writes mappings in one language."""

    target: str
    """As `--to` names it."""

    def emit(self, mapping: TypedMapping, options: Options) -> Emission:
        """A mapping as code.

        Raises:
            UnsupportedOperationError: the target cannot do what the mapping asks for.
        """
        ...


@cache
def all_emitters() -> Mapping[str, Emitter]:
    """Every emitter by its target."""
    modules = (importlib.import_module(f"{__name__}.{each.name}") for each in pkgutil.iter_modules(__path__))
    found = (cast("Emitter", module.emitter) for module in modules if hasattr(module, "emitter"))
    return {each.target: each for each in found}
