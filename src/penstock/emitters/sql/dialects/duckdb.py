"""DuckDB: structs, lists, maps, lambdas."""

from collections.abc import Sequence
from typing import Any, ClassVar

from penstock.emitters.sql.dialects.base import NOTHINGS, Dialect, Kind, verbatim
from penstock.emitters.sql.pieces import Piece, bare, join, sql
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

_EXACT_DIGITS = 15
"""So many digits fit a double exactly."""


class DuckDb(Dialect):
    """DuckDB 1.5 and later."""

    name: ClassVar[str] = "duckdb"

    def text(self, value: str) -> str:
        """A text literal; U+0000 cannot stand in one."""
        parts = [super(DuckDb, self).text(each) for each in value.split("\0")]
        return parts[0] if len(parts) == 1 else f"({' || chr(0) || '.join(parts)})"

    def type_name(self, type_: Type) -> str:
        """A type."""
        match type_:
            case Record(fields=fields):
                if not fields:
                    raise self.unsupported("a record without fields", "a struct has at least one")
                return f"STRUCT({', '.join(f'{self.quote(e.name)} {self.type_name(e.type)}' for e in fields)})"
            case List(element=element):
                return f"{self.type_name(element)}[]"
            case Map(value=value):
                return f"MAP(VARCHAR, {self.type_name(value)})"
            case Decimal() | Integer():
                return self.number_type(type_)
        if isinstance(type_, Timestamp) and not type_.zone:
            return "TIMESTAMP"
        return "VARCHAR" if type_ in NOTHINGS else _SIMPLE[type(type_)]

    def number_type(self, type_: Decimal | Integer) -> str:
        """A type of exact numbers."""
        if isinstance(type_, Decimal):
            self.check_digits(type_)
            return f"DECIMAL({type_.precision}, {type_.scale})"
        if type_.bits is None:
            raise self.unsupported("an integer of any size", "integers have up to 128 bits")
        return "BIGINT" if type_.bits == Integer().bits else "HUGEINT"

    def json_literal(self, text: str) -> str:
        """A JSON value."""
        return f"CAST({self.text(text)} AS JSON)"

    def map_literal(self, value: dict[str, Any], type_: Map) -> str:
        """A map."""
        entries = ", ".join(f"{self.text(key)}: {self.literal(each, type_.value)}" for key, each in value.items())
        return f"CAST(MAP {{{entries}}} AS {self.type_name(type_)})"

    def bytes_literal(self, value: bytes) -> str:
        """Bytes, as a literal that a cast reads."""
        return "'" + "".join(f"\\x{each:02X}" for each in value) + "'"

    def whole(self, alias: str) -> str:
        """All columns of a relation as one record."""
        return alias

    def member(self, holder: Piece, name: str, kind: Kind, type_: Type) -> Piece:  # noqa: ARG002  # of the interface
        """A field of a record, a value of a map, or what is below a JSON value."""
        if kind == "key":
            return bare("MAP_EXTRACT_VALUE({}, {})", holder, verbatim(self.text(name)))
        if kind == "json":
            pointer = "/" + name.replace("~", "~0").replace("/", "~1")
            inner = bare("NULLIF(JSON_EXTRACT({}, {}), CAST('null' AS JSON))", holder, verbatim(self.text(pointer)))
            return bare("CASE WHEN JSON_TYPE({1}) = 'OBJECT' THEN {0} END", inner, holder)
        return bare("STRUCT_EXTRACT({}, {})", holder, verbatim(self.text(name)))

    def record(self, fields: Sequence[tuple[str, Piece, Type]]) -> Piece:
        """A record."""
        if not fields:
            raise self.unsupported("a record without fields", "a struct has at least one")
        names = {name.casefold() for name, _, _ in fields}
        if len(names) < len(fields):
            raise self.unsupported("a record with names that differ in case only", "its names have no case")
        body = join([Piece(f"{self.quote(n)} := {p.text}", p.layer) for n, p, _ in fields])
        return Piece(f"STRUCT_PACK({body.text})", body.layer)

    def list_of(self, items: Sequence[Piece], type_: List) -> Piece:
        """A list."""
        if not items:
            return Piece(f"CAST([] AS {self.type_name(type_)})")
        body = join(items)
        return Piece(f"[{body.text}]", body.layer)

    def each(self, items: Piece, element: str, body: Piece, type_: Type) -> Piece:  # noqa: ARG002  # of the interface
        """A list with a value for each element of another; null for null."""
        return bare("LIST_TRANSFORM({}, LAMBDA {}: {})", items, verbatim(self.quote(element)), body)

    def some(self, items: Piece, element: str, condition: Piece) -> Piece:
        """Whether a condition holds for any element."""
        return sql("LIST_BOOL_OR({})", self.each(items, element, condition, Boolean()))

    def first(self, items: Piece, element: str, text: Piece) -> Piece:
        """The first text for an element that is not null."""
        return sql("LIST_ANY_VALUE({})", self.each(items, element, text, Text()))

    def without_nulls(self, items: Piece) -> Piece:
        """The elements of a list that are not null."""
        return bare('LIST_FILTER({}, LAMBDA "_e": "_e" IS NOT NULL)', items)

    def let(self, name: str, value: Piece, body: Piece) -> Piece:
        """A value that reads another under a name."""
        return bare("LIST_TRANSFORM([{}], LAMBDA {}: {})[1]", value, verbatim(self.quote(name)), body)

    def widen(self, value: Piece, before: Type, after: Type) -> Piece:
        """A number as a wider one; a decimal through text, because DuckDB would round twice."""
        if isinstance(before, Decimal) and before.precision > _EXACT_DIGITS and isinstance(after, Float):
            return bare("CAST(CAST({} AS VARCHAR) AS DOUBLE)", value)
        return self.cast(value, after)

    def as_json(self, value: Piece, type_: Type) -> Piece:  # noqa: ARG002  # of the interface
        """A value as JSON."""
        return bare("TO_JSON({})", value)

    def listed_rejects(self, rejects: Sequence[tuple[str, Piece]]) -> str:
        """The list of those rejects whose reason is not null."""
        items = ", ".join(f"STRUCT_PACK(path := {self.text(p)}, reason := {r.text})" for p, r in rejects)
        return f'LIST_FILTER([{items}], LAMBDA "_e": STRUCT_EXTRACT("_e", \'reason\') IS NOT NULL)'

    def rows_of_rejects(self, rejects: Sequence[tuple[str, Piece]], relation: str, columns: Sequence[str]) -> str:
        """A query with a row for each reject."""
        inner = ", ".join((*columns, f"UNNEST({self.listed_rejects(rejects)}) AS {self.quote('_reject')}"))
        condition = " OR ".join(f"{reason.text} IS NOT NULL" for _, reason in rejects)
        outer = ", ".join((*columns, '"_reject"."path" AS "path"', '"_reject"."reason" AS "reason"'))
        return f"SELECT {outer}\nFROM (SELECT {inner} FROM {relation} WHERE {condition})"


_SIMPLE = {
    Text: "VARCHAR",
    Timestamp: "TIMESTAMPTZ",
    Enum: "VARCHAR",
    Float: "DOUBLE",
    Boolean: "BOOLEAN",
    Date: "DATE",
    Time: "TIME",
    Binary: "BLOB",
    Json: "JSON",
    Union: "JSON",
}
