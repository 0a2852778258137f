"""Ballerina records and other types, as schemas."""

import re
from typing import Final

from penstock.readers import Document, Written

_BALLERINA: Final = re.compile(
    r"^\s*(?:public\s+)?(?:type\s+\S+\s+(?:readonly\s*&\s*)?record\s*\{|import\s+ballerinax?/)", re.MULTILINE
)


class BallerinaReader:
    """Reads `.bal` files."""

    kind = "ballerina"

    def recognises(self, head: str, suffix: str) -> bool:
        """Whether a text is Ballerina: by the name of its file, or because it defines a record or imports a module."""
        return suffix == ".bal" or (suffix in ("", ".txt") and _BALLERINA.search(head) is not None)

    def read(self, text: str, place: str, part: str = "") -> Document:  # noqa: ARG002  # types are found by name
        """What a text defines.

        Raises:
            DocumentFormatError: it is not Ballerina as far as types go, or is nested too deep.
        """
        from penstock.readers.ballerina.read import read

        return read(text, place)


class BallerinaWriter:
    """Writes types as Ballerina records."""

    language = "ballerina"

    def write(self, document: Document, dialect: str = "") -> Written:
        """The definitions of a document as a Ballerina module.

        Raises:
            SchemaKindError: a dialect was asked for; there is none.
        """
        from penstock.readers.ballerina.write import write

        return write(document, dialect)


READER: Final = BallerinaReader()
WRITER: Final = BallerinaWriter()
