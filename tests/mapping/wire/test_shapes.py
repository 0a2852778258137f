"""Shapes in requests: every synonym is read, what is written says everything."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.schema.strategies import types

from penstock.mapping.model import Shape
from penstock.mapping.wire.shapes import read_inputs, read_output, write_inputs, write_output
from penstock.schema import Enum, Field, Integer, List, Map, Record, Text, Type, Union

GUEST = Record((Field("firstName", Text()),), "Guest")

CASES: list[tuple[str, Any, Any, Type]] = [
    ("tree alone", {"a": {"type": "int", "comment": ""}}, None, Record((Field("a", Integer()),))),
    ("comment", {"a": {"type": "int", "comment": "c"}}, None, Record((Field("a", Integer(), description="c"),))),
    ("nested", {"g": {"firstName": {"type": "string"}}}, None, Record((Field("g", Record(GUEST.fields)),))),
    (
        "fields called type, operation, target, comment",
        {"type": {"type": "int"}, "operation": {"type": "int"}, "comment": {"type": "int"}},
        None,
        Record((Field("type", Integer()), Field("operation", Integer()), Field("comment", Integer()))),
    ),
    ("a scalar parameter", {"type": "int[]"}, None, List(Integer())),
    ("a bare map of fields", {"a": {"type": "int"}}, {"a": {"type": "int", "nullable": True}},
     Record((Field("a", Integer(nullable=True)),))),
    (
        "a node",
        {"a": {"type": "int"}},
        {"parameterType": "A", "type": "record", "fields": {"a": {"typeName": "int", "type": "int", "optional": True}}},
        Record((Field("a", Integer(), optional=True),), "A"),
    ),
    (
        "as in the document",
        {"kidsAges": {"type": "int[]", "comment": ""}},
        {"parameterType": "B", "parameterName": "b", "isArrayType": False, "type": "record",
         "fields": {"kidsAges": {"parameterType": "int[]", "parameterName": "kidsAges", "isArrayType": True,
                                 "type": "int", "optional": False, "nullable": False}}},
        Record((Field("kidsAges", List(Integer())),), "B"),
    ),
    (
        "a list of records",
        {"g": {"firstName": {"type": "string"}}},
        {"g": {"parameterType": "Guest[]", "isArrayType": True, "type": "record",
               "fields": {"firstName": {"type": "string"}}}},
        Record((Field("g", List(GUEST)),)),
    ),
    (
        "a list of records, said twice",
        {"g": {"firstName": {"type": "string"}}},
        {"g": {"typeName": "record[]", "isArrayType": True, "type": "record[]"}},
        Record((Field("g", List(Record(GUEST.fields))),)),
    ),
    (
        "both of a nullable list and its elements",
        {"a": {"type": "string[]"}},
        {"a": {"type": "string[]", "nullable": True, "nullableArray": True}},
        Record((Field("a", List(Text(nullable=True), nullable=True)),)),
    ),
    ("an enumeration", {"a": {"type": "enum"}}, {"a": {"typeName": "Status", "type": "enum", "members": ['"x"', "y"]}},
     Record((Field("a", Enum(("x", "y"))),))),
    (
        "a union of records",
        {"a": {"type": "union"}},
        {"a": {"type": "union", "members": [{"type": "int"}, {"type": "record", "fields": {"b": {"type": "int"}}},
                                               "()"]}},
        Record((Field("a", Union((Integer(), Record((Field("b", Integer()),))), nullable=True)),)),
    ),
    ("only in the metadata", {}, {"a": {"type": "map<int>"}}, Record((Field("a", Map(Integer())),))),
]  # fmt: skip


@pytest.mark.parametrize(("tree", "metadata", "type_"), [each[1:] for each in CASES], ids=[each[0] for each in CASES])
def test_reads(tree: Any, metadata: Any, type_: Type) -> None:
    found = read_inputs({"p": tree}, {"p": metadata} if metadata else None)
    assert found.findings == ()
    assert found.shapes == (Shape("p", type_, getattr(type_, "type_name", "")),)


@pytest.mark.parametrize("wrap", [lambda node: node, lambda node: {"Out": node}, lambda node: node["fields"]])
def test_output_metadata_in_each_form(wrap: Any) -> None:
    node = {"type": "record", "fields": {"a": {"type": "int", "nullable": True}}}
    found = read_output({"a": {"type": "int", "comment": ""}}, wrap(node))
    assert found.shapes[0].type == Record((Field("a", Integer(nullable=True)),))


@pytest.mark.parametrize(
    ("tree", "metadata", "code"),
    [
        ({"a": {"type": "strng"}}, None, "MAP022"),
        ({"a": {"type": "int"}}, {"a": {"type": "string"}}, "MAP023"),
        ({"a": 3}, None, "MAP020"),
    ],
)
def test_finds(tree: Any, metadata: Any, code: str) -> None:
    (finding,) = read_inputs({"p": tree}, {"p": metadata} if metadata else None).findings
    assert (finding.code, finding.path) == (code, "p.a")
    assert finding.suggestion


@given(st.dictionaries(st.sampled_from(["a", "b.c", ""]), types, max_size=2), types)
def test_written_shapes_say_everything(sources: dict[str, Type], target: Type) -> None:
    shapes = tuple(Shape(name, each) for name, each in sources.items())
    assert read_inputs(*write_inputs(shapes)).shapes == shapes
    assert read_output(*write_output(Shape("output", target))).shapes == (Shape("output", target),)


@pytest.mark.parametrize("name", ["Guest", "int", "a b", "", "x[]"])
def test_names_of_types_are_kept(name: str) -> None:
    shape = Shape("p", Record((Field("g", List(List(Record((), name)))),), name), name)
    assert read_inputs(*write_inputs([shape])).shapes == (shape,)
