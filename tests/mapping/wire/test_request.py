"""Requests: what is read of them, and what is refused."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.mapping.test_file import json_values

from penstock.errors import WireFormatError
from penstock.mapping.model import FieldMapping, Read
from penstock.mapping.wire.request import Hint, Options, read_request, write_request
from penstock.schema import Path

SMALL: Any = {"inputs": {"order": {"id": {"type": "string"}}}, "output": {"key": {"type": "string"}}}
LEAF = {"operation": "DIRECT", "target": "key", "parameters": ["order.id"]}
WHOLE: Any = {
    **SMALL,
    "apiVersion": "1.1",
    "inputMetadata": {"order": {"parameterType": "Order", "type": "record", "fields": {"id": {"type": "string"}}}},
    "outputMetadata": {},
    "userMapping": {"key": LEAF},
    "hints": [{"target": "key", "text": "the number"}],
    "samples": {"order": [{"id": "7"}]},
    "options": {"topK": 5, "minConfidence": 0.6, "model": None},
}


def test_reads_all_of_it() -> None:
    found = read_request(json.dumps(WHOLE))
    assert found.version == "1.1"
    assert [(each.name, each.type_name) for each in found.sources] == [("order", "Order")]
    assert found.fields == (FieldMapping("key", Read(Path(("order", "id"))), locked=True),)
    assert found.hints == (Hint("key", "the number"),)
    assert found.samples == {"order": [{"id": "7"}]}
    assert found.options == Options(5, 0.6)
    assert read_request(write_request(found)) == found


@pytest.mark.parametrize(("given_", "version"), [(None, "1.0"), ("1.0", "1.0"), ("1.1", "1.1"), ("1.7", "1.1")])
def test_the_version_of_the_answer(given_: str | None, version: str) -> None:
    assert read_request(SMALL | ({"apiVersion": given_} if given_ else {})).version == version


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"inputs": None}, "inputs"),
        ({"output": []}, "output"),
        ({"apiVersion": "2.0"}, "apiVersion"),
        ({"apiVersion": 1.1}, "apiVersion"),
        ({"inputs": {"a": 1}}, "at a: a parameter"),
        ({"inputMetadata": []}, "inputMetadata"),
        ({"hints": [1]}, "hints"),
        ({"samples": {"order": 1}}, "samples.order"),
        ({"options": {"topK": 0}}, "topK"),
        ({"options": {"minConfidence": 2}}, "minConfidence"),
        ({"options": {"model": 1}}, "model"),
    ],
)
def test_refuses(change: Any, problem: str) -> None:
    with pytest.raises(WireFormatError, match=problem):
        read_request(SMALL | change)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(WHOLE, json_values)))
@settings(max_examples=100, deadline=None)
def test_any_document_is_a_request_or_an_error_of_ours(change: dict[str, Any]) -> None:
    try:
        found = read_request(json.dumps(WHOLE | change))
    except WireFormatError:
        return
    write_request(found)
