"""What counts as data: an error page, an error body, HTML and emptiness are told as what they are."""

import json

import pytest

from penstock.errors import AnswerError, ProviderBusyError
from penstock.pipeline.probe.answer import Answer, read_page, wants_sign_in

URL = "https://api.example.org/things?token=s3cr3t"


def answer(body: str, status: int = 200, kind: str = "application/json") -> Answer:
    return Answer(URL, status, {"content-type": kind}, body.encode())


@pytest.mark.parametrize(
    ("body", "kind", "format_", "document"),
    [
        ('{"a": 1}', "application/json", "json", {"a": 1}),
        ('\ufeff[{"a": 1}]', "application/json", "json", [{"a": 1}]),
        ('{"a": 1}', "", "json", {"a": 1}),
        ('{"a": 1}\n{"a": 2}\n', "text/plain", "ndjson", [{"a": 1}, {"a": 2}]),
        ('{"a": 1}\n', "application/x-ndjson; charset=utf-8", "ndjson", [{"a": 1}]),
        ('{"a":\n1}', "application/json", "json", {"a": 1}),
        ('{"message": "fine", "id": 5}', "application/json", "json", {"message": "fine", "id": 5}),
    ],
)
def test_documents_and_lines(body: str, kind: str, format_: str, document: object) -> None:
    page = read_page(answer(body, kind=kind))
    assert (page.format, page.document) == (format_, document)
    assert page.evidence


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ("", 200, "empty"),
        (" \n", 204, "empty"),
        ("<!doctype html><title>Sign in</title>", 200, "HTML"),
        ("<?xml version='1.0'?><a/>", 200, "XML"),
        ("id,name\n1,a\n", 200, "not JSON"),
        ('{"a": 1', 200, "not JSON"),
        ('{"a": 1}\n{"a": \n', 200, "not JSON"),
        ('{"error": {"code": 5}}', 200, "error body"),
        ('{"status": "error", "message": "bad key"}', 200, "bad key"),
        ('[{"message": [{"id": "120"}]}]', 200, "error body"),
        ('{"message": "Not Found"}', 404, '404: message: "Not Found"'),
        ("<html>", 404, "status 404"),
        ("", 304, "status 304"),
    ],
)
def test_what_is_no_data(body: str, status: int, says: str) -> None:
    with pytest.raises(AnswerError, match="Hint: ") as caught:
        read_page(answer(body, status))
    assert says in str(caught.value)
    assert "s3cr3t" not in str(caught.value)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_provider_may_be_asked_later(status: int) -> None:
    with pytest.raises(ProviderBusyError, match=f"status {status}: .*slow down") as caught:
        read_page(answer(json.dumps({"detail": "slow down"}), status))
    assert caught.value.exit_code == 4


@pytest.mark.parametrize(("status", "wants"), [(401, True), (403, True), (407, True), (404, False), (200, False)])
def test_who_wants_a_sign_in(status: int, wants: bool) -> None:
    assert wants_sign_in(answer("{}", status)) is wants
