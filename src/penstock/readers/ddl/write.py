"""Writes records as CREATE TABLE statements."""

import json
from collections.abc import Iterator
from decimal import Decimal as Number
from typing import Final

from penstock.errors import SchemaKindError
from penstock.readers import Definition, Document, Written
from penstock.readers.ddl.dialects import DIALECTS, Dialect
from penstock.readers.losses import NOT_WRITTEN, Losses
from penstock.schema.paths import ITEM, KEY, Path
from penstock.schema.types import (
    Binary,
    Boolean,
    Date,
    Decimal,
    Enum,
    Field,
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
)

USUAL: Final = "duckdb"


class DdlWriter:
    """Writes each record as a table."""

    language = "ddl"

    def write(self, document: Document, dialect: str = "") -> Written:
        """The tables of a document, in DuckDB's dialect unless another is named.

        Raises:
            SchemaKindError: the dialect is not known.
        """
        name = dialect or USUAL
        if name not in DIALECTS:
            raise SchemaKindError(name, "this dialect is not known", DIALECTS)
        losses = Losses()
        tables = [_Table(each, DIALECTS[name], losses).text() for each in document.definitions]
        return Written("\n".join(each for each in tables if each), losses.findings())


class _Table:
    def __init__(self, definition: Definition, dialect: Dialect, losses: Losses) -> None:
        self._definition = definition
        self._dialect = dialect
        self._losses = losses
        self._path = Path((definition.name,))

    def text(self) -> str:
        """The statements of the table; empty where there is none."""
        record = self._definition.type
        if not isinstance(record, Record) or not record.fields:
            told = f"{self._definition.name} has no fields, so there is no table"
            self._losses.lose(NOT_WRITTEN, self._path, told)
            return ""
        lines = [self._column(each) for each in self._distinct(record)]
        keys = [self._dialect.quote(each.name) for each in record.fields if each.key]
        if keys and self._dialect.keys:
            lines.append(f"PRIMARY KEY ({', '.join(keys)})")
        elif keys:
            self._losses.lose_rule(self._path, "the key")
        body = ",\n".join(f"  {each}" for each in lines)
        return f"CREATE TABLE {self._name()} (\n{body}\n){self._table_comment()};\n{''.join(self._statements(record))}"

    def _distinct(self, record: Record) -> Iterator[Field]:
        """The fields whose names a table can hold: SQL does not tell `id` from `ID`."""
        seen: set[str] = set()
        for each in record.fields:
            if each.name.lower() in seen or not each.name.strip() or "\0" in each.name:
                self._losses.lose(
                    NOT_WRITTEN, self._path / each.name, f"a table cannot hold a column {each.name!r} here"
                )
                continue
            seen.add(each.name.lower())
            yield each

    def _name(self) -> str:
        return self._dialect.quote(self._definition.name)

    def _column(self, field: Field) -> str:
        path = self._path / field.name
        is_key_text = field.key and isinstance(field.type, Text | Enum) and self._dialect.key_text
        parts = [
            self._dialect.quote(field.name),
            str(is_key_text) if is_key_text else self.type(field.type, path),
            "NOT NULL" if self._is_required(field) else "",
            self._default(field, path),
            self._check(field),
            self._comment(field, path),
        ]
        if field.optional:
            self._losses.lose_rule(path, "optional")
        return " ".join(each for each in parts if each)

    def _is_required(self, field: Field) -> bool:
        if self._dialect.comments == "options" and isinstance(field.type, List):
            return False  # BigQuery has neither nulls nor rules for lists
        return not (field.type.nullable or field.optional)

    def type(self, type_: Type, path: Path) -> str:
        """The spelling of a type."""
        dialect = self._dialect
        match type_:
            case List(element=element):
                return self._list(element, path / ITEM)
            case Map(value=value):
                return self._map(value, path / KEY) if dialect.map else self._as_json(type_, path)
            case Record(fields=fields):
                return self._record(fields, path) if dialect.record and fields else self._as_json(type_, path)
            case Decimal():
                return self._decimal(type_, path)
            case Integer(bits=bits) if bits is None:
                self._losses.lose(NOT_WRITTEN, path, f"an integer of any size is kept as {dialect.wide}")
        word = type_.name
        if word in dialect.lost:
            self._losses.lose(NOT_WRITTEN, path, f"{word} is kept as {dialect.lost[word]}")
        return _spelled(type_, dialect) or self._as_json(type_, path)

    def _as_json(self, type_: Type, path: Path) -> str:
        self._losses.lose(NOT_WRITTEN, path, f"a {type_.name} is kept as {self._dialect.json}, without the types in it")
        return self._dialect.json

    def _list(self, element: Type, path: Path) -> str:
        dialect = self._dialect
        is_nested = isinstance(element, List) and dialect.comments == "options"
        if not dialect.list or is_nested or (dialect.flat_lists and isinstance(element, Record | Map | List)):
            return self._as_json(List(element), path.parent)
        if "{element}" not in dialect.list:
            self._losses.lose(NOT_WRITTEN, path.parent, "the type of the elements is not written")
        if not element.nullable and dialect.comments != "options":
            self._losses.lose_rule(path, "NOT NULL")
        return dialect.list.format(element=self.type(element, path))

    def _map(self, value: Type, path: Path) -> str:
        if "{value}" not in self._dialect.map:
            self._losses.lose(NOT_WRITTEN, path.parent, "the type of the values is not written")
        elif not value.nullable:
            self._losses.lose_rule(path, "NOT NULL")
        return self._dialect.map.format(value=self.type(value, path))

    def _record(self, fields: tuple[Field, ...], path: Path) -> str:
        if len({each.name.lower() for each in fields}) < len(fields) or not all(each.name.strip() for each in fields):
            return self._as_json(Record(fields), path)
        if "{fields}" not in self._dialect.record:
            self._losses.lose(NOT_WRITTEN, path, "the fields of the record are not written")
        written = []
        for each in fields:
            rule = "" if each.type.nullable or each.optional else " NOT NULL"
            if rule and not self._dialect.nested_rules:
                self._losses.lose_rule(path / each.name, "NOT NULL")
            spelled = self.type(each.type, path / each.name) + (rule if self._dialect.nested_rules else "")
            written.append(self._dialect.member.format(name=self._dialect.quote(each.name), type=spelled))
        return self._dialect.record.format(fields=", ".join(written))

    def _decimal(self, type_: Decimal, path: Path) -> str:
        if type_.precision > self._dialect.most_digits:
            told = f"decimals of {type_.precision} digits are kept as {self._dialect.text}"
            self._losses.lose(NOT_WRITTEN, path, told)
            return self._dialect.text
        return self._dialect.decimal.format(precision=type_.precision, scale=type_.scale)

    def _default(self, field: Field, path: Path) -> str:
        if not field.default:
            return ""
        value = json.loads(field.default, parse_float=Number, parse_int=Number)
        if isinstance(value, bool):
            spelled = str(int(value)) if self._dialect.boolean == "BIT" else str(value).upper()
        elif isinstance(value, Number):
            spelled = f"{value:f}"
        elif isinstance(value, str):
            spelled = self._dialect.literal(value)
        elif value is None:
            spelled = "NULL"
        else:
            self._losses.lose_rule(path, "DEFAULT")
            return ""
        return self._dialect.default.format(value=spelled)

    def _check(self, field: Field) -> str:
        if not isinstance(field.type, Enum) or not field.type.values:
            return ""
        if not self._dialect.checks:
            self._losses.lose_rule(self._path / field.name, "enum")
            return ""
        values = ", ".join(self._dialect.literal(each) for each in field.type.values)
        return f"CHECK ({self._dialect.quote(field.name)} IN ({values}))"

    def _comment(self, field: Field, path: Path) -> str:
        text = field.description
        if not text or self._dialect.comments == "statement":
            return ""
        if self._dialect.comments == "none":
            self._losses.lose_rule(path, "the description")
            return ""
        literal = self._dialect.literal(text)
        return f"OPTIONS (description = {literal})" if self._dialect.comments == "options" else f"COMMENT {literal}"

    def _table_comment(self) -> str:
        text = self._definition.description
        return self._dialect.table_comment.format(text=self._dialect.literal(text)) if text else ""

    def _statements(self, record: Record) -> Iterator[str]:
        if self._dialect.comments != "statement":
            return
        if self._definition.description:
            yield f"COMMENT ON TABLE {self._name()} IS {self._dialect.literal(self._definition.description)};\n"
        for each in record.fields:
            if each.description:
                column = f"{self._name()}.{self._dialect.quote(each.name)}"
                yield f"COMMENT ON COLUMN {column} IS {self._dialect.literal(each.description)};\n"


def _spelled(type_: Type, dialect: Dialect) -> str:
    match type_:
        case Text() | Enum():
            return dialect.text
        case Integer(bits=64):
            return dialect.integer
        case Integer():
            return dialect.wide
        case Timestamp(zone=zone):
            return dialect.timestamp if zone else dialect.local
        case Date():
            return "DATE"
    plain = {
        Float: dialect.float,
        Boolean: dialect.boolean,
        Time: dialect.time,
        Binary: dialect.binary,
        Json: dialect.json,
    }
    return plain.get(type(type_), "")
