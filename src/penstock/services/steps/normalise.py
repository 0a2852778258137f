"""The fourth step: the waiting records become tables, as the plan that follows from the catalog says."""

from collections.abc import Mapping, Sequence

from penstock.catalog.file import read_catalog
from penstock.catalog.shape import Shape, shape_of
from penstock.pipeline.patterns import Context
from penstock.pipeline.plan import PageKind, Plan, format_plan, needs_refresh, parse_plan, plans_of
from penstock.pipeline.writer import write_project
from penstock.runtime.duckdb_warehouse import TableCounts, count_rows, count_waiting, page_kind
from penstock.runtime.events import Noted
from penstock.runtime.files import write_whole
from penstock.runtime.landing import landing_root
from penstock.runtime.project import Project
from penstock.runtime.wording import count
from penstock.services.steps import Done, Progress, Work, for_each_dataset
from penstock.services.steps.build import builder
from penstock.services.steps.warehouse import writing


def normalise(work: Work, datasets: Sequence[str]) -> list[str]:
    """Bring the project's files up to date with the catalogs, then build the tables of the datasets."""
    plans = _plans(work)
    refresh = {name for name, plan in plans.items() if _starts_over(work.project, plan)}
    _write_files(work, plans)
    build = builder(work, {name: plans[name] for name in datasets if name in plans}, refresh)

    def normalise_one(work: Work, dataset: str, progress: Progress) -> Done:
        if dataset not in plans:
            return Done("nothing has landed yet")
        tests = build(dataset, progress)
        write_whole(work.project.plan(dataset), format_plan(plans[dataset]))
        with writing(work) as connection:
            return _done(plans[dataset], count_rows(connection, plans[dataset]), tests)

    return for_each_dataset(work, "normalise", datasets, normalise_one)


def _plans(work: Work) -> dict[str, Plan]:
    """The plan of every dataset that has landed something; names that tables already have are kept."""
    shapes = _shapes(work.project, list(work.spec.datasets))
    previous = {name: plan for name in shapes if (plan := _kept(work.project, name))}
    return plans_of(work.spec, shapes, previous=previous, pages=_pages(work, shapes, previous))


def _shapes(project: Project, datasets: Sequence[str]) -> dict[str, Shape]:
    return {name: shape_of(read_catalog(project.catalog(name))) for name in datasets if project.catalog(name).is_file()}


def _kept(project: Project, dataset: str) -> Plan | None:
    """The plan that the tables of a dataset were last built with."""
    path = project.plan(dataset)
    return parse_plan(path.read_text(encoding="utf-8")) if path.is_file() else None


def _starts_over(project: Project, plan: Plan) -> bool:
    """Whether the tables must be built again from everything that ever landed."""
    old = _kept(project, plan.dataset)
    return old is not None and needs_refresh(old, plan)


def _pages(work: Work, shapes: Mapping[str, Shape], previous: Mapping[str, Plan]) -> dict[str, PageKind]:
    root = str(landing_root(work.spec.landing.url, work.project.root))
    before = {name: plan.page for name, plan in previous.items()}
    with writing(work) as connection:
        new = [name for name in shapes if count_waiting(connection, name)]
        seen = {name: page_kind(connection, work.spec, name, root) for name in new}
    return before | {name: kind if before.get(name, kind) == kind else "mixed" for name, kind in seen.items()}


def _write_files(work: Work, plans: Mapping[str, Plan]) -> None:
    for file in write_project(work.project.root, Context(work.spec, plans)):
        if file.status == "conflict":
            work.listen(
                Noted(
                    f"{file.path}: your edits and what Penstock would write do not fit together; yours is used.\n"
                    f"Hint: the new text is in {file.conflict}; take from it what you want, then run again."
                )
            )


def _done(plan: Plan, counts: TableCounts, tests: int | None) -> Done:
    rejected = f", {count(counts.rejected, 'row')} set aside" if counts.rejected else ""
    tested = f", {tests} tests passed" if tests is not None else ", nothing new"
    return Done(
        f"{count(len(counts.rows), 'table')}{tested}{rejected}",
        rows=counts.rows[plan.root.name],
        rejected=counts.rejected,
        detail=", ".join(counts.rows),
    )
