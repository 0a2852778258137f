"""The shapes in the payload of the wire format."""

import json
from typing import Any

import pytest
from hypothesis import given
from tests.schema.strategies import types

from penstock.errors import DocumentFormatError, SchemaKindError
from penstock.readers import Definition, Document
from penstock.readers.payload import READER, WRITER
from penstock.schema import Enum, Field, Integer, List, Map, Record, Text, Type, Union

BOOKING: dict[str, Any] = {
    "apiVersion": "1.1",
    "inputs": {
        "bookingRequest": {
            "bookingId": {"type": "string", "comment": "no"},
            "guest": {"firstName": {"type": "string", "comment": ""}},
            "kidsAges": {"type": "int[]", "comment": ""},
        },
        "hotel": {"type": {"type": "string", "comment": ""}},
    },
    "inputMetadata": {
        "bookingRequest": {
            "parameterType": "BookingRequest",
            "parameterName": "bookingRequest",
            "isArrayType": False,
            "type": "record",
            "fields": {
                "kidsAges": {"parameterType": "int[]", "parameterName": "kidsAges", "isArrayType": True,
                             "type": "int", "optional": True, "nullable": False},
            },
        }
    },
    "output": {"reservationId": {"type": "string|()", "comment": ""}},
    "outputMetadata": {},
    "userMapping": {},
}  # fmt: skip


def test_a_request() -> None:
    document = READER.read(json.dumps(BOOKING), "request.json")
    assert [(each.name, each.role, each.pointer) for each in document.definitions] == [
        ("bookingRequest", "input", "/inputs/bookingRequest"),
        ("hotel", "input", "/inputs/hotel"),
        ("output", "output", "/output"),
    ]
    booking, hotel, output = (each.type for each in document.definitions)
    assert booking == Record(
        (
            Field("bookingId", Text(), description="no"),
            Field("guest", Record((Field("firstName", Text()),))),
            Field("kidsAges", List(Integer()), optional=True),
        ),
        "BookingRequest",
    )
    assert hotel == Record((Field("type", Text()),))
    assert output == Record((Field("reservationId", Text(nullable=True)),))
    assert not document.main


GUEST = Record((Field("a", Text()),), "Guest")

FIELDS: list[tuple[dict[str, Any], Type]] = [
    ({"type": "int|()"}, Integer(nullable=True)),
    ({"typeName": "int?"}, Integer(nullable=True)),
    ({"type": "string[]"}, List(Text())),
    ({"parameterType": "(string|())[]|()"}, List(Text(nullable=True), nullable=True)),
    ({"type": "string", "isArrayType": True, "nullable": True, "nullableArray": False}, List(Text(nullable=True))),
    ({"type": "map<int>"}, Map(Integer())),
    ({"type": "readonly&record", "typeName": "Guest", "fields": {"a": {"type": "string"}}}, GUEST),
    ({"type": "enum", "members": ["a", {"typeName": "b"}]}, Enum(("a", "b"))),
    ({"type": "union", "members": ["int", {"type": "string"}]}, Union((Integer(), Text()))),
]  # fmt: skip


@pytest.mark.parametrize(("node", "expected"), FIELDS)
@pytest.mark.parametrize("is_bare", [True, False])
def test_metadata_in_both_forms(node: dict[str, Any], expected: Type, is_bare: bool) -> None:
    fields: dict[str, Any] = {"f": node}
    metadata = {"p": fields if is_bare else {"type": "record", "fields": fields}}
    (definition,) = READER.read(json.dumps({"inputs": {"p": {}}, "inputMetadata": metadata}), "p.json").definitions
    assert isinstance(definition.type, Record)
    assert [each.type for each in definition.type.fields] == [expected]


@given(types, types)
def test_what_is_written_is_read_back(source: Type, target: Type) -> None:
    whole = (
        Definition("order", source, pointer="/inputs/order", role="input"),
        Definition("output", target, pointer="/output", role="output"),
    )
    written = WRITER.write(Document("payload", whole))
    assert not written.findings
    assert READER.read(written.text, "p.json").definitions == whole


def test_types_become_parameters() -> None:
    order = Record((Field("id", Integer()),), "OrderLine")
    definitions = (Definition("OrderLine", order, "told"), Definition("tables", order))
    written = WRITER.write(Document("ddl", definitions))
    request = json.loads(written.text)
    assert list(request["inputs"]) == ["orderLine", "tables"]
    assert request["inputMetadata"]["orderLine"]["parameterType"] == "OrderLine"
    assert "output" not in request
    assert [each.path for each in written.findings] == ["OrderLine"]


def test_an_output_that_is_called_like_an_input() -> None:
    request = {"inputs": {"a": {}}, "output": {}, "outputMetadata": {"type": "record", "parameterName": "a"}}
    assert [each.name for each in READER.read(json.dumps(request), "p.json").definitions] == ["a", "output_a"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{}", "has neither inputs nor an output"),
        ("[]", "has neither inputs nor an output"),
        ('{"inputs": 5}', "has neither"),
        ('{"inputs": {}, "output": []}', "at output: is no object"),
        ('{"inputs": {"a": 5}}', "a parameter is told by an object"),
        ('{"inputs": {"a": {}, "a": {}}}', "is there twice"),
        ('{"inputs":' + '{"a":' * 10_000, "nested deeper"),
    ],
)
def test_bad_input(text: str, says: str) -> None:
    with pytest.raises(DocumentFormatError, match="Hint: ") as caught:
        READER.read(text, "p.json")
    assert says in str(caught.value)


def test_what_cannot_be_written() -> None:
    output = Definition("a", Record(), role="output")
    with pytest.raises(SchemaKindError, match="one output"):
        WRITER.write(Document("payload", (output, Definition("b", Record(), role="output"))))
    with pytest.raises(SchemaKindError, match="without a dialect"):
        WRITER.write(Document("payload", (output,)), "1.0")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (json.dumps(BOOKING), True),
        ('{"inputs": {}, "output": {}}', True),
        ('{"inputs": 1, "other": {}}', False),
        ('{"output": {}}', False),
        ('{"inputs": [1], "output": {}}', False),
        ('{"inputs": {"a": 1}, "output": "x"}', False),
        ("", False),
    ],
)
def test_recognises_requests(text: str, expected: bool) -> None:
    assert READER.recognises(text, ".json") is expected
