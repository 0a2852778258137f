"""Finds the readers and writers of schemas: those of this package, and those of other packages."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import entry_points
from typing import Any, Final

from penstock import readers as family
from penstock.readers import Reader, Writer

GROUP: Final = "penstock.readers"
"""The group of entry points under which other packages name their modules."""


@cache
def readers() -> Mapping[str, Reader]:
    """Every reader under its kind, sorted; one of another package takes the place of ours of the same kind."""
    found: dict[str, Reader] = {each.READER.kind: each.READER for each in _modules() if hasattr(each, "READER")}
    return dict(sorted(found.items()))


@cache
def writers() -> Mapping[str, Writer]:
    """Every writer under its language, sorted; one of another package takes the place of ours of the same language."""
    found: dict[str, Writer] = {each.WRITER.language: each.WRITER for each in _modules() if hasattr(each, "WRITER")}
    return dict(sorted(found.items()))


def _modules() -> Iterator[Any]:
    for each in pkgutil.iter_modules(family.__path__):
        yield importlib.import_module(f"{family.__name__}.{each.name}")
    for entry in sorted(entry_points(group=GROUP), key=lambda each: each.name):
        yield entry.load()
