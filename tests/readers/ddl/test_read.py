"""What tables of SQL mean as records."""

import pytest

from penstock.errors import DocumentFormatError
from penstock.readers.ddl import READER
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
    Union,
    nullable,
)

T, INT, ANY = Text(nullable=True), Integer(nullable=True), Json(nullable=True)

COLUMNS: list[tuple[str, Type]] = [
    ("VARCHAR(30)", T),
    ("character varying", T),
    ("UUID", T),
    ("SMALLINT", Integer(nullable=True)),
    ("BIGINT UNSIGNED", Integer(128, nullable=True)),
    ("HUGEINT", Integer(128, nullable=True)),
    ("DECIMAL(10, 2)", Decimal(10, 2, nullable=True)),
    ("NUMERIC(5)", Decimal(5, 0, nullable=True)),
    ("NUMERIC", Decimal(38, 9, nullable=True)),
    ("DOUBLE PRECISION", Float(nullable=True)),
    ("REAL", Float(nullable=True)),
    ("BOOLEAN", Boolean(nullable=True)),
    ("DATE", Date(nullable=True)),
    ("TIME", Time(nullable=True)),
    ("TIMESTAMP", Timestamp(zone=False, nullable=True)),
    ("TIMESTAMP WITH TIME ZONE", Timestamp(nullable=True)),
    ("TIMESTAMP_NTZ(9), y TIMESTAMP_TZ", Timestamp(zone=False, nullable=True)),
    ("BYTEA", Binary(nullable=True)),
    ("JSONB", ANY),
    ("VARIANT", ANY),
    ("INT[]", List(Integer(nullable=True), nullable=True)),
    ("INT[][]", List(List(Integer(nullable=True), nullable=True), nullable=True)),
    ("ARRAY<STRING>, y INT64", List(Text(), nullable=True)),
    ("MAP(VARCHAR, INT)", Map(Integer(nullable=True), nullable=True)),
    ("STRUCT(a INT, b VARCHAR)", Record((Field("a", Integer(nullable=True)), Field("b", T)), nullable=True)),
    (
        "STRUCT<a INT64 NOT NULL, b STRUCT<c STRING OPTIONS(description='d')>>",
        Record(
            (Field("a", Integer()), Field("b", Record((Field("c", T, description="d"),), nullable=True))), nullable=True
        ),
    ),
    ("STRUCT<a: INT, b: ARRAY<STRING>>", Record((Field("a", INT), Field("b", List(T, nullable=True))), nullable=True)),
    ("ENUM('a', 'b')", Enum(("a", "b"), nullable=True)),
    ("UNION(a INT, b VARCHAR)", Union((Integer(), Text()), nullable=True)),
    ("TEXT CHECK (x IN ('a', 'é'))", Enum(("a", "é"), nullable=True)),
    ("TEXT, CHECK (x IN ('a', 'b'))", Enum(("a", "b"), nullable=True)),
    ("TEXT, CONSTRAINT k CHECK ((x)::text = ANY ((ARRAY['a'::text, 'b'])::text[]))", Enum(("a", "b"), nullable=True)),
    ("TEXT CHECK (x IN ('a', 1))", T),
    ("INT CHECK (x > 3)", Integer(nullable=True)),
    ("TEXT NOT NULL", Text()),
    ("TEXT NULL", T),
    ("citext", T),
    ("GEOMETRY", ANY),
    ("something_else", ANY),
]  # fmt: skip


@pytest.mark.parametrize(("said", "expected"), COLUMNS)
def test_a_column_is_a_field(said: str, expected: Type) -> None:
    record = READER.read(f"CREATE TABLE t (x {said})", "t.sql").only().type
    assert isinstance(record, Record)
    assert record.fields[0] == Field("x", expected)


DIALECTS: list[tuple[str, tuple[Field, ...]]] = [
    (
        "CREATE TABLE [dbo].[t] ([a b] NVARCHAR(MAX) NOT NULL, b BIT, c DATETIMEOFFSET, d MONEY, "
        "e UNIQUEIDENTIFIER)\nGO\n",
        (
            Field("a b", Text()),
            Field("b", Boolean(nullable=True)),
            Field("c", Timestamp(nullable=True)),
            Field("d", Decimal(19, 4, nullable=True)),
            Field("e", T),
        ),
    ),
    (
        "CREATE TABLE `t` (`a``b` int unsigned NOT NULL AUTO_INCREMENT, b timestamp, c set('a'), PRIMARY KEY (`a``b`), "
        "KEY k (b)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COMMENT='x';",
        (Field("a`b", Integer(), key=True), Field("b", Timestamp(nullable=True)), Field("c", ANY)),
    ),
    (
        "create or replace TRANSIENT TABLE DB.S.t (A NUMBER(38,0) NOT NULL COMMENT 'the a', B NUMBER, C OBJECT, "
        "D ARRAY);",
        (
            Field("A", Decimal(38, 0), description="the a"),
            Field("B", Decimal(38, 0, nullable=True)),
            Field("C", Map(ANY, nullable=True)),
            Field("D", List(ANY, nullable=True)),
        ),
    ),
    (
        "CREATE TABLE `p.d.t` (a INT64 NOT NULL OPTIONS(description='the a'), b BIGNUMERIC, c TIMESTAMP, d DATETIME)",
        (
            Field("a", Integer(), description="the a"),
            Field("b", Decimal(76, 38, nullable=True)),
            Field("c", Timestamp(nullable=True)),
            Field("d", Timestamp(zone=False, nullable=True)),
        ),
    ),
    ("CREATE TABLE t (a INT COMMENT 'x', b STRING) USING delta", (Field("a", INT, description="x"), Field("b", T))),
    ("CREATE TABLE t (a Nullable(Int32), b String, c LowCardinality(String)) ENGINE = MergeTree ORDER BY b",
     (Field("a", Integer(nullable=True)), Field("b", Text()), Field("c", Text()))),
]  # fmt: skip


@pytest.mark.parametrize(("text", "fields"), DIALECTS)
def test_dialects_are_told_apart(text: str, fields: tuple[Field, ...]) -> None:
    record = READER.read(text, "t.sql").only().type
    assert isinstance(record, Record)
    assert record.fields == fields


SCRIPT = """
-- a dump
SET search_path = public;
CREATE TYPE mood AS ENUM ('happy', 'sad');
CREATE TYPE place AS (street text, no integer);
CREATE TABLE public.customer (
  id bigserial, name text DEFAULT 'x''y'::text NOT NULL, score numeric(4,1) DEFAULT -1.5, m mood, "at Home" place,
  made timestamptz DEFAULT now(), is_on boolean DEFAULT true, by bigint REFERENCES customer (id), UNIQUE (name)
);
CREATE FUNCTION f() RETURNS int AS $$ SELECT 1; $$ LANGUAGE sql;
ALTER TABLE ONLY public.customer ADD CONSTRAINT customer_pk PRIMARY KEY (id);
COMMENT ON TABLE public.customer IS 'who buys';
COMMENT ON COLUMN public.customer.m IS 'mood';
CREATE TABLE archive.customer (a int, B int, PRIMARY KEY (a, b));
CREATE TABLE copy AS SELECT 1 AS x;
INSERT INTO customer VALUES (1);
"""


def test_a_script() -> None:
    document = READER.read(SCRIPT, "tables.sql")
    assert [(each.name, each.description) for each in document.definitions] == [
        ("customer", "who buys"),
        ("archive.customer", ""),
    ]
    assert not document.main
    assert document.by_name()["customer"].type == Record(
        (
            Field("id", Integer(), key=True),
            Field("name", Text(), default='"x\'y"'),
            Field("score", Decimal(4, 1, nullable=True), default="-1.5"),
            Field("m", Enum(("happy", "sad"), nullable=True), description="mood"),
            Field("at Home", Record((Field("street", T), Field("no", Integer(nullable=True))), "place", nullable=True)),
            Field("made", Timestamp(nullable=True)),
            Field("is_on", Boolean(nullable=True), default="true"),
            Field("by", Integer(nullable=True)),
        ),
        "customer",
    )
    keyed = Record((Field("a", Integer(), key=True), Field("B", Integer(), key=True)), "archive.customer")
    assert document.by_name()["archive.customer"].type == keyed
    assert [(each.code, each.path) for each in document.findings] == [("SCH009", "copy"), ("SCH004", "customer")]
    assert "DEFAULT at customer.made, REFERENCE at customer.by" in document.findings[1].message


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no table with columns"),
        ("SELECT 1", "no table with columns"),
        ("CREATE TABLE t AS SELECT 1", "no table with columns"),
        ("CREATE TABLE t (a INT, a INT)", "'a' of t is there twice"),
        ("CREATE TABLE t (a INT); CREATE TABLE t (a INT)", "defined twice"),
        ("SELECT 1;\nCREATE TABLE t (a INT", "at line 2: is no SQL that is known"),
        ("CREATE TABLE t (a INT DEFAULT 'x", "is no SQL that is known"),
        ("CREATE TABLE t (a " + "ARRAY<" * 10_000, "nested too deep"),
        ("CREATE TABLE t (a INT DEFAULT " + "(" * 10_000, "nested too deep"),
        ("CREATE TABLE t (a INT CHECK (a = " + "NOT " * 10_000 + "1))", "is no SQL that is known"),
        ("\x00\x01", "no table with columns|is no SQL"),
    ],
)
def test_bad_input_is_an_error_of_ours(text: str, says: str) -> None:
    with pytest.raises(DocumentFormatError, match=says):
        READER.read(text, "t.sql")


@pytest.mark.parametrize(
    ("text", "suffix", "expected"),
    [
        ("", ".sql", True),
        ("CREATE TABLE t", "", True),
        ("-- x\n/* y */ create or replace temporary table t", ".txt", True),
        ("CREATE TYPE a AS ENUM ('x'); CREATE TABLE t", "", True),
        ("CREATE TABLE t", ".json", False),
        ("SELECT 1", "", False),
        ("create tablets", "", False),
        ("-- " * 20_000, "", False),
        (" " * 60_000, "", False),
        ("/**/" * 15_000, "", False),
        ("SET x;" * 10_000, "", False),
    ],
)
def test_recognises_sql(text: str, suffix: str, expected: bool) -> None:
    assert READER.recognises(text, suffix) is expected


def test_a_table_that_cannot_be_read_hides_no_other() -> None:
    document = READER.read("CREATE TABLE a (x INT);\nINSERT INTO a VALUES (((;\nCREATE TABLE b (x INT !! 3);", "t.sql")
    assert [each.name for each in document.definitions] == ["a"]
    (finding,) = document.findings
    assert (finding.code, finding.path) == ("SCH009", "")
    assert "the table at line 3 is left out" in finding.message


def test_types_that_hold_themselves_are_cut() -> None:
    document = READER.read("CREATE TYPE a AS (x a); CREATE TABLE t (c a)", "t.sql")
    assert [(each.code, each.path) for each in document.findings] == [("SCH001", "t.c.x")]
    assert nullable(Json()) == ANY
