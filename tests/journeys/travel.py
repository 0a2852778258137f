"""What the journeys share: how a project is set up and run, and how its tables are compared with raw data."""

import os
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from tests.journeys.expected import Answers

from penstock.runtime.http import HttpFetch
from penstock.runtime.project import Project
from penstock.services.init import InitRequest, init
from penstock.services.look import query
from penstock.services.run import Finished, run


def set_up(request: InitRequest) -> Project:
    """The project as `penstock init` writes it."""
    return Project.at(init(request, HttpFetch(), os.environ).folder)


def run_directly(project: Project, *, first: str = "extract") -> Finished:
    """One run without dbt; its failures are seen by the caller."""
    return run(project.root, engine="duckdb", first=first)


def run_well(project: Project, *, first: str = "extract") -> None:
    """One run without dbt in which nothing fails and nothing is set aside."""
    finished = run_directly(project, first=first)
    assert (finished.failures, finished.report.status) == ((), "ok")
    assert {step.rejected for step in finished.report.steps} == {0}


def assert_holds(project: Project, answers: Answers) -> None:
    """Every query answers exactly the expected rows, in any order."""
    for sql, rows in answers.items():
        found = query(project, sql, limit=100_000)
        assert counted(found.rows) == counted(rows), sql


def counted(rows: Iterable[tuple[object, ...]]) -> Counter[tuple[object, ...]]:
    return Counter(tuple(comparable(value) for value in row) for row in rows)


def comparable(value: object) -> object:
    """Numbers are equal by value, whatever holds them; true is not 1 and "076" is not 76."""
    if isinstance(value, bool):
        return f"boolean {value}"
    return Decimal(str(value)) if isinstance(value, int | float | Decimal) else value
