"""A written spec reads back as the same spec; the published pages are current."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from penstock.pipeline.spec.load import check_spec
from penstock.pipeline.spec.model import Spec
from penstock.pipeline.spec.publish import REFERENCE_FILE, SCHEMA_FILE, json_schema, publish, reference
from penstock.pipeline.spec.write import write_spec

DOCS = Path(__file__).parents[3] / "docs"
URL = "https://api.example.org/v1/events"
SMALL: dict[str, Any] = {"penstock": "penstock/1", "name": "quakes", "provider": {"name": "usgs"},
                         "datasets": {"events": {"endpoint": URL}}}  # fmt: skip
LARGE: dict[str, Any] = SMALL | {
    "description": "Erdbeben: täglich # und: mehr",
    "provider": {
        "name": "usgs",
        "base_url": "https://api.example.org",
        "auth": {"kind": "oauth2", "token_url": "https://a.example/t", "client_id_env": "A", "client_secret_env": "B"},
        "rate_limit": {"calls": 5, "per_seconds": 2.5},
        "time_outs": {"read": 5.0},
    },
    "datasets": {
        "events": {
            "endpoint": "/events",
            "method": "POST",
            "parameters": {"land": "no", "zip": "007", "at": "21:00", "n": 5, "all": True, "q": "a: b #c", "e": ""},
            "headers": {"Accept": "application/json"},
            "body": {"query": "{ a }\n{ b }", "list": [1, {"a": None}], "empty": {}},
            "records": "data.items",
            "key": ["id", "a\\.b"],
            "cursor": {"path": "updated", "parameter": "since", "start": "2026-11-21"},
            "mode": "merge",
            "paging": {"kind": "offset", "limit": 50},
        },
        "yes": {
            "for_each": {"dataset": "events", "path": "url"},
            "auth": {"kind": "none"},
            "paging": {"kind": "page_number"},
        },
        "keys": {"endpoint": "/k", "auth": {"kind": "api_key", "key_env": "K", "in": "query", "name": "k"}},
    },
    "schedule": "day at 21:00",
    "landing": {"url": "s3://a-bucket/x", "envelope": "inline"},
    "deployment": {"kind": "aws_lambda", "bucket": "a-bucket"},
}


def spec_of(data: dict[str, Any]) -> Spec:
    return Spec.model_validate_json(json.dumps(data))


@pytest.mark.parametrize("data", [SMALL, LARGE], ids=["small", "large"])
def test_what_is_written_reads_back_equal(data: dict[str, Any]) -> None:
    spec = spec_of(data)
    checked = check_spec(write_spec(spec))
    assert checked.findings == []
    assert checked.spec == spec


def test_only_what_differs_is_written() -> None:
    text = write_spec(spec_of(SMALL))
    assert text.splitlines()[0] == "# yaml-language-server: $schema=.penstock/penstock.schema.json"
    assert [line for line in text.splitlines() if not line.startswith("#")] == [
        "penstock: penstock/1",
        "name: quakes",
        "",
        "provider:",
        "  name: usgs",
        "",
        "datasets:",
        "  events:",
        f"    endpoint: {URL}",
    ]


def test_parts_carry_a_short_comment() -> None:
    text = write_spec(spec_of(LARGE))
    assert "  auth:  # names of environment variables, never the secrets themselves\n" in text
    assert "schedule: day at 21:00  # UTC\n" in text


@pytest.mark.parametrize("data", [SMALL, LARGE], ids=["small", "large"])
def test_editors_accept_what_is_written(data: dict[str, Any]) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(json_schema()))
    assert list(validator.iter_errors(yaml.safe_load(write_spec(spec_of(data))))) == []
    assert list(validator.iter_errors({**data, "shedule": "hour"})) != []


def test_every_key_is_described() -> None:
    schema = json.loads(json_schema())
    parts = {"Spec": schema, **schema["$defs"]}
    silent = [f"{name}.{key}" for name, part in parts.items() for key, value in part.get("properties", {}).items()
              if not {"description", "$ref"} & set(value) and key != "kind"]  # fmt: skip
    assert silent == []


@pytest.mark.parametrize(("name", "text"), [(SCHEMA_FILE, json_schema()), (REFERENCE_FILE, reference())])
def test_the_published_files_are_current(name: str, text: str, tmp_path: Path) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == text, "write it again with: make docs"
    publish(tmp_path)
    assert (tmp_path / name).read_text(encoding="utf-8") == text
    assert {each.name for each in tmp_path.iterdir()} == {SCHEMA_FILE, REFERENCE_FILE}
