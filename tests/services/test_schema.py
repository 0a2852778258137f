import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from penstock.catalog.file.document import load_catalog, write_catalog
from penstock.errors import CatalogFormatError, FileAccessError, NoDataError, SchemaKindError, UnknownPartError
from penstock.readers.registry import writers
from penstock.services.schema import read_schema, write_schema

RECORDS: list[dict[str, Any]] = [
    {"id": 1, "at": "2021-01-01", "tags": ["x"], "rates": {"2020": 1.5, "2021": 2.5}, "any": 1},
    {"id": 2, "at": None, "tags": [], "rates": {}, "any": "x", "more": {"b": True}},
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    file = tmp_path / "orders.ndjson"
    file.write_text("".join(f"{json.dumps(each)}\n" for each in RECORDS), encoding="utf-8")
    return file


def test_data_and_their_catalog_are_the_same(data: Path) -> None:
    found = read_schema(str(data))
    assert found.catalog is not None
    write_catalog(file := data.with_name("orders.yml"), found.catalog)
    for document in (str(file), f"catalog:{file}"):
        again = read_schema(document)
        assert again.catalog is not None
        assert again.catalog.fields == found.catalog.fields
        assert again.definitions == found.definitions
    assert load_catalog(write_schema(found, "catalog").text) == found.catalog


def test_the_json_schema_accepts_the_data(data: Path) -> None:
    schema = json.loads(write_schema(read_schema(str(data)), "json-schema").text)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert not [error for each in RECORDS for error in validator.iter_errors(each)]
    assert schema["required"] == ["id", "at", "tags", "rates", "any"]
    assert schema["properties"]["at"] == {"type": ["string", "null"], "format": "date"}
    assert schema["properties"]["rates"]["additionalProperties"] == {"type": "number"}
    for wrong in ({"id": "1"}, {"at": 5}, {"tags": [1]}, {"more": 1}, {"any": None}):
        assert not validator.is_valid({**RECORDS[0], **wrong})


@pytest.mark.parametrize("language", sorted(writers()))
def test_every_language_can_be_written(data: Path, language: str) -> None:
    assert "orders" in write_schema(read_schema(str(data)), language).text


SCHEMA = {"title": "Order", "type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"]}


@pytest.mark.parametrize("language", sorted(writers()))
def test_every_language_can_be_written_of_a_schema(tmp_path: Path, language: str) -> None:
    file = tmp_path / "order.schema.json"
    file.write_text(json.dumps(SCHEMA), encoding="utf-8")
    assert "order" in write_schema(read_schema(str(file)), language).text.lower()


@pytest.mark.parametrize(
    ("document", "error"),
    [
        ("openapi:missing.yaml", FileAccessError),
        ("missing.yml", NoDataError),
        ("missing.json#part", NoDataError),
        ("other.yml", SchemaKindError),
        ("broken.yml", CatalogFormatError),
        ("json-schema:order.schema.json#Nothing", UnknownPartError),
    ],
)
def test_documents_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, document: str, error: type[Exception]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("other.yml").write_text("swallow: african\n", encoding="utf-8")
    Path("broken.yml").write_text("penstock: catalog/9\n", encoding="utf-8")
    Path("order.schema.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
    with pytest.raises(error, match="Hint: "):
        read_schema(document)


def test_a_language_that_is_not_known(data: Path) -> None:
    with pytest.raises(SchemaKindError, match="Hint: known are "):
        write_schema(read_schema(str(data)), "cobol")
