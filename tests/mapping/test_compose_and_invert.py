"""Two mappings as one, and the way back: what comes out is the same for any record."""

from decimal import Decimal as Exact
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from penstock.mapping import check, evaluate
from penstock.mapping.check.problem import LeafError
from penstock.mapping.compose import compose
from penstock.mapping.invert import invert
from penstock.mapping.model import (
    Argument,
    Build,
    Call,
    Constant,
    Expression,
    FieldMapping,
    ForEach,
    Mapping,
    Read,
    Shape,
)
from penstock.mapping.values import encode
from penstock.schema import Boolean, Date, Decimal, Enum, Field, Float, Integer, List, Record, Text, parse_path

LINE = Record((Field("sku", Text()), Field("cents", Integer()), Field("tags", List(Text()))))
ORDER = Shape(
    "order",
    Record(
        (
            Field("id", Text()),
            Field("note", Text(nullable=True), optional=True),
            Field("count", Integer()),
            Field("ratio", Float()),
            Field("paid", Boolean()),
            Field("guest", Record((Field("first", Text()), Field("last", Text(nullable=True))))),
            Field("lines", List(LINE)),
            Field("words", List(Text())),
        )
    ),
)
RECORDS = st.fixed_dictionaries(
    {
        "id": st.text(max_size=3),
        "count": st.integers(-(10**6), 10**6),
        "ratio": st.floats(-1e6, 1e6),
        "paid": st.booleans(),
        "guest": st.fixed_dictionaries({"first": st.text(max_size=3), "last": st.none() | st.text(max_size=3)}),
        "lines": st.lists(
            st.fixed_dictionaries(
                {
                    "sku": st.text(max_size=3),
                    "cents": st.integers(0, 10**6),
                    "tags": st.lists(st.text(max_size=2), max_size=2),
                }
            ),
            max_size=3,
        ),
        "words": st.lists(st.text(max_size=2), max_size=2),
    },
    optional={"note": st.none() | st.text(max_size=3)},
)
MID = Shape(
    "mid",
    Record(
        (
            Field("key", Text()),
            Field("note", Text(nullable=True)),
            Field("amount", Decimal(38, 2)),
            Field("weight", Float()),
            Field("day", Date()),
            Field("kind", Enum(("a", "b"))),
            Field("person", Record((Field("name", Text()), Field("family", Text(nullable=True))))),
            Field(
                "items",
                List(Record((Field("code", Text()), Field("price", Decimal(38, 2)), Field("labels", List(Text()))))),
            ),
            Field("texts", List(Text())),
        )
    ),
)


def path(text: str) -> Read:
    return Read(parse_path(text))


def call(name: str, *arguments: Expression, element: str = "") -> Call:
    return Call(name, tuple(map(Argument, arguments)), element)


def fields(**values: Expression) -> tuple[FieldMapping, ...]:
    return tuple(FieldMapping(name, value) for name, value in values.items())


FIRST = Mapping(
    (ORDER,),
    MID,
    fields(
        key=call("CONCAT", path("order.id"), Constant("-"), path("order.guest.first")),
        note=path("order.note"),
        amount=call("SCALE", path("order.count"), Constant(Exact("0.01"))),
        weight=path("order.count"),
        day=Constant("2024-02-29"),
        kind=Constant("a"),
        person=Build(fields(name=path("order.guest.first"), family=path("order.guest.last"))),
        items=ForEach(
            path("order.lines"),
            "line",
            Build(
                fields(
                    code=call("CONCAT", path("line.sku"), Constant("!")),
                    price=path("line.cents"),
                    labels=path("line.tags"),
                )
            ),
        ),
        texts=path("order.lines[].sku"),
    ),
)


def second(type_: Any, value: Expression, *, on_reject: Any = None) -> Mapping:
    default = None if on_reject is None else Constant(on_reject)
    return Mapping((MID,), Shape("out", Record((Field("x", type_),))), (FieldMapping("x", value, on_reject=default),))


ITEM_RECORD = Record((Field("c", Text()), Field("p", Decimal(38, 2))))
SECOND: dict[str, Mapping] = {
    "a copy": second(Text(), path("mid.key")),
    "an operation on an operation": second(Integer(), call("LENGTH", call("SPLIT", path("mid.key"), Constant("-")))),
    "a null": second(Text(nullable=True), path("mid.note")),
    "a decimal": second(Text(), call("TO_STRING", path("mid.amount"))),
    "an integer that became a float": second(Text(), call("TO_STRING", path("mid.weight"))),
    "a constant date": second(Text(), call("TO_STRING", path("mid.day"))),
    "a constant copied": second(Date(), path("mid.day")),
    "a listed text": second(Enum(("a", "b", "c")), path("mid.kind")),
    "into a record": second(Text(nullable=True), path("mid.person.family")),
    "a record as a whole": second(MID.type.fields[6].type, path("mid.person")),  # type: ignore[attr-defined]
    "a list as a whole": second(MID.type.fields[7].type, path("mid.items")),  # type: ignore[attr-defined]
    "values of a built list": second(List(Text()), path("mid.items[].code")),
    "widened values of a built list": second(List(Decimal(38, 2)), path("mid.items[].price")),
    "a list of lists": second(List(List(Text())), path("mid.items[].labels")),
    "a list of values": second(Integer(), call("LENGTH", path("mid.texts"))),
    "a loop over a built list": second(
        List(ITEM_RECORD),
        ForEach(path("mid.items"), "line", Build(fields(c=call("CONCAT", path("line.code"), path("mid.key")),
                                                       p=path("line.price"))))),
    "a loop whose elements are called like a source": second(
        List(Text()), ForEach(path("mid.items"), "order", call("CONCAT", path("order.code"), path("mid.key")))),
    "a loop over a list inside of a built list": second(
        List(List(Text())),
        ForEach(path("mid.items"), "i", ForEach(path("i.labels"), "l", call("CONCAT", path("l"), path("i.code"))))),
    "a filter of plain values": second(
        List(Text()),
        call("FILTER", path("mid.texts"), call("EQUAL", path("order"), path("mid.key")), element="order")),
    "a value for rejects": second(Integer(), call("TO_INT", path("mid.key")), on_reject=-1),
}  # fmt: skip


@pytest.mark.parametrize("after", SECOND.values(), ids=SECOND)
@given(record=RECORDS)
@settings(max_examples=25, deadline=None)
def test_one_after_the_other_is_the_composed_one(after: Mapping, record: dict[str, Any]) -> None:
    composed = compose(after, FIRST)
    assert composed.findings == ()
    checked = check(composed.mapping)
    assert [each for each in checked.findings if each.severity == "error"] == []
    between = evaluate(check(FIRST).typed, {"order": record}).record
    assert between is not None
    expected = evaluate(check(after).typed, {"mid": between})
    found = evaluate(checked.typed, {"order": record})
    assert (encode(found.record), len(found.rejects)) == (encode(expected.record), len(expected.rejects))


@pytest.mark.parametrize(
    ("after", "first"),
    [
        (second(Text(), path("mid.key")), Mapping((ORDER,), MID, (FieldMapping("key", path("order.id"),
                                                                             on_reject=Constant("-")),))),
        (second(Text(), path("mid.key")), Mapping((ORDER,), MID, fields(key=path("order.nowhere")))),
    ],
)  # fmt: skip
def test_what_cannot_be_composed_is_a_finding(after: Mapping, first: Mapping) -> None:
    composed = compose(after, first)
    assert composed.mapping.fields == ()
    assert [(each.code, each.path) for each in composed.findings] == [("MAP028", "x")]


def test_a_source_that_is_not_there() -> None:
    two = Mapping((Shape("a", ORDER.type), Shape("b", ORDER.type)), MID)
    with pytest.raises(LeafError, match="no source"):
        compose(two, FIRST)


BACK = Mapping(
    (ORDER,),
    Shape(
        "out",
        Record(
            (
                Field("number", Text()),
                Field("remark", Text(nullable=True)),
                Field("euros", Decimal(30, 6)),
                Field("seconds", Float()),
                Field("nested", Record((Field("name", Record((Field("a", Text()),))),))),
                Field("rows", List(Record((Field("code", Text()), Field("price", Decimal(30, 6)),
                                           Field("t", List(Record((Field("v", Text()),)))))))),
                Field("loud", Text()),
                Field("fixed", Text()),
            )
        ),
    ),
    fields(
        number=path("order.id"),
        remark=path("order.note"),
        euros=call("SCALE", path("order.count"), Constant(Exact("0.25")), Constant(7)),
        seconds=call("SCALE", path("order.ratio"), Constant(Exact("0.5"))),
        nested=Build(fields(name=Build(fields(a=path("order.guest.first"))))),
        rows=ForEach(path("order.lines"), "line", Build(fields(
            code=path("line.sku"),
            price=call("SCALE", path("line.cents"), Constant(Exact("0.5"))),
            t=ForEach(path("line.tags"), "tag", Build(fields(v=path("tag")))),
        ))),
        loud=call("CONCAT", path("order.guest.last")),
        fixed=Constant("web"),
    ),
)  # fmt: skip


def test_what_is_lost_is_told() -> None:
    lost = {str(each.path): each.reason for each in invert(BACK).lost}
    assert lost == {
        "ratio": "floating point numbers are not exact",
        "paid": "nothing in the target is made of it",
        "guest.last": "CONCAT cannot be undone",
        "words": "nothing in the target is made of it",
    }


@given(record=RECORDS)
@settings(max_examples=100, deadline=None)
def test_there_and_back_is_the_same(record: dict[str, Any]) -> None:
    back = invert(BACK)
    there = evaluate(check(BACK).typed, {"order": record})
    assert there.record is not None
    found = evaluate(check(back.mapping).typed, {"out": there.record})
    assert found.rejects == ()
    assert found.record is not None
    assert found.record == {
        "id": record["id"],
        "note": record.get("note"),
        "count": record["count"],
        "guest": {"first": record["guest"]["first"]},
        "lines": record["lines"],
    }
