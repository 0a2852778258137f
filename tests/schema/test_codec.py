import json

import pytest
from hypothesis import given
from tests.schema.strategies import types

from penstock.errors import SchemaFormatError
from penstock.schema import Decimal, Enum, Field, Integer, List, Record, Text, Type, dump_schema, load_schema


@given(types)
def test_what_is_written_is_read_back(schema: Type) -> None:
    assert load_schema(dump_schema(schema)) == schema


def test_leaves_out_what_is_default() -> None:
    schema = Record(
        (
            Field("id", Integer(None)),
            Field("lines", List(Text(nullable=True)), optional=True, description="Zeilen: größer"),
        ),
        "Order",
    )
    assert json.loads(dump_schema(schema)) == {
        "penstock": "schema/1",
        "schema": {
            "type": "record",
            "fields": [
                {"name": "id", "type": {"type": "integer", "bits": None}},
                {
                    "name": "lines",
                    "type": {"type": "list", "element": {"type": "text", "nullable": True}},
                    "optional": True,
                    "description": "Zeilen: größer",
                },
            ],
            "type_name": "Order",
        },
    }


def wrap(schema: object) -> str:
    return json.dumps({"penstock": "schema/1", "schema": schema})


@pytest.mark.parametrize(
    ("text", "at", "says"),
    [
        ("{", "$", "not JSON"),
        ("[" * 100_000, "$", "not JSON"),
        ("[]", "$", "expected an object"),
        ('{"penstock": "schema/2", "schema": {}}', "$.penstock", "unknown version 'schema/2'"),
        ('{"schema": {}}', "$.penstock", "unknown version None"),
        ('{"penstock": "schema/1"}', "$", "no key 'schema'"),
        (wrap({"type": "string"}), "$.schema.type", "unknown type 'string'"),
        (wrap({"type": ["text"]}), "$.schema.type", "unknown type"),
        (wrap({"type": "text", "nulable": True}), "$.schema", "Did you mean 'nullable'?"),
        (wrap({"type": "text", "nullable": 1}), "$.schema.nullable", "unknown value 1"),
        (wrap({"type": "integer", "bits": 32}), "$.schema.bits", "64, 128, null"),
        (wrap({"type": "decimal", "scale": -1}), "$.schema.scale", "whole number"),
        (wrap({"type": "list", "element": "text"}), "$.schema.element", "expected an object"),
        (wrap({"type": "enum", "values": ["a", 1]}), "$.schema.values[1]", "expected a text"),
        (wrap({"type": "record", "fields": [{"name": "a"}]}), "$.schema.fields[0]", "no key 'type'"),
        (wrap({"type": "record", "fields": {}}), "$.schema.fields", "expected a list"),
        (wrap({"type": "text", "bits": 64}), "$.schema", "unknown key 'bits'"),
        (
            wrap({"type": "record", "fields": [{"name": "a", "type": {"type": "text"}, "default": "x"}]}),
            "$.schema.fields[0].default",
            "is not JSON",
        ),
        (wrap({"type": "record", "closed": 1}), "$.schema.closed", "unknown value 1"),
    ],
)
def test_says_what_is_wrong_and_where(text: str, at: str, says: str) -> None:
    with pytest.raises(SchemaFormatError) as caught:
        load_schema(text)
    assert caught.value.at == at
    assert says in str(caught.value)
    assert "\nHint: " in str(caught.value)


def test_reads_bytes() -> None:
    assert load_schema(dump_schema(Enum(("é",))).encode()) == Enum(("é",))
    assert load_schema(dump_schema(Decimal())) == Decimal()
