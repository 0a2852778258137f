"""Spark SQL 4: structs, arrays, maps, lambdas, variants.

The session has ANSI mode on, UTC as its time zone and no loss of digits in decimals; the query asks for the last two.
"""

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


class Spark(Dialect):
    """Spark SQL."""

    name: ClassVar[str] = "spark"
    session: ClassVar[str] = (
        "ASSERT_TRUE(TYPEOF(CAST(1 AS DECIMAL(38, 9)) * CAST(1 AS DECIMAL(38, 9))) = 'decimal(38,18)' "
        "AND CURRENT_TIMEZONE() IN ('UTC', 'Etc/UTC', 'GMT', 'Z'), 'This query needs the session settings "
        "spark.sql.decimalOperations.allowPrecisionLoss=false and spark.sql.session.timeZone=UTC') IS NULL"
    )

    def quote(self, name: str) -> str:
        """A name as an identifier, whatever is in it."""
        return "`" + name.replace("`", "``") + "`"

    def text(self, value: str) -> str:
        """A text literal."""
        escaped = value.replace("\\", "\\\\").replace("'", "\\'").replace("\0", "\\000").replace("\r", "\\r")
        return f"'{escaped}'"

    def type_name(self, type_: Type) -> str:
        """A type."""
        match type_:
            case Record(fields=fields):
                return f"STRUCT<{', '.join(f'{self.quote(e.name)}: {self.type_name(e.type)}' for e in fields)}>"
            case List(element=element):
                return f"ARRAY<{self.type_name(element)}>"
            case Map(value=value):
                return f"MAP<STRING, {self.type_name(value)}>"
            case Decimal(precision=precision, scale=scale):
                self.check_digits(type_)
                return f"DECIMAL({precision}, {scale})"
            case Integer(bits=bits) if bits != Integer().bits:
                raise self.unsupported("an integer of more than 64 bits", "integers have up to 64 bits")
        if isinstance(type_, Timestamp) and not type_.zone:
            return "TIMESTAMP_NTZ"
        return "STRING" if type_ in NOTHINGS else _SIMPLE[type(type_)]

    def json_literal(self, text: str) -> str:
        """A JSON value."""
        return f"PARSE_JSON({self.text(text)})"

    def map_literal(self, value: dict[str, Any], type_: Map) -> str:
        """A map."""
        entries = ", ".join(f"{self.text(key)}, {self.literal(each, type_.value)}" for key, each in value.items())
        return f"CAST(MAP({entries}) AS {self.type_name(type_)})"

    def bytes_literal(self, value: bytes) -> str:
        """Bytes, as a literal that a cast reads."""
        return f"X'{value.hex()}'"

    def whole(self, alias: str) -> str:
        """All columns of a relation as one record."""
        return f"STRUCT({alias}.*)"

    def whole_as_text(self, whole: str) -> str:
        """A record as JSON text."""
        return f"TO_JSON({whole})"

    def member(self, holder: Piece, name: str, kind: Kind, type_: Type) -> Piece:  # noqa: ARG002  # of the interface
        """A field of a record, a value of a map, or what is below a JSON value."""
        if kind == "key":
            return bare("TRY_ELEMENT_AT({}, {})", holder, verbatim(self.text(name)))
        if kind == "json":
            if "'" in name or "\\" in name:
                raise self.unsupported(f"the name {name!r} in JSON", "a path cannot hold it")
            path = verbatim(self.text(f"$['{name}']"))
            found = bare("TRY_VARIANT_GET({}, {}, 'variant')", holder, path)
            return bare("CASE WHEN NOT IS_VARIANT_NULL({0}) THEN {0} END", found)
        return sql("{}.{}", holder, verbatim(self.quote(name)))

    def record(self, fields: Sequence[tuple[str, Piece, Type]]) -> Piece:
        """A record."""
        body = join([bare("{}, {}", verbatim(self.text(name)), value) for name, value, _ in fields])
        return Piece(f"NAMED_STRUCT({body.text})", body.layer)

    def list_of(self, items: Sequence[Piece], type_: List) -> Piece:
        """A list."""
        if not items:
            return Piece(f"CAST(ARRAY() AS {self.type_name(type_)})")
        return bare("ARRAY({})", join(items))

    def each(self, items: Piece, element: str, body: Piece, type_: Type) -> Piece:  # noqa: ARG002  # of the interface
        """A list with a value for each element of another; null for null."""
        return bare("TRANSFORM({}, {} -> {})", items, verbatim(self.quote(element)), body)

    def some(self, items: Piece, element: str, condition: Piece) -> Piece:
        """Whether a condition holds for any element."""
        return bare("EXISTS({}, {} -> {})", items, verbatim(self.quote(element)), condition)

    def first(self, items: Piece, element: str, text: Piece) -> Piece:
        """The first text for an element that is not null."""
        return bare("TRY_ELEMENT_AT({}, 1)", self.without_nulls(self.each(items, element, text, Text())))

    def without_nulls(self, items: Piece) -> Piece:
        """The elements of a list that are not null."""
        return bare("ARRAY_COMPACT({})", items)

    def let(self, name: str, value: Piece, body: Piece) -> Piece:
        """A value that reads another under a name."""
        return bare("TRANSFORM(ARRAY({}), {} -> {})[0]", value, verbatim(self.quote(name)), body)

    def widen(self, value: Piece, before: Type, after: Type) -> Piece:  # noqa: ARG002  # of the interface
        """A number as a wider one."""
        return self.cast(value, after)

    def as_json(self, value: Piece, type_: Type) -> Piece:
        """A value as JSON."""
        if isinstance(type_, List | Map | Record):
            return bare("TO_VARIANT_OBJECT({})", value)
        return bare("CAST({} AS VARIANT)", value)

    def listed_rejects(self, rejects: Sequence[tuple[str, Piece]]) -> str:
        """The list of those rejects whose reason is not null."""
        items = ", ".join(f"NAMED_STRUCT('path', {self.text(p)}, 'reason', {r.text})" for p, r in rejects)
        return f"FILTER(ARRAY({items}), `_e` -> `_e`.`reason` IS NOT NULL)"

    def rows_of_rejects(self, rejects: Sequence[tuple[str, Piece]], relation: str, columns: Sequence[str]) -> str:
        """A query with a row for each reject."""
        listed = ", ".join((*columns, "`path`", "`reason`"))
        rows = f"LATERAL VIEW INLINE({self.listed_rejects(rejects)}) `_r` AS `path`, `reason`"
        return f"SELECT {listed}\nFROM {relation}\n{rows}"


_SIMPLE = {
    Text: "STRING",
    Enum: "STRING",
    Integer: "BIGINT",
    Float: "DOUBLE",
    Boolean: "BOOLEAN",
    Date: "DATE",
    Timestamp: "TIMESTAMP",
    Time: "TIME(6)",
    Binary: "BINARY",
    Json: "VARIANT",
    Union: "VARIANT",
}
