"""Types survive JSON Schema."""

import json
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given
from tests.schema.strategies import types

from penstock.errors import SchemaKindError
from penstock.readers import Definition, Document
from penstock.readers.json_schema import READER, WRITER
from penstock.schema import Field, Integer, Json, List, Record, Text, Type, Union, nullable

GUEST = Record((Field("name", Text()),), "Guest")


def written(type_: Type, *others: Definition) -> dict[str, object]:
    schema: dict[str, object] = json.loads(WRITER.write(Document("test", (Definition("T", type_), *others), "T")).text)
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema


@given(types)
def test_what_is_written_is_read_back(type_: Type) -> None:
    record = Record((Field("f", type_),), "T")
    document = READER.read(json.dumps(written(record)), "t.json")
    assert document.definitions == (Definition("T", record),)
    assert not document.findings


@pytest.mark.parametrize(
    "type_",
    [
        Record((Field("a", GUEST), Field("b", List(nullable(GUEST)), optional=True))),
        Record((Field("a", GUEST, description="who"), Field("b", replace(GUEST, closed=True)))),
        Record((Field("a", Union((GUEST, Text()), nullable=True)), Field("b", Json()))),
        Record((Field("a", Text(), key=True), Field("b", Integer(), default="3")), closed=True),
        Record((Field("a", Record((Field("g", GUEST),), "a/b ~")),)),
    ],
)
def test_names_of_records_are_read_back(type_: Record) -> None:
    named = replace(type_, type_name="T")
    assert READER.read(json.dumps(written(named)), "t.json").by_name()["T"].type == named


def test_named_records_stand_once() -> None:
    schema = written(Record((Field("a", GUEST), Field("b", nullable(GUEST)))))
    assert schema["properties"] == {
        "a": {"$ref": "#/$defs/Guest"},
        "b": {"anyOf": [{"$ref": "#/$defs/Guest"}, {"type": "null"}]},
    }
    assert list(schema["$defs"]) == ["Guest"]  # type: ignore[call-overload]


def test_all_definitions_are_written() -> None:
    several = Document("test", (Definition("A", GUEST, "the first"), Definition("B", List(GUEST))))
    text = WRITER.write(several).text
    document = READER.read(text, "t.json")
    assert [(each.name, each.description) for each in document.definitions] == [
        ("A", "the first"),
        ("B", ""),
        ("Guest", ""),
    ]
    assert not document.main


def test_there_are_no_dialects() -> None:
    with pytest.raises(SchemaKindError):
        WRITER.write(Document("test", ()), "draft-04")
