"""Runs a pipeline: extract, profile, load, normalise. Every step may be repeated without doubling data."""

from collections.abc import Callable, Collection, Sequence
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Final

from penstock.errors import InputError, UnknownDatasetError, UnknownStepError
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

__all__ = ["STEPS", "Finished", "as_document", "chosen_of", "in_order", "run"]

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
    listen: Listener = ignore,
) -> Finished:
    """Run the steps from `first` to `last` for the datasets (none named: all).

    A dataset whose step fails is left out of the later steps; the others go on. What a run that
    failed or died had done is kept: the next one continues from there.

    Raises:
        InputError: The project, the spec, a step's or a dataset's name is wrong; nothing was run.
        ProjectBusyError: Another run works in the project.
    """
    project = Project.at(folder)
    spec = load_spec(project.spec)
    steps = _between(first, last)
    chosen = chosen_of(spec, datasets)

    def do(work: Work) -> None:
        names: list[str] = chosen
        for step in steps:
            names = STEPS[step](work, names)

    return work_in(project, spec, do, engine, listen)


def in_order(spec: Spec) -> list[str]:
    """The datasets, each after the one that it fans out from."""
    graph = {name: [dataset.for_each.dataset] if dataset.for_each else [] for name, dataset in spec.datasets.items()}
    return list(TopologicalSorter(graph).static_order())


def chosen_of(spec: Spec, datasets: Collection[str]) -> list[str]:
    """The named datasets (none named: all) in the order of `in_order`. Raises `UnknownDatasetError`."""
    for name in datasets:
        if name not in spec.datasets:
            raise UnknownDatasetError(name, spec.datasets)
    return [name for name in in_order(spec) if not datasets or name in datasets]


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
