"""Writes a project's files again from its spec and what is known of its data, merged with the owner's edits."""

from collections.abc import Mapping
from pathlib import Path

from penstock.catalog.decisions.shape import shape_of
from penstock.pipeline.patterns import Context
from penstock.pipeline.plan import PageKind, Plan, parse_plan, plans_of
from penstock.pipeline.spec.load import load_spec
from penstock.pipeline.spec.model import Spec
from penstock.pipeline.writer import WrittenFile, write_project
from penstock.runtime.project import Project
from penstock.services.catalogs import catalog_store


def build(folder: Path, *, dry_run: bool = False) -> list[WrittenFile]:
    """Write what is out of date, and say what became of each file; with `dry_run` only say it.

    Datasets that no run has made tables of yet have no models yet.

    Raises:
        InputError: The project or its spec is wrong; nothing was written.
    """
    project = Project.at(folder)
    spec = load_spec(project.spec)
    plans = plan_datasets(project, spec, kept_pages(project, spec))
    return write_project(project.root, Context(spec, plans), dry_run=dry_run)


def plan_datasets(project: Project, spec: Spec, pages: Mapping[str, PageKind]) -> dict[str, Plan]:
    """The plan of every dataset in `pages` that has a catalog; names that tables already have are kept."""
    known = {name: catalog_store(project, name).read() for name in pages}
    shapes = {name: shape_of(catalog) for name, catalog in known.items() if catalog}
    previous = {name: plan for name in shapes if (plan := kept_plan(project, name))}
    return plans_of(spec, shapes, previous=previous, pages=pages)


def kept_plan(project: Project, dataset: str) -> Plan | None:
    """The plan that the tables of a dataset were last built with."""
    path = project.plan(dataset)
    return parse_plan(path.read_text(encoding="utf-8"), dataset, str(path)) if path.is_file() else None


def kept_pages(project: Project, spec: Spec) -> dict[str, PageKind]:
    """What is at the records path of a page, of every dataset that has tables."""
    return {name: plan.page for name in spec.datasets if (plan := kept_plan(project, name))}
