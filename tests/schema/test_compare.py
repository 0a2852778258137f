import pytest
from hypothesis import given
from tests.schema.strategies import types

from penstock.schema import (
    Boolean,
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
    Type,
    Union,
    assignable,
    differences,
    widen,
)


def record(*fields: Field) -> Record:
    return Record(fields)


ID, NAME = Field("id", Integer()), Field("name", Text())


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (record(ID, NAME), record(NAME, ID), []),
        (record(ID), record(ID, NAME), [("name", "added")]),
        (record(ID, NAME), record(ID), [("name", "removed")]),
        (record(ID), record(Field("id", Integer(128))), [("id", "type")]),
        (record(ID), record(Field("id", Integer(nullable=True))), [("id", "nullable")]),
        (record(ID), record(Field("id", Text(nullable=True), optional=True)), "id nullable, id optional, id type"),
        (record(Field("a", List(Text()))), record(Field("a", List(record(ID)))), [("a[]", "type")]),
        (record(Field("a", Map(Text()))), record(Field("a", Map(Float()))), [("a.*", "type")]),
        (record(Field("a", List(record(ID)))), record(Field("a", List(record()))), [("a[].id", "removed")]),
        (Enum(("a", "b")), Enum(("b", "a")), []),
        (Enum(("a", "b")), Enum(("b", "c")), [("", "enum")]),
        (Union((Text(), Float())), Union((Float(), Text())), []),
        (Union((Text(), Float())), Union((Float(), Boolean())), [("", "type")]),
        (record(Field("id", Integer(), description="x")), record(ID), []),
    ],
)
def test_differences(before: Type, after: Type, expected: list[tuple[str, str]] | str) -> None:
    found = [(str(each.path), each.kind) for each in differences(before, after)]
    wanted = [tuple(each.split()) for each in expected.split(", ")] if isinstance(expected, str) else expected
    assert found == wanted


def test_values_of_an_enumeration_are_told() -> None:
    (found,) = differences(Enum(("a", "b")), Enum(("b", "c", "d")))
    assert (found.before, found.after) == (("a",), ("c", "d"))


@pytest.mark.parametrize(
    ("source", "target", "fits"),
    [
        (Integer(64), Integer(128), True),
        (Integer(128), Integer(64), False),
        (Integer(64), Decimal(30, 2), True),
        (Integer(64), Decimal(10, 2), False),
        (Decimal(10, 2), Float(), True),
        (Float(), Decimal(38, 9), False),
        (Integer(), Text(), False),
        (Text(), Json(), True),
        (Json(), Text(), False),
        (Enum(("a",)), Enum(("a", "b")), True),
        (Enum(("a",)), Text(), True),
        (Text(), Enum(("a",)), False),
        (Text(), Union((Text(), Integer())), True),
        (Text(nullable=True), Text(), False),
        (record(ID), record(Field("id", Integer(), optional=True)), True),
        (record(Field("id", Integer(), optional=True)), record(ID), False),
        (record(ID, NAME), record(ID), False),
        (record(ID), record(ID, Field("name", Text(), optional=True)), True),
        (List(Integer()), List(Float(nullable=True)), True),
    ],
)
def test_assignable(source: Type, target: Type, fits: bool) -> None:
    assert assignable(source, target) is fits


@given(types, types)
def test_what_is_widened_takes_both(one: Type, other: Type) -> None:
    common = widen(one, other)
    assert assignable(one, common)
    assert assignable(other, common)
