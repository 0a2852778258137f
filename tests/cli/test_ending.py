from pathlib import Path

import pytest

from penstock.cli.ending import as_document, set_aside
from penstock.errors import StepFailedError
from penstock.runtime.dbt import NodeResult
from penstock.runtime.events import StepFinished
from penstock.runtime.run_log import RunReport
from penstock.services.steps.build import failures_of
from penstock.services.steps.working import Finished


def report(**rejected: int) -> RunReport:
    steps = tuple(
        StepFinished("normalise", name, "ok", "1 table", 0.1, rejected=number) for name, number in rejected.items()
    )
    return RunReport("r", "p", "2026-11-21T00:00:00+00:00", steps=steps)


@pytest.mark.parametrize(
    ("rejected", "project", "told"),
    [
        ({"orders": 0}, ".", ""),
        ({"orders": 30}, ".", "30 rows of orders are set aside: penstock rejects shows why"),
        ({"orders": 1}, "shop", "1 row of orders is set aside: penstock rejects shop shows why"),
        ({"a": 1, "b": 2}, ".", "1 row of a, 2 rows of b are set aside: penstock rejects shows why"),
    ],
)
def test_a_run_points_to_what_it_set_aside(rejected: dict[str, int], project: str, told: str) -> None:
    assert set_aside(report(**rejected), Path(project)) == told


def test_the_document_has_each_reason_once() -> None:
    failures = (StepFailedError("dbt is broken"), StepFailedError("dbt is broken"), StepFailedError("b"))
    document = as_document(Finished(report(), failures, Path("log")))
    assert [each["message"] for each in document["errors"]] == ["dbt is broken", "b"]
    assert "errors" not in as_document(Finished(report(), (), Path("log")))


def test_what_failed_stands_before_a_few_that_were_skipped() -> None:
    skipped = [NodeResult(f"s{at}", "test", "skipped", "", frozenset()) for at in range(20)]
    failed = NodeResult("model", "model", "error", "no such column", frozenset())
    passed = NodeResult("other", "model", "success", "", frozenset())
    told = failures_of([*skipped[:9], failed, passed, *skipped[9:]])
    assert told[0] == "model: no such column"
    assert told[1:] == [f"s{at}: skipped" for at in range(5)] + ["and 15 more skipped"]
