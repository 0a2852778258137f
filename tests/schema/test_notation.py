import pytest

from penstock.errors import TypeSyntaxError
from penstock.schema import (
    Date,
    Decimal,
    Enum,
    Integer,
    Json,
    List,
    Record,
    Text,
    Timestamp,
    Type,
    format_type,
    parse_type,
)


@pytest.mark.parametrize(
    ("type_", "word"),
    [
        (Text(), "text"),
        (Integer(), "integer"),
        (Integer(128), "integer(128)"),
        (Integer(None), "integer(any)"),
        (Decimal(10, 2), "decimal(10,2)"),
        (Decimal(), "decimal(38,9)"),
        (Timestamp(), "timestamp"),
        (Timestamp(zone=False), "timestamp(local)"),
        (Enum(("a", 'b",c', "é")), 'enum("a","b\\",c","é")'),
        (Date(), "date"),
        (Json(), "json"),
        (List(), "list"),
        (Record(), "record"),
    ],
)
def test_a_word_for_each_type(type_: Type, word: str) -> None:
    assert format_type(type_) == word
    assert parse_type(word) == type_


@pytest.mark.parametrize(
    "word",
    ["", "string", "Text", "integer(32)", "decimal(2)", "decimal(2,3)", "decimal(0,0)", "decimal(a,b)", "timestamp()",
     "text(5)", "enum(a)", "enum(1)", "list(text)", "integer(64"],
)  # fmt: skip
def test_says_how_types_are_written(word: str) -> None:
    with pytest.raises(TypeSyntaxError, match="Hint: "):
        parse_type(word)
