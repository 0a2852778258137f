"""The files of the project: nothing of one machine in them, none too long, no library that is not declared."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
MACHINE_PATH = re.compile(r"(?<![\w.:/{}*-])/(?:home|root|Users|opt|mnt|srv|work\w*|builds)/[\w.-]+")
INDEX_URL = re.compile(r"--(?:extra-)?index-url|--find-links|find-links\s*=|index-url\s*=|https?://[^\s'\"]+/simple\b")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_nothing_of_a_machine_is_kept() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {match.group()}"
        for path in tracked()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        for match in (*MACHINE_PATH.finditer(line), *INDEX_URL.finditer(line))
    ]
    assert not found


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("see /home/ada/penstock", True),
        ("cd '/root/x'", True),
        ("--extra-index-url https://mirror.example.org/pypi/simple", True),
        ("../shared/data", False),
        ("https://example.org/home/page", False),
        ("datasets/home/x", False),
    ],
)
def test_what_counts_as_of_a_machine(line: str, is_found: bool) -> None:
    assert bool(MACHINE_PATH.search(line) or INDEX_URL.search(line)) is is_found


def test_source_files_are_short() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    # All errors stand in one file, as a list that is read by its names.
    del lengths["src/penstock/errors.py"]
    assert not {name: length for name, length in lengths.items() if length > 350}


def test_there_is_no_drawer_for_everything() -> None:
    names = {part for path in SOURCES for part in path.relative_to(ROOT / "src").with_suffix("").parts}
    assert not names & {"utils", "util", "common", "core", "helpers", "misc"}


def names_of(requirements: Iterable[str]) -> set[str]:
    return {re.split(r"[<>=!~\[; ]", each)[0].lower().replace("_", "-") for each in requirements}


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def declared() -> set[str]:
    about = project()["project"]
    return names_of([*about["dependencies"], *chain(*about["optional-dependencies"].values())])


def test_every_dependency_has_a_pinned_version() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = names_of(line for line in lines if "==" in line)
    assert declared() | names_of(project()["dependency-groups"]["dev"]) <= pinned | {"penstock"}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_every_library_that_is_imported_is_declared() -> None:
    # pydantic is two packages of one version; what it documents stands in both.
    free = sys.stdlib_module_names | {"penstock", "pydantic_core"}
    homes = packages_distributions()
    known = declared()
    undeclared = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in SOURCES
        if "templates" not in path.parts
        for name in imported(path)
        if name not in free and not known & names_of(homes.get(name, [name]))
    }
    assert not undeclared
