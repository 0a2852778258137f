"""Schemas that others wrote."""

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from penstock.readers.json_schema import READER
from penstock.schema import Record, Union

ROOT = Path(__file__).parents[3]
CASES = ROOT.parent / "shared" / "data" / "drift" / "gbfs-schema"


def test_the_schema_of_the_data_contract_standard() -> None:
    text = files("open_data_contract_standard").joinpath("schema.json").read_text(encoding="utf-8")
    document = READER.read(text, "odcs.schema.json")
    assert document.main == "OpenDataContractStandardODCS"
    record = document.only().type
    assert isinstance(record, Record)
    assert {"apiVersion", "kind", "schema"} <= set(record.by_name())


def test_the_schema_of_schemas_holds_itself() -> None:
    document = READER.read(json.dumps(jsonschema.Draft7Validator.META_SCHEMA), "meta.json")
    assert isinstance(document.only().type, Union)
    assert {each.code for each in document.findings if each.severity == "warning"} == {"SCH001"}


def test_the_published_schema_of_the_spec() -> None:
    document = READER.read((ROOT / "docs" / "penstock.schema.json").read_text(encoding="utf-8"), "penstock.schema.json")
    record = document.only().type
    assert isinstance(record, Record)
    assert not record.by_name()["datasets"].optional


@pytest.mark.skipif(not CASES.is_dir(), reason="needs the schemas in ../shared/data beside the project")
def test_schemas_of_an_api_lose_no_type() -> None:
    schemas = [
        case[side]["schema"]
        for case in (json.loads(file.read_text(encoding="utf-8")) for file in sorted(CASES.glob("*.json")))
        for side in ("before", "after")
    ]
    assert len(schemas) > 10
    for schema in schemas:
        document = READER.read(json.dumps(schema), "case.json")
        assert isinstance(document.only().type, Record)
        assert not [each for each in document.findings if each.severity == "warning"]
