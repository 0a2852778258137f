"""How the pipelines below a folder are doing, from what their last runs left behind."""

from dataclasses import dataclass
from pathlib import Path

from penstock.errors import InputError
from penstock.pipeline.spec.load import load_spec
from penstock.runtime.lock import is_locked
from penstock.runtime.project import SPEC_FILE, Project
from penstock.runtime.run_log import RunReport, last_report

SKIPPED = {".git", ".venv", "node_modules", ".penstock", "dbt", "landing"}


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
    rejected: int
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
        rows=_sum(report, "rows"),
        rejected=_sum(report, "rejected"),
        drift=None,
        schedule=schedule,
    )


def _health(project: Project, report: RunReport | None) -> str:
    if report is None:
        return "never run"
    return "died" if report.status == "running" and not is_locked(project) else report.status


def _sum(report: RunReport | None, what: str) -> int:
    """Rows in the tables and rows set aside, as the last step of the run that makes tables counted them."""
    return sum(getattr(step, what) for step in report.steps if step.step == "normalise") if report else 0
