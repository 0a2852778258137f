"""Written Python modules: their interface, odd names, and nesting to any depth."""

from typing import Any

import pytest

from penstock.emitters import Options, all_emitters
from penstock.mapping import (
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
    check,
    evaluate,
)
from penstock.schema import Boolean, Field, Integer, List, Path, Record, Text, Type, nullable

OUT = nullable(Text())


def module(mapping: Mapping) -> dict[str, Any]:
    checked = check(mapping)
    assert checked.is_valid, checked.findings
    made: dict[str, Any] = {}
    exec(compile(all_emitters()["python"].emit(checked.typed, Options()).text, "<written>", "exec"), made)
    return made


def of_one_field(name: str, source: Record, value: Expression, type_: Type, comment: str = "") -> Mapping:
    target = Shape("target", Record((Field("out", type_),)))
    return Mapping((Shape(name, source),), target, (FieldMapping("out", value, comment=comment),), name=name)


@pytest.mark.parametrize(
    "name",
    [
        "order",
        "import",
        "len",
        "isinstance",
        "rejects",
        "made",
        "v",
        "class",
        "naïve",
        "1st",
        "",
        'a"b',
        "x\ny",
        "each",
    ],
)
def test_any_name_of_a_source(name: str) -> None:
    source = Record((Field(name, nullable(Text())),))
    written = module(of_one_field(name, source, Read(Path((name, name))), OUT, comment="ends here\nraise SystemExit"))
    assert written["map_record"]({name: "é"}) == {"out": "é"}


def test_several_sources() -> None:
    source = Record((Field("a", Text()),))
    target = Shape("target", Record((Field("x", Text()), Field("y", Text()))))
    fields = (FieldMapping("x", Read(Path(("one", "a")))), FieldMapping("y", Read(Path(("two", "a")))))
    written = module(Mapping((Shape("one", source), Shape("two", source)), target, fields))
    assert list(written["map_records"]([({"a": "1"}, {"a": "2"})])) == [{"x": "1", "y": "2"}]


def test_rejected_records_are_handed_over_or_raised() -> None:
    written = module(of_one_field("order", Record((Field("a", Text()),)), Read(Path(("order", "a"))), Text()))
    seen: list[Any] = []
    records = [{"a": "x"}, {"a": 1}, {}]
    assert list(written["map_records"](records, lambda *each: seen.append(each))) == [{"out": "x"}]
    assert seen == [
        ({"a": 1}, [("out", "the source value is not a text")]),
        ({}, [("out", "is required, but there is no value")]),
    ]
    with pytest.raises(written["RejectedRecord"], match="out: the source value is not a text"):
        list(written["map_records"](records))


def test_deep_expressions() -> None:
    value: Expression = Read(Path(("order", "a")))
    for number in range(40):
        value = Call("IF", (Argument(Read(Path(("order", "b")))), Argument(Constant(str(number))), Argument(value)))
    mapping = of_one_field("order", Record((Field("a", OUT), Field("b", Boolean(nullable=True)))), value, OUT)
    written = module(mapping)
    typed = check(mapping).typed
    for record in ({"b": True}, {"a": "x"}, {"a": 1}, {"a": 1, "b": True}, {"b": 1}):
        outcome = evaluate(typed, {"order": record})
        if outcome.record is None:
            with pytest.raises(written["RejectedRecord"]) as caught:
                written["map_record"](record)
            assert caught.value.rejects == [(str(each.path), each.reason) for each in outcome.rejects]
        else:
            assert written["map_record"](record) == outcome.record


def test_deep_loops() -> None:
    source: Type = Integer()
    target: Type = Integer()
    value: Expression = Read(Path(("e9",)))
    for level in range(9, 0, -1):
        items = Read(Path(("order", "a") if level == 1 else (f"e{level - 1}", "a")))
        body = Build((FieldMapping("b", value),)) if level < 9 else value
        source = Record((Field("a", List(source)),))
        target = Record((Field("b", List(target)),))
        value = ForEach(items, f"e{level}", body)
    assert isinstance(source, Record)
    assert isinstance(target, Record)
    written = module(Mapping((Shape("order", source),), Shape("target", target), (FieldMapping("b", value),)))
    record: Any = 7
    expected: Any = 7
    for _ in range(9):
        record, expected = {"a": [record]}, {"b": [expected]}
    assert written["map_record"](record) == expected
    bad: Any = "x"
    for _ in range(9):
        bad = {"a": [bad]}
    with pytest.raises(written["RejectedRecord"]) as caught:
        written["map_record"](bad)
    assert caught.value.rejects[0][1] == "the source value is not an integer"
