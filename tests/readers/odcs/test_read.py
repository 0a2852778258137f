"""Data contracts as types, and back."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from tests.schema.strategies import types

from penstock.errors import DocumentFormatError, SchemaKindError
from penstock.readers import Definition, Document
from penstock.readers.odcs import READER, WRITER
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
)


def read(*properties: dict[str, Any]) -> Document:
    schema = [{"name": "t", "description": "what", "properties": list(properties)}]
    contract = {"apiVersion": "v3.1.0", "kind": "DataContract", "schema": schema}
    return READER.read(yaml.safe_dump(contract), "a.yaml")


PROPERTIES: list[tuple[dict[str, Any], Type]] = [
    ({"logicalType": "string"}, Text()),
    ({"logicalType": "string", "logicalTypeOptions": {"format": "byte"}}, Binary()),
    ({"logicalType": "integer"}, Integer()),
    ({"logicalType": "integer", "logicalTypeOptions": {"format": "i128"}}, Integer(128)),
    ({"logicalType": "number"}, Float()),
    ({"logicalType": "number", "physicalType": "decimal(10,2)"}, Decimal(10, 2)),
    ({"logicalType": "number", "physicalType": "NUMBER(10,2)"}, Decimal(10, 2)),
    ({"logicalType": "number", "physicalType": "REAL"}, Float()),
    ({"logicalType": "boolean"}, Boolean()),
    ({"logicalType": "date"}, Date()),
    ({"logicalType": "time"}, Time()),
    ({"logicalType": "timestamp"}, Timestamp()),
    ({"logicalType": "timestamp", "logicalTypeOptions": {"timezone": False}}, Timestamp(zone=False)),
    ({"logicalType": "string", "physicalType": "integer"}, Text()),
    ({"physicalType": "json"}, Json()),
    ({}, Json()),
    ({"logicalType": "array", "items": {"logicalType": "string"}}, List(Text(nullable=True))),
    ({"logicalType": "array", "items": {"logicalType": "string", "required": True}}, List(Text())),
    ({"logicalType": "array"}, List(Json(nullable=True))),
    ({"logicalType": "object"}, Map(Json(nullable=True))),
    ({"logicalType": "object", "properties": [{"name": "a"}]}, Record((Field("a", Json(nullable=True)),))),
    (
        {
            "logicalType": "object",
            "properties": [{"name": "*", "logicalType": "integer"}],
            "customProperties": [{"property": "mapKeysAreData", "value": True}],
        },
        Map(Integer(nullable=True)),
    ),
    (
        {"logicalType": "string", "quality": [{"metric": "x", "arguments": {"validValues": ["a", "b", "a"]}}]},
        Enum(("a", "b")),
    ),
]


@pytest.mark.parametrize(("said", "expected"), PROPERTIES)
def test_a_property_is_a_field(said: dict[str, Any], expected: Type) -> None:
    document = read({"name": "f", "required": True, **said})
    assert document.definitions == (Definition("t", Record((Field("f", expected),), "t"), "what"),)
    assert not document.findings


def test_keys_and_descriptions() -> None:
    said = {"name": "f", "logicalType": "string", "primaryKey": True, "description": "é"}
    assert read(said).only().type == Record((Field("f", Text(), description="é", key=True),), "t")


def test_an_unknown_type() -> None:
    document = read({"name": "f", "logicalType": "colour"})
    assert [(each.code, each.path) for each in document.findings] == [("SCH007", "t.f")]


@given(types)
def test_what_is_written_is_read_back(type_: Type) -> None:
    whole = (Definition("Order", Record((Field("f", type_, description="x"), Field("k", Text(), key=True)), "Order")),)
    written = WRITER.write(Document("test", whole, "Order"))
    found = READER.read(written.text, "a.yaml")
    if not written.findings:
        assert found.definitions == whole


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("kind: DataContract", "the version None is not read"),
        ("apiVersion: v2.2.0\nkind: DataContract", "'v2.2.0'"),
        ("- a", "the version None"),
        ("apiVersion: v3.1.0\nschema: 5", "schema is no list"),
        ("apiVersion: v3.1.0\nschema: [{}]", "no name of its own"),
        ("apiVersion: v3.1.0\nschema: [{name: t, properties: {}}]", "properties is no list"),
        ("apiVersion: v3.1.0\nschema: [{name: t, properties: [{name: a}, {name: a}]}]", "no name of its own: 'a'"),
        ("apiVersion: v3.1.0\nschema: [{name: t, properties: [{name: a, items: 5}]}]", "at t.a: items is no object"),
    ],
)
def test_bad_input(text: str, says: str) -> None:
    with pytest.raises(DocumentFormatError, match="Hint: ") as caught:
        READER.read(text, "a.yaml")
    assert says in str(caught.value)


def test_there_are_no_dialects() -> None:
    with pytest.raises(SchemaKindError):
        WRITER.write(Document("test", ()), "2")
