"""Snowflake: records are OBJECT, lists ARRAY, what is in them VARIANT. Golden files only; the tests never run it."""

from collections.abc import Sequence
from typing import Any, ClassVar

from penstock.emitters.sql.dialects.base import NOTHINGS, Dialect, Kind, verbatim
from penstock.emitters.sql.pieces import OPEN, Piece, bare, join, sql
from penstock.schema import (
    Binary,
    Boolean,
    Date,
    Decimal,
    Enum,
    Float,
    Integer,
    Json,
    List,
    Map,
    Record,
    Text,
    Time,
    Timestamp,
    Type,
    Union,
)


class Snowflake(Dialect):
    """Snowflake."""

    name: ClassVar[str] = "snowflake"

    def folded(self, name: str) -> str:
        """What two column names have in common that are one."""
        return name

    def text(self, value: str) -> str:
        """A text literal."""
        escaped = value.replace("\\", "\\\\").replace("'", "''").replace("\0", "\\0").replace("\r", "\\r")
        return f"'{escaped}'"

    def type_name(self, type_: Type) -> str:
        """A type."""
        if isinstance(type_, Decimal):
            self.check_digits(type_)
            return f"NUMBER({type_.precision}, {type_.scale})"
        if isinstance(type_, Timestamp):
            return "TIMESTAMP_TZ" if type_.zone else "TIMESTAMP_NTZ"
        if isinstance(type_, Integer) and type_.bits is None:
            raise self.unsupported("an integer of any size", "numbers have up to 38 digits")
        return "VARCHAR" if type_ in NOTHINGS else _SIMPLE[type(type_)]

    def json_literal(self, text: str) -> str:
        """A JSON value."""
        return f"PARSE_JSON({self.text(text)})"

    def map_literal(self, value: dict[str, Any], type_: Map) -> str:
        """A map."""
        return self.record([(k, Piece(self.literal(v, type_.value)), type_.value) for k, v in value.items()]).text

    def bytes_literal(self, value: bytes) -> str:
        """Bytes, as a literal that a cast reads."""
        return f"X'{value.hex()}'"

    def whole(self, alias: str) -> str:
        """All columns of a relation as one record."""
        return f"OBJECT_CONSTRUCT_KEEP_NULL({alias}.*)"

    def element(self, raw: Piece, type_: Type) -> Piece:
        """The element of a list as a value."""
        return self._of_variant(raw, type_)

    def member(self, holder: Piece, name: str, kind: Kind, type_: Type) -> Piece:  # noqa: ARG002  # of the interface
        """A field of a record, a value of a map, or what is below a JSON value."""
        return self._of_variant(bare("GET({}, {})", holder, verbatim(self.text(name))), type_)

    def _of_variant(self, variant: Piece, type_: Type) -> Piece:
        if isinstance(type_, Json | Union):
            return bare("STRIP_NULL_VALUE({})", variant)
        return self.cast(variant, type_)

    def record(self, fields: Sequence[tuple[str, Piece, Type]]) -> Piece:
        """A record."""
        parts = [bare("{}, {}", verbatim(self.text(name)), value) for name, value, _ in fields]
        body = join(parts) if parts else Piece("")
        return Piece(f"OBJECT_CONSTRUCT_KEEP_NULL({body.text})", body.layer)

    def list_of(self, items: Sequence[Piece], type_: List) -> Piece:  # noqa: ARG002  # of the interface
        """A list."""
        return bare("ARRAY_CONSTRUCT({})", join(items)) if items else verbatim("ARRAY_CONSTRUCT()")

    def each(self, items: Piece, element: str, body: Piece, type_: Type) -> Piece:  # noqa: ARG002  # of the interface
        """A list with a value for each element of another; null for null."""
        return bare("TRANSFORM({}, {} -> {})", items, verbatim(self.quote(element)), body)

    def some(self, items: Piece, element: str, condition: Piece) -> Piece:
        """Whether a condition holds for any element."""
        name = verbatim(self.quote(element))
        return sql("ARRAY_SIZE(FILTER({}, {} -> {})) > 0", items, name, condition, rank=OPEN)

    def first(self, items: Piece, element: str, text: Piece) -> Piece:
        """The first text for an element that is not null."""
        found = self.without_nulls(self.each(items, element, text, Text()))
        return bare("CAST(GET({}, 0) AS VARCHAR)", found)

    def without_nulls(self, items: Piece) -> Piece:
        """The elements of a list that are not null."""
        return bare('FILTER({}, "_e" -> "_e" IS NOT NULL AND NOT IS_NULL_VALUE("_e"))', items)

    def let(self, name: str, value: Piece, body: Piece) -> Piece:
        """A value that reads another under a name."""
        return bare("GET(TRANSFORM(ARRAY_CONSTRUCT({}), {} -> {}), 0)", value, verbatim(self.quote(name)), body)

    def widen(self, value: Piece, before: Type, after: Type) -> Piece:  # noqa: ARG002  # of the interface
        """A number as a wider one."""
        return self.cast(value, after)

    def as_json(self, value: Piece, type_: Type) -> Piece:  # noqa: ARG002  # of the interface
        """A value as JSON."""
        return bare("TO_VARIANT({})", value)

    def whole_as_text(self, whole: str) -> str:
        """A record as JSON text."""
        return f"TO_JSON({whole})"

    def listed_rejects(self, rejects: Sequence[tuple[str, Piece]]) -> str:
        """The list of those rejects whose reason is not null."""
        items = ", ".join(f"OBJECT_CONSTRUCT('path', {self.text(p)}, 'reason', {r.text})" for p, r in rejects)
        return f'FILTER(ARRAY_CONSTRUCT({items}), "_e" -> GET("_e", \'reason\') IS NOT NULL)'

    def rows_of_rejects(self, rejects: Sequence[tuple[str, Piece]], relation: str, columns: Sequence[str]) -> str:
        """A query with a row for each reject."""
        listed = "".join(f"{each}, " for each in columns)
        queries = [
            f'SELECT {listed}{self.text(path)} AS "path", {reason.text} AS "reason"\n'
            f"FROM {relation}\nWHERE {reason.text} IS NOT NULL"
            for path, reason in rejects
        ]
        return "\nUNION ALL\n".join(queries)


_SIMPLE = {
    Text: "VARCHAR",
    Enum: "VARCHAR",
    Integer: "NUMBER(38, 0)",
    Float: "DOUBLE",
    Boolean: "BOOLEAN",
    Date: "DATE",
    Time: "TIME",
    Binary: "BINARY",
    Json: "VARIANT",
    Union: "VARIANT",
    Record: "OBJECT",
    Map: "OBJECT",
    List: "ARRAY",
}
