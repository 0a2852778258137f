"""Schemas to Ballerina types, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.schema.strategies import types

from penstock.errors import SchemaKindError
from penstock.readers import Definition, Document
from penstock.readers.ballerina import READER, WRITER
from penstock.readers.ballerina.names import format_identifier, format_text, parse_identifier, parse_text
from penstock.schema import (
    NOTHING,
    Binary,
    Date,
    Decimal,
    Enum,
    Field,
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
    same,
)


def _document(*definitions: Definition) -> Document:
    return Document("test", definitions)


def _written(type_: Type) -> tuple[str, list[str]]:
    written = WRITER.write(_document(Definition("X", type_)))
    text = written.text.removeprefix("public type X ").removesuffix(";\n")
    return text, [str(each.path) for each in written.findings]


CASES: list[tuple[Type, str, list[str]]] = [
    (Text(nullable=True), "string?", []),
    (Enum(("a", "b"), nullable=True), '("a"|"b")?', []),
    (Enum(("a",), nullable=True), '"a"?', []),
    (List(Enum(('"', "\n"))), r'("\""|"\u{a}")[]', []),
    (List(Union((Integer(), Text()), nullable=True)), "(int|string)?[]", []),
    (List(Binary(), nullable=True), "byte[][]?", []),
    (Map(Union((Integer(), Text()))), "map<int|string>", []),
    (Json(nullable=True), "json", []),
    (Json(), "json", ["X"]),
    (NOTHING, "never", []),
    (nullable(NOTHING), "()", []),
    (Date(), "string", ["X"]),
    (Union((Date(), Timestamp(), Integer())), "string|int", ["X", "X"]),
    (Integer(128), "int", ["X"]),
    (Decimal(10, 2), "decimal", ["X"]),
    (Enum(()), "never", []),
    (Enum(("\ud800",)), "string", ["X"]),
    (Record(), "record {}", []),
    (Record(closed=True), "record {| |}", []),
    (Record((Field("a", Text()),), closed=True), "record {|\n    string a;\n|}", []),
    (Record((Field("a", Integer(), optional=True, default="-1"),)), "record {\n    int a = -1;\n}", []),
    (Record((Field("a", Integer(), default="1"),)), "record {\n    int a = 1;\n}", ["X.a"]),
    (Record((Field("a", Text(), optional=True, default='"\\""'),)), 'record {\n    string a = "\\"";\n}', []),
    (Record((Field("a", Decimal(), optional=True, default="1.50"),)), "record {\n    decimal a = 1.50;\n}", []),
    (Record((Field("a", Integer(), optional=True, default='"x"'),)), "record {\n    int a?;\n}", ["X.a"]),
    (Record((Field("a", Integer(), key=True),)), "record {\n    int a;\n}", ["X.a"]),
    (Record((Field("", Text()), Field("a", Text()))), "record {\n    string a;\n}", ["X.\\0"]),
]


@pytest.mark.parametrize(("type_", "text", "losses"), CASES)
def test_types(type_: Type, text: str, losses: list[str]) -> None:
    assert _written(type_) == (text, losses)


def test_the_layout_of_a_module() -> None:
    line = Record((Field("sku", Text()), Field("from", Integer(), optional=True)), "Line")
    order = Record(
        (
            Field("id", Text(), description="The number.\nOf the order."),
            Field("lines", List(line)),
            Field("address", Record((Field("2nd-street", Text()),), nullable=True)),
            Field("last", nullable(line)),
        ),
    )
    document = _document(
        Definition("Order", order, "An order.\n+ id - not an entry"), Definition("Codes", List(Text()))
    )
    assert WRITER.write(document).text == (
        "# An order.\n"
        "# \\+ id - not an entry\n"
        "public type Order record {\n"
        "    # The number.\n"
        "    # Of the order.\n"
        "    string id;\n"
        "    Line[] lines;\n"
        "    record {\n"
        "        string '2nd\\-street;\n"
        "    }? address;\n"
        "    Line? last;\n"
        "};\n"
        "\n"
        "public type Codes string[];\n"
        "\n"
        "public type Line record {\n"
        "    string sku;\n"
        "    int 'from?;\n"
        "};\n"
    )


def test_two_types_of_one_name_are_both_kept() -> None:
    first, second = Record((Field("a", Text()),), "P"), Record((Field("b", Text()),), "P")
    written = WRITER.write(_document(Definition("X", Record((Field("x", first), Field("y", second))))))
    read = READER.read(written.text, "x.bal").by_name()["X"].type
    assert same(read, Record((Field("x", first), Field("y", second))))
    assert [each.path for each in written.findings] == ["X.y"]


@given(types)
def test_what_is_written_is_read_again_or_the_loss_is_told(type_: Type) -> None:
    written = WRITER.write(_document(Definition("X", type_)))
    read = READER.read(written.text, "x.bal")
    assert read.findings == ()
    if not written.findings:
        assert same(read.by_name()["X"].type, type_)


@given(types)
def test_what_was_read_is_written_without_a_change(type_: Type) -> None:
    once = WRITER.write(_document(Definition("X", type_))).text
    assert WRITER.write(READER.read(once, "x.bal")).text == once


_any_text = st.text(st.characters(exclude_categories=()), max_size=20)


@given(_any_text)
def test_no_description_leaves_its_comment(text: str) -> None:
    order = Record((Field("a", Text(), description=text),))
    written = WRITER.write(_document(Definition("X", order, text))).text
    read = READER.read(written, "x.bal")
    assert same(read.by_name()["X"].type, order)
    assert all(each.lstrip().startswith(("#", "public type X", "string a;", "};")) for each in written.split("\n")[:-1])


_plain_text = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=20)


@given(_plain_text)
def test_a_description_is_read_again(text: str) -> None:
    order = Record((Field("a", Text(), description=text),))
    definition = READER.read(WRITER.write(_document(Definition("X", order, text))).text, "x.bal").definitions[0]
    assert isinstance(definition.type, Record)
    assert (definition.description, definition.type.fields[0].description) == (text.strip(), text.strip())


_whole_text = st.text(st.characters(exclude_categories=["Cs"]))


@given(_whole_text.filter(bool))
def test_any_name_is_an_identifier(name: str) -> None:
    read = READER.read(f"type X record {{ int {format_identifier(name)}; }};", "x.bal").definitions[0].type
    assert isinstance(read, Record)
    assert read.fields[0].name == name == parse_identifier(format_identifier(name))


@given(_whole_text)
def test_any_text_is_a_literal(text: str) -> None:
    assert parse_text(format_text(text)) == text
    assert "\n" not in format_text(text)


@pytest.mark.parametrize("name", ["", "\ud800"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  # its only argument is the name
        format_identifier(name)
    assert caught.value.args == (name,)


def test_a_dialect_is_refused() -> None:
    with pytest.raises(SchemaKindError):
        WRITER.write(_document(), "swan-lake")
