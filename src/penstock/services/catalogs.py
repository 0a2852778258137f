"""The catalogs of a pipeline project."""

from typing import Final

from penstock.catalog.file.copies import Copies
from penstock.catalog.file.store import CatalogStore
from penstock.pipeline.writer import GENERATED
from penstock.runtime.project import Project

CACHE: Final = "cache"
"""The folder of what may be deleted at any time, beside the other things that Penstock remembers."""


def catalog_store(project: Project, dataset: str) -> CatalogStore:
    """The catalog of a dataset, with the text by which edits are told and copies that are read faster."""
    file = project.catalog(dataset)
    last = project.root / GENERATED / file.relative_to(project.root)
    return CatalogStore(file, last, Copies(project.state / CACHE / "catalog" / dataset))
