"""The catalogs of a pipeline project."""

from penstock.catalog.file.store import CatalogStore
from penstock.pipeline.writer import GENERATED
from penstock.runtime.project import Project


def catalog_store(project: Project, dataset: str) -> CatalogStore:
    """The catalog of a dataset, with the copy by which edits are told."""
    file = project.catalog(dataset)
    return CatalogStore(file, project.root / GENERATED / file.relative_to(project.root))
