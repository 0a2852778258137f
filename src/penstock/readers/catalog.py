"""Penstock's own catalogs: what was counted in data, with the types that follow."""

from typing import TYPE_CHECKING

from penstock.errors import SchemaKindError
from penstock.readers import Definition, Document, Written
from penstock.readers.structured import outline

if TYPE_CHECKING:
    from penstock.catalog.model import Catalog


class CatalogReader:
    """Reads catalogs."""

    kind = "catalog"

    def recognises(self, head: str, suffix: str) -> bool:
        """Whether it says so itself."""
        return suffix in {"", ".yml", ".yaml"} and outline(head).get("penstock", "").startswith("catalog/")

    def read(self, text: str, place: str, part: str = "") -> Document:  # noqa: ARG002  # a catalog has one part
        """The record type of a catalog.

        Raises:
            CatalogFormatError: it is none.
        """
        from penstock.catalog.file.document import load_catalog

        return of_catalog(self.kind, load_catalog(text, place))


class CatalogWriter:
    """Writes catalogs."""

    language = "catalog"

    def write(self, document: Document, dialect: str = "") -> Written:
        """The catalog of a document; of one that is no data, with nothing counted."""
        from penstock.catalog.file.document import dump_catalog
        from penstock.readers.declared import catalog_of

        if dialect:
            raise SchemaKindError(dialect, "a catalog is written without a dialect", [])
        catalog, findings = catalog_of(document)
        return Written(dump_catalog(catalog), findings)


def of_catalog(kind: str, catalog: "Catalog") -> Document:
    """The document of a catalog: its shape, under its name."""
    from penstock.catalog.decisions.shape import shape_of

    name = catalog.name or "data"
    return Document(kind, (Definition(name, shape_of(catalog).record),), name, catalog=catalog)


READER = CatalogReader()
WRITER = CatalogWriter()
