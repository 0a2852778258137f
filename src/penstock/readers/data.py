"""Reads data: what no reader knows is JSON, NDJSON, CSV or Parquet, and its types are what was counted in it."""

from typing import IO

from penstock.readers import Document


def read_data(place: str, records: str = "", stdin: IO[bytes] | None = None) -> Document:
    """What data are like: one record type, and the catalog with its facts, values not masked.

    Args:
        place: a file, a glob, a folder, or `-`.
        records: the path to the records in a document.
        stdin: what `-` reads.

    Raises:
        NoDataError, UnreadableDataError, MissingExtraError: as `penstock.catalog.inputs.files.profile`.
    """
    from penstock.catalog.inputs.files import profile
    from penstock.readers.catalog import of_catalog

    return of_catalog("data", profile([place], records=records, examples="plain", stdin=stdin))
