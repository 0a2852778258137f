"""The two ways to build tables: as a dbt process, or the same SQL directly."""

import os
import re
from collections.abc import Callable, Collection, Mapping
from typing import Final

from penstock.errors import DbtError
from penstock.pipeline.plan import Plan
from penstock.runtime.dbt import NodeResult, dbt_build
from penstock.runtime.duckdb_landing import count_waiting
from penstock.runtime.duckdb_warehouse import build_tables
from penstock.runtime.landing import landing_root
from penstock.runtime.process import minimal_environment
from penstock.services.steps import Progress, Work
from penstock.services.steps.warehouse import writing

Build = Callable[[str, Progress], int | None]
"""Builds the tables of a dataset; how many tests passed, or None where there was nothing to do."""

SKIPPED: Final = 5
"""Skipped models and tests that are named."""

DBT_PROGRESS: Final = re.compile(r"\b(\d+) of (\d+) (?:OK|PASS|WARN|FAIL|ERROR|SKIP)")


def builder(work: Work, plans: Mapping[str, Plan], refresh: Collection[str]) -> Build:
    """How the tables of the planned datasets are built; those in `refresh` from everything that ever landed."""
    with writing(work) as connection:
        todo = {name for name, plan in plans.items() if name in refresh or count_waiting(connection, name, plan.mode)}
    chosen = _with_dbt if work.engine == "dbt" else _directly
    build = chosen(work, {name: plans[name] for name in plans if name in todo}, refresh)
    return lambda dataset, progress: build(dataset, progress) if dataset in todo else None


def _directly(work: Work, plans: Mapping[str, Plan], refresh: Collection[str]) -> Build:
    def build(dataset: str, _progress: Progress) -> int:
        root = str(landing_root(work.spec.landing.url, work.project.root))
        with writing(work) as connection:
            return build_tables(connection, plans[dataset], root, full_refresh=dataset in refresh).tests

    return build


def _with_dbt(work: Work, plans: Mapping[str, Plan], refresh: Collection[str]) -> Build:
    """One dbt process for all datasets, and one more where some start over."""
    done: dict[bool, list[NodeResult] | DbtError] = {}

    def build(dataset: str, progress: Progress) -> int:
        full = dataset in refresh
        if full not in done:
            together = [name for name in plans if (name in refresh) == full]
            try:
                done[full] = _run_dbt(work, together, progress, full_refresh=full)
            except DbtError as error:
                done[full] = error
        ran = done[full]
        if isinstance(ran, DbtError):
            raise ran
        results = [each for each in ran if dataset in each.tags]
        if failed := failures_of(results):
            raise DbtError(failed, work.log.log)
        if not any(each.kind == "model" for each in results):
            raise DbtError([f"no model has the tag {dataset}, so nothing was built"], work.log.log)
        return sum(each.kind != "model" for each in results)

    return build


def failures_of(results: Collection[NodeResult]) -> list[str]:
    """What must be looked at: first what failed itself, then a few of those that were skipped for it."""
    failed = [str(each) for each in results if each.is_failed and each.status != "skipped"]
    skipped = [str(each) for each in results if each.status == "skipped"]
    more = [f"and {len(skipped) - SKIPPED} more skipped"] if len(skipped) > SKIPPED else []
    return [*failed, *skipped[:SKIPPED], *more]


def _run_dbt(work: Work, datasets: Collection[str], progress: Progress, *, full_refresh: bool) -> list[NodeResult]:
    def hear(line: str) -> None:
        work.log.write(f"dbt: {line}")
        if found := DBT_PROGRESS.search(line):
            progress(int(found[1]), int(found[2]), "models and tests")

    return dbt_build(
        work.project.dbt,
        minimal_environment(os.environ),
        hear,
        [f"tag:{name}+" for name in datasets],
        log=work.log.log,
        full_refresh=full_refresh,
    )
