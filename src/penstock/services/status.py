"""How the pipelines below a folder are doing, from what their last runs left behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from penstock.errors import InputError
from penstock.pipeline.spec.load import load_spec
from penstock.runtime.events import StepFinished
from penstock.runtime.lock import is_locked
from penstock.runtime.project import SPEC_FILE, Project
from penstock.runtime.run_log import RunReport, last_report, reports

SKIPPED = {".git", ".venv", "node_modules", ".penstock", "dbt", "landing"}


LOOKED_BACK: Final = 50
"""Runs in which a dataset's tables are looked for."""


@dataclass(frozen=True, slots=True)
class PipelineStatus:
    """One pipeline and its last run."""

    pipeline: str
    folder: Path
    last_run: str | None
    """When it started, ISO 8601 in UTC; None before the first run."""
    status: str
    """`ok`, `failed`, `running`, `died`, `never run`, `invalid spec`."""
    rows: int
    """In the tables of the records, when they were last counted."""
    rejected: int
    """Records that are set aside."""
    drift: int | None
    """Open changes of the provider; None where nothing has looked for them."""
    schedule: str | None


def pipeline_status(folder: Path) -> list[PipelineStatus]:
    """Every pipeline in the folder or below it, by folder."""
    return [_status(Project(path.parent.resolve())) for path in sorted(_specs(folder))]


def _specs(folder: Path) -> list[Path]:
    found = [folder / SPEC_FILE] if (folder / SPEC_FILE).is_file() else []
    for below in sorted(folder.iterdir()):
        if below.is_dir() and not below.is_symlink() and below.name not in SKIPPED:
            found += _specs(below)
    return found


def _status(project: Project) -> PipelineStatus:
    report = last_report(project)
    counted = _counted(project)
    name, schedule, status = project.root.name, None, _health(project, report)
    try:
        spec = load_spec(project.spec)
        name, schedule = spec.name, spec.schedule
    except InputError:
        status = "invalid spec"
    return PipelineStatus(
        pipeline=name,
        folder=project.root,
        last_run=report.started if report else None,
        status=status,
        rows=sum(each.rows for each in counted),
        rejected=sum(each.rejected for each in counted),
        drift=None,
        schedule=schedule,
    )


def _health(project: Project, report: RunReport | None) -> str:
    if report is None:
        return "never run"
    return "died" if report.status == "running" and not is_locked(project) else report.status


def _counted(project: Project) -> list[StepFinished]:
    """The last step of each dataset that counted its tables; a later run may have stopped before, or failed."""
    found: dict[str, StepFinished] = {}
    for report in islice(reports(project), LOOKED_BACK):
        steps = [each for each in report.steps if each.step == "normalise" and each.status == "ok"]
        found = {each.dataset: each for each in steps} | found
    return list(found.values())


def as_document(found: Iterable[PipelineStatus]) -> dict[str, object]:
    """The JSON of `penstock status --json`, as docs/commands.md states it."""
    names = ("pipeline", "last_run", "status", "rows", "rejected", "drift", "schedule")
    return {"pipelines": [{name: getattr(each, name) for name in names} for each in found]}
