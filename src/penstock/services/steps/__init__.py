"""The steps of a run. Each works through the datasets, and one that fails does not stop the others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from time import monotonic

from penstock.catalog.personal.masking import IN_LOGS, mask_within
from penstock.errors import PenstockError
from penstock.pipeline.spec.model import Spec
from penstock.runtime.events import Listener, StepFinished, StepProgressed, StepStarted
from penstock.runtime.project import Project
from penstock.runtime.run_log import RunLog
from penstock.runtime.storage import storage_error


@dataclass(frozen=True, slots=True)
class Work:
    """What every step gets: the project, its spec, and whom to tell."""

    project: Project
    spec: Spec
    log: RunLog
    listen: Listener
    engine: str
    """`dbt` runs the models as a dbt process, `duckdb` runs their SQL directly."""
    failures: list[PenstockError] = field(default_factory=list)
    starts_over: frozenset[str] = frozenset()
    """Datasets whose tables are built from everything that ever landed."""
    counts_anew: frozenset[str] = frozenset()
    """Datasets whose catalog is counted from everything that ever landed; what people wrote in it stays."""
    forgets: frozenset[str] = frozenset()
    """Datasets whose landing tables forget what no line of the manifest names any more."""
    span: tuple[str, str | None] | None = None
    """The range of the cursor that is asked for, from and to (None: it has no end), in the place of what is new."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a step did to one dataset."""

    message: str
    rows: int = 0
    files: int = 0
    rejected: int = 0
    detail: str = ""


Progress = Callable[[int, int | None, str], None]
"""How many of how many (if known) of what unit are through."""

Action = Callable[[Work, str, Progress], Done]


def for_each_dataset(work: Work, step: str, datasets: Iterable[str], action: Action) -> list[str]:
    """Do the action for every dataset; what fails is told and kept. The datasets that went well."""
    return [dataset for dataset in datasets if _attempt(work, step, dataset, action)]


def _attempt(work: Work, step: str, dataset: str, action: Action) -> bool:
    def progress(done: int, total: int | None, unit: str) -> None:
        work.listen(StepProgressed(step, dataset, done, total, unit))

    started = monotonic()
    work.listen(StepStarted(step, dataset))
    try:
        done = action(work, dataset, progress)
    except PenstockError as error:
        return _fail(work, StepFinished(step, dataset, "failed", "", monotonic() - started), error)
    except OSError as error:
        fault = storage_error(error)
        if fault is None:
            raise
        return _fail(work, StepFinished(step, dataset, "failed", "", monotonic() - started), fault)
    except BaseException:
        work.listen(StepFinished(step, dataset, "failed", "stopped", monotonic() - started))
        raise
    work.listen(
        StepFinished(
            step=step,
            dataset=dataset,
            status="ok",
            message=done.message,
            seconds=round(monotonic() - started, 3),
            rows=done.rows,
            files=done.files,
            rejected=done.rejected,
            detail=done.detail,
        )
    )
    return True


def _fail(work: Work, finished: StepFinished, error: PenstockError) -> bool:
    work.failures.append(error)
    # An error may quote the data that it is about.
    work.log.write(mask_within(str(error), IN_LOGS))
    work.listen(replace(finished, message=str(error).splitlines()[0]))
    return False
