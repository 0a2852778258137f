"""Type strings of the wire."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penstock.errors import TypeSyntaxError
from penstock.mapping.wire.types import format_wire_type, parse_wire_type
from penstock.schema import (
    NOTHING,
    Binary,
    Decimal,
    Enum,
    Integer,
    Json,
    List,
    Map,
    Record,
    Text,
    Timestamp,
    Type,
    Union,
    nullable,
)

CASES: list[tuple[str, Type]] = [
    ("int", Integer()),
    ("int|()", Integer(nullable=True)),
    ("int?", Integer(nullable=True)),
    (" ( string | ( ) ) [ ] | ( ) ".replace("[ ]", "[]"), List(Text(nullable=True), nullable=True)),
    ("(string|())[]|()", List(Text(nullable=True), nullable=True)),
    ("string[]", List(Text())),
    ("string[3][*]", List(List(Text()))),
    ("record", Record()),
    ("readonly&record", Record()),
    ("readonly & int[]", List(Integer())),
    ("enum", Enum()),
    ("union", NOTHING),
    ("()", nullable(NOTHING)),
    ('"on"|"off"|()', Enum(("on", "off"), nullable=True)),
    ("map<string?>[]", List(Map(Text(nullable=True)))),
    ("int|string", Union((Integer(), Text()))),
    ("int|string|()", Union((Integer(), Text()), nullable=True)),
    ("byte[]", Binary()),
    ("decimal(10,2)", Decimal(10, 2)),
    ("time:Utc", Timestamp()),
    ("json", Json()),
    ("readonly", Json()),
]


@pytest.mark.parametrize(("text", "type_"), CASES, ids=[each for each, _ in CASES])
def test_reads(text: str, type_: Type) -> None:
    assert parse_wire_type(text) == type_


@pytest.mark.parametrize("type_", [each for _, each in CASES], ids=[each for each, _ in CASES])
def test_round_trip(type_: Type) -> None:
    if type_ != NOTHING:
        assert parse_wire_type(format_wire_type(type_)) == type_


@pytest.mark.parametrize(
    "text", ["", "int|", "strin", "int string", "[]", "(int", "map<int", "list<int>", "int&string", "(" * 10_000, "?"]
)
def test_refuses(text: str) -> None:
    with pytest.raises(TypeSyntaxError):
        parse_wire_type(text)


@given(st.text(alphabet="int()|[]?&<>\"map record,'3 ", max_size=40))
def test_any_text_is_a_type_or_an_error_of_ours(text: str) -> None:
    try:
        parse_wire_type(text)
    except TypeSyntaxError:
        return
