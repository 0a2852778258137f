"""Runs a pipeline: extract, profile, load, normalise. Every step may be repeated without doubling data."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from penstock.errors import InputError, UnknownDatasetError, UnknownStepError
from penstock.pipeline.patterns.extract.http_api.view import in_order
from penstock.pipeline.spec.load import load_spec
from penstock.pipeline.spec.model import Spec
from penstock.runtime.events import Listener, ignore
from penstock.runtime.project import Project
from penstock.runtime.run_log import RunReport
from penstock.services.steps import Work
from penstock.services.steps.extract import extract
from penstock.services.steps.load import load
from penstock.services.steps.normalise import normalise
from penstock.services.steps.profile import profile
from penstock.services.steps.working import Finished, work_in

__all__ = ["STEPS", "Finished", "as_document", "chosen_of", "run"]

STEPS: Final[dict[str, Callable[[Work, Sequence[str]], list[str]]]] = {
    "extract": extract,
    "profile": profile,
    "load": load,
    "normalise": normalise,
}


def run(
    folder: Path,
    *,
    first: str = "extract",
    last: str = "normalise",
    datasets: Collection[str] = (),
    engine: str | None = None,
    since: str | None = None,
    until: str | None = None,
    listen: Listener = ignore,
) -> Finished:
    """Run the steps from `first` to `last` for the datasets (none named: all).

    A dataset whose step fails is left out of the later steps; the others go on. What a run that
    failed or died had done is kept: the next one continues from there.

    With `since` (and `until`) the datasets with a cursor are asked for a range of it, in a run of its own that leaves
    the cursor where it is.

    Raises:
        InputError: The project, the spec, a step's or a dataset's name is wrong; nothing was run.
        ProjectBusyError: Another run works in the project.
    """
    project = Project.at(folder)
    spec = load_spec(project.spec)
    steps = _between(first, last)
    chosen = chosen_of(spec, datasets)
    span = _span(spec, datasets, steps, since, until)

    def do(work: Work) -> None:
        work = replace(work, span=span)
        names: list[str] = chosen
        for step in steps:
            names = STEPS[step](work, names)

    return work_in(project, spec, do, engine, listen)


def chosen_of(spec: Spec, datasets: Collection[str]) -> list[str]:
    """The named datasets (none named: all) in the order of `in_order`. Raises `UnknownDatasetError`."""
    for name in datasets:
        if name not in spec.datasets:
            raise UnknownDatasetError(name, spec.datasets)
    return [name for name in in_order(spec) if not datasets or name in datasets]


def _span(
    spec: Spec, datasets: Collection[str], steps: Sequence[str], since: str | None, until: str | None
) -> tuple[str, str | None] | None:
    """The range that is asked for, checked against the spec."""
    if since is None and until is None:
        return None
    if since is None or "extract" not in steps:
        needed = "--since for its start" if since is None else "the step extract"
        raise InputError(f"A range needs {needed}.\nHint: penstock run --since 2026-11-01 --until 2026-11-08")
    cursors = {name: each.cursor for name, each in spec.datasets.items() if each.cursor}
    without = [name for name in datasets if name not in cursors] if cursors else ["No dataset"]
    if without:
        told = f"{', '.join(without)} has no cursor, so no range can be asked for"
        raise InputError(
            f"{told}.\nHint: set datasets.NAME.cursor in penstock.yml; with one: {', '.join(cursors) or '-'}."
        )
    endless = [name for name, each in cursors.items() if each.until_parameter is None and name in (datasets or cursors)]
    if until is not None and endless:
        raise InputError(
            f"{', '.join(endless)} cannot be asked up to a value.\n"
            "Hint: set cursor.until_parameter in penstock.yml, leave out --until, or choose others by --dataset."
        )
    return since, until


def _between(first: str, last: str) -> list[str]:
    names = list(STEPS)
    for name in (first, last):
        if name not in names:
            raise UnknownStepError(name, names)
    if names.index(first) > names.index(last):
        raise InputError(f"The step {first} comes after {last}.\nHint: the order is {', '.join(names)}.")
    return names[names.index(first) : names.index(last) + 1]


def as_document(report: RunReport) -> dict[str, object]:
    """The JSON of `penstock run --json`, as docs/commands.md states it."""
    names = ("step", "dataset", "status", "rows", "files", "rejected", "seconds")
    return {
        "pipeline": report.pipeline,
        "steps": [{name: getattr(step, name) for name in names} for step in report.steps],
        "status": report.status,
    }
