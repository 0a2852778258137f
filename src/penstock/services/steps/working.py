"""One piece of work in a project at a time: its lock, its log, its report, its files up to date."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from penstock.catalog.personal.masking import IN_LOGS, mask_within
from penstock.errors import PenstockError
from penstock.pipeline.spec.model import Spec
from penstock.runtime.events import Event, Listener, Noted
from penstock.runtime.lock import only_run
from penstock.runtime.project import Project
from penstock.runtime.run_log import RunLog, RunReport, new_run
from penstock.services.steps import Work
from penstock.services.steps.files import write_files
from penstock.services.steps.plans import Failures, kept_plans, plan_each, to_write


@dataclass(frozen=True, slots=True)
class Finished:
    """A run that is over: its report, and what failed in it."""

    report: RunReport
    failures: tuple[PenstockError, ...]
    log: Path


def work_in(
    project: Project, spec: Spec, do: Callable[[Work], object], engine: str | None, listen: Listener
) -> Finished:
    """Do some work in a project, alone, with a log and a report.

    Raises:
        ProjectBusyError: Other work goes on in the project.
    """
    with only_run(project):
        log = RunLog(project, new_run(spec.name, datetime.now(UTC)))

        noted: set[Noted] = set()

        def tell(event: Event) -> None:
            if isinstance(event, Noted):
                if event in noted:
                    return
                noted.add(event)
            log.hear(event)
            listen(event)

        work = Work(project, spec, log, tell, engine or default_engine())
        status = "failed"
        try:
            _write_known(work)
            do(work)
            status = "failed" if work.failures else "ok"
        except Exception as error:
            # What stops all datasets at once is told by no step.
            log.write(mask_within(f"failed: {type(error).__name__}: {error}", IN_LOGS))
            raise
        finally:
            report = log.finish(status, datetime.now(UTC))
        return Finished(report, tuple(work.failures), log.log)


def _write_known(work: Work) -> None:
    """Write the files as far as they are known; what stands in the way is told by the step that meets it."""
    failures: Failures = {}
    kept = kept_plans(work.project, work.spec, failures)
    pages = {name: plan.page for name, plan in kept.items()}
    plans = plan_each(work.project, work.spec, pages, kept, failures)
    write_files(work, to_write(plans, kept, failures), kept)


def default_engine() -> str:
    """`dbt` where it is installed, else `duckdb`."""
    from penstock.runtime.dbt import is_dbt_installed

    return "dbt" if is_dbt_installed() else "duckdb"
