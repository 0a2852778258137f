"""What calls of operations mean for the types of their arguments, and which are refused."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from penstock.mapping import Argument, Call, Constant, FieldMapping, Mapping, Read, Shape, check, evaluate
from penstock.mapping.check.mapping import type_of_expression
from penstock.mapping.model import Expression
from penstock.schema import (
    Boolean,
    Date,
    Enum,
    Field,
    Float,
    Integer,
    List,
    Path,
    Record,
    Text,
    Type,
    format_type,
    nullable,
)
from penstock.schema import Decimal as DecimalType

SOURCE = Shape(
    "order",
    Record(
        (
            Field("id", Integer()),
            Field("price", DecimalType(10, 2)),
            Field("weight", Float()),
            Field("day", nullable(Date())),
            Field("note", nullable(Text())),
            Field("kind", Enum(("web", "shop"))),
            Field("paid", Boolean()),
            Field("tags", List(Text())),
            Field("counts", List(nullable(Integer()))),
            Field("prices", List(DecimalType(10, 2))),
        )
    ),
)
RECORD = {
    "id": 7,
    "price": Decimal("1.50"),
    "weight": 0.5,
    "day": date(2024, 2, 29),
    "note": None,
    "kind": "web",
    "paid": True,
    "tags": ["b", "a"],
    "counts": [3, None, 4],
    "prices": [Decimal("0.10"), Decimal("0.20")],
}


def call(operation: str, *arguments: Any, element: str = "", **named: Any) -> Call:
    given = [Argument(_expression(each)) for each in arguments]
    given += [Argument(_expression(each), name) for name, each in named.items()]
    return Call(operation, tuple(given), element)


def read(name: str) -> Read:
    return Read(Path(("order", name)))


def _expression(value: Any) -> Expression:
    return value if isinstance(value, Read | Call | Constant) else Constant(value)


def mapped(value: Expression, type_: Type) -> Any:
    target = Shape("target", Record((Field("result", nullable(type_), optional=True),)))
    checked = check(Mapping((SOURCE,), target, (FieldMapping("result", value),)))
    assert checked.is_valid, checked.findings
    outcome = evaluate(checked.typed, {"order": RECORD})
    assert outcome.record is not None, outcome.rejects
    return outcome.record["result"]


@pytest.mark.parametrize(
    ("value", "type_", "is_null"),
    [
        (call("COALESCE", read("note"), "x"), "text", False),
        (call("COALESCE", read("note"), read("note")), "text", True),
        (call("DEFAULT", read("day"), "1970-01-01"), "date", False),
        (call("DEFAULT", read("kind"), "web"), 'enum("web","shop")', False),
        (call("DEFAULT", read("kind"), "other"), 'enum("web","shop","other")', False),
        (call("NULL_IF", read("id"), 0), "integer", True),
        (call("REQUIRE", read("note")), "text", False),
        (call("IF", read("paid"), read("id"), read("price")), "decimal(21,2)", False),
        (call("CASE", read("paid"), "a"), "text", True),
        (call("AND", read("paid"), True), "boolean", False),
        (call("FIRST", read("tags")), "text", True),
        (call("SORT", read("counts")), "list", False),
        (call("SUM", read("counts")), "integer", True),
        (call("SUM", read("prices")), "decimal(20,2)", True),
        (call("SUM", read("id"), read("weight")), "float", True),
        (call("AVERAGE", read("counts")), "decimal(29,9)", True),
        (call("AVERAGE", read("prices"), scale=2), "decimal(22,2)", True),
        (call("MAXIMUM", read("id"), read("price")), "decimal(21,2)", True),
        (call("MAP_VALUES", read("kind"), {"web": 1, "shop": 2}), "integer", False),
        (call("MAP_VALUES", read("kind"), {"web": 1}, unmapped="null"), "integer", True),
        (call("MAP_VALUES", read("kind"), {"web": 1}, default=0), "integer", False),
        (call("MAP_VALUES", read("kind"), {"web": "W", "shop": "S"}), 'enum("W","S")', False),
        (call("MAP_VALUES", read("kind"), {"web": "W", "shop": None}, default="?"), 'enum("W","?")', True),
    ],
)
def test_type_of_result(value: Call, type_: str, is_null: bool) -> None:  # a table
    found = type_of_expression(value, (SOURCE,))
    assert (format_type(found), found.nullable) == (type_, is_null)


@pytest.mark.parametrize(
    ("value", "type_", "expected"),
    [
        (call("LENGTH", read("tags")), Integer(), 2),
        (call("LENGTH", read("kind")), Integer(), 3),
        (call("STRING_LENGTH", read("tags")), Integer(), 2),
        (call("ADDITION", read("id"), 1), Integer(), 8),
        (call("ADDITION", read("kind"), "-1"), Text(), "web-1"),
        (call("NOTEQUAL", read("id"), 7), Boolean(), False),
        (call("REPLACE_ALL", read("kind"), "[we]", "-"), Text(), "--b"),
        (call("SUMMATION", read("counts")), Integer(), 7),
        (call("SUM", read("counts"), "int"), Integer(), 7),
        (call("MAXIMUM", read("counts"), "int"), Integer(), 4),
        (call("MINIMUM", read("id"), 9, "integer"), Integer(), 7),
        (call("AVERAGE", read("id"), 8, "decimal"), DecimalType(29, 9), Decimal("7.5")),
        (call("EQUAL", read("day"), "2024-02-29"), Boolean(), True),
        (call("IN", read("day"), "2024-02-28", "2024-02-29"), Boolean(), True),
        (call("LESS_THAN", read("price"), Decimal("1.6")), Boolean(), True),
        (call("SPLIT_PART", read("kind"), index=0, separator="e"), Text(), "w"),
    ],
)
def test_older_names_and_constants(value: Call, type_: Type, expected: Any) -> None:
    assert mapped(value, type_) == expected


@pytest.mark.parametrize(
    ("value", "code", "problem"),
    [
        (call("SPLIT", read("note"), ""), "MAP017", "it is empty"),
        (call("REPLACE_REGEX", read("note"), "a*", ""), "MAP017", "the empty text"),
        (call("REPLACE_REGEX", read("note"), "(?=a)", ""), "MAP017", "look-around"),
        (call("REPLACE_REGEX", read("note"), "a", "$1"), "MAP017", "asks for a group"),
        (call("REPLACE_REGEX", read("note"), "a", "$"), "MAP017", "the sign itself is"),
        (call("REPLACE_REGEX", read("note"), read("kind"), ""), "MAP004", "must be a constant"),
        (call("REGEX_EXTRACT", read("note"), "(a)", 2), "MAP017", "there is no group 2"),
        (call("MAP_VALUES", read("kind"), {}), "MAP017", "the table is empty"),
        (call("MAP_VALUES", read("kind"), {"a": "b"}, unmapped="keep"), "MAP017", "one of reject, null"),
        (call("CASE", read("paid")), "MAP002", "conditions, each with its value"),
        (call("CASE", read("paid"), 1, other=2), "MAP002", "conditions, each with its value"),
        (call("SPLIT_PART", read("kind"), "e"), "MAP002", "a text, a separator and an index"),
        (call("CONCAT"), "MAP002", "needs 'values'"),
        (call("AND"), "MAP002", "needs 'conditions'"),
        (call("EQUAL", read("id"), read("kind")), "MAP005", "not enum"),
        (call("EQUAL", read("tags"), read("tags")), "MAP005", "not list"),
        (call("LESS_THAN", read("paid"), True), "MAP005", "takes ordered, not boolean"),
        (call("IS_EMPTY", read("id")), "MAP005", "not integer"),
        (call("SUM", read("tags")), "MAP005", "not list"),
        (call("FILTER", read("tags"), True), "MAP018", "a name for the elements"),
    ],
)
def test_refused(value: Call, code: str, problem: str) -> None:
    target = Shape("target", Record((Field("result", nullable(Text()), optional=True),)))
    (finding,) = check(Mapping((SOURCE,), target, (FieldMapping("result", value),))).findings
    assert finding.code == code
    assert problem in finding.message


def test_a_table_is_turned_round() -> None:
    from penstock.mapping import all_operations

    inverse = all_operations()["MAP_VALUES"].inverse
    assert inverse is not None
    there = call("MAP_VALUES", read("kind"), {"web": "W", "shop": "S"})
    assert inverse(there) == call("MAP_VALUES", read("kind"), table={"W": "web", "S": "shop"})
    assert inverse(call("MAP_VALUES", read("kind"), {"web": "W", "shop": "W"})) is None
    assert inverse(call("MAP_VALUES", read("kind"), {"web": "W"}, default="?")) is None
