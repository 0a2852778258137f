"""BigQuery: structs, arrays by subqueries. Parsed and kept as golden files; the tests never run it."""

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

_MOST_SCALE, _MOST_WHOLE = 9, 29
"""The digits that NUMERIC holds behind and before the point; BIGNUMERIC holds all that a decimal here can have."""


class BigQuery(Dialect):
    """GoogleSQL."""

    name: ClassVar[str] = "bigquery"

    def quote(self, name: str) -> str:
        """A name as an identifier."""
        return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"

    def text(self, value: str) -> str:
        """A text literal."""
        for plain, escaped in {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\0": "\\000"}.items():
            value = value.replace(plain, escaped)
        return f"'{value}'"

    def type_name(self, type_: Type) -> str:
        """A type."""
        match type_:
            case Record(fields=fields):
                return f"STRUCT<{', '.join(f'{self.quote(e.name)} {self.type_name(e.type)}' for e in fields)}>"
            case List(element=List()):
                raise self.unsupported("a list of lists", "an array cannot hold arrays")
            case List(element=element):
                return f"ARRAY<{self.type_name(element)}>"
            case Decimal(precision=precision, scale=scale):
                fits = scale <= _MOST_SCALE and precision - scale <= _MOST_WHOLE
                return f"{'NUMERIC' if fits else 'BIGNUMERIC'}({precision}, {scale})"
            case Integer(bits=bits) if bits != Integer().bits:
                return "BIGNUMERIC"
        if isinstance(type_, Timestamp) and not type_.zone:
            return "DATETIME"
        return "STRING" if type_ in NOTHINGS else _SIMPLE[type(type_)]

    def json_literal(self, text: str) -> str:
        """A JSON value."""
        return f"PARSE_JSON({self.text(text)})"

    def map_literal(self, value: dict[str, Any], type_: Map) -> str:
        """A map; it is kept as JSON."""
        entries = ", ".join(f"{self.text(key)}, {self.literal(each, type_.value)}" for key, each in value.items())
        return f"JSON_OBJECT({entries})"

    def bytes_literal(self, value: bytes) -> str:
        """Bytes, as a literal that a cast reads."""
        return "b'" + "".join(f"\\x{each:02x}" for each in value) + "'"

    def whole(self, alias: str) -> str:
        """All columns of a relation as one record."""
        return alias

    def member(self, holder: Piece, name: str, kind: Kind, type_: Type) -> Piece:
        """A field of a record, a value of a map, or what is below a JSON value."""
        if kind == "field":
            return sql("{}.{}", holder, verbatim(self.quote(name)))
        if kind == "key":
            raise self.unsupported(f"the key {name!r} of a map", f"a map is JSON, and is not read as {type_.name}")
        found = sql("{}[{}]", holder, verbatim(self.text(name)))
        return bare("CASE WHEN JSON_TYPE({0}) <> 'null' THEN {0} END", found)

    def record(self, fields: Sequence[tuple[str, Piece, Type]]) -> Piece:
        """A record."""
        body = join([bare("{} AS {}", value, verbatim(self.quote(name))) for name, value, _ in fields])
        return Piece(f"STRUCT({body.text})", body.layer)

    def list_of(self, items: Sequence[Piece], type_: List) -> Piece:
        """A list."""
        name = verbatim(self.type_name(type_))
        return bare("{}[{}]", name, join(items)) if items else bare("{}[]", name)

    def each(self, items: Piece, element: str, body: Piece, type_: Type) -> Piece:
        """A list with a value for each element of another; null for null."""
        if isinstance(type_, List):
            raise self.unsupported("a list of lists", "an array cannot hold arrays")
        return bare(
            "CASE WHEN {0} IS NOT NULL THEN ARRAY(SELECT {1} FROM UNNEST({0}) AS {2} WITH OFFSET AS `_n` "
            "ORDER BY `_n`) END",
            items,
            body,
            verbatim(self.quote(element)),
        )

    def some(self, items: Piece, element: str, condition: Piece) -> Piece:
        """Whether a condition holds for any element."""
        name = verbatim(self.quote(element))
        return bare("EXISTS (SELECT 1 FROM UNNEST({}) AS {} WHERE {})", items, name, condition)

    def first(self, items: Piece, element: str, text: Piece) -> Piece:
        """The first text for an element that is not null."""
        name = verbatim(self.quote(element))
        inner = "SELECT {1} AS `_r`, `_n` FROM UNNEST({0}) AS {2} WITH OFFSET AS `_n`"
        return bare(f"(SELECT `_r` FROM ({inner}) WHERE `_r` IS NOT NULL ORDER BY `_n` LIMIT 1)", items, text, name)

    def without_nulls(self, items: Piece) -> Piece:
        """The elements of a list that are not null."""
        return bare(
            "ARRAY(SELECT `_e` FROM UNNEST({}) AS `_e` WITH OFFSET AS `_n` WHERE `_e` IS NOT NULL ORDER BY `_n`)", items
        )

    def let(self, name: str, value: Piece, body: Piece) -> Piece:
        """A value that reads another under a name."""
        return bare("(SELECT {1} FROM (SELECT {0} AS {2}))", value, body, verbatim(self.quote(name)))

    def widen(self, value: Piece, before: Type, after: Type) -> Piece:  # noqa: ARG002  # of the interface
        """A number as a wider one."""
        return self.cast(value, after)

    def as_json(self, value: Piece, type_: Type) -> Piece:  # noqa: ARG002  # of the interface
        """A value as JSON."""
        return bare("TO_JSON({})", value)

    def whole_as_text(self, whole: str) -> str:
        """A record as JSON text."""
        return f"TO_JSON_STRING({whole})"

    def listed_rejects(self, rejects: Sequence[tuple[str, Piece]]) -> str:
        """The list of those rejects whose reason is not null."""
        items = ", ".join(f"STRUCT({self.text(p)} AS `path`, {r.text} AS `reason`)" for p, r in rejects)
        return (
            f"ARRAY(SELECT `_e` FROM UNNEST([{items}]) AS `_e` WITH OFFSET AS `_n` "
            "WHERE `_e`.`reason` IS NOT NULL ORDER BY `_n`)"
        )

    def rows_of_rejects(self, rejects: Sequence[tuple[str, Piece]], relation: str, columns: Sequence[str]) -> str:
        """A query with a row for each reject."""
        listed = ", ".join((*columns, "`_r`.`path`", "`_r`.`reason`"))
        return f"SELECT {listed}\nFROM {relation} CROSS JOIN UNNEST({self.listed_rejects(rejects)}) AS `_r`"


_SIMPLE = {
    Text: "STRING",
    Enum: "STRING",
    Integer: "INT64",
    Float: "FLOAT64",
    Boolean: "BOOL",
    Date: "DATE",
    Timestamp: "TIMESTAMP",
    Time: "TIME",
    Binary: "BYTES",
    Json: "JSON",
    Union: "JSON",
    Map: "JSON",
}
