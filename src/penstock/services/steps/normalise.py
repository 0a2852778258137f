"""The fourth step: the waiting records become tables, as the plan that follows from the catalog says."""

from collections.abc import Container, Mapping, Sequence

from penstock.errors import WarehouseError
from penstock.files import write_whole
from penstock.pipeline.plan import PageKind, Plan, format_plan, needs_refresh, vanished_tables
from penstock.runtime.duckdb_landing import count_waiting, page_kind
from penstock.runtime.duckdb_tables import TableCounts, count_rows, drop_table
from penstock.runtime.events import Noted
from penstock.runtime.landing import landing_root
from penstock.runtime.reopening import is_reopened
from penstock.runtime.wording import count
from penstock.services.steps import Done, Progress, Work, for_each_dataset
from penstock.services.steps.build import builder
from penstock.services.steps.files import write_files
from penstock.services.steps.plans import Failures, kept_plans, plan_each, to_write
from penstock.services.steps.raw import unreadable_datasets
from penstock.services.steps.warehouse import writing


def normalise(work: Work, datasets: Sequence[str]) -> list[str]:
    """Bring the project's files up to date with the catalogs, then build the tables of the datasets."""
    failures: Failures = {}
    kept = kept_plans(work.project, work.spec, failures)
    damaged = unreadable_datasets(work, datasets)
    pages = _pages(work, kept, damaged, failures)
    plans = plan_each(work.project, work.spec, pages, kept, failures)
    refresh = {name for name, plan in plans.items() if name in work.starts_over or _starts_over(kept.get(name), plan)}
    failures |= damaged | unreadable_datasets(work, (refresh & set(datasets)) - damaged.keys(), every=True)
    refresh |= _reopened(work, plans)
    write_files(work, to_write(plans, kept, failures), kept)
    build = builder(work, {name: plans[name] for name in datasets if name in plans.keys() - failures.keys()}, refresh)

    def normalise_one(work: Work, dataset: str, progress: Progress) -> Done:
        if dataset in failures:
            raise failures[dataset]
        if dataset not in plans:
            return Done("nothing has landed yet")
        tests = build(dataset, progress)
        _drop_vanished(work, kept.get(dataset), plans)
        write_whole(work.project.plan(dataset), format_plan(plans[dataset]))
        with writing(work) as connection:
            return _done(plans[dataset], count_rows(connection, plans[dataset]), tests)

    return for_each_dataset(work, "normalise", datasets, normalise_one)


def _drop_vanished(work: Work, old: Plan | None, plans: Mapping[str, Plan]) -> None:
    """Remove the tables that the dataset had and that no plan has any more; one that a model still makes stays."""
    names = vanished_tables(old, plans.values()) if old else []
    for name in names:
        if any(work.project.dbt.glob(f"models/**/{name}.sql")):
            work.listen(Noted(f"The table {name} is part of no plan any more; it stays, because a dbt model makes it."))
            continue
        with writing(work) as connection:
            if drop_table(connection, name):
                work.listen(Noted(f"The table {name} is part of no plan any more: it was removed."))


def _starts_over(old: Plan | None, plan: Plan) -> bool:
    """Whether the tables must be built again from everything that ever landed."""
    return old is not None and needs_refresh(old, plan)


def _reopened(work: Work, plans: Mapping[str, Plan]) -> set[str]:
    """The datasets of which every fetch waits: after a replay that died, or where a raw file was given up."""
    with writing(work) as connection:
        return {name for name, plan in plans.items() if is_reopened(connection, name, plan.root.name)}


def _pages(work: Work, kept: Mapping[str, Plan], damaged: Container[str], failures: Failures) -> dict[str, PageKind]:
    """What is at the records path, in the pages that wait and in those before; why not goes to `failures`.

    Of a dataset with a damaged file only what was seen before counts.
    """
    before = {name: plan.page for name, plan in kept.items()}
    root = str(landing_root(work.spec.landing.url, work.project.root))
    seen: dict[str, PageKind] = {}
    for name, each in work.spec.datasets.items():
        if name in damaged or name in failures:
            continue
        try:
            with writing(work) as connection:
                if count_waiting(connection, name, each.writing_mode):
                    seen[name] = page_kind(connection, work.spec, name, root)
        except WarehouseError as error:
            failures[name] = error
    return before | {name: kind if before.get(name, kind) == kind else "mixed" for name, kind in seen.items()}


def _done(plan: Plan, counts: TableCounts, tests: int | None) -> Done:
    rejected = f", {count(counts.rejected, 'row')} set aside" if counts.rejected else ""
    tested = f", {tests} tests passed" if tests is not None else ", nothing new"
    return Done(
        f"{count(len(counts.rows), 'table')}{tested}{rejected}",
        rows=counts.rows[plan.root.name],
        rejected=counts.rejected,
        detail=", ".join(counts.rows),
    )
