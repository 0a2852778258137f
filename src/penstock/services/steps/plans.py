"""The plans of the datasets: what stands in the way of one stops no other."""

from collections.abc import Mapping

from penstock.catalog.decisions.shape import Shape, shape_of
from penstock.errors import PenstockError, PlanError
from penstock.pipeline.plan import PageKind, Plan, plans_of
from penstock.pipeline.spec.model import Spec
from penstock.runtime.project import Project
from penstock.services.build import kept_plan
from penstock.services.catalogs import catalog_store

Failures = dict[str, PenstockError]
"""Why a dataset cannot go on, by its name."""


def kept_plans(project: Project, spec: Spec, failures: Failures) -> dict[str, Plan]:
    """The plans that the tables were last built with; one that cannot be read goes to `failures`."""
    found: dict[str, Plan] = {}
    for name in spec.datasets:
        try:
            plan = kept_plan(project, name)
        except PenstockError as error:
            failures[name] = error
        else:
            found |= {name: plan} if plan else {}
    return found


def plan_each(
    project: Project, spec: Spec, pages: Mapping[str, PageKind], kept: Mapping[str, Plan], failures: Failures
) -> dict[str, Plan]:
    """The plan of every dataset in `pages` that has a catalog and no failure; why one has none goes to `failures`."""
    shapes = _shapes(project, pages, failures)
    while True:
        good = {name: shape for name, shape in shapes.items() if name not in failures}
        previous = {name: kept[name] for name in good if name in kept}
        try:
            return plans_of(spec, good, previous=previous, pages={name: pages[name] for name in good})
        except PlanError as error:
            if error.dataset not in good:
                raise
            failures[error.dataset] = error


def to_write(plans: Mapping[str, Plan], kept: Mapping[str, Plan], failures: Failures) -> dict[str, Plan]:
    """The plans that the project's files show: where none can be made, that of the tables as they are."""
    return {**{name: kept[name] for name in failures if name in kept}, **plans}


def _shapes(project: Project, pages: Mapping[str, PageKind], failures: Failures) -> dict[str, Shape]:
    found: dict[str, Shape] = {}
    for name in pages:
        if name in failures:
            continue
        try:
            catalog = catalog_store(project, name).read()
        except PenstockError as error:
            failures[name] = error
        else:
            found |= {name: shape_of(catalog)} if catalog else {}
    return found
