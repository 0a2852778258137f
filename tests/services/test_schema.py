import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from penstock.catalog.file.document import load_catalog, write_catalog
from penstock.errors import CatalogFormatError, NoDataError, SchemaKindError
from penstock.services.schema import WRITERS, read_schema, write_schema

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
    catalog = read_schema(str(data))
    write_catalog(file := data.with_name("orders.yml"), catalog)
    for document in (str(file), f"catalog:{file}"):
        assert read_schema(document).fields == catalog.fields
    assert load_catalog(write_schema(catalog, "catalog")) == catalog


def test_the_json_schema_accepts_the_data(data: Path) -> None:
    schema = json.loads(write_schema(read_schema(str(data)), "json-schema"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert not [error for each in RECORDS for error in validator.iter_errors(each)]
    assert schema["required"] == ["id", "at", "tags", "rates", "any"]
    assert schema["properties"]["at"] == {"type": ["string", "null"], "format": "date"}
    assert schema["properties"]["any"] == {}
    assert schema["properties"]["rates"]["additionalProperties"] == {"type": "number"}
    for wrong in ({"id": "1"}, {"at": 5}, {"tags": [1]}, {"more": 1}):
        assert not validator.is_valid({**RECORDS[0], **wrong})


@pytest.mark.parametrize("language", sorted(WRITERS))
def test_every_language_can_be_written(data: Path, language: str) -> None:
    assert "orders" in write_schema(read_schema(str(data)), language)


@pytest.mark.parametrize(
    ("document", "error"),
    [
        ("openapi:api.yaml", SchemaKindError),
        ("missing.yml", NoDataError),
        ("other.yml", SchemaKindError),
        ("broken.yml", CatalogFormatError),
    ],
)
def test_documents_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, document: str, error: type[Exception]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("other.yml").write_text("openapi: 3.1.0\n", encoding="utf-8")
    Path("broken.yml").write_text("penstock: catalog/9\n", encoding="utf-8")
    with pytest.raises(error, match="Hint: "):
        read_schema(document)


@pytest.mark.parametrize("language", ["ddl", "cobol"])
def test_languages_that_cannot_be_written(data: Path, language: str) -> None:
    with pytest.raises(SchemaKindError, match="Hint: known are catalog, html, json-schema, odcs"):
        write_schema(read_schema(str(data)), language)
