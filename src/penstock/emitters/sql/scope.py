"""Where expressions are written: the statement with its layers of columns, and the bodies of loops inside it.

What an expression needs more than once is kept under a name: as a column of a layer (a common table expression) of the
statement, or, for each element of a loop, in the body itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from penstock.emitters.sql.dialects.base import Dialect
from penstock.emitters.sql.pieces import NAME, Piece
from penstock.errors import UnsupportedOperationError
from penstock.mapping.model import Shape
from penstock.schema import Record, Type


@dataclass(slots=True)
class Names:
    """Names that are not taken yet, in whatever case."""

    taken: set[str] = field(default_factory=set)
    counter: int = 0

    def fresh(self, wanted: str = "") -> str:
        """A name as wanted, or close to it; without a wish a short one."""
        name, number = wanted, 1
        while not name or name.casefold() in self.taken:
            if wanted:
                number += 1
                name = f"{wanted}_{number}"
            else:
                self.counter += 1
                name = f"_{self.counter}"
        self.taken.add(name.casefold())
        return name


@dataclass(slots=True)
class Statement:
    """The columns of a statement, layer by layer, as they come to be needed."""

    dialect: Dialect
    sources: Mapping[str, Shape]
    names: Names = field(default_factory=Names)
    inputs: dict[tuple[str, str | None], str] = field(default_factory=dict)
    """The name of each column that is read: by its source and field, None for a whole source."""
    layers: list[dict[str, str]] = field(default_factory=list)
    """For each layer, the names of the columns under their expressions."""

    def column(self, source: str, name: str | None) -> Piece:
        """A column of a source; without a name the whole source as one value."""
        known = self.inputs.get((source, name))
        if known is None:
            readable = name is not None and len(self.sources) == 1 and self.dialect.takes_name(name)
            wanted = name if readable else f"{source}.{name}" if name is not None else source
            known = self.names.fresh(wanted if wanted and self.dialect.takes_name(wanted) else "")
            self.inputs[source, name] = known
        return Piece(self.dialect.quote(known), 0, NAME)

    def keep(self, piece: Piece) -> Piece:
        """A value as a column of the layer behind those that it reads."""
        if piece.rank == NAME:
            return piece
        while len(self.layers) <= piece.layer:
            self.layers.append({})
        layer = self.layers[piece.layer]
        if piece.text not in layer:
            layer[piece.text] = self.names.fresh()
        return Piece(self.dialect.quote(layer[piece.text]), piece.layer + 1, NAME)


@dataclass(slots=True)
class Scope:
    """The variables that may be read at one place, and where what is used twice is kept."""

    statement: Statement
    variables: dict[str, tuple[Piece, Type]] = field(default_factory=dict)
    lets: list[tuple[str, Piece]] | None = None
    """What is kept in the body of a loop, in order; None outside of loops."""
    path: str = ""

    def keep(self, piece: Piece) -> Piece:
        """A value that may be repeated."""
        if self.lets is None or piece.rank == NAME:
            return self.statement.keep(piece)
        name = self.statement.names.fresh()
        self.lets.append((name, piece))
        return Piece(self.statement.dialect.quote(name), piece.layer, NAME)

    def inside(self, element: str, type_: Type) -> tuple["Scope", str]:
        """The body of a loop, and the name of its element there."""
        dialect = self.statement.dialect
        name = self.statement.names.fresh(element if dialect.takes_name(element) else "")
        piece = dialect.element(Piece(dialect.quote(name), 0, NAME), type_)
        return Scope(self.statement, {**self.variables, element: (piece, type_)}, [], self.path), name

    def close(self, piece: Piece) -> Piece:
        """A value of the body with what it needs that is kept there."""
        for name, value in reversed(self.lets or []):
            if self.statement.dialect.quote(name) in piece.text:
                piece = self.statement.dialect.let(name, value, piece)
        return piece

    def variable(self, name: str) -> Piece:
        """A whole source, or the element of a loop."""
        found = self.variables.get(name)
        if found is not None:
            return found[0]
        is_record = isinstance(self.statement.sources[name].type, Record)
        return self.statement.column(name, None if is_record else name)

    def is_source(self, name: str) -> bool:
        """Whether a variable is a source whose fields are columns."""
        return name not in self.variables and isinstance(self.statement.sources[name].type, Record)

    def unsupported(self, name: str, reason: str) -> UnsupportedOperationError:
        """The error that says that this dialect cannot do something here."""
        return UnsupportedOperationError(name, f"sql ({self.statement.dialect.name})", reason, self.path)
