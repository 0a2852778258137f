"""What is found in mappings: one case for each kind of finding, and what is sound is told nothing of."""

import time
from dataclasses import replace
from decimal import Decimal as Exact
from typing import Any

import pytest
from hypothesis import given, settings
from tests.mapping.strategies import mappings

from penstock.mapping import check, evaluate
from penstock.mapping.check.depth import DEEPEST
from penstock.mapping.check.problem import NAMES
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
    parse_path,
)

LINE = Record((Field("sku", Text()), Field("count", Integer(nullable=True)), Field("gift", Boolean(), optional=True)))
ORDER = Record(
    (
        Field("id", Text()),
        Field("total", Decimal(10, 2)),
        Field("note", Text(nullable=True)),
        Field("lines", List(LINE)),
        Field("rates", Map(Float())),
        Field("state", Enum(("open", "closed", "lost"))),
        Field("raw", Json()),
        Field("mixed", Union((Text(), Integer(), Record((Field("a", Text()),))))),
        Field("either", Union((Text(), Integer()), nullable=True)),
        Field("select", Text()),
        Field('a"; drop table x --', Text()),
        Field("day", Date()),
    ),
    "Order",
)


def path(text: str) -> Read:
    return Read(parse_path(text))


def call(name: str, *arguments: Expression, element: str = "", **named: Expression) -> Call:
    given_ = tuple(map(Argument, arguments)) + tuple(Argument(value, key) for key, value in named.items())
    return Call(name, given_, element)


def is_type(value: Expression, word: str) -> Call:
    return call("IS_TYPE", value, Constant(word))


def of(value: Expression, type_: Type, **more: Any) -> Mapping:
    leaf = FieldMapping("x", value, **more)
    return Mapping((Shape("order", ORDER),), Shape("target", Record((Field("x", type_),))), (leaf,))


def found(mapping: Mapping) -> list[tuple[str, str]]:
    return [(NAMES[each.code], each.path) for each in check(mapping).findings]


DEEP: Expression = path("order.id")
for _ in range(10_000):
    DEEP = call("CONCAT", DEEP)
JUST: Expression = path("order.id")
for _ in range(DEEPEST):
    JUST = call("CONCAT", JUST)

SOUND: dict[str, tuple[Expression, Type]] = {
    "text": (path("order.id"), Text()),
    "integer to float": (call("LENGTH", path("order.lines")), Float()),
    "an enumeration to a wider one": (path("order.state"), Enum(("lost", "closed", "open", "new"))),
    "an enumeration to text": (path("order.state"), Text()),
    "null to what takes null": (path("order.note"), Text(nullable=True)),
    "anything to JSON": (path("order.lines"), Json()),
    "values of a list": (path("order.lines[].sku"), List(Text())),
    "a list of records, copied": (path("order.lines"), List(LINE)),
    "a key of a map": (path("order.rates.eur"), Float(nullable=True)),
    "below JSON": (path("order.raw.a.b"), Json(nullable=True)),
    "a reserved word": (path("order.select"), Text()),
    "a name that looks like code": (Read(parse_path("order") / 'a"; drop table x --'), Text()),
    "as deep as may be": (JUST, Text()),
    "a union as it is": (path("order.either"), Union((Integer(), Text()), nullable=True)),
    "a member of a union": (
        call("IF", is_type(path("order.mixed"), "string"), path("order.mixed"), Constant("-")), Text()),
    "the rest of a union": (
        call("IF", is_type(path("order.either"), "text"), Constant(0), path("order.either")), Integer(nullable=True)),
    "into a member of a union": (
        call("IF", is_type(path("order.mixed"), "record"), path("order.mixed.a"), Constant("-")), Text()),
    "JSON that is looked at": (
        call("IF", is_type(path("order.raw.a"), "integer"), path("order.raw.a"), Constant(0)), Integer()),
    "a text date": (Constant("2024-02-29"), Date()),
}  # fmt: skip


@pytest.mark.parametrize(("value", "type_"), SOUND.values(), ids=SOUND)
def test_sound(value: Expression, type_: Type) -> None:
    assert found(of(value, type_)) == []


CASES: dict[str, tuple[Expression, Type, list[tuple[str, str]]]] = {
    "unknown operation": (call("UPERCASE", path("order.id")), Text(), [("unknown_operation", "x")]),
    "too few arguments": (call("EQUAL", path("order.id")), Boolean(), [("wrong_arity", "x")]),
    "too many arguments": (call("LENGTH", *[path("order.lines")] * 2), Integer(), [("wrong_arity", "x")]),
    "no such parameter": (
        call("SPLIT", path("order.id"), sep=Constant(",")), List(Text()), [("unknown_parameter", "x")]),
    "given twice": (
        call("SPLIT", path("order.id"), Constant(","), separator=Constant(",")), List(Text()), [("wrong_arity", "x")]),
    "not a constant": (call("SPLIT", path("order.id"), path("order.note")), List(Text()), [("not_constant", "x")]),
    "wrong type of an argument": (call("LENGTH", path("order.total")), Integer(), [("argument_type", "x")]),
    "nowhere": (path("order.idd"), Text(), [("unresolved_path", "x")]),
    "no such source": (path("oder.id"), Text(), [("unresolved_path", "x")]),
    "into a text": (path("order.id.a"), Text(), [("not_a_record", "x")]),
    "into a list": (path("order.lines.sku"), Text(), [("not_a_record", "x")]),
    "into a union": (path("order.mixed.a"), Text(), [("not_a_record", "x")]),
    "elements of a text": (path("order.id[]"), List(Text()), [("not_a_list", "x")]),
    "any key": (path("order.rates.*"), Float(), [("any_key", "x")]),
    "a text where a date goes": (path("order.id"), Date(), [("target_type", "x")]),
    "a record where a text goes": (path("order"), Text(), [("target_type", "x")]),
    "JSON where a text goes": (path("order.raw"), Text(), [("target_type", "x")]),
    "a text where listed ones go": (path("order.id"), Enum(("a",)), [("target_type", "x")]),
    "an enumeration with leftovers": (path("order.state"), Enum(("open", "closed")), [("enum_leftover", "x")]),
    "a list where one goes": (path("order.lines[].sku"), Text(), [("cardinality", "x")]),
    "one where a list goes": (path("order.id"), List(Text()), [("cardinality", "x")]),
    "a union where one type goes": (path("order.mixed"), Text(), [("target_type", "x")]),
    "a branch that is not narrowed": (
        call("IF", is_type(path("order.either"), "text"), path("order.either"), path("order.either")),
        Text(nullable=True), [("argument_type", "x")]),
    "null where none goes": (path("order.note"), Text(), [("may_be_null", "x")]),
    "an optional field": (path("order.rates.eur"), Float(), [("may_be_null", "x")]),
    "FOR_EACH over one": (ForEach(path("order.id"), "e", path("e")), List(Text()), [("not_a_list", "x")]),
    "FOR_EACH without a name": (ForEach(path("order.lines"), "", Build()), List(LINE), [("missing_element", "x")]),
    "FILTER without a name": (
        call("FILTER", path("order.lines"), Constant(value=True)), List(LINE), [("missing_element", "x")]),
    "a hidden name": (ForEach(path("order.lines"), "order", path("order.sku")), List(Text()), [("shadowed_name", "x")]),
    "too deep": (DEEP, Text(), [("too_deep", "x")]),
    "too deep in a list": (ForEach(DEEP, "e", path("e")), List(Text()), [("too_deep", "x")]),
    "null for a field that takes none": (Constant(None), Text(), [("bad_constant", "x")]),
    "a number that is none": (call("EQUAL", Constant(Exact("NaN")), Constant(1)), Boolean(), [("bad_constant", "x")]),
    "records with differences inside": (
        path("order.lines"),
        List(Record((Field("sku", Integer()), Field("count", Integer()), Field("gift", Boolean()),
                     Field("more", Text())))),
        [
            ("target_type", "x[].sku"), ("target_type", "x[].count"), ("target_type", "x[].gift"),
            ("target_type", "x[].more"),
        ],
    ),
    "a field too many inside": (
        path("order.lines"),
        List(Record((Field("sku", Text()), Field("count", Integer(nullable=True))))),
        [("target_type", "x[].gift")],
    ),
    "in a record that is built": (
        ForEach(path("order.lines"), "e", Build((
            FieldMapping("sku", path("e.skuu")), FieldMapping("kind", path("e"))))),
        List(Record((Field("sku", Text()), Field("gift", Boolean())))),
        [("unknown_target", "x[].kind"), ("unresolved_path", "x[].sku"), ("unmapped_required", "x[].gift")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("value", "type_", "expected"), CASES.values(), ids=CASES)
def test_finds(value: Expression, type_: Type, expected: list[tuple[str, str]]) -> None:
    mapping = of(value, type_)
    assert found(mapping) == expected
    # It hides no other leaf, and none hides it.
    more = (Field("before", Integer()), *mapping.target.type.fields, Field("after", Text()))  # type: ignore[attr-defined]
    leaves = (FieldMapping("after", path("order.id")), FieldMapping("before", path("order.id")), *mapping.fields)
    both = replace(mapping, target=Shape("target", Record(more)), fields=leaves)
    assert found(both) == [("target_type", "before"), *expected]
    assert "after" in {each.name for each in check(both).typed.root.fields}


CONSTANTS: list[tuple[Any, Type, bool]] = [
    ("a", Text(), True),
    (1, Text(), False),
    ("open", Enum(("open",)), True),
    ("shut", Enum(("open",)), False),
    (1, Integer(), True),
    (Exact("1.0"), Integer(), True),
    (Exact("1.5"), Integer(), False),
    (True, Integer(), False),
    (2**64, Integer(), False),
    (2**64, Integer(None), True),
    (Exact("1.25"), Decimal(5, 2), True),
    (Exact("1.255"), Decimal(5, 2), False),
    (Exact("1.5"), Float(), True),
    ("1.5", Float(), False),
    (float("inf"), Float(), False),
    (True, Boolean(), True),
    ("true", Boolean(), False),
    (0, Boolean(), False),
    ("2024-02-29", Date(), True),
    ("2023-02-29", Date(), False),
    ("29.02.2024", Date(), False),
    ("2024-02-29T10:00:00Z", Timestamp(), True),
    ("2024-02-29T10:00:00", Timestamp(), False),
    ("2024-02-29T10:00:00", Timestamp(zone=False), True),
    ("10:30:00", Time(), True),
    ("25:00", Time(), False),
    ("aGk=", Binary(), True),
    ("?", Binary(), False),
    ([1, None], List(Integer(nullable=True)), True),
    ([1, None], List(Integer()), False),
    ({"a": "b"}, Map(Text()), True),
    ({"a": "b"}, Record((Field("a", Text()),)), True),
    ({}, Record((Field("a", Text()),)), False),
    ({"a": [1]}, Json(), True),
    (5, Union((Text(), Integer())), True),
    (None, Text(nullable=True), True),
]


@pytest.mark.parametrize(("value", "type_", "fits"), CONSTANTS, ids=range(len(CONSTANTS)))
def test_constants(value: Any, type_: Type, fits: bool) -> None:
    expected = [] if fits else [("bad_constant", "x")]
    assert found(of(Constant(value), type_)) == expected
    assert found(of(path("order.id"), type_, on_reject=Constant(value)))[-1:] != [("bad_constant", "x")] or not fits


def test_a_default_that_does_not_fit() -> None:
    assert found(of(path("order.id"), Text(), on_reject=Constant(3))) == [("bad_constant", "x")]
    assert found(of(path("order.id"), Text(), on_reject=Constant(None))) == [("bad_constant", "x")]
    assert found(of(path("order.note"), Text(), on_reject=Constant("-"))) == []


def test_names() -> None:
    twice = Mapping(
        (Shape("order", ORDER), Shape("order", ORDER)),
        Shape("t", Record((Field("x", Text()),))),
        (FieldMapping("x", path("order.id")), FieldMapping("x", path("order.id")), FieldMapping("y", path("order.id"))),
    )
    assert found(twice) == [("duplicate_source", "order"), ("duplicate_target", "x"), ("unknown_target", "y")]


def test_every_finding_says_what_to_do() -> None:
    for value, type_, _ in CASES.values():
        for each in check(of(value, type_)).findings:
            assert each.message
            assert each.suggestion, each


@pytest.mark.parametrize(("given_", "expected"), [("a", "a"), (5, "-"), ({"a": "b"}, "-")])
def test_a_narrowed_value_is_the_member(given_: Any, expected: str) -> None:
    value, type_ = SOUND["a member of a union"]
    typed = check(of(value, type_)).typed
    record = {"id": "", "total": 1, "note": None, "lines": [], "rates": {}, "state": "open", "raw": 1, "mixed": given_}
    outcome = evaluate(
        typed, {"order": record | {"either": None, "select": "", 'a"; drop table x --': "", "day": "2024-01-01"}}
    )
    assert outcome.record == {"x": expected}


@given(mappings())
@settings(max_examples=100, deadline=None)
def test_any_mapping_is_checked(mapping: Mapping) -> None:
    checked = check(mapping)
    assert all(each.code in NAMES and each.message for each in checked.findings)


def wide(count: int, *, wrong: bool = False) -> Mapping:
    fields = tuple(Field(f"field_{number}", Text()) for number in range(count))
    leaves = tuple(
        FieldMapping(
            f"field_{number}", call("CONCAT", path(f"order.field_{number}{'x' if wrong else ''}"), Constant("!"))
        )
        for number in range(count)
    )
    return Mapping((Shape("order", Record(fields)),), Shape("target", Record(fields)), leaves)


def seconds(mapping: Mapping) -> float:
    start = time.process_time()
    check(mapping)
    return time.process_time() - start


@pytest.mark.parametrize("wrong", [False, True])
def test_time_grows_with_the_fields(wrong: bool) -> None:
    small, large = wide(500, wrong=wrong), wide(4_000, wrong=wrong)
    check(small)
    assert seconds(large) < 8 * max(seconds(small), 0.02) * 4
