"""What the keywords of JSON Schema mean as types."""

import json
from typing import Any

import pytest

from penstock.errors import DocumentFormatError
from penstock.readers import Document
from penstock.readers.json_schema import READER
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

ANY = Json(nullable=True)
S: dict[str, Any] = {"type": "string"}
N: dict[str, Any] = {"type": "integer"}


def read(schema: object, part: str = "") -> Document:
    return READER.read(json.dumps(schema), "a.schema.json", part)


def type_of(schema: object, **others: object) -> Type:
    """The type of the only field of a record."""
    document = read({"title": "T", "type": "object", "properties": {"f": schema}, "required": ["f"], **others})
    record = document.by_name()["T"].type
    assert isinstance(record, Record)
    return record.fields[0].type


def fields(**types: Type) -> tuple[Field, ...]:
    return tuple(Field(name, each) for name, each in types.items())


SCALARS: list[tuple[object, Type]] = [
    (S, Text()),
    (N, Integer()),
    ({"type": "number"}, Float()),
    ({"type": "boolean"}, Boolean()),
    ({"type": "null"}, nullable(NOTHING)),
    (True, ANY),
    ({}, ANY),
    (False, NOTHING),
    ({"not": {}}, NOTHING),
    ({"type": ["string", "null"]}, Text(nullable=True)),
    ({"type": ["integer", "number"]}, Float()),
    ({"type": ["string", "integer"]}, Union((Integer(), Text()))),
    ({"type": ["array", "boolean", "number", "object", "string"]}, Json()),
    ({"type": "string", "format": "date"}, Date()),
    ({"type": "string", "format": "date-time"}, Timestamp()),
    ({"type": "string", "format": "time"}, Time()),
    ({"type": "string", "format": "byte"}, Binary()),
    ({"type": "string", "contentEncoding": "base64"}, Binary()),
    ({"type": "string", "format": "email"}, Text()),
    ({"format": "date"}, Date()),
    ({"type": "integer", "format": "uint64"}, Integer(128)),
    ({"type": "integer", "x-penstock-type": "integer(any)"}, Integer(None)),
    ({"type": ["number", "null"], "x-penstock-type": "decimal(10,2)"}, Decimal(10, 2, nullable=True)),
    ({"type": "number", "multipleOf": 0.01}, Decimal(38, 2)),
    ({"type": "number", "multipleOf": 1e-7}, Decimal(38, 7)),
    ({"type": "number", "multipleOf": 5}, Float()),
    ({"minimum": 3}, Float()),
    ({"enum": ["a", "b", "a"]}, Enum(("a", "b"))),
    ({"enum": ["a", None]}, Enum(("a",), nullable=True)),
    ({"type": "string", "enum": ["a", None]}, Enum(("a",))),
    ({"enum": [1, 2]}, Integer()),
    ({"enum": [1, "a", None]}, Union((Integer(), Text()), nullable=True)),
    ({"enum": []}, NOTHING),
    ({"type": "integer", "enum": [1, 2.0, 2.5]}, Float()),
    ({"const": "a"}, Enum(("a",))),
    ({"const": None}, nullable(NOTHING)),
    ({"type": "string", "nullable": True}, Text(nullable=True)),
    ({"enum": ["a"], "allOf": [{"enum": ["a", "b"]}]}, Enum(("a",))),
]

NESTED: list[tuple[object, Type]] = [
    ({"type": "array"}, List(ANY)),
    ({"type": "array", "items": S}, List(Text())),
    ({"items": {"type": ["string", "null"]}}, List(Text(nullable=True))),
    ({"type": "array", "prefixItems": [S, N]}, List(Union((Integer(), Text())))),
    ({"type": "array", "items": [S, {"type": "null"}]}, List(Text(nullable=True))),
    ({"type": "object"}, Map(ANY)),
    ({"type": "object", "additionalProperties": N}, Map(Integer())),
    ({"additionalProperties": {"type": ["integer", "null"]}}, Map(Integer(nullable=True))),
    ({"type": "object", "patternProperties": {"^a": N, "^b": S}}, Map(Union((Integer(), Text())))),
    ({"type": "object", "patternProperties": {"^a": N}, "additionalProperties": False}, Map(Integer())),
    ({"type": "object", "properties": {}}, Record()),
    ({"type": "object", "additionalProperties": False}, Record(closed=True)),
    ({"type": "object", "properties": {"a": S}}, Record((Field("a", Text(), optional=True),))),
    ({"properties": {"a": S}, "required": ["a", "b"]}, Record(fields(a=Text(), b=ANY))),
    (
        {"properties": {"a": {**S, "description": "é", "default": "ü"}}, "required": ["a"]},
        Record((Field("a", Text(), description="é", default='"ü"'),)),
    ),
    ({"properties": {"a": {**S, "x-penstock-key": True}}, "required": ["a"]}, Record((Field("a", Text(), key=True),))),
    ({"title": "ship to", "properties": {"a": S}, "required": ["a"]}, Record(fields(a=Text()), "ShipTo")),
    (
        {"allOf": [{"properties": {"a": S}, "required": ["a"]}, {"properties": {"b": N}, "required": ["b"]}]},
        Record(fields(a=Text(), b=Integer())),
    ),
    (
        {"properties": {"a": S, "b": S}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}], "required": ["a", "b"]},
        Record(fields(a=Text(), b=Text())),
    ),
    (
        {
            "allOf": [{"properties": {"a": {"type": ["string", "null"]}}}, {"properties": {"a": S}}],
            "required": ["a"],
        },
        Record(fields(a=Text())),
    ),
    ({"oneOf": [S, {"type": "null"}]}, Text(nullable=True)),
    ({"anyOf": [S, N]}, Union((Text(), Integer()))),
    ({"anyOf": [S, {"anyOf": [N, S]}]}, Union((Text(), Integer()))),
    ({"anyOf": [S, {}]}, ANY),
    ({"oneOf": [False, S]}, Text()),
    ({"type": "string", "anyOf": [{"format": "date"}, {"format": "time"}]}, Union((Date(), Time()))),
]


@pytest.mark.parametrize(("schema", "expected"), [*SCALARS, *NESTED])
def test_a_schema_is_a_type(schema: object, expected: Type) -> None:
    assert type_of(schema) == expected


PERSON: dict[str, Any] = {"type": "object", "properties": {"name": S}, "required": ["name"], "description": "who"}
NAMED = Record(fields(name=Text()), "Person")
DEFS: dict[str, object] = {"$defs": {"Person": PERSON, "Status": {"enum": ["on", "off"]}, "a/b ~": S}}

REFERENCES: list[tuple[object, dict[str, object], Type]] = [
    ({"$ref": "#/$defs/Person"}, DEFS, NAMED),
    ({"$ref": "#/$defs/Person", "description": "x"}, DEFS, NAMED),
    ({"$ref": "#/definitions/Person"}, {"definitions": {"Person": PERSON}}, NAMED),
    ({"$ref": "#/$defs/Status"}, DEFS, Enum(("on", "off"))),
    ({"$ref": "#/$defs/a~1b%20~0"}, DEFS, Text()),
    ({"allOf": [{"$ref": "#/$defs/Person"}]}, DEFS, NAMED),
    ({"allOf": [{"$ref": "#/$defs/Person"}], "nullable": True}, DEFS, nullable(NAMED)),
    ({"type": "object", "oneOf": [{"$ref": "#/$defs/Person"}, {"type": "null"}]}, DEFS, nullable(NAMED)),
    ({"anyOf": [{"$ref": "#/$defs/Person"}, {"type": "null"}]}, DEFS, nullable(NAMED)),
    ({"anyOf": [{"$ref": "#/$defs/Person"}, S]}, DEFS, Union((NAMED, Text()))),
    (
        {"$ref": "#/$defs/Person", "properties": {"age": N}, "required": ["age"]},
        DEFS,
        Record(fields(name=Text(), age=Integer())),
    ),
    (
        {"allOf": [{"$ref": "#/$defs/Person"}, {"properties": {"age": N}, "required": ["age"]}]},
        DEFS,
        Record(fields(name=Text(), age=Integer())),
    ),
    (
        {"$ref": "#/definitions/Person", "properties": {"age": N}},
        {"$schema": "http://json-schema.org/draft-07/schema#", "definitions": {"Person": PERSON}},
        NAMED,
    ),
    (
        {"$ref": "#/definitions/Person"},
        {"$id": "https://example.org/a.md#order", "definitions": {"Person": PERSON}},
        NAMED,
    ),
    ({"$ref": "#person"}, {"$defs": {"P": {"$anchor": "person", **PERSON}}}, Record(fields(name=Text()), "person")),
    (
        {"$ref": "person.json"},
        {"$id": "https://example.org/s/order.json", "$defs": {"P": {"$id": "person.json", **PERSON}}},
        Record(fields(name=Text()), "person"),
    ),
    (
        {"$ref": "https://example.org/s/order.json#/$defs/Person"},
        {"$id": "https://example.org/s/order.json", **DEFS},
        NAMED,
    ),
    ({"$ref": "#/properties/g"}, {"properties": {"f": {"$ref": "#/properties/g"}, "g": S}}, Text()),
]


@pytest.mark.parametrize(("schema", "others", "expected"), REFERENCES)
def test_a_reference_is_what_it_leads_to(schema: object, others: dict[str, object], expected: Type) -> None:
    assert type_of(schema, **others) == expected


RECURSIVE: list[tuple[dict[str, Any], str, object]] = [
    ({"title": "T", "properties": {"t": {"$ref": "#"}}}, "T.t", ANY),
    (
        {"title": "T", "properties": {"t": {"$ref": "#/$defs/N"}}, "$defs": {"N": {"items": {"$ref": "#/$defs/N"}}}},
        "T.t[]",
        0,
    ),
    ({"title": "T", "properties": {"t": {"allOf": [{"$ref": "#"}, {"properties": {"b": S}}]}}}, "T.t.t", 0),
    ({"title": "T", "properties": {"t": {"anyOf": [{"$ref": "#"}, {"type": "null"}]}}}, "T.t", 0),
    ({"title": "T", "properties": {"t": {"$ref": "#/properties/t"}}}, "T.t", 0),
    ({"title": "T", "allOf": [{"$ref": "#"}], "properties": {"t": S}}, "", 0),
]


@pytest.mark.parametrize(("schema", "cut", "_type"), RECURSIVE)
def test_a_schema_that_holds_itself_is_cut(schema: dict[str, Any], cut: str, _type: object) -> None:
    document = read({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})
    assert [each.path for each in document.findings if each.code == "SCH001" and each.path.startswith("T")][:1] == (
        [cut] if cut else []
    )
    assert isinstance(document.by_name()["T"].type, Record)


LOSSES: list[tuple[object, str, str]] = [
    ({"$ref": "https://example.org/x.json"}, "SCH003", "leads to another document"),
    ({"$ref": "#/$defs/nothing"}, "SCH003", "nothing is at"),
    ({"$ref": "http://[bad"}, "SCH003", "leads to another document"),
    ({"$ref": "http://[bad#x"}, "SCH003", "leads to another document"),
    ({"$id": "http://[bad#x", "$ref": "#/y"}, "SCH003", "nothing is at"),
    ({"type": "string", "pattern": "^a"}, "SCH004", "pattern at T.f"),
    ({"enum": [1, 2]}, "SCH004", "enum at T.f"),
    ({"prefixItems": [S, N]}, "SCH005", "tuple"),
    ({"properties": {"a": S}, "additionalProperties": N}, "SCH006", "only the named ones are kept"),
    ({"type": "file"}, "SCH007", "'file' is not known"),
    ({"type": "string", "allOf": [{"type": "integer"}]}, "SCH007", "no type is allowed"),
]


@pytest.mark.parametrize(("schema", "code", "says"), LOSSES)
def test_what_is_lost_is_said(schema: object, code: str, says: str) -> None:
    findings = read({"title": "T", "type": "object", "properties": {"f": schema}}).findings
    assert [(each.code, says in each.message) for each in findings] == [(code, True)]


def test_definitions_and_the_main_one() -> None:
    schema = {"$id": "https://example.org/orders.v2.json", "properties": {"by": {"$ref": "#/$defs/Person"}}, **DEFS}
    document = read(schema)
    assert [each.name for each in document.definitions] == ["orders", "Person", "Status", "a/b ~"]
    assert document.main == "orders"
    assert document.by_name()["orders"].type == Record(
        (Field("by", NAMED, optional=True, description="who"),), "orders"
    )
    assert [each.name for each in read(DEFS).definitions] == ["Person", "Status", "a/b ~"]
    assert not read(DEFS).main
    assert read({"type": "object", "properties": {}}).main == "a"


def test_a_pointer_names_a_part() -> None:
    document = read({"type": "object", "properties": {"lines": {"items": PERSON}}}, "/properties/lines/items")
    assert document.main == "lines"
    assert document.definitions[0].type == Record(fields(name=Text()), "lines")
    assert document.definitions[0].description == "who"


BAD: list[tuple[str, str]] = [
    ("{", "is not JSON"),
    ("[]", "is no JSON Schema"),
    ("5", "is no JSON Schema"),
    ('{"type": "object", "properties": []}', "properties is no object"),
    ('{"properties": {"a": 5}}', "at a.a: a schema is neither"),
    ('{"type": 5}', "a type is no text"),
    ('{"type": {"a": 1}}', "a type is no text"),
    ('{"enum": 5}', "enum is no list"),
    ('{"required": 5, "properties": {}}', "required is no list"),
    ('{"allOf": {}}', "allOf is no list"),
    ('{"$ref": 5}', "a reference is no text"),
    ('{"oneOf": [5]}', "a schema is neither"),
    ('{"type": "string", "type": "string"}', "the key is there twice"),
    ('{"default": NaN}', "NaN is not JSON"),
    ('{"default": Infinity}', "Infinity is not JSON"),
    ('{"properties":{"a":' * 5000, "nested deeper"),
    ('{"items":' * 10_000 + "{}" + "}" * 10_000, "nested deeper"),
]


@pytest.mark.parametrize(("text", "says"), BAD)
def test_bad_input_is_an_error_of_ours(text: str, says: str) -> None:
    with pytest.raises(DocumentFormatError, match="Hint: ") as caught:
        READER.read(text, "a.json")
    assert says in str(caught.value)


def test_numbers_beyond_a_double_are_no_fault() -> None:
    text = '{"properties": {"a": {"type": "integer", "enum": [1e999], "default": 1e999, "multipleOf": 1e999}}}'
    assert READER.read(text, "a.json").definitions


def test_growth_without_end_is_cut() -> None:
    pair = [{"properties": {name: {"$ref": f"#/$defs/{each + 1}"} for name in "ab"}} for each in range(60)]
    defs = {str(each): schema for each, schema in enumerate(pair)} | {"60": S}
    assert "SCH002" in {each.code for each in read({"$ref": "#/$defs/0", "$defs": defs}).findings}
    assert "SCH002" in {each.code for each in READER.read('{"items":' * 150 + "{}" + "}" * 150, "a.json").findings}
    choices = {"allOf": [{"oneOf": [{"properties": {f"{x}{y}": S}} for y in range(3)]} for x in range(30)]}
    assert "SCH002" in {each.code for each in read(choices).findings}


@pytest.mark.parametrize(
    ("text", "suffix", "expected"),
    [
        ('{"$schema": "https://json-schema.org/draft/2020-12/schema"}', ".json", True),
        ('{"$schema": "http://json-schema.org/draft-07/schema#", "a', "", True),
        ('{"type": "object", "properties": {}}', ".json", True),
        ("type: object\nproperties:\n  a: {}\n", ".yaml", True),
        ('{"$defs": {}}', "", True),
        ('{"type": "Feature", "properties": {}}', ".json", False),
        ('{"type": "object", "id": 1}', ".json", False),
        ('{"type": "object", "properties": ["a"]}', ".json", False),
        ('{"type": "object", "properties": "a"}', ".json", False),
        ('{"type": "object", "properties": {}}', ".ndjson", False),
        ("[]", ".json", False),
        ("", ".json", False),
    ],
)
def test_recognises_schemas(text: str, suffix: str, expected: bool) -> None:
    assert READER.recognises(text, suffix) is expected
