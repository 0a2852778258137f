"""Pages to look at: a catalog as HTML."""

from penstock.errors import SchemaKindError
from penstock.readers import Document, Written


class PageWriter:
    """Writes catalogs as a page of HTML."""

    language = "html"

    def write(self, document: Document, dialect: str = "") -> Written:
        """The page of a document's catalog; of a document that is no data, with nothing counted."""
        from penstock.catalog.exports.page import render_page
        from penstock.readers.declared import catalog_of

        if dialect:
            raise SchemaKindError(dialect, "a page is written without a dialect", [])
        catalog, findings = catalog_of(document)
        return Written(render_page(catalog), findings)


WRITER = PageWriter()
