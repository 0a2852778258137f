"""Runs the generated extractor as it runs in the cloud: its own process, its declared environment, nothing else."""

import json
import os
import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
from dotenv import dotenv_values

from penstock.errors import ExtractionError, MissingSecretError
from penstock.runtime.process import minimal_environment, run_process
from penstock.runtime.project import Project


class Extracted(msgspec.Struct, frozen=True):
    """What the handler returned for a dataset."""

    statusCode: int  # noqa: N815 - the name that AWS Lambda uses
    outcome: str = ""
    pages: int = 0
    records: int = 0
    bytes: int = 0
    files: list[str] = []
    failures: list[str] = []
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Progress of an extraction: so many pages and records so far."""

    page: int
    records: int


def secrets_for(project: Project, names: Collection[str]) -> dict[str, str]:
    """The values of the named variables, from the environment or the project's `.env`; all must be there."""
    values = {**dotenv_values(project.root / ".env"), **os.environ}
    missing = {name for name in names if not values.get(name)}
    if missing:
        raise MissingSecretError(missing, project.root)
    return {name: str(values[name]) for name in names}


def extract(
    project: Project,
    dataset: str,
    environment: Mapping[str, str],
    log: Path,
    write: Callable[[str], None],
    progress: Callable[[Page], None],
    span: tuple[str, str | None] | None = None,
) -> Extracted:
    """Run the handler for one dataset. Its log goes to `write`, its pages to `progress`.

    With `span` it asks for a range of the cursor, from one value to another (None: without an end).
    """
    since, until = span or (None, None)
    # With an equals sign, so that a negative number is no option.
    asked = [f"--{name}={value}" for name, value in (("since", since), ("until", until)) if value is not None]
    said = ""

    def hear(line: str) -> None:
        nonlocal said
        page = _page(line)
        if page:
            progress(page)
        else:
            said = line
            write(line)

    finished = run_process(
        # -B: on a full disk Python leaves half a file of bytecode behind, which no later run could import.
        [sys.executable, "-s", "-B", project.handler.name, "--dataset", dataset, *asked],
        {**minimal_environment(os.environ), **environment},
        project.handler.parent,
        hear,
    )
    lines = finished.output.strip().splitlines()
    if not lines:
        raise ExtractionError(dataset, f"the extractor ended without an answer: {said or finished.code}", log)
    try:
        return msgspec.json.decode(lines[-1], type=Extracted)
    except msgspec.DecodeError as error:
        raise ExtractionError(dataset, f"the extractor's answer cannot be read ({error}).", log) from error


def _page(line: str) -> Page | None:
    if not line.startswith('{"event": "page"'):
        return None
    try:
        data = json.loads(line)
    except ValueError:
        return None
    return Page(int(data.get("page", 0)), int(data.get("records", 0)))
