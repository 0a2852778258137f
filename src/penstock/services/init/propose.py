"""From a page of an API to a spec: each part is proposed with its evidence, or taken as it was said."""

from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from penstock.errors import OptionError, SpecError
from penstock.pipeline.probe.answer import Page
from penstock.pipeline.probe.choice import Choice
from penstock.pipeline.probe.cursors import cursor_hint, propose_cursor
from penstock.pipeline.probe.keys import propose_key, said_key
from penstock.pipeline.probe.modes import propose_mode
from penstock.pipeline.probe.openapi import Operation
from penstock.pipeline.probe.paging import AnyPaging, full_page, missing_pages, propose_paging
from penstock.pipeline.probe.records import detail_links, is_at, propose_records, records_at
from penstock.pipeline.probe.second_page import prove, second_url
from penstock.pipeline.probe.sign_in import AnyAuth
from penstock.pipeline.probe.urls import query_of, without_query
from penstock.pipeline.spec.model import (
    SPEC_VERSION,
    Cursor,
    CursorPaging,
    LinkHeaderPaging,
    NoAuth,
    NoPaging,
    OffsetPaging,
    PageNumberPaging,
    Spec,
)
from penstock.pipeline.spec.rules import check_rules
from penstock.services.init.asking import Caller, without_secret
from penstock.services.init.request import Decision, InitRequest, Proposal, Question

Records = list[Any]
_SMALL_PAGE = 10


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known so far of the pipeline."""

    request: InitRequest
    url: str
    pipeline: str
    provider: str
    dataset: str
    decisions: tuple[Decision, ...] = ()
    operation: Operation | None = None
    auth: AnyAuth = field(default_factory=NoAuth)
    format: str = "json"
    records: str = ""
    key: tuple[str, ...] = ()
    cursor: Cursor | None = None
    paging: AnyPaging = field(default_factory=NoPaging)
    questions: tuple[Question, ...] = ()
    hints: tuple[str, ...] = ()

    def decided(self, name: str, choice: Choice[Any], **values: Any) -> "Draft":
        """The draft with one more decision, and the values that follow from it."""
        others = tuple(_shown(each.value) for each in choice.alternatives)
        decision = Decision(name, _shown(choice.value), choice.evidence, others)
        return replace(self, decisions=(*self.decisions, decision), **values)


def _shown(value: object) -> str:
    """A value as one line for people: `next_url (path: next)`."""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if hasattr(value, "model_dump"):
        data = value.model_dump(mode="json", by_alias=True, exclude_none=True)
        kind = data.pop("kind", "")
        inner = ", ".join(f"{key}: {each}" for key, each in data.items())
        return f"{kind} ({inner})" if kind and inner else kind or inner
    return str(value)


def propose_from_page(draft: Draft, auth: Choice[AnyAuth], page: Page, caller: Caller) -> Draft:
    """The draft with all that one page shows."""
    draft = draft.decided("auth", auth, auth=auth.value)
    draft = draft.decided("format", Choice(page.format, (page.evidence,)), format=page.format)
    records_path = _records(draft, page)
    if records_path is None:
        text = "The answer holds no list of objects. Where are the records? (--records '' takes the whole answer.)"
        return replace(draft, questions=(*draft.questions, Question("records", text)))
    draft = draft.decided("records", records_path, records=records_path.value)
    records = records_at(page.document, draft.records)
    described = list(draft.operation.parameters) if draft.operation else []
    draft, more = _with_paging(draft, page, records, described, caller)
    records += more
    draft = _with_key(draft, records)
    if cursor := propose_cursor(records, described, query_of(draft.url)):
        draft = draft.decided("cursor", cursor, cursor=cursor.value)
    elif hint := cursor_hint(records):
        draft = replace(draft, hints=(*draft.hints, hint))
    if path := detail_links(records, page.answer.url):
        more_of_it = f"add a dataset with 'for_each: {{dataset: {draft.dataset}, path: {path}}}'"
        hint = f"Each record has a URL of its own at {path!r}. To fetch that too, {more_of_it}."
        draft = replace(draft, hints=(*draft.hints, hint))
    return draft


def _records(draft: Draft, page: Page) -> Choice[str] | None:
    found = propose_records(page.document)
    given = draft.request.records
    if given is None:
        return found
    if not is_at(page.document, given):
        there = ", ".join(repr(each.value) for each in (found, *(found.alternatives if found else ())) if each)
        raise OptionError("records", f"nothing is at {given!r} in the answer", f"use one of {there or 'its lists'}")
    count = len(records_at(page.document, given))
    return Choice(given, (f"As the options say; {count} objects are there.",))


def _with_key(draft: Draft, records: list[Any]) -> Draft:
    choice: Choice[tuple[str, ...]] | None
    if draft.request.key is not None:
        choice = said_key(records, draft.request.key)
    else:
        choice = propose_key(records, draft.dataset)
    key = choice.value if choice else ()
    if choice:
        draft = draft.decided("key", choice, key=key)
    elif records:
        draft = replace(draft, hints=(*draft.hints, "No field identifies a record, so every record is kept."))
    else:
        draft = replace(draft, hints=(*draft.hints, "The page has no records, so nothing shows their key."))
    return draft.decided("mode", propose_mode(draft.url, key))


def _with_paging(
    draft: Draft, page: Page, records: list[Any], described: list[str], caller: Caller
) -> tuple[Draft, Records]:
    """The draft with its paging, and the records of the page that proved it."""
    said = draft.request.paging
    if said is not None:
        chosen = {"none": NoPaging(), "page_number": PageNumberPaging(kind="page_number"),
                  "offset": OffsetPaging(kind="offset", limit=max(len(records), 1)),
                  "link_header": LinkHeaderPaging(kind="link_header")}  # fmt: skip
        if said not in chosen:
            raise OptionError("paging", f"{said!r} is unknown", f"use one of {', '.join(chosen)}")
        return draft.decided("paging", Choice(chosen[said], ("As the options say.",)), paging=chosen[said]), []
    choice, more = _proven(draft, page, records, propose_paging(page, draft.records, described), caller)
    draft = draft.decided("paging", choice, paging=choice.value)
    if isinstance(choice.value, NoPaging):
        if said_more := missing_pages(page, draft.records, len(records)):
            text = f"{said_more} How is the next page asked for?"
            options = ("page_number", "offset", "link_header", "none")
            return replace(draft, questions=(*draft.questions, Question("paging", text, "", options))), []
        if hint := full_page(len(records)):
            return replace(draft, hints=(*draft.hints, hint)), []
    if isinstance(choice.value, OffsetPaging) and choice.value.limit < _SMALL_PAGE:
        hint = f"Pages of {choice.value.limit} need many calls; raise 'paging.limit' if the API allows it."
        return replace(draft, hints=(*draft.hints, hint)), more
    return draft, more


def _proven(
    draft: Draft, page: Page, records: list[Any], choice: Choice[AnyPaging], caller: Caller
) -> tuple[Choice[AnyPaging], Records]:
    """The choice with what a second call showed; a refuted one gives way to the next."""
    may_call = draft.request.second_call and draft.request.sample is None
    url = second_url(choice.value, page, len(records)) if may_call else None
    if url is None:
        return choice, []
    proof = prove(draft.records, records, caller.ask(url, draft.auth))
    if proof.result != "refuted":
        return replace(choice, evidence=(*choice.evidence, proof.evidence)), list(proof.records)
    others = choice.alternatives or (Choice(NoPaging(), ()),)
    tried = f"{_shown(choice.value)} was tried. {proof.evidence}"
    return Choice(others[0].value, (*others[0].evidence, tried), others[1:]), []


def finish(draft: Draft) -> Proposal:
    """The proposal: a spec that passes its own rules, or the questions.

    Raises:
        SpecError: The parts contradict each other.
    """
    if draft.questions:
        return Proposal(None, draft.decisions, draft.questions, draft.hints)
    endpoint, parameters = _split(draft)
    dataset = {
        "endpoint": endpoint,
        "parameters": parameters,
        "format": draft.format,
        "records": draft.records,
        "key": draft.key,
        "cursor": draft.cursor and draft.cursor.model_dump(),
        "paging": draft.paging.model_dump(),
    }
    auth = draft.auth.model_dump(by_alias=True)
    spec = Spec.model_validate({
        "penstock": SPEC_VERSION,
        "name": draft.pipeline,
        "provider": {"name": draft.provider, "auth": auth},
        "datasets": {draft.dataset: dataset},
        "schedule": draft.request.every,
    })  # fmt: skip
    findings = check_rules(spec)
    if any(each.severity == "error" for each in findings):
        hint = next(each.suggestion for each in findings if each.severity == "error")
        raise SpecError("The proposed penstock.yml", findings, hint)
    warnings = tuple(f"{each.message} {each.suggestion}" for each in findings)
    return Proposal(spec, draft.decisions, (), (*draft.hints, *warnings))


def _split(draft: Draft) -> tuple[str, dict[str, str | int]]:
    """The endpoint, and the query parameters that neither paging nor the cursor sets; secrets are in neither."""
    url = without_secret(draft.url, draft.auth)
    taken = {draft.cursor.parameter} if draft.cursor else set()
    match draft.paging:
        case PageNumberPaging(parameter=parameter, size_parameter=size):
            taken |= {parameter, size or parameter}
        case OffsetPaging(parameter=parameter, limit_parameter=limit):
            taken |= {parameter, limit or parameter}
        case CursorPaging(parameter=parameter):
            taken |= {parameter}
    pairs = [pair for pair in parse_qsl(urlsplit(url).query, keep_blank_values=True) if pair[0] not in taken]
    # A mapping holds a name once; what stands several times stays in the URL.
    repeated = [pair for pair in pairs if sum(name == pair[0] for name, _ in pairs) > 1]
    endpoint = without_query(url) + (f"?{urlencode(repeated)}" if repeated else "")
    return endpoint, {name: _plain(value) for name, value in pairs if (name, value) not in repeated}


def _plain(value: str) -> str | int:
    """A whole number where it is sent just as it was written."""
    return int(value) if value.isascii() and value.isdecimal() and str(int(value)) == value else value
