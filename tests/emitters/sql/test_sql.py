"""What is written as SQL: several sources, carried columns, names, and what is refused."""

from typing import Any

import duckdb
import pytest

from penstock.emitters import Options
from penstock.emitters.sql import emitter
from penstock.emitters.sql.statement import write_statements
from penstock.errors import UnsupportedOperationError
from penstock.mapping import Argument, Build, Call, Constant, FieldMapping, Mapping, Read, Shape, check, evaluate
from penstock.mapping.typed import TypedMapping
from penstock.schema import Field, Integer, List, Path, Record, Text, Type, nullable, parse_path


def _mapping(sources: dict[str, dict[str, Type]], **fields: tuple[Type, Any]) -> TypedMapping:
    shapes = tuple(
        Shape(name, Record(tuple(Field(key, type_) for key, type_ in each.items()))) for name, each in sources.items()
    )
    target = Record(tuple(Field(name, type_) for name, (type_, _) in fields.items()))
    leaves = tuple(FieldMapping(name, value) for name, (_, value) in fields.items())
    checked = check(Mapping(shapes, Shape("target", target), leaves))
    assert checked.is_valid, checked.findings
    return checked.typed


def _read(path: str) -> Read:
    return Read(parse_path(path))


TEXT = nullable(Text())
NUMBER = nullable(Integer())


def _to_int(path: str) -> Call:
    return Call("TO_INT", (Argument(_read(path)),))


def test_several_sources_are_joined_to_the_first() -> None:
    mapping = _mapping(
        {"order": {"a": TEXT}, "guest": {"a": TEXT, "b": TEXT}},
        one=(TEXT, _read("order.a")),
        other=(TEXT, _read("guest.a")),
        number=(NUMBER, _to_int("guest.b")),
    )
    options = Options(relations={"order": "o", "guest": "(SELECT * FROM g)"}, carried=("k",), joined_by=("k",))
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE o AS SELECT * FROM (VALUES (1, 'x'), (2, 'y'), (3, 'z')) AS t(k, a)")
        connection.execute("CREATE TABLE g AS SELECT * FROM (VALUES (1, 'X', '7'), (3, 'Z', 'no')) AS t(k, a, b)")
        written = write_statements(mapping, options)
        found = connection.execute(written.accepted + "\nORDER BY k").fetchall()
        assert found == [("x", "X", 7, 1), ("y", None, None, 2)]
        assert connection.execute(written.rejects).fetchall() == [
            (3, "number", "TO_INT: is not a whole number of 64 bits")
        ]


def test_several_sources_without_a_join_are_refused() -> None:
    mapping = _mapping({"a": {"x": TEXT}, "b": {"x": TEXT}}, x=(TEXT, _read("a.x")))
    with pytest.raises(UnsupportedOperationError, match="joined_by"):
        write_statements(mapping, Options())


def test_rejects_hold_the_source() -> None:
    mapping = _mapping({"r": {"a": TEXT}}, n=(NUMBER, _to_int("r.a")))
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE r AS SELECT 'é' AS a")
        assert connection.execute(write_statements(mapping, Options()).rejects).fetchall() == [
            ('{"a":"é"}', "n", "TO_INT: is not a whole number of 64 bits")
        ]


def test_a_record_that_is_an_argument_rejects_its_row() -> None:
    made = Build((FieldMapping("n", _to_int("r.a")),))
    inner = Record((Field("n", NUMBER),))
    mapping = _mapping({"r": {"a": TEXT}}, made=(nullable(inner), Call("DIRECT", (Argument(made),))))
    for value in ("7", "x", None):
        with duckdb.connect() as connection:
            connection.execute("CREATE TABLE r AS SELECT ?::VARCHAR AS a", [value])
            (row,) = connection.execute(write_statements(mapping, Options()).everything).fetchall()
        outcome = evaluate(mapping, {"r": {"a": value}})
        assert [(each["path"], each["reason"]) for each in row[1] or ()] == [
            (str(each.path), each.reason) for each in outcome.rejects
        ]
        assert outcome.rejects or row[0] == (outcome.record or {})["made"]


@pytest.mark.parametrize(
    ("options", "mapping", "reason"),
    [
        (Options("teradata"), _mapping({"r": {"a": TEXT}}, a=(TEXT, _read("r.a"))), "the dialects are duckdb"),
        (Options(), _mapping({"r": {"a": TEXT}}, a=(TEXT, _read("r.a")), A=(TEXT, _read("r.a"))), "another column"),
        (
            Options("postgres"),
            _mapping({"r": {"a": TEXT}}, **{"é" * 32: (TEXT, _read("r.a"))}),
            "no column can have this name",
        ),
        (
            Options("postgres"),
            _mapping({"r": {"a": TEXT}}, a=(Text(), Constant("a\0b"))),
            "its texts cannot hold it",
        ),
        (
            Options("bigquery"),
            _mapping({"r": {"a": nullable(List(List(TEXT)))}}, a=(nullable(List(List(TEXT))), _read("r.a[][]"))),
            "an array cannot hold arrays",
        ),
        (
            Options("snowflake"),
            _mapping({"r": {"a": TEXT}}, a=(TEXT, Call("UPPER", (Argument(_read("r.a")),)))),
            "it has no spelling",
        ),
    ],
    ids=["dialect", "case", "long name", "nul", "lists of lists", "operation"],
)
def test_what_cannot_be_written_is_refused(options: Options, mapping: TypedMapping, reason: str) -> None:
    with pytest.raises(UnsupportedOperationError, match=reason):
        write_statements(mapping, options)


@pytest.mark.parametrize("name", ['a"b', "select", "a;--", "'", "a\\b", "{x}", "*/", "é\u0301", "a.b", "_made", "_1"])
def test_odd_names_are_quoted(name: str) -> None:
    fields = {name: (TEXT, Call("UPPER", (Argument(Read(Path(("r", name)))),))), "n": (NUMBER, _to_int("r.n"))}
    mapping = _mapping({"r": {name: TEXT, "n": TEXT}}, **fields)
    quoted = name.replace('"', '""')
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE r AS SELECT 'é' AS \"{quoted}\", '7' AS n")
        assert connection.execute(emitter.emit(mapping, Options()).text).fetchall() == [("É", 7, None)]
