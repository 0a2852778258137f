import json
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
import yaml
from tests.catalog.recorded import FOLDER, needs_recordings

from penstock.catalog.evolution.update import settle
from penstock.catalog.exports.odcs import to_odcs
from penstock.catalog.file.document import dump_catalog, load_catalog
from penstock.catalog.model import Catalog
from penstock.catalog.personal.masking import masked
from penstock.catalog.profiling.profile import profile_documents
from penstock.services.profile import profile

SCHEMA = json.loads(files("open_data_contract_standard").joinpath("schema.json").read_text(encoding="utf-8"))


def contract(catalog: Catalog) -> dict[str, Any]:
    """The contract of a catalog, checked by the standard's own schema."""
    document: dict[str, Any] = yaml.safe_load(to_odcs(masked(catalog)))
    jsonschema.Draft201909Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(document)
    return document


def properties(*records: object) -> dict[str, dict[str, Any]]:
    document = contract(settle(profile_documents(records, "orders")))
    return {each["name"]: each for each in document["schema"][0]["properties"]}


def test_the_contract() -> None:
    document = contract(settle(profile_documents([{"id": 1}], "orders")))
    assert document == {
        "apiVersion": "v3.1.0",
        "kind": "DataContract",
        "id": "orders",
        "name": "orders",
        "version": "0.1.0",
        "status": "draft",
        "schema": [
            {
                "name": "orders",
                "logicalType": "object",
                "properties": [
                    {"name": "id", "logicalType": "integer", "physicalType": "integer",
                     "logicalTypeOptions": {"format": "i64"}, "required": True, "examples": [1]}
                ],
            }
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "logical", "physical", "options"),
    [
        ("x", "string", "text", None),
        ("ada@example.org", "string", "text", {"format": "email"}),
        ("https://example.org", "string", "text", {"format": "uri"}),
        ("9f86d081-884c-4d65-9a2f-eaa0c55ad015", "string", "text", {"format": "uuid"}),
        (1, "integer", "integer", {"format": "i64"}),
        (2**70, "integer", "integer(128)", {"format": "i128"}),
        (2**200, "integer", "integer(any)", None),
        (1.5, "number", "float", {"format": "f64"}),
        (b"12345678901234567890.5", "number", "decimal(21,1)", None),
        (True, "boolean", "boolean", None),
        ("2021-01-01", "date", "date", None),
        ("2021-01-01T00:00:00Z", "timestamp", "timestamp", {"timezone": True}),
        ("2021-01-01T00:00:00", "timestamp", "timestamp(local)", {"timezone": False}),
        ("10:00:00", "time", "time", None),
        (None, None, "json", None),
    ],
)
def test_types(value: object, logical: str | None, physical: str, options: dict[str, object] | None) -> None:
    said = properties({"x": value})["x"]
    assert (said.get("logicalType"), said["physicalType"], said.get("logicalTypeOptions")) == (
        logical,
        physical,
        options,
    )


def test_what_is_nested() -> None:
    said = properties(
        {"a": {"b": [{"c": 1}]}, "rates": {"2020": 1, "2021": 2}}, {"a": {"b": []}, "rates": {}, "n": None}
    )
    assert said["a"]["properties"][0]["items"]["properties"][0]["name"] == "c"
    assert said["rates"]["properties"][0] | {"examples": []} == {
        "name": "*", "logicalType": "integer", "physicalType": "integer", "logicalTypeOptions": {"format": "i64"},
        "required": True, "examples": [],
    }  # fmt: skip
    assert said["rates"]["customProperties"] == [{"property": "mapKeysAreData", "value": True}]
    assert "required" not in said["n"]


def test_personal_fields_are_classified_and_masked() -> None:
    said = properties({"email": "ada@example.org"})["email"]
    assert said["classification"] == "personal"
    assert said["customProperties"] == [{"property": "personalData", "value": "email"}]
    assert said["examples"] == ["a***@e***.org"]


def test_a_persons_enumeration_and_description() -> None:
    catalog = settle(profile_documents([{"status": "open"}], "orders"))
    text = dump_catalog(catalog).replace(
        "type: text\n", 'type: enum("open","closed")\n    decided_by: person\n    description: "how it stands"\n'
    )
    said = contract(load_catalog(text))["schema"][0]["properties"][0]
    assert said["description"] == "how it stands"
    assert said["quality"] == [
        {"metric": "invalidValues", "arguments": {"validValues": ["open", "closed"]}, "mustBe": 0}
    ]


@pytest.mark.parametrize("records", [[], [1, "x"], [{"a": [[1], []]}], [{"a": {}}], [{"": 1, "a.b": 2, "*": 3}]])
def test_odd_data(records: list[object]) -> None:
    assert contract(settle(profile_documents(records)))["schema"][0]["name"] == "data"


@needs_recordings
@pytest.mark.parametrize("name", ["usgs_earthquakes", "github_issues", "gbfs"])
def test_recorded_data(name: str) -> None:
    assert contract(profile([str(FOLDER / name)]))["schema"][0]["properties"]
