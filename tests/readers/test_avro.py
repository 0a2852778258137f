"""What Avro schemas mean as types."""

import json
from typing import Any

import pytest

from penstock.errors import DocumentFormatError
from penstock.readers import Document
from penstock.readers.avro import READER
from penstock.schema import (
    NOTHING,
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
    nullable,
)


def read(schema: object) -> Document:
    return READER.read(json.dumps(schema), "order.avsc")


def record(*fields: dict[str, Any], **others: Any) -> dict[str, Any]:
    return {"type": "record", "name": "T", "fields": list(fields), **others}


GUEST = {
    "type": "record",
    "name": "Guest",
    "namespace": "a.b",
    "doc": "who",
    "fields": [{"name": "n", "type": "string"}],
}

TYPES: list[tuple[object, Type]] = [
    ("null", nullable(NOTHING)),
    ("boolean", Boolean()),
    ("int", Integer()),
    ("long", Integer()),
    ("float", Float()),
    ("double", Float()),
    ("bytes", Binary()),
    ("string", Text()),
    ({"type": "string"}, Text()),
    (["null", "string"], Text(nullable=True)),
    (["string", "null", "long"], Union((Text(), Integer()), nullable=True)),
    ([], NOTHING),
    ({"type": "array", "items": ["null", "int"]}, List(Integer(nullable=True))),
    ({"type": "map", "values": "double"}, Map(Float())),
    ({"type": "enum", "name": "E", "symbols": ["A", "B"]}, Enum(("A", "B"))),
    ({"type": "fixed", "name": "F", "size": 4}, Binary()),
    ({"type": "int", "logicalType": "date"}, Date()),
    ({"type": "long", "logicalType": "time-micros"}, Time()),
    ({"type": "long", "logicalType": "timestamp-millis"}, Timestamp()),
    ({"type": "long", "logicalType": "local-timestamp-micros"}, Timestamp(zone=False)),
    ({"type": "string", "logicalType": "uuid"}, Text()),
    ({"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}, Decimal(10, 2)),
    ({"type": "fixed", "name": "F", "size": 4, "logicalType": "decimal", "precision": 9}, Decimal(9, 0)),
    (GUEST, Record((Field("n", Text()),), "Guest")),
    ({"type": {"type": "array", "items": "int"}}, List(Integer())),
]


@pytest.mark.parametrize(("said", "expected"), TYPES)
def test_a_field_has_a_type(said: object, expected: Type) -> None:
    document = read(record({"name": "f", "type": said, "doc": "é"}))
    assert document.only().type == Record((Field("f", expected, description="é"),), "T")
    assert not document.findings


def test_names_and_their_spaces() -> None:
    first = {"name": "by", "type": GUEST}
    again = [{"name": name, "type": name_of} for name, name_of in (("x", "a.b.Guest"), ("y", "Guest"), ("z", "Nobody"))]
    document = read(record(first, *again, namespace="a.b", doc="what"))
    assert [(each.name, each.description) for each in document.definitions] == [("T", "what"), ("Guest", "who")]
    whole = document.only().type
    assert isinstance(whole, Record)
    guest = Record((Field("n", Text()),), "Guest")
    assert [each.type for each in whole.fields] == [guest, guest, guest, Json()]
    assert [(each.code, each.path) for each in document.findings] == [("SCH007", "T.z")]


def test_the_same_name_in_two_spaces() -> None:
    other = {"type": "enum", "name": "c.Guest", "symbols": []}
    document = read(record({"name": "x", "type": GUEST}, {"name": "y", "type": other}))
    assert [each.name for each in document.definitions] == ["T", "a.b.Guest", "c.Guest"]


def test_a_default_is_kept() -> None:
    document = read(record({"name": "f", "type": ["null", "string"], "default": None}))
    assert document.only().type == Record((Field("f", Text(nullable=True), default="null"),), "T")


def test_a_record_that_holds_itself_is_cut() -> None:
    document = read(record({"name": "next", "type": ["null", "T"]}))
    assert document.only().type == Record((Field("next", Json(nullable=True)),), "T")
    assert [(each.code, each.path) for each in document.findings] == [("SCH001", "T.next")]


def test_what_is_not_a_record() -> None:
    assert read({"type": "array", "items": "int"}).only().type == List(Integer())
    assert read({"type": "array", "items": "int"}).main == "order"
    assert not read([record(), GUEST]).main


def test_a_logical_type_that_is_not_known() -> None:
    document = read(record({"name": "f", "type": {"type": "long", "logicalType": "epoch"}}))
    assert document.only().type == Record((Field("f", Integer()),), "T")
    assert [each.code for each in document.findings] == ["SCH007"]


@pytest.mark.parametrize(
    ("schema", "says"),
    [
        (5, "is no type"),
        ([], "defines no type"),
        (["int"], "defines no type"),
        ({"type": "record", "fields": []}, "has no name"),
        ({"type": "record", "name": "T"}, "fields is no list"),
        (record({"name": "f"}), "no type"),
        (record({"name": "f", "type": "int"}, {"name": "f", "type": "int"}), "no name of its own"),
        (record({"name": "f", "type": {"type": "enum", "name": "E", "symbols": "A"}}), "symbols is no list"),
        (record({"name": "f", "type": GUEST}, {"name": "g", "type": GUEST}), "defined twice"),
        (record({"name": "f", "type": {"type": "bytes", "logicalType": "decimal"}}), "no valid precision"),
        (record({"name": "f", "type": {"type": "array"}}), "None is no type"),
    ],
)
def test_bad_input(schema: object, says: str) -> None:
    with pytest.raises(DocumentFormatError, match="Hint: ") as caught:
        read(schema)
    assert says in str(caught.value)


@pytest.mark.parametrize("text", ['{"type":' * 10_000, '{"type":' * 90 + '"int"' + "}" * 90, "[" * 5000])
def test_deep_nesting(text: str) -> None:
    with pytest.raises(DocumentFormatError, match="nested"):
        READER.read(text, "a.avsc")


def test_recognises_schemas() -> None:
    assert READER.recognises("", ".avsc")
    assert READER.recognises(json.dumps(record()), ".json")
    assert not READER.recognises('{"type": "record"}', ".json")
