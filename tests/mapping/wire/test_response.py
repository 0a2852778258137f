"""Responses in version 1.1 and 1.0: each resolution of the wire format, as a case."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from tests.mapping.strategies import mappings
from tests.mapping.test_file import json_values

from penstock.errors import Finding, WireFormatError
from penstock.mapping import check
from penstock.mapping.model import Argument, Build, Call, Constant, Expression, FieldMapping, ForEach, Mapping, Read
from penstock.mapping.wire.request import read_request
from penstock.mapping.wire.response import Meta, ReadMapping, read_response, write_response
from penstock.schema import ITEM, Path, parse_path

BOOKING: Any = {
    "inputs": {
        "bookingRequest": {
            "bookingId": {"type": "string", "comment": ""},
            "guest": {"firstName": {"type": "string", "comment": ""}},
            "kidsAges": {"type": "int[]", "comment": ""},
            "first": {"type": "string"},
            "last": {"type": "string"},
            "note": {"type": "string"},
            "a.b": {"type": "string"},
            "'order": {"type": "string"},
            "lines": {"sku": {"type": "string"}, "tags": {"label": {"type": "string"}}, "amount": {"type": "int"}},
            "others": {"sku": {"type": "string"}},
        }
    },
    "inputMetadata": {"bookingRequest": {"lines": {"type": "record[]", "fields": {"tags": {"type": "record[]"}}},
                                         "others": {"type": "record[]"}}},
    "output": {
        "reservationId": {"type": "string", "comment": ""},
        "guest": {"firstName": {"type": "string", "comment": ""}},
        "numberOfKids": {"type": "int", "comment": ""},
        "items": {"code": {"type": "string"}, "tags": {"name": {"type": "string"}}},
        "channel": {"type": "string"},
        "name": {"type": "string"},
        "operation": {"target": {"type": "string"}},
        "words": {"type": "string[]"},
    },
    "outputMetadata": {"items": {"type": "record[]", "fields": {"tags": {"type": "record[]"}}}},
}  # fmt: skip
REQUEST = read_request(BOOKING)

EXAMPLE: Any = {
    "reservationId": {"operation": "DIRECT", "target": "reservationId", "parameters": ["bookingRequest.bookingId"]},
    "guest": {
        "firstName": {"operation": "DIRECT", "target": "firstName", "parameters": ["bookingRequest.guest.firstName"]}
    },
    "numberOfKids": {"operation": "LENGTH", "target": "numberOfKids", "parameters": ["bookingRequest.kidsAges"]},
    "items": {
        "operation": "FOR_EACH", "target": "items", "parameters": ["bookingRequest.lines"], "as": "line",
        "fields": {"code": {"operation": "UPPER", "target": "code", "parameters": ["line.sku"]}},
    },
    "channel": {"operation": "CONSTANT", "target": "channel", "parameters": [{"value": "web"}]},
    "name": {"operation": "CONCAT", "target": "name", "parameters": [
        "bookingRequest.first", {"value": " "}, {"operation": "TRIM", "parameters": ["bookingRequest.last"]}]},
}  # fmt: skip


def read(tree: Any, **more: Any) -> ReadMapping:
    return read_response({"mapping": tree, **more}, REQUEST.sources, REQUEST.target)


def direct(path: str, target: str = "") -> dict[str, Any]:
    return {"operation": "DIRECT", "parameters": [path], **({"target": target} if target else {})}


def path(text: str) -> Read:
    return Read(parse_path(text))


def test_the_example_of_the_document_keeps_its_form_and_order() -> None:
    found = read(EXAMPLE)
    assert found.findings == ()
    assert json.dumps(write_response(found.mapping, "1.1")["mapping"]) == json.dumps(EXAMPLE)


def test_the_known_form_keeps_its_form_and_order_in_1_0() -> None:
    known = {name: EXAMPLE[name] for name in ("reservationId", "guest", "numberOfKids")}
    answer = write_response(read(EXAMPLE).mapping, "1.0")
    assert json.dumps(answer["mapping"]) == json.dumps(known)
    reasons = {each["path"]: each["reason"] for each in answer["unmapped"]["output"]}
    assert reasons == {
        "items": "needs_1_1", "channel": "needs_1_1", "name": "needs_1_1",
        "operation": "no_mapping", "words": "no_mapping",
    }  # fmt: skip


def test_an_answer_as_json_text() -> None:
    assert read(json.dumps(EXAMPLE)).mapping == read(EXAMPLE).mapping


def test_what_a_model_writes_is_mended_and_told() -> None:
    text = '```json\n{"reservationId": {"operation": "DIRECT", "parameters": ["bookingRequest.bookingId",],},}\n```\n'
    found = read_response(text, REQUEST.sources, REQUEST.target, origin="model", from_model=True)
    assert [each.origin for each in found.mapping.fields] == ["model"]
    assert [each.code for each in found.findings] == ["MAP024", "MAP024"]
    with pytest.raises(WireFormatError, match="not JSON"):
        read_response(text, REQUEST.sources, REQUEST.target)


LINES = path("bookingRequest.lines")
LEAVES: list[tuple[str, Any, Expression]] = [
    ("words", {"operation": "SPLIT", "parameters": ["bookingRequest.note", ";"]},
     Call("SPLIT", (Argument(path("bookingRequest.note")), Argument(Constant(";"))))),
    ("words", {"operation": "SPLIT", "parameters": {"separator": {"value": ";"}, "value": "bookingRequest.note"}},
     Call("SPLIT", (Argument(Constant(";"), "separator"), Argument(path("bookingRequest.note"), "value")))),
    ("name", {"operation": "CONCAT", "parameters": {"values": ["bookingRequest.first", {"value": "x"}],
                                                    "separator": "-"}},
     Call("CONCAT", (Argument(path("bookingRequest.first")), Argument(Constant("x")),
                     Argument(Constant("-"), "separator")))),
    ("name", {"operation": "CONCAT", "parameters": ["bookingRequest.first", {"name": "separator", "value": "-"}]},
     Call("CONCAT", (Argument(path("bookingRequest.first")), Argument(Constant("-"), "separator")))),
    ("name", direct(r"bookingRequest.a\.b", "name"), Read(Path(("bookingRequest", "a.b")))),
    ("name", direct("bookingRequest.'order"), path("bookingRequest.order")),
    ("name", direct("bookingRequest.order"), path("bookingRequest.order")),
    ("name", {"operation": "DIRECT", "parameters": [{"path": "bookingRequest.note"}]}, path("bookingRequest.note")),
    ("name", {"operation": "DIRECT", "parameters": ["bookingRequest.nowhere"]}, path("bookingRequest.nowhere")),
    ("numberOfKids", {"operation": "LENGTH", "parameters": ["bookingRequest.note"]},
     Call("STRING_LENGTH", (Argument(path("bookingRequest.note")),))),
    ("numberOfKids", {"operation": "SUM", "parameters": ["bookingRequest.lines.amount"]},
     Call("SUM", (Argument(path("bookingRequest.lines[].amount")),))),
    ("channel", {"operation": "CONSTANT", "parameters": [{"value": None}]}, Constant(None)),
    ("operation", {"target": direct("bookingRequest.note", "operation.target")},
     Build((FieldMapping("target", path("bookingRequest.note")),))),
    ("words", {"operation": "FOR_EACH", "parameters": ["bookingRequest.lines"], "as": "line", "value": "line.sku"},
     ForEach(LINES, "line", path("line.sku"))),
    ("items", {"code": direct("bookingRequest.lines.sku")},
     ForEach(LINES, "item", Build((FieldMapping("code", path("item.sku")),)))),
    ("items", {"code": direct("bookingRequest.lines.sku"),
               "tags": {"name": direct("bookingRequest.lines.tags.label")}},
     ForEach(LINES, "item2", Build((
         FieldMapping("code", path("item2.sku")),
         FieldMapping("tags", ForEach(path("item2.tags"), "item", Build((FieldMapping("name", path("item.label")),)))),
     )))),
]  # fmt: skip


@pytest.mark.parametrize(("target", "node", "value"), LEAVES, ids=range(len(LEAVES)))
def test_reads_a_leaf(target: str, node: Any, value: Expression) -> None:
    found = read({target: node})
    assert found.findings == ()
    assert found.mapping.fields == (FieldMapping(target, value),)
    again = read_response(write_response(found.mapping, "1.1"), REQUEST.sources, REQUEST.target)
    assert again.mapping.fields == found.mapping.fields


BAD: list[tuple[Any, str, str]] = [
    ({"name": direct("bookingRequest.note", "note")}, "target_mismatch", "name"),
    ({"name": {**direct("bookingRequest.note"), "targetType": "int"}}, "target_type", "name"),
    ({"name": {**direct("bookingRequest.note"), "targetType": "strin"}}, "unknown_type", "name"),
    ({"name": 3}, "malformed", "name"),
    ({"name": {"operation": "DIRECT", "parameters": []}}, "wrong_arity", "name"),
    ({"name": {"operation": "DIRECT", "parameters": "bookingRequest.note"}}, "malformed", "name"),
    ({"name": {"operation": "DIRECT", "parameters": [3]}}, "malformed", "name"),
    ({"name": {"operation": "DIRECT", "parameters": ["a["]}}, "malformed", "name"),
    ({"name": {"operation": "DIRECT", "parameters": [{"value": 1, "extra": 2}]}}, "malformed", "name"),
    ({"name": {"operation": "DIRECT", "params": []}}, "malformed", "name"),
    ({"name": {"operation": "CONSTANT", "parameters": [{"path": "a"}]}}, "malformed", "name"),
    ({"items": {"operation": "FOR_EACH", "parameters": ["bookingRequest.lines"]}}, "malformed", "items"),
    ({"items": {"code": direct("bookingRequest.note")}}, "ambiguous_iteration", "items"),
    ({"items": {"code": {"operation": "CONSTANT", "parameters": [{"value": "x"}]}}}, "ambiguous_iteration", "items"),
    ({"items": {"code": {"operation": "CONCAT", "parameters": ["bookingRequest.lines.sku",
                                                               "bookingRequest.others.sku"]}}},
     "ambiguous_iteration", "items"),
    ({"items": {"code": direct("bookingRequest.lines.tags.label")}}, "ambiguous_iteration", "items"),
]  # fmt: skip


@pytest.mark.parametrize(("tree", "name", "at"), BAD, ids=range(len(BAD)))
def test_one_bad_leaf_is_one_finding_and_hides_no_other(tree: Any, name: str, at: str) -> None:
    found = read({**tree, "reservationId": EXAMPLE["reservationId"]})
    answer = write_response(found.mapping, "1.1", found.findings)
    assert [(each["name"], each["path"]) for each in answer["diagnostics"]] == [(name, at)]
    assert answer["diagnostics"][0]["suggestion"]
    assert answer["mapping"] == {"reservationId": EXAMPLE["reservationId"]}
    assert at in [each["path"] for each in answer["unmapped"]["output"]]


def test_details_stand_beside_and_gaps_are_listed() -> None:
    details = {"items.code": {"confidence": 0.82, "origin": "rule", "evidence": ["name", "values"],
                              "alternatives": [{"operation": "DIRECT", "parameters": ["line.code"],
                                                "confidence": 0.4}]}}  # fmt: skip
    items = EXAMPLE["items"] | {"fields": {"code": direct("line.sku", "code")}}
    found = read({"items": items}, details=details)
    answer = write_response(found.mapping, "1.1", meta=Meta("m-1", 7, 0.1, {"promptVersion": "3"}))
    assert answer["details"] == {
        "items.code": {**details["items.code"], "alternatives": [
            {"operation": "DIRECT", "parameters": [{"path": "line.code"}], "confidence": 0.4}]},
    }  # fmt: skip
    assert "bookingRequest.note" in answer["unmapped"]["input"]
    assert "bookingRequest.lines.sku" not in answer["unmapped"]["input"]
    assert {"path": "items.tags", "required": True, "reason": "no_mapping"} in answer["unmapped"]["output"]
    assert answer["meta"] == {"apiVersion": "1.1", "model": "m-1", "tokens": 7, "cost": 0.1, "promptVersion": "3"}


def test_details_without_a_leaf_are_told() -> None:
    (finding,) = read({}, details={"nobody": {"confidence": 1}}).findings
    assert (finding.severity, finding.path) == ("warning", "nobody")


def test_a_finding_of_the_check_takes_its_leaf_out() -> None:
    found = read({"name": direct("bookingRequest.kidsAges"), "reservationId": EXAMPLE["reservationId"]})
    answer = write_response(found.mapping, "1.1", check(found.mapping).findings)
    assert list(answer["mapping"]) == ["reservationId"]
    assert "cardinality" in {each["name"] for each in answer["diagnostics"]}
    assert {"path": "name", "required": True, "reason": "invalid"} in answer["unmapped"]["output"]


@given(mappings())
@settings(max_examples=100, deadline=None)
def test_an_answer_says_what_the_mapping_says(mapping: Mapping) -> None:
    answer = write_response(mapping, "1.1")
    assert read_response(answer, mapping.sources, mapping.target).mapping.fields == mapping.fields
    known = write_response(mapping, "1.0")
    assert not _objects_in_parameters(known["mapping"])


def _objects_in_parameters(tree: Any) -> bool:
    if isinstance(tree.get("operation"), str):
        return any(not isinstance(each, str) for each in tree["parameters"])
    return any(map(_objects_in_parameters, tree.values()))


@given(json_values)
@settings(max_examples=100, deadline=None)
def test_any_answer_is_a_mapping_or_an_error_of_ours(document: Any) -> None:
    try:
        found = read_response(document, REQUEST.sources, REQUEST.target)
    except WireFormatError:
        return
    checked = check(found.mapping)
    json.dumps(write_response(found.mapping, "1.1", checked.findings))


def test_paths_through_lists_are_written_without_brackets() -> None:
    finding = Finding("error", "MAP012", str(Path(("items", ITEM, "code"))), "…")
    (diagnostic,) = write_response(read({}).mapping, "1.1", [finding])["diagnostics"]
    assert (diagnostic["path"], diagnostic["name"]) == ("items.code", "target_mismatch")
