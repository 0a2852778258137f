"""Versions of the spec's format, and how an older spec becomes a new one."""

from collections.abc import Callable, Mapping
from typing import Final

from penstock.errors import Finding
from penstock.pipeline.spec.document import Data
from penstock.pipeline.spec.model import SPEC_VERSION

Migration = Callable[[dict[str, Data]], dict[str, Data]]
"""Turns the data of one version into that of the next one, its `penstock:` key included."""

MIGRATIONS: Final[Mapping[str, Migration]] = {}
"""By the version that they start from. `penstock/1` is the first version, so nothing is older."""


def migrate(data: dict[str, Data], migrations: Mapping[str, Migration] = MIGRATIONS) -> dict[str, Data]:
    """The data in the newest version; data of an unknown version comes back as it is."""
    while isinstance(version := data.get("penstock"), str) and version in migrations:
        data = migrations[version](data)
    return data


def check_version(data: dict[str, Data], line: int | None) -> Finding | None:
    """What is wrong with the version, if anything."""
    first_line = f"Write 'penstock: {SPEC_VERSION}' as the first key."
    if "penstock" not in data:
        return Finding("error", "SPEC005", "penstock", "The version of the format is missing.", first_line, line)
    version = data["penstock"]
    if version == SPEC_VERSION:
        return None
    name, _, number = str(version).partition("/")
    newest = int(SPEC_VERSION.partition("/")[2])
    newer = name == "penstock" and number.isdecimal() and int(number) > newest
    suggestion = "Update Penstock: this file is newer than the program." if newer else first_line
    return Finding("error", "SPEC005", "penstock", f"Unknown version {version!r}.", suggestion, line)
