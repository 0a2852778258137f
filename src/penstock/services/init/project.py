"""Writes a new pipeline project: whole, or not at all."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from penstock.errors import FolderTakenError, MissingAnswersError
from penstock.files import write_whole
from penstock.pipeline.patterns import Context
from penstock.pipeline.spec.model import Spec
from penstock.pipeline.spec.publish import json_schema
from penstock.pipeline.spec.write import SCHEMA_PATH, write_spec
from penstock.pipeline.writer import write_project
from penstock.runtime.git import first_commit, is_inside_repository
from penstock.runtime.http import Fetch
from penstock.services.init.plan import plan_init
from penstock.services.init.readme import project_readme
from penstock.services.init.request import InitRequest, Proposal

_GITIGNORE = """\
# Secrets.
.env

# Data; it can be fetched or built again.
{data}*.duckdb
*.duckdb.wal
/dbt/target/
/dbt/logs/
/dbt/dbt_packages/

# What a run leaves behind. .penstock/generated stays in git: merging with your edits needs it.
/.penstock/runs/
/.penstock/conflicts/
/.penstock/*.lock
/.penstock/lock
__pycache__/
"""


@dataclass(frozen=True, slots=True)
class Created:
    """A project that was written."""

    folder: Path
    files: tuple[str, ...]
    """Paths in the project, with `/`, in order; without what Penstock keeps under `.penstock`."""
    notes: tuple[str, ...] = ()
    """What a person should know: hints, and whatever git did not do."""


def init(request: InitRequest, fetch: Fetch, environment: Mapping[str, str]) -> Created:
    """Plan and write a project in one go.

    Raises:
        FolderTakenError: Something is at the folder already; nothing was asked and nothing written.
        MissingAnswersError: The proposal has questions; nothing was written.
    """
    check_free(request.folder)
    return write_new_project(request, plan_init(request, fetch, environment), environment)


def check_free(folder: Path) -> None:
    """Make sure that a project can be written there.

    Raises:
        FolderTakenError: Something is there already.
    """
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise FolderTakenError(folder)


def write_new_project(request: InitRequest, proposal: Proposal, environment: Mapping[str, str] = os.environ) -> Created:
    """Write the proposed project, and make it a git repository with a first commit unless it is inside one.

    It is built under a temporary name beside its place and renamed at the end.

    Raises:
        FolderTakenError: Something is at the folder already.
        MissingAnswersError: The proposal has questions.
    """
    if proposal.spec is None:
        raise MissingAnswersError([(each.name, each.text) for each in proposal.questions])
    folder = request.folder.absolute()
    check_free(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent))
    try:
        _write(building, proposal.spec, proposal)
        _open_to_others(building)
        note = "" if is_inside_repository(folder.parent, environment) else _commit(building, proposal.spec, environment)
        files = _files(building)
        # An empty folder that is already there gives way.
        building.rename(folder)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return Created(folder, files, (*proposal.hints, *([note] if note else [])))


def _write(folder: Path, spec: Spec, proposal: Proposal) -> None:
    write_whole(folder / "penstock.yml", write_spec(spec))
    write_whole(folder / SCHEMA_PATH, json_schema())
    write_whole(folder / ".gitignore", _gitignore(spec))
    write_whole(folder / "README.md", project_readme(spec, proposal.decisions, proposal.hints))
    write_project(folder, Context(spec))


def _gitignore(spec: Spec) -> str:
    """What git leaves out; a landing zone or warehouse inside of the project belongs to it."""
    data = [each for each in (spec.landing.url, spec.warehouse.path) if "://" not in each]
    inside = [PurePosixPath(each) for each in data if not PurePosixPath(each).is_absolute() and ".." not in each]
    return _GITIGNORE.format(data="".join(f"/{each}\n" for each in inside))


def _open_to_others(folder: Path) -> None:
    """A temporary folder is closed to others; a project has the usual rights."""
    mask = os.umask(0)
    os.umask(mask)
    folder.chmod(0o777 & ~mask)


def _commit(folder: Path, spec: Spec, environment: Mapping[str, str]) -> str:
    return first_commit(folder, f"Set up the pipeline {spec.name}", environment)


def _files(folder: Path) -> tuple[str, ...]:
    paths = (each.relative_to(folder) for each in folder.rglob("*") if each.is_file())
    return tuple(sorted(each.as_posix() for each in paths if each.parts[0] not in (".git", ".penstock")))
