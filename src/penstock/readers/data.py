"""Reads data: what no reader knows is JSON, NDJSON, CSV or Parquet, and its types are what was counted in it."""

from typing import IO

from penstock.catalog.model import Catalog
from penstock.catalog.personal.masking import Examples
from penstock.readers import Definition, Document


def read_data(place: str, records: str = "", examples: Examples = "masked", stdin: IO[bytes] | None = None) -> Document:
    """What data are like: one record type, and the catalog with its facts.

    Args:
        place: a file, a glob, a folder, or `-`.
        records: the path to the records in a document.
        examples: what the catalog shows of values.
        stdin: what `-` reads.

    Raises:
        NoDataError, UnreadableDataError, MissingExtraError: as `penstock.catalog.inputs.files.profile`.
    """
    from penstock.catalog.inputs.files import profile

    return of_catalog("data", profile([place], records=records, examples=examples, stdin=stdin))


def of_catalog(kind: str, catalog: Catalog) -> Document:
    """The document of a catalog: its shape, under its name."""
    from penstock.catalog.decisions.shape import shape_of

    name = catalog.name or "data"
    return Document(kind, (Definition(name, shape_of(catalog).record),), name, catalog=catalog)
