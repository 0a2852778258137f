"""Reads what a document says of the shape of data, and writes it in another language."""

from dataclasses import asdict, replace
from typing import IO

from penstock.catalog.personal.masking import Examples, masked
from penstock.errors import SchemaKindError
from penstock.readers import Document, Written
from penstock.readers.opening import read_document
from penstock.readers.registry import writers


def read_schema(
    document: str, *, records: str = "", examples: Examples = "masked", stdin: IO[bytes] | None = None
) -> Document:
    """The types that a document defines, or that data have.

    Args:
        document: a DOC: `booking.bal#BookingRequest`, `openapi:api.yaml`, a catalog, data, `-`.
        records: the path to the records in data.
        examples: what the catalog of data shows of values.
        stdin: what `-` reads; by default standard input.

    Raises:
        SchemaKindError, UnknownPartError, DocumentFormatError, CatalogFormatError, NoDataError, UnreadableDataError:
            as `penstock.readers.opening.read_document`.
    """
    found = read_document(document, records=records, stdin=stdin)
    return replace(found, catalog=masked(found.catalog, examples)) if found.catalog else found


def write_schema(document: Document, language: str, dialect: str = "") -> Written:
    """A document in a language, such as `json-schema`, `ddl`, `payload`, `odcs`, `catalog`.

    Args:
        document: what was read.
        language: one of `penstock.readers.registry.writers`.
        dialect: which dialect of the language, where it has some.

    Raises:
        SchemaKindError: the language or the dialect is not known.
        UnknownPartError: the document defines several types, and the language holds only one.
    """
    known = writers()
    if language not in known:
        raise SchemaKindError(language, "this language is not known", known)
    return known[language].write(document, dialect)


def as_json(document: Document, written: Written) -> dict[str, object]:
    """The document of `penstock schema --json`: what was read, the text in the language, and what was lost."""
    return {
        "kind": document.kind,
        "definitions": [each.name for each in document.definitions],
        "main": document.main or None,
        "text": written.text,
        "findings": [asdict(each) for each in dict.fromkeys((*document.findings, *written.findings))],
    }
