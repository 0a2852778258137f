"""Readers and writers of schemas: documents in other languages, and the types that they define.

Each language is one module or package of this package (`json_schema`, `ballerina`, …) with a `READER`, a `WRITER` or
both in its top level; registry.py finds them, so that adding one edits no list. A third party names such a module as an
entry point of the group `penstock.readers`. The top level of a language imports nothing heavy: parsers are imported
inside of functions. In a package, what reads stands in `read.py` and what writes in `write.py`.

Types are trees: a reader writes a named type out wherever it is used (`Record.type_name` keeps the name), and cuts
a type that holds itself at the recurrence, as `penstock.readers.expansion` does. What a type cannot hold is a finding
of the document, never an error: only a document that is damaged or asks for something impossible raises.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from penstock.errors import Finding, UnknownPartError
from penstock.schema.types import Type

if TYPE_CHECKING:
    from penstock.catalog.model import Catalog


@dataclass(frozen=True, slots=True)
class Definition:
    """A named type of a document: a record as a rule."""

    name: str
    """Not repeated in its document."""
    type: Type
    description: str = ""
    pointer: str = ""
    """Where it stands, as `/components/schemas/Order`, in a document of JSON or YAML."""
    role: str = ""
    """`input` or `output` where the document is about a mapping; else empty."""


@dataclass(frozen=True, slots=True)
class Document:
    """What was read of a document: its types in its order, and what could not be kept of them."""

    kind: str
    """The kind of the reader: `json-schema`, `ddl`."""
    definitions: tuple[Definition, ...]
    main: str = ""
    """The definition that is meant when none is named; empty when none stands out."""
    findings: tuple[Finding, ...] = ()
    """What was lost, as warnings; a path begins with the name of the definition (`Order.lines[].sku`)."""
    catalog: "Catalog | None" = None
    """The facts behind the types, where the document is data or a catalog."""

    def only(self) -> Definition:
        """The definition that the document is about.

        Raises:
            UnknownPartError: it defines several, and none stands out.
        """
        if not self.main:
            raise UnknownPartError(f"the {self.kind} document", "", [each.name for each in self.definitions])
        return self.by_name()[self.main]

    def by_name(self) -> dict[str, Definition]:
        """The definitions under their names."""
        return {each.name: each for each in self.definitions}


class Reader(Protocol):
    """Reads documents of one kind, which are text."""

    kind: str
    """The prefix that asks for this reader: `ddl` in `ddl:tables.txt`."""

    def recognises(self, head: str, suffix: str) -> bool:
        """Whether a text seems to be of this kind. It must be quick and sure: the first reader that says so reads it.

        Args:
            head: the text, or the first 64 kB of it.
            suffix: that of the file's name, in lower case with its dot; empty for standard input.
        """
        ...

    def read(self, text: str, place: str, part: str = "") -> Document:
        """What a text defines.

        Args:
            text: the whole document.
            place: what it is called in errors: the file as the user named it.
            part: what was named after `#`. A reader of JSON or YAML adds the definition at a pointer (`/a/b`), others
                need not look at it: whoever calls picks the definition of that name.

        Raises:
            DocumentFormatError: it is not of this kind, or damaged; says where.
        """
        ...


@dataclass(frozen=True, slots=True)
class Written:
    """A document in a language, and what of it the language cannot hold."""

    text: str
    """Whole lines."""
    findings: Sequence[Finding] = ()


class Writer(Protocol):
    """Writes the types of a document in one language."""

    language: str
    """As in `penstock schema --as ddl`."""

    def write(self, document: Document, dialect: str = "") -> Written:
        """The document in the language.

        Args:
            document: one or more definitions; all are written.
            dialect: which dialect of the language; empty: the usual one. A language without dialects refuses others.

        Raises:
            SchemaKindError: there is no such dialect.
        """
        ...
