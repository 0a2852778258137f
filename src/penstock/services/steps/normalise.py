"""The fourth step: the waiting records become tables, as the plan that follows from the catalog says."""

from collections.abc import Mapping, Sequence

from penstock.catalog.file import read_catalog
from penstock.catalog.shape import Shape, shape_of
from penstock.pipeline.plan import PageKind, Plan, format_plan, needs_refresh, parse_plan, plans_of
from penstock.runtime.duckdb_warehouse import BuildResult, build_tables, page_kind
from penstock.runtime.files import write_whole
from penstock.runtime.landing import landing_root
from penstock.runtime.project import Project
from penstock.runtime.wording import count
from penstock.services.steps import Done, Progress, Work, for_each_dataset
from penstock.services.steps.warehouse import writing


def normalise(work: Work, datasets: Sequence[str]) -> list[str]:
    """Bring the project's files up to date with the catalogs, then build the tables of the datasets."""
    plans = plan_all(work)

    def build(work: Work, dataset: str, _progress: Progress) -> Done:
        if dataset not in plans:
            return Done("nothing has landed yet")
        plan = plans[dataset]
        with writing(work) as connection:
            result = build_tables(connection, plan, _root(work), full_refresh=starts_over(work, plan))
        write_whole(work.project.plan(dataset), format_plan(plan))
        return _done(plan, result)

    return for_each_dataset(work, "normalise", datasets, build)


def shapes_of(project: Project, datasets: Sequence[str]) -> dict[str, Shape]:
    """The shape of every dataset that has a catalog."""
    return {name: shape_of(read_catalog(project.catalog(name))) for name in datasets if project.catalog(name).is_file()}


def plan_all(work: Work) -> dict[str, Plan]:
    """The plan of every dataset that has landed something; names that tables already have are kept."""
    shapes = shapes_of(work.project, list(work.spec.datasets))
    previous = {name: plan for name in shapes if (plan := kept_plan(work.project, name))}
    return plans_of(work.spec, shapes, previous=previous, pages=_pages(work, shapes, previous))


def kept_plan(project: Project, dataset: str) -> Plan | None:
    """The plan that the tables of a dataset were last built with."""
    path = project.plan(dataset)
    return parse_plan(path.read_text(encoding="utf-8")) if path.is_file() else None


def starts_over(work: Work, plan: Plan) -> bool:
    """Whether the tables must be built again from everything that ever landed."""
    old = kept_plan(work.project, plan.dataset)
    return old is not None and needs_refresh(old, plan)


def _pages(work: Work, shapes: Mapping[str, Shape], previous: Mapping[str, Plan]) -> dict[str, PageKind]:
    with writing(work) as connection:
        seen = {name: page_kind(connection, work.spec, name, _root(work)) for name in shapes}
    return {
        name: kind if name not in previous or kind == previous[name].page else "mixed" for name, kind in seen.items()
    }


def _root(work: Work) -> str:
    return str(landing_root(work.spec.landing.url, work.project.root))


def _done(plan: Plan, result: BuildResult) -> Done:
    rejected = f", {count(result.rejected, 'row')} set aside" if result.rejected else ""
    return Done(
        f"{count(len(result.rows), 'table')}, {result.tests} tests passed{rejected}",
        rows=result.rows[plan.root.name],
        files=result.files,
        rejected=result.rejected,
        detail=", ".join(result.rows),
    )
