"""What runs leave behind: a report for programs, a log for people."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from penstock.files import write_whole
from penstock.runtime.events import Event, Noted, StepFinished, StepStarted
from penstock.runtime.project import Project


@dataclass(frozen=True, slots=True)
class RunReport:
    """The steps of a run and how they ended. A report without `finished` is of a run that goes on or died."""

    run: str
    """Sorts by time: `20261121T210000.123456Z`."""
    pipeline: str
    started: str
    finished: str | None = None
    status: str = "running"
    steps: tuple[StepFinished, ...] = ()


RUN: Final = "%Y%m%dT%H%M%S.%fZ"
"""The form of a run's name."""


_NAME: Final = re.compile(r"\d{8}T\d{6}\.\d{6}Z")


def new_run(pipeline: str, now: datetime) -> RunReport:
    """The report of a run that starts now."""
    return RunReport(run=now.strftime(RUN), pipeline=pipeline, started=now.isoformat())


class RunLog:
    """Keeps the report and the log of one run in `.penstock/runs`, up to date after every step.

    A run that has begun goes on where they cannot be written any more: what stands in the way is told by the steps.
    """

    def __init__(self, project: Project, report: RunReport) -> None:
        for left in project.runs.glob(".*.tmp"):
            left.unlink(missing_ok=True)  # of a run that was killed while it wrote
        report = replace(report, run=_behind_all(project, report.run))
        self.report = report
        self._path = project.runs / f"{report.run}.json"
        self.log = project.runs / f"{report.run}.log"
        self._save()

    def hear(self, event: Event) -> None:
        """Add an event to the log, and a step that is over to the report."""
        if isinstance(event, StepFinished):
            self.report = replace(self.report, steps=(*self.report.steps, event))
            with suppress(OSError):
                self._save()
            self.write(f"{event.step} {event.dataset}: {event.status}: {event.message} {event.detail}".rstrip())
        elif isinstance(event, StepStarted):
            self.write(f"{event.step} {event.dataset}: started")
        elif isinstance(event, Noted):
            self.write(event.text)

    def write(self, line: str) -> None:
        """Add a line to the log."""
        with suppress(OSError), self.log.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} {line.rstrip()}\n")

    def finish(self, status: str, now: datetime) -> RunReport:
        """Close the report."""
        self.report = replace(self.report, status=status, finished=now.isoformat())
        with suppress(OSError):
            self._save()
        return self.report

    def _save(self) -> None:
        write_whole(self._path, json.dumps(asdict(self.report), indent=1) + "\n")


def _behind_all(project: Project, run: str) -> str:
    """The name of a run, made later than all before it when the clock went backwards."""
    last = max((path.stem for path in _files(project)), default="")
    if run > last:
        return run
    return (datetime.strptime(last, RUN).replace(tzinfo=UTC) + timedelta(microseconds=1)).strftime(RUN)


def _files(project: Project) -> Iterator[Path]:
    """The reports of runs; other files that somebody put there are none."""
    return (path for path in project.runs.glob("*.json") if _NAME.fullmatch(path.stem))


def last_report(project: Project) -> RunReport | None:
    """The report of the latest run, or None before the first."""
    return next(reports(project), None)


def reports(project: Project) -> Iterator[RunReport]:
    """The reports of all runs, the latest first."""
    return (_read(path) for path in sorted(_files(project), reverse=True))


def _read(path: Path) -> RunReport:
    """A report; one that is damaged says so, for the runs beside it can still be read."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return RunReport(**{**data, "steps": tuple(StepFinished(**step) for step in data["steps"])})
    except (ValueError, KeyError, TypeError):
        started = datetime.strptime(path.stem, RUN).replace(tzinfo=UTC).isoformat()
        return RunReport(run=path.stem, pipeline="", started=started, status="unreadable")
