"""PostgreSQL 16 and later: a list is an array, a record jsonb, and what is in a record is JSON, too.

An array holds records, lists, maps and JSON as jsonb, because arrays of arrays must be rectangular.
"""

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

_LONGEST_NAME = 63
_MOST_FIELDS = 50
"""A function takes 100 arguments."""
_AS_JSON = (Record, Map, Json, Union)


class Postgres(Dialect):
    """PostgreSQL."""

    name: ClassVar[str] = "postgres"
    fence: ClassVar[str] = "\n  OFFSET 0"

    def takes_name(self, name: str) -> bool:
        """Whether a column can have this name: longer ones would be cut off."""
        return super().takes_name(name) and len(name.encode()) <= _LONGEST_NAME

    def folded(self, name: str) -> str:
        """What two column names have in common that are one."""
        return name

    def ordered(self, value: Piece, type_: Type) -> Piece:
        """A value that is compared: texts by their code points."""
        return sql('{} COLLATE "C"', value, rank=OPEN) if isinstance(type_, Text | Enum) else value

    def type_name(self, type_: Type) -> str:
        """A type."""
        if isinstance(type_, List):
            is_json = isinstance(type_.element, (*_AS_JSON, List)) and type_.element not in NOTHINGS
            return "JSONB[]" if is_json else f"{self.type_name(type_.element)}[]"
        if isinstance(type_, Decimal):
            return f"NUMERIC({type_.precision}, {type_.scale})"
        if isinstance(type_, Integer) and type_.bits != Integer().bits:
            return "NUMERIC"
        if isinstance(type_, Timestamp) and not type_.zone:
            return "TIMESTAMP"
        return "TEXT" if type_ in NOTHINGS else _SIMPLE[type(type_)]

    def scalar(self, value: Any, type_: Type) -> str:
        """A typed literal, texts too."""
        if isinstance(value, str):
            return f"CAST({self.text(value)} AS TEXT)"
        return super().scalar(value, type_)

    def plain_list(self, items: Sequence[Piece]) -> str:
        """A list of literals without types."""
        return f"ARRAY[{join(items).text}]" if items else "CAST(ARRAY[] AS TEXT[])"

    def json_literal(self, text: str) -> str:
        """A JSON value."""
        return f"CAST({self.text(text)} AS JSONB)"

    def map_literal(self, value: dict[str, Any], type_: Map) -> str:
        """A map."""
        entries = [(key, Piece(self.literal(each, type_.value)), type_.value) for key, each in value.items()]
        return self.record(entries).text

    def bytes_literal(self, value: bytes) -> str:
        """Bytes, as a literal that a cast reads."""
        return f"'\\x{value.hex()}'"

    def whole(self, alias: str) -> str:
        """All columns of a relation as one record."""
        return f"TO_JSONB({alias})"

    def element(self, raw: Piece, type_: Type) -> Piece:
        """The element of a list as a value: a list in a list is JSON."""
        return self._of_json(raw, type_) if isinstance(type_, List) else raw

    def member(self, holder: Piece, name: str, kind: Kind, type_: Type) -> Piece:  # noqa: ARG002  # of the interface
        """A field of a record, a value of a map, or what is below a JSON value."""
        key = verbatim(self.text(name))
        if isinstance(type_, (*_AS_JSON, List)):
            found = sql("{} -> {}", holder, key)
            return self._of_json(Piece(f"({found.text})", found.layer), type_)
        return self._of_text(sql("({} ->> {})", holder, key), type_)

    def _of_text(self, text: Piece, type_: Type) -> Piece:
        if isinstance(type_, Text | Enum):
            return text
        if isinstance(type_, Binary):
            return bare("DECODE({}, 'base64')", text)
        return self.cast(text, type_)

    def _of_json(self, json: Piece, type_: Type) -> Piece:
        if isinstance(type_, List):
            inner = Piece('"_v"', json.layer, 0)
            body = self._stored(self._of_json(inner, type_.element), type_.element)
            return bare(
                "CASE WHEN JSONB_TYPEOF({0}) = 'array' THEN ARRAY(SELECT {1} FROM JSONB_ARRAY_ELEMENTS({0}) "
                'WITH ORDINALITY AS "_j"("_v", "_n") ORDER BY "_j"."_n") END',
                json,
                body,
            )
        if isinstance(type_, _AS_JSON):
            return bare("NULLIF({}, CAST('null' AS JSONB))", json)
        return self._of_text(sql("({} #>> '{{}}')", json), type_)

    def _stored(self, value: Piece, type_: Type) -> Piece:
        """A value as an element of an array."""
        return bare("TO_JSONB({})", value) if isinstance(type_, List) else value

    def record(self, fields: Sequence[tuple[str, Piece, Type]]) -> Piece:
        """A record."""
        parts = []
        for start in range(0, len(fields), _MOST_FIELDS):
            made = [
                bare("{}, {}", verbatim(self.text(name)), self._in_json(value, type_))
                for name, value, type_ in fields[start : start + _MOST_FIELDS]
            ]
            parts.append(bare("JSONB_BUILD_OBJECT({})", join(made)))
        if len(parts) == 1:
            return parts[0]
        return bare("({})", join(parts, " || ")) if parts else verbatim("JSONB_BUILD_OBJECT()")

    def _in_json(self, value: Piece, type_: Type) -> Piece:
        if isinstance(type_, Binary):
            return bare("REPLACE(ENCODE({}, 'base64'), E'\\n', '')", value)
        return value

    def list_of(self, items: Sequence[Piece], type_: List) -> Piece:
        """A list."""
        body = join(self._stored(each, type_.element) for each in items) if items else Piece("")
        return Piece(f"CAST(ARRAY[{body.text}] AS {self.type_name(type_)})", body.layer)

    def each(self, items: Piece, element: str, body: Piece, type_: Type) -> Piece:
        """A list with a value for each element of another; null for null."""
        return bare(
            "CASE WHEN {0} IS NOT NULL THEN ARRAY(SELECT {1} FROM UNNEST({0}) "
            'WITH ORDINALITY AS "_t"({2}, "_n") ORDER BY "_t"."_n") END',
            items,
            self._stored(body, type_),
            verbatim(self.quote(element)),
        )

    def some(self, items: Piece, element: str, condition: Piece) -> Piece:
        """Whether a condition holds for any element."""
        name = verbatim(self.quote(element))
        return bare('EXISTS (SELECT 1 FROM UNNEST({}) AS "_t"({}) WHERE {})', items, name, condition)

    def first(self, items: Piece, element: str, text: Piece) -> Piece:
        """The first text for an element that is not null."""
        return bare(
            '(SELECT "_r" FROM (SELECT {1} AS "_r", "_t"."_n" FROM UNNEST({0}) WITH ORDINALITY AS "_t"({2}, "_n")) '
            'AS "_f" WHERE "_r" IS NOT NULL ORDER BY "_n" LIMIT 1)',
            items,
            text,
            verbatim(self.quote(element)),
        )

    def without_nulls(self, items: Piece) -> Piece:
        """The elements of a list that are not null."""
        return bare("ARRAY_REMOVE({}, NULL)", items)

    def let(self, name: str, value: Piece, body: Piece) -> Piece:
        """A value that reads another under a name."""
        return bare('(SELECT {1} FROM (SELECT {0} AS {2} OFFSET 0) AS "_l")', value, body, verbatim(self.quote(name)))

    def widen(self, value: Piece, before: Type, after: Type) -> Piece:  # noqa: ARG002  # of the interface
        """A number as a wider one."""
        return self.cast(value, after)

    def as_json(self, value: Piece, type_: Type) -> Piece:
        """A value as JSON."""
        return bare("TO_JSONB({})", self._in_json(value, type_))

    def listed_rejects(self, rejects: Sequence[tuple[str, Piece]]) -> str:
        """The list of those rejects whose reason is not null."""
        values = ", ".join(f"({n}, {self.text(path)}, {reason.text})" for n, (path, reason) in enumerate(rejects))
        return (
            "ARRAY(SELECT JSONB_BUILD_OBJECT('path', \"path\", 'reason', \"reason\") "
            f'FROM (VALUES {values}) AS "_v"("_n", "path", "reason") WHERE "reason" IS NOT NULL ORDER BY "_n")'
        )

    def rows_of_rejects(self, rejects: Sequence[tuple[str, Piece]], relation: str, columns: Sequence[str]) -> str:
        """A query with a row for each reject."""
        values = ", ".join(f"({self.text(path)}, {reason.text})" for path, reason in rejects)
        listed = ", ".join((*columns, '"_v"."path"', '"_v"."reason"'))
        lateral = f'CROSS JOIN LATERAL (VALUES {values}) AS "_v"("path", "reason")'
        return f'SELECT {listed}\nFROM {relation} {lateral}\nWHERE "_v"."reason" IS NOT NULL'


_SIMPLE = {
    Text: "TEXT",
    Enum: "TEXT",
    Integer: "BIGINT",
    Float: "DOUBLE PRECISION",
    Boolean: "BOOLEAN",
    Date: "DATE",
    Timestamp: "TIMESTAMPTZ",
    Time: "TIME",
    Binary: "BYTEA",
    Json: "JSONB",
    Union: "JSONB",
    Record: "JSONB",
    Map: "JSONB",
}
