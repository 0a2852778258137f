"""What a dialect of SQL writes in its own way."""

import base64
import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal as Exact
from typing import Any, ClassVar, Final, Literal

from penstock.emitters.sql.pieces import NAME, Piece, bare
from penstock.errors import UnsupportedOperationError
from penstock.mapping.check.constants import type_of
from penstock.mapping.values import encode
from penstock.schema import NOTHING, Decimal, Field, Json, List, Map, Record, Text, Type, Union, nullable

Kind = Literal["field", "key", "json"]
MOST_DIGITS: Final = 38
NOTHINGS: Final = (NOTHING, nullable(NOTHING))


class Dialect(ABC):
    """Writes names, literals, types, and the nodes that are no operations. What it is given it never changes."""

    name: ClassVar[str]
    sqlglot: ClassVar[str] = ""
    """The dialect's name in sqlglot, where it is another."""
    fence: ClassVar[str] = ""
    """What stands behind a layer's query so that the engine does not work its columns out again for each use."""

    session: ClassVar[str] = ""
    """A condition that stops the query where the session has settings that would change results in silence."""

    def quote(self, name: str) -> str:
        """A name as an identifier, whatever is in it."""
        return '"' + name.replace('"', '""') + '"'

    def takes_name(self, name: str) -> bool:
        """Whether a column can have this name."""
        return bool(name) and "\0" not in name

    def folded(self, name: str) -> str:
        """What two column names have in common that are one."""
        return name.casefold()

    def null_text(self) -> str:
        """A null that is a text."""
        return self.null(Text())

    def no_rejects(self) -> str:
        """Null, of the type of a list of rejects."""
        reject = Record((Field("path", Text()), Field("reason", Text())))
        return self.null(List(reject))

    def whole_as_text(self, whole: str) -> str:
        """A record as JSON text."""
        return self.cast(self.as_json(Piece(whole), Record()), Text()).text

    def text(self, value: str) -> str:
        """A text literal."""
        if "\0" in value:
            raise self.unsupported("a text with the character U+0000", "its texts cannot hold it")
        quoted = "'" + value.replace("'", "''") + "'"
        # A file that goes through other hands may lose a carriage return.
        return "E" + quoted.replace("\\", "\\\\").replace("\r", "\\r") if "\r" in value else quoted

    def plain(self, value: Any) -> str:
        """A literal without a type, as constant arguments are written."""
        if value is None or isinstance(value, bool):
            return {None: "NULL", True: "TRUE", False: "FALSE"}[value]
        if isinstance(value, Exact):
            return format(value, "f")
        if isinstance(value, int):
            return str(value)
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return self.plain_list([Piece(self.plain(each)) for each in value])
        return self.literal(value, Json() if isinstance(value, dict) else type_of(value))

    def plain_list(self, items: Sequence[Piece]) -> str:
        """A list of literals without types."""
        return self.list_of(items, List(Text())).text

    def literal(self, value: Any, type_: Type) -> str:
        """A typed literal."""
        if value is None:
            return self.null(type_)
        match type_:
            case Json() | Union():
                return self.json_literal(json.dumps(_plain_json(value), ensure_ascii=False))
            case List():
                items = [Piece(self.literal(each, type_.element)) for each in value]
                return self.list_of(items, type_).text
            case Map():
                return self.map_literal(value, type_)
            case Record():
                fields = [(e.name, Piece(self.literal(value.get(e.name), e.type)), e.type) for e in type_.fields]
                return self.record(fields).text
        return self.scalar(value, type_)

    def scalar(self, value: Any, type_: Type) -> str:
        """A typed literal of what is neither a list, nor a map, nor a record."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        return f"CAST({self.written(value)} AS {self.type_name(type_)})"

    def written(self, value: Any) -> str:
        """A value as a literal that a cast reads."""
        if isinstance(value, datetime) and value.tzinfo:
            return self.text(value.astimezone(UTC).replace(tzinfo=None).isoformat(" ") + "+00:00")
        if isinstance(value, date | time):
            return self.text(value.isoformat(" ") if isinstance(value, datetime) else value.isoformat())
        if isinstance(value, bytes):
            return self.bytes_literal(value)
        if isinstance(value, Exact):
            return self.text(format(value, "f"))
        return str(value) if isinstance(value, int) and value >= 0 else self.text(repr(value))

    def null(self, type_: Type) -> str:
        """Null, of a type."""
        return f"CAST(NULL AS {self.type_name(type_)})"

    def unsupported(self, what: str, reason: str) -> UnsupportedOperationError:
        """The error that says what this dialect cannot do."""
        return UnsupportedOperationError(what, f"sql ({self.name})", reason)

    def check_digits(self, type_: Decimal) -> None:
        """See that decimals can be so long."""
        if type_.precision > MOST_DIGITS:
            what = f"decimal({type_.precision},{type_.scale})"
            raise self.unsupported(what, f"decimals have up to {MOST_DIGITS} digits")

    def element(self, raw: Piece, type_: Type) -> Piece:  # noqa: ARG002  # for dialects that keep elements otherwise
        """The element of a list as a value."""
        return raw

    def ordered(self, value: Piece, type_: Type) -> Piece:  # noqa: ARG002  # for dialects with collations
        """A value that is compared: texts by their code points."""
        return value

    @abstractmethod
    def type_name(self, type_: Type) -> str:
        """A type."""

    @abstractmethod
    def json_literal(self, text: str) -> str:
        """A JSON value."""

    @abstractmethod
    def map_literal(self, value: dict[str, Any], type_: Map) -> str:
        """A map."""

    @abstractmethod
    def bytes_literal(self, value: bytes) -> str:
        """Bytes, as a literal that a cast reads."""

    @abstractmethod
    def whole(self, alias: str) -> str:
        """All columns of a relation as one record."""

    @abstractmethod
    def member(self, holder: Piece, name: str, kind: Kind, type_: Type) -> Piece:
        """A field of a record, a value of a map, or what is below a JSON value."""

    @abstractmethod
    def record(self, fields: Sequence[tuple[str, Piece, Type]]) -> Piece:
        """A record."""

    @abstractmethod
    def list_of(self, items: Sequence[Piece], type_: List) -> Piece:
        """A list."""

    @abstractmethod
    def each(self, items: Piece, element: str, body: Piece, type_: Type) -> Piece:
        """A list with a value of a type for each element of another; null for null."""

    @abstractmethod
    def some(self, items: Piece, element: str, condition: Piece) -> Piece:
        """Whether a condition holds for any element."""

    @abstractmethod
    def first(self, items: Piece, element: str, text: Piece) -> Piece:
        """The first text for an element that is not null."""

    @abstractmethod
    def without_nulls(self, items: Piece) -> Piece:
        """The elements of a list that are not null."""

    @abstractmethod
    def let(self, name: str, value: Piece, body: Piece) -> Piece:
        """A value that reads another under a name."""

    @abstractmethod
    def widen(self, value: Piece, before: Type, after: Type) -> Piece:
        """A number as a wider one."""

    @abstractmethod
    def as_json(self, value: Piece, type_: Type) -> Piece:
        """A value as JSON."""

    @abstractmethod
    def listed_rejects(self, rejects: Sequence[tuple[str, Piece]]) -> str:
        """The list of those rejects whose reason is not null: records of `path` and `reason`."""

    @abstractmethod
    def rows_of_rejects(self, rejects: Sequence[tuple[str, Piece]], relation: str, columns: Sequence[str]) -> str:
        """A query with a row for each reject: some columns of a relation, `path` and `reason`."""

    def cast(self, value: Piece, type_: Type) -> Piece:
        """A value as one of another type."""
        return bare("CAST({} AS {})", value, verbatim(self.type_name(type_)))


def same_shape(one: Type, other: Type) -> bool:
    """Whether values of two types are kept in the same way."""
    return nullable(one, value=False) == nullable(other, value=False)


def verbatim(text: str) -> Piece:
    """A name, literal or type as a piece."""
    return Piece(text, 0, NAME)


def _plain_json(value: Any) -> Any:
    if isinstance(value, Exact):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list):
        return [_plain_json(each) for each in value]
    if isinstance(value, dict):
        return {name: _plain_json(each) for name, each in value.items()}
    return base64.b64encode(value).decode() if isinstance(value, bytes) else encode(value)
