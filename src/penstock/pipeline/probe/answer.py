"""What an API answered, and the document in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from penstock.errors import AnswerError, ProviderBusyError
from penstock.pipeline.probe.urls import mask_url

Json = Any
"""A JSON value as Python reads it."""

_TOO_MANY, _SERVER_FAULT, _REDIRECT = 429, 500, 300
_LINES = ("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines",
          "application/json-seq", "application/jsonlines", "application/x-json-stream")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: what a probe would like to know."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, whatever its status; header names are in lower case."""

    url: str
    """Where it came from in the end, after redirects."""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Page:
    """The document in an answer; of lines it is the list of them."""

    answer: Answer
    document: Json
    format: Literal["json", "ndjson"]
    evidence: str


def wants_sign_in(answer: Answer) -> bool:
    """Whether the API refuses because nobody signed in."""
    return answer.status in (401, 403, 407)


def read_page(answer: Answer) -> Page:
    """The document in an answer with a good status.

    Raises:
        ProviderBusyError: The provider is overloaded or broken; later may help.
        AnswerError: It is an error, empty, HTML or no JSON: another URL is needed.
    """
    place = mask_url(answer.url)
    if answer.status == _TOO_MANY or answer.status >= _SERVER_FAULT:
        raise ProviderBusyError(place, answer.status, _words(answer))
    if answer.status >= _REDIRECT:
        raise AnswerError(place, f"status {answer.status}{_words(answer)}", "check the URL and its parameters")
    body = answer.body.removeprefix(b"\xef\xbb\xbf")
    if not body.strip():
        raise AnswerError(place, "the answer is empty", "choose a URL that gives records")
    page = _parse(answer, body, place)
    if problem := error_in(page.document):
        raise AnswerError(place, f"status 200, but an error body: {problem}", "check the URL and its parameters")
    return page


def _parse(answer: Answer, body: bytes, place: str) -> Page:
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    lines = [line for line in body.split(b"\n") if line.strip()]
    try:
        if kind in _LINES and kind != "application/json":
            document = [json.loads(line) for line in lines]
            return Page(answer, document, "ndjson", f"The content type is {kind}: a document a line.")
        return Page(answer, json.loads(body), "json", "The answer is one JSON document.")
    except (ValueError, RecursionError) as error:
        if (found := _as_lines(lines)) is not None:
            return Page(answer, found, "ndjson", f"Each of the {len(found)} lines is a JSON document of its own.")
        raise AnswerError(place, _not_json(body, kind, error), "choose a URL that gives JSON or NDJSON") from None


def _as_lines(lines: list[bytes]) -> list[Json] | None:
    if len(lines) < 2 or not all(line.lstrip().startswith((b"{", b"[")) for line in lines):  # noqa: PLR2004
        return None
    try:
        return [json.loads(line) for line in lines]
    except (ValueError, RecursionError):
        return None


def _not_json(body: bytes, kind: str, error: Exception) -> str:
    start = body.lstrip()[:200].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "the answer is an HTML page, not data (a sign-in or error page?)"
    if start.startswith(b"<"):
        return "the answer is XML, not JSON"
    named = f" (content type {kind})" if kind else ""
    return f"the answer is not JSON{named}: {error}"


def _words(answer: Answer) -> str:
    """What the provider says of its refusal, in one short line."""
    try:
        document = json.loads(answer.body)
    except (ValueError, RecursionError):
        return ""
    said = error_in(document) or (document.get("detail") if isinstance(document, dict) else None)
    return f": {said}"[:300] if said else ""


def error_in(document: Json) -> str:
    """What a document says that is nothing but an error; empty for data.

    World Bank: `[{"message": [...]}]` with status 200; others: `{"error": "..."}`.
    """
    if isinstance(document, list) and len(document) == 1 and isinstance(document[0], dict):
        document = document[0] if set(document[0]) <= {"message", "error", "errors"} else None
    if not isinstance(document, dict):
        return ""
    usual = {"error", "errors", "message", "messages", "code", "status", "statuscode", "detail", "details", "title",
             "type", "success", "ok", "timestamp", "path", "trace", "request_id", "requestid",
             "documentation_url", "error_description", "error_code"}  # fmt: skip
    speaks = next((name for name in ("error", "errors", "message", "detail") if document.get(name)), None)
    if speaks is None or not {name.lower() for name in document} <= usual:
        return ""
    return f"{speaks}: {json.dumps(document[speaks], ensure_ascii=False)}"[:200]
