"""What is written in a Ballerina source file about types, before any name is looked up."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reference:
    """A name of a type, an enumeration or a constant; with a prefix it is one of another module."""

    name: str
    prefix: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Literal:
    """A type with one value: `"a"`, `1`, `true`."""

    source: str
    text: str | None
    """The value of a text; None for other values."""


@dataclass(frozen=True, slots=True)
class Nil:
    """The type of nothing: `()`."""


@dataclass(frozen=True, slots=True)
class Immutable:
    """All values that cannot be changed: `readonly`."""


@dataclass(frozen=True, slots=True)
class Array:
    """A list: `T[]`, `T[3]`."""

    member: "TypeSyntax"
    length: str = ""


@dataclass(frozen=True, slots=True)
class Tuple:
    """A list with a type for each position: `[int, string]`, `[int, string...]`."""

    members: tuple["TypeSyntax", ...]
    rest: "TypeSyntax | None" = None


@dataclass(frozen=True, slots=True)
class MapOf:
    """A map: `map<T>`."""

    value: "TypeSyntax"


@dataclass(frozen=True, slots=True)
class TableOf:
    """A table: `table<T> key(id)`."""

    row: "TypeSyntax"


@dataclass(frozen=True, slots=True)
class Alternatives:
    """A union: `A|B`, `A?`."""

    members: tuple["TypeSyntax", ...]


@dataclass(frozen=True, slots=True)
class Both:
    """An intersection: `readonly & T`."""

    members: tuple["TypeSyntax", ...]


@dataclass(frozen=True, slots=True)
class Opaque:
    """A type whose values are no data, or not ours: `xml`, `stream<T>`, `function ()`."""

    kind: str


@dataclass(frozen=True, slots=True)
class FieldSyntax:
    """A field of a record."""

    name: str
    type: "TypeSyntax"
    optional: bool = False
    default: str | None = None
    doc: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Inclusion:
    """All fields of another record: `*Base;`."""

    base: Reference


@dataclass(frozen=True, slots=True)
class RecordSyntax:
    """A record; `rest` is the type of fields that are not named (None: there are none)."""

    parts: tuple[FieldSyntax | Inclusion, ...]
    rest: "TypeSyntax | None" = None
    closed: bool = True


TypeSyntax = (
    Reference
    | Literal
    | Nil
    | Immutable
    | Array
    | Tuple
    | MapOf
    | TableOf
    | Alternatives
    | Both
    | Opaque
    | RecordSyntax
)


@dataclass(frozen=True, slots=True)
class Doc:
    """What the lines that begin with `#` say."""

    text: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    """Of `+ name - text` entries."""
    whole: str = ""
    """The text with its entries."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A named type: `type Order record {…};`, `enum Status {…}`."""

    name: str
    type: TypeSyntax
    doc: Doc
    line: int


@dataclass(frozen=True, slots=True)
class Source:
    """The declarations of a file, in its order."""

    types: tuple[Declared, ...]
    constants: dict[str, Literal | None]
    """Values under their names; None where the value is not a literal."""
    prefixes: dict[str, str]
    """Modules under the prefixes by which the file calls them."""
