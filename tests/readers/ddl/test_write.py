"""Records as tables: read back by the reader, and taken by DuckDB itself."""

from dataclasses import replace

import duckdb
import pytest
import sqlglot
from hypothesis import given
from tests.schema.strategies import types

from penstock.errors import SchemaKindError
from penstock.readers import Definition, Document
from penstock.readers.ddl import READER, WRITER
from penstock.readers.ddl.dialects import DIALECTS
from penstock.schema import (
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

SCALARS = (
    Field("id", Integer(), key=True, description="it's the key"),
    Field("name", Text(nullable=True), default='"a\'b"'),
    Field("state", Enum(("on", "it's off"))),
    Field("price", Decimal(10, 2, nullable=True), default="1.50"),
    Field("ratio", Float()),
    Field("is_on", Boolean(), default="true"),
    Field("day", Date(nullable=True)),
    Field("at", Timestamp()),
    Field("local", Timestamp(zone=False)),
    Field("data", Binary(nullable=True)),
    Field('odd "name"', Integer(nullable=True)),
)
NESTED = (
    Field("any", Json(nullable=True)),
    Field("clock", Time(nullable=True)),
    Field("big", Integer(128, nullable=True)),
    Field("tags", List(Text(nullable=True), nullable=True)),
    Field("rates", Map(Float(nullable=True), nullable=True)),
    Field("to", Record((Field("zip code", Text(nullable=True)),), nullable=True)),
)


def document(*fields: Field) -> Document:
    return Document("test", (Definition("Order", Record(fields, "Order"), "what is ordered"),), "Order")


@pytest.mark.parametrize("dialect", ["", "duckdb"])
def test_what_is_written_is_read_back(dialect: str) -> None:
    whole = document(*SCALARS, *NESTED)
    written = WRITER.write(whole, dialect)
    assert not written.findings
    assert READER.read(written.text, "t.sql").definitions == whole.definitions


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_every_dialect_is_read_back_where_it_holds_the_types(dialect: str) -> None:
    fields = tuple(replace(each, description="", key=False) for each in SCALARS if not isinstance(each.type, Enum))
    written = WRITER.write(Document("test", (Definition("Order", Record(fields, "Order")),), "Order"), dialect)
    assert not written.findings
    tree = sqlglot.parse_one(written.text, dialect=dialect)
    assert [each.name for each in tree.find_all(sqlglot.exp.ColumnDef)] == [each.name for each in fields]


@given(types)
def test_duckdb_takes_what_is_written(type_: Type) -> None:
    whole = document(Field("f", type_), Field("g", Integer()))
    written = WRITER.write(whole)
    with duckdb.connect() as connection:
        connection.execute(written.text)
    found = READER.read(written.text, "t.sql")
    if not written.findings:
        assert found.definitions == whole.definitions


LOSSES: list[tuple[Field, str, str]] = [
    (Field("f", Record((Field("a", Text()),))), "postgres", "a record is kept as JSONB"),
    (Field("f", List(Text(nullable=True))), "tsql", "a list is kept as NVARCHAR(MAX)"),
    (Field("f", List(Text(nullable=True))), "snowflake", "the type of the elements is not written"),
    (Field("f", Time()), "spark", "time is kept as text"),
    (Field("f", Integer(None)), "duckdb", "an integer of any size is kept as HUGEINT"),
    (Field("f", Decimal(60, 2)), "duckdb", "decimals of 60 digits are kept as VARCHAR"),
    (Field("f", List(Text())), "duckdb", "NOT NULL at Order.f[]"),
    (Field("f", Text(), optional=True), "duckdb", "optional at Order.f"),
    (Field("f", Enum(("a",))), "trino", "enum at Order.f"),
    (Field("f", Text(), key=True), "bigquery", "the key at Order"),
    (Field("f", Text(), description="x"), "tsql", "the description at Order.f"),
    (Field("f", Json(), default='{"a": 1}'), "duckdb", "DEFAULT at Order.f"),
    (Field("ID", Text()), "duckdb", "cannot hold a column 'ID'"),
]


@pytest.mark.parametrize(("field", "dialect", "says"), LOSSES)
def test_what_is_lost_is_said(field: Field, dialect: str, says: str) -> None:
    findings = WRITER.write(document(Field("id", Integer(nullable=True)), field), dialect).findings
    assert any(says in each.message for each in findings)


def test_what_is_no_record_is_left_out() -> None:
    written = WRITER.write(Document("test", (Definition("A", Text()), Definition("B", Record()))))
    assert (written.text, [each.path for each in written.findings]) == ("", ["A", "B"])


def test_names_and_texts_cannot_break_out() -> None:
    bad = 'x"; DROP TABLE y; --'
    whole = document(Field(bad, Text(), description="'; DROP TABLE y; --", default='"\'; --"'))
    for dialect in DIALECTS:
        statements = sqlglot.parse(WRITER.write(whole, dialect).text, dialect=dialect)
        assert {type(each).__name__ for each in statements if each is not None} <= {"Create", "Comment"}


def test_an_unknown_dialect() -> None:
    with pytest.raises(SchemaKindError, match="known are bigquery"):
        WRITER.write(document(*SCALARS), "cobol")
