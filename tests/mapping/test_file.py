"""Mappings on disk: whole, stable, and refused with an error of ours."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.mapping.strategies import mappings

from penstock.errors import WireFormatError
from penstock.mapping.file import dump_mapping, load_mapping
from penstock.mapping.model import Build, Constant, FieldMapping, Mapping, Read, Shape
from penstock.schema import Field, Path, Record, Text

ORDER = Shape(
    "order", Record((Field("id", Text()), Field("note", Text(nullable=True), optional=True)), "Order"), "Order"
)
MAPPING = Mapping(
    (ORDER,),
    Shape("mart", Record((Field("key", Text()), Field("note", Text())), "Mart"), "Mart"),
    (
        FieldMapping("key", Read(Path(("order", "id"))), "rule", 0.9, ("name",), (), True, "agreed on Monday"),
        FieldMapping("note", Read(Path(("order", "note"))), on_reject=Constant("-")),
    ),
    name="orders",
    comment="for the mart",
)


@given(mappings())
@settings(max_examples=100, deadline=None)
def test_what_is_written_is_read(mapping: Mapping) -> None:
    text = dump_mapping(mapping)
    loaded = load_mapping(text)
    assert loaded.mapping == mapping
    assert dump_mapping(loaded.mapping) == text


def test_a_leaf_stands_on_a_line() -> None:
    lines = dump_mapping(MAPPING).splitlines()
    leaf = '    "key": {"operation": "DIRECT", "target": "key", "parameters": ["order.id"]},'
    assert leaf in lines
    assert load_mapping("\n".join(lines)).mapping == MAPPING


def test_a_field_filled_twice_is_not_written() -> None:
    twice = Mapping((ORDER,), ORDER, (FieldMapping("id", Build()), FieldMapping("id", Build())))
    with pytest.raises(WireFormatError, match="twice"):
        dump_mapping(twice)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"penstock": "mapping/2"}, "mapping/2"),
        ({"penstock": None}, "no mapping file"),
        ({"extra": 1}, "no key of a mapping file"),
        ({"inputs": None}, "missing, or not an object"),
        ({"inputs": {"order": 3}}, "a parameter is told"),
        ({"mapping": []}, None),
        ({"mapping": [1]}, "not an object"),
        ({"details": 7}, "not an object"),
        ({"unmapped": {"output": [3]}}, "each entry has a path"),
        ({"unmapped": {"output": ["a["]}}, "Invalid path"),
        ({"name": 3}, "not a text"),
        ({"apiVersion": "2.0"}, "not known"),
    ],
)
def test_refuses(change: dict[str, object], problem: str | None) -> None:
    text = json.dumps({**json.loads(dump_mapping(MAPPING)), **change})
    if problem is None:
        assert load_mapping(text).mapping.fields == ()
        return
    with pytest.raises(WireFormatError, match=problem):
        load_mapping(text)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["operation", "parameters", "fields", "as", "value", "path", "name", "target", "type", "a"]
            ),
            inner | st.sampled_from(["FOR_EACH", "RECORD", "CONSTANT", "CONCAT", "order.id", "a["]),
            max_size=4,
        )
    ),
    max_leaves=12,
)


CHANGED = ["inputs", "inputMetadata", "output", "outputMetadata", "mapping", "details", "unmapped", "name"]


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(CHANGED, json_values)))
@settings(max_examples=100, deadline=None)
def test_any_document_is_a_mapping_or_an_error_of_ours(change: dict[str, object]) -> None:
    document = {**json.loads(dump_mapping(MAPPING)), **change}
    try:
        loaded = load_mapping(json.dumps(document))
    except WireFormatError:
        return
    load_mapping(dump_mapping(loaded.mapping))


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_damaged_file_is_an_error_of_ours(data: st.DataObject) -> None:
    text = dump_mapping(MAPPING)
    at, length = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, 5))
    damaged = text[:at] + data.draw(st.text(max_size=3)) + text[at + length :]
    try:
        load_mapping(damaged)
    except WireFormatError:
        return
