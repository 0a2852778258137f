import pytest
from hypothesis import given
from tests.schema.strategies import types

from penstock.schema import (
    NOTHING,
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
    Timestamp,
    Type,
    Union,
    same,
    widen,
    widest,
)


@given(types, types)
def test_order_does_not_matter(one: Type, other: Type) -> None:
    assert same(widen(one, other), widen(other, one))


@given(types, types, types)
def test_grouping_does_not_matter(one: Type, other: Type, third: Type) -> None:
    assert same(widen(widen(one, other), third), widen(one, widen(other, third)))


@given(types)
def test_with_itself_stays(one: Type) -> None:
    assert same(widen(one, one), one)
    assert same(widen(one, NOTHING), one)


ID, NAME = Field("id", Integer()), Field("name", Text())


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        (Integer(64), Integer(128), Integer(128)),
        (Integer(128), Integer(None), Integer(None)),
        (Integer(64), Decimal(5, 2), Decimal(21, 2)),
        (Decimal(10, 2), Decimal(12, 8), Decimal(16, 8)),
        (Integer(128), Decimal(38, 9), Decimal(48, 9)),
        (Integer(64), Float(), Float()),
        (Decimal(38, 9), Float(), Float()),
        (Integer(None), Float(), Json()),
        (Integer(None), Decimal(3, 1), Json()),
        (Text(), Union(nullable=True), Text(nullable=True)),
        (Text(nullable=True), Integer(), Union((Integer(), Text()), nullable=True)),
        (Boolean(), Text(), Union((Boolean(), Text()))),
        (Date(), Timestamp(), Union((Date(), Timestamp()))),
        (Timestamp(zone=True), Timestamp(zone=False), Union((Timestamp(zone=False), Timestamp(zone=True)))),
        (Union((Boolean(), Integer())), Float(), Union((Boolean(), Float()))),
        (Enum(("a",)), Enum(("b", "a")), Enum(("a", "b"))),
        (Enum(("a",)), Text(), Text()),
        (Json(), Record((ID,)), Json()),
        (List(Integer()), List(Text(nullable=True)), List(Union((Integer(), Text()), nullable=True))),
        (Map(Integer()), Map(Float()), Map(Float())),
        (Map(Integer()), Record((ID,)), Union((Map(Integer()), Record((ID,))))),
        (
            Record((ID, NAME)),
            Record((NAME, Field("at", Date()))),
            Record((Field("id", Integer(), optional=True), NAME, Field("at", Date(), optional=True))),
        ),
    ],
)
def test_common_type(one: Type, other: Type, common: Type) -> None:
    assert widen(one, other) == common
    assert same(widen(other, one), common)


def test_nothing_is_the_widest_of_no_type() -> None:
    assert widest([]) == NOTHING
