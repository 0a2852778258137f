"""Reads what a document says of the shape of data, and writes it in another language."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Final

from penstock.catalog.file.document import dump_catalog, load_catalog, read_text
from penstock.catalog.model import Catalog
from penstock.catalog.personal.masking import Examples, masked
from penstock.errors import SchemaKindError

LATER_READERS: Final = ("json-schema", "openapi", "ddl", "ballerina", "avro", "odcs", "payload")
"""Kinds of documents that are known, but not read yet."""

LATER_WRITERS: Final = ("ballerina", "ddl", "payload")
"""Languages that are known, but not written yet."""


def read_schema(
    document: str, *, records: str = "", examples: Examples = "masked", stdin: IO[bytes] | None = None
) -> Catalog:
    """The catalog that a document holds, or that data have.

    Args:
        document: a catalog file, or data: a file, a glob, a folder, `-`. `catalog:` or `data:` in front says which.
        records: the path to the records in data.
        examples: what is shown of values.
        stdin: what `-` reads; by default standard input.

    Raises:
        SchemaKindError: the document is of a kind that cannot be read.
        CatalogFormatError: it is a catalog, but not a valid one.
        NoDataError, UnreadableDataError: there are no data, or they cannot be read.
    """
    kind, _, place = document.partition(":")
    if kind in LATER_READERS:
        raise SchemaKindError(document, f"a document of the kind {kind!r} cannot be read yet", READERS)
    if kind not in READERS:
        kind, place = _kind_of(document), document
    return masked(READERS[kind](place, records, stdin), examples)


def write_schema(catalog: Catalog, language: str) -> str:
    """A catalog in a language: `catalog`, `odcs`, `json-schema` or `html`.

    Raises:
        SchemaKindError: the language is not known, or not written yet.
    """
    if language in LATER_WRITERS:
        raise SchemaKindError(language, "this language cannot be written yet", WRITERS)
    if language not in WRITERS:
        raise SchemaKindError(language, "this language is not known", WRITERS)
    return WRITERS[language](catalog)


def _kind_of(document: str) -> str:
    path = Path(document)
    if path.suffix not in {".yml", ".yaml"} or not path.is_file():
        return "data"
    if "penstock: catalog/" in read_text(path):
        return "catalog"
    raise SchemaKindError(document, "a YAML file that is not a catalog cannot be read yet", READERS)


def _read_catalog(place: str, _records: str, _stdin: IO[bytes] | None) -> Catalog:
    return load_catalog(read_text(Path(place)), place)


def _read_data(place: str, records: str, stdin: IO[bytes] | None) -> Catalog:
    from penstock.services.profile import profile

    return profile([place], records=records, examples="plain", stdin=stdin)


READERS: Final[Mapping[str, Callable[[str, str, IO[bytes] | None], Catalog]]] = {
    "catalog": _read_catalog,
    "data": _read_data,
}


def _write_json_schema(catalog: Catalog) -> str:
    from penstock.catalog.decisions.shape import shape_of
    from penstock.schema.json_schema import to_json_schema

    return json.dumps(to_json_schema(shape_of(catalog).record, catalog.name), ensure_ascii=False, indent=2) + "\n"


def _write_odcs(catalog: Catalog) -> str:
    from penstock.catalog.exports.odcs import to_odcs

    return to_odcs(catalog)


def _write_html(catalog: Catalog) -> str:
    from penstock.catalog.exports.page import render_page

    return render_page(catalog)


WRITERS: Final[Mapping[str, Callable[[Catalog], str]]] = {
    "catalog": dump_catalog,
    "odcs": _write_odcs,
    "json-schema": _write_json_schema,
    "html": _write_html,
}
