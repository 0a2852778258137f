"""Rows that were set aside: lists them, and puts them through again under the plan of now."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from penstock.errors import LandingError, ProjectBusyError, UnreadableDataError
from penstock.pipeline.spec.load import load_spec
from penstock.pipeline.spec.model import Spec
from penstock.runtime.events import Listener, ignore
from penstock.runtime.landing import Landing, landing_root
from penstock.runtime.lock import is_locked
from penstock.runtime.project import Project
from penstock.runtime.reopening import Reject, list_rejects, reopen_rejects
from penstock.services.look import reading
from penstock.services.raw import raw_records
from penstock.services.run import chosen_of
from penstock.services.steps import Work
from penstock.services.steps.load import load
from penstock.services.steps.normalise import normalise
from penstock.services.steps.warehouse import writing
from penstock.services.steps.working import Finished, work_in


@dataclass(frozen=True, slots=True)
class Retried:
    """What became of rows that were put through again."""

    run: Finished | None
    """None: there was nothing to do."""
    fit: int
    """Rows that are in the tables now."""
    left: tuple[Reject, ...]
    """All rows that are set aside now."""


def rejects(folder: Path, datasets: Collection[str] = ()) -> list[Reject]:
    """The rows that are set aside, dataset by dataset, oldest first.

    Raises:
        InputError: The project or a dataset's name is wrong, or there is no database yet.
    """
    project = Project.at(folder)
    spec = load_spec(project.spec)
    return _listed(project, spec, chosen_of(spec, datasets))


def retry(
    folder: Path, datasets: Collection[str] = (), *, engine: str | None = None, listen: Listener = ignore
) -> Retried:
    """Read the raw files that hold rejects again, under the plan that follows from spec and catalog now.

    Rows that fit now go to the tables, unless a newer row of the same key is there; the others stay aside.

    Raises:
        InputError: The project, the spec or a dataset's name is wrong; nothing was changed.
        ProjectBusyError: A run works in the project.
    """
    project = Project.at(folder)
    spec = load_spec(project.spec)
    chosen = chosen_of(spec, datasets)
    if is_locked(project):
        raise ProjectBusyError(project.root)
    before = {each.place for each in _listed(project, spec, chosen)}
    if not before:
        return Retried(None, 0, ())
    again = {name for name, _, _ in before}
    finished = work_in(project, spec, lambda work: _put_through(work, spec, again, chosen), engine, listen)
    left = _listed(project, spec, chosen)
    return Retried(finished, len(before - {each.place for each in left}), tuple(left))


def _put_through(work: Work, spec: Spec, again: Collection[str], chosen: list[str]) -> None:
    with writing(work) as connection:
        for name in again:
            reopen_rejects(connection, name, spec.datasets[name].writing_mode)
    normalise(work, load(work, chosen))


def _listed(project: Project, spec: Spec, datasets: Collection[str]) -> list[Reject]:
    with reading(project) as connection:
        found = [each for name in datasets for each in list_rejects(connection, name)]
    records = _records(project, spec, found)
    return [replace(each, record=records.get(each.place)) for each in found]


def _records(project: Project, spec: Spec, found: list[Reject]) -> dict[tuple[str, str, int], str]:
    """The records as they stand in the raw files; without those whose file is gone or damaged."""
    wanted: dict[tuple[str, str], set[int]] = {}
    for each in found:
        wanted.setdefault((each.dataset, each.file), set()).add(each.position)
    known: dict[tuple[str, str, int], str] = {}
    for (dataset, file), positions in wanted.items():
        landing = Landing(landing_root(spec.landing.url, project.root), spec.provider.name, dataset)
        with suppress(LandingError, UnreadableDataError):
            records = raw_records(spec, landing, file, positions)
            known |= {(dataset, file, position): text for position, text in records.items()}
    return known
