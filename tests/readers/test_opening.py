"""A DOC finds its reader by prefix or content, and its part by name or pointer."""

import io
import json
from pathlib import Path

import pytest

from penstock.errors import (
    DocumentFormatError,
    FileAccessError,
    Finding,
    NoDataError,
    NotARecordError,
    SchemaKindError,
    UnknownPartError,
)
from penstock.readers import Definition, Document
from penstock.readers.opening import Address, findings_of, parse_address, read_document, read_type
from penstock.readers.registry import readers
from penstock.schema import Field, Integer, List, Record, Text

SCHEMA = {
    "title": "Order",
    "type": "object",
    "properties": {"id": {"type": "integer"}, "by": {"$ref": "#/$defs/Guest"}, "lines": {"items": {"$ref": "https://x.org/l"}}},
    "required": ["id"],
    "$defs": {"Guest": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}},
}  # fmt: skip
GUEST = Record((Field("name", Text()),), "Guest")

SAMPLES: dict[str, tuple[str, str]] = {
    "avro": ("a.json", '{"type": "record", "name": "T", "fields": []}'),
    "ballerina": ("a.bal", "type T record {| int id; |};"),
    "catalog": ("a.yml", "penstock: catalog/1\nname: t\nrecords: 0\nfields: {}\n"),
    "ddl": ("a.txt", "-- x\nCREATE TABLE t (id INT);"),
    "json-schema": ("a.json", json.dumps(SCHEMA)),
    "odcs": ("a.yaml", "apiVersion: v3.1.0\nkind: DataContract\nschema: [{name: t}]\n"),
    "openapi": ("a.yaml", "openapi: 3.0.0\ncomponents: {schemas: {T: {type: object}}}\n"),
    "payload": ("a.json", '{"inputs": {"t": {}}, "output": {}}'),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("order.schema.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
    Path("orders.ndjson").write_text('{"id": 1}\n{"id": 2}\n', encoding="utf-8")
    return tmp_path


def test_there_is_a_sample_of_every_kind() -> None:
    assert set(SAMPLES) == set(readers())


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_documents_are_told_apart_by_content(kind: str) -> None:
    name, text = SAMPLES[kind]
    suffix = Path(name).suffix
    assert [each.kind for each in readers().values() if each.recognises(text, suffix)] == [kind]
    Path(name).write_text(text, encoding="utf-8")
    for document in (name, f"{kind}:{name}"):
        assert read_document(document).kind == kind
    assert read_document("-", stdin=io.BytesIO(text.encode())).kind == kind
    assert read_document("-", stdin=io.BytesIO(b"\xef\xbb\xbf" + text.encode())).kind == kind


@pytest.mark.parametrize(
    "data", ['{"id": 1}\n{"id": 2}\n', '[{"id": 1}]', '{"type": "Feature", "properties": {}}', "[]"]
)
def test_what_no_reader_knows_is_data(data: str) -> None:
    assert read_document("-", stdin=io.BytesIO(data.encode())).kind == "data"
    Path("x.json").write_text(data, encoding="utf-8")
    assert read_document("x.json").kind == read_document("data:x.json").kind == "data"


def test_data_of_any_length_come_from_standard_input() -> None:
    lines = b"".join(b'{"id": %d}\n' % each for each in range(20_000))
    catalog = read_document("-", stdin=io.BytesIO(lines)).catalog
    assert catalog is not None
    assert catalog.records == 20_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.bal#T", Address("", "a.bal", "T")),
        ("ballerina:a.txt#T", Address("ballerina", "a.txt", "T")),
        ("a.yaml#/components/schemas/A", Address("", "a.yaml", "/components/schemas/A")),
        ("-#T", Address("", "-", "T")),
        ("data:x/*.json", Address("data", "x/*.json")),
        ("other:a.json", Address("", "other:a.json")),
        ("here#1.json", Address("", "here#1.json")),
        ("here#1.json#T", Address("", "here", "1.json#T")),
        ("ddl:here.sql", Address("", "ddl:here.sql")),
    ],
)
def test_addresses(text: str, expected: Address) -> None:
    Path("here#1.json").touch()
    Path("ddl:here.sql").touch()
    assert parse_address(text) == expected


@pytest.mark.parametrize("part", ["Guest", "/$defs/Guest", "/properties/by"])
def test_a_part(part: str) -> None:
    document = read_document(f"order.schema.json#{part}")
    assert document.only().type == GUEST
    assert len(document.definitions) == 1
    assert not document.findings


def test_a_type() -> None:
    name, record, findings = read_type("order.schema.json")
    assert (name, [each.name for each in record.fields]) == ("Order", ["id", "by", "lines"])
    assert [each.path for each in findings] == ["Order.lines[]"]
    assert read_type("orders.ndjson")[1] == Record((Field("id", Integer()),))


ERRORS: list[tuple[str, type[Exception], str]] = [
    (
        "order.schema.json#Gest",
        UnknownPartError,
        "has no part 'Gest'.\nHint: name a part after '#'. Did you mean 'Guest'?",
    ),
    ("order.schema.json#/x", DocumentFormatError, "nothing is there"),
    ("orders.ndjson#x", UnknownPartError, "has no part 'x'"),
    ("ddl:missing.sql", FileAccessError, "missing.sql"),
    ("missing.sql", FileAccessError, "missing.sql"),
    ("missing.json", NoDataError, "no such file"),
    ("several.sql", UnknownPartError, "defines 2 types, and none is named.\nHint: name a part after '#'. Known: a, b."),
    ("order.schema.json#/properties/lines", NotARecordError, "lines is a list, and a record is needed"),
    ("other.yaml", SchemaKindError, "no reader knows what this is"),
    ("ddl:latin.sql", DocumentFormatError, "byte 3: is not UTF-8"),
]


@pytest.mark.parametrize(("document", "error", "says"), ERRORS)
def test_errors(document: str, error: type[Exception], says: str) -> None:
    Path("several.sql").write_text("CREATE TABLE a (x INT); CREATE TABLE b (x INT);", encoding="utf-8")
    Path("other.yaml").write_text("a: 1\n", encoding="utf-8")
    Path("latin.sql").write_bytes(b"-- \xe9")
    with pytest.raises(error) as caught:
        read_type(document)
    assert says in str(caught.value)
    assert "\nHint: " in str(caught.value)


def test_findings_of_a_definition() -> None:
    found = [Finding("warning", "X", path, "") for path in ("", "A", "A.b", "A[]", "AB", "B.A")]
    document = Document("test", (Definition("A", List()),), findings=tuple(found))
    assert [each.path for each in findings_of(document, "A")] == ["", "A", "A.b", "A[]"]
