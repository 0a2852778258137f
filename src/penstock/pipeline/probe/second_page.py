"""Proves a way of paging with one more call: the second page must hold other records than the first."""

import json
from collections.abc import Sequence
from typing import Literal, NamedTuple
from urllib.parse import urljoin

from penstock.errors import AnswerError, ProviderBusyError
from penstock.pipeline.probe.answer import Answer, Json, Page, read_page
from penstock.pipeline.probe.paging import AnyPaging, links_in
from penstock.pipeline.probe.records import is_at, records_at, values_at
from penstock.pipeline.probe.urls import same_host, with_parameters
from penstock.pipeline.spec.model import CursorPaging, LinkHeaderPaging, NextUrlPaging, OffsetPaging, PageNumberPaging
from penstock.schema import parse_path


class Proof(NamedTuple):
    """What the second page showed."""

    result: Literal["proven", "refuted", "open"]
    evidence: str
    records: tuple[Json, ...] = ()
    """Those of the second page, where it is one."""


def second_url(paging: AnyPaging, page: Page, count: int) -> str | None:
    """The URL of the next page; None on the last page, or where it leads to another host (secrets stay here)."""
    url, link = page.answer.url, None
    match paging:
        case LinkHeaderPaging():
            link = links_in(page.answer).get("next")
        case NextUrlPaging(path=path):
            link = _first(page.document, path)
        case CursorPaging(path=path, parameter=parameter):
            token = _first(page.document, path)
            link = with_parameters(url, {parameter: token}) if token else None
        case PageNumberPaging(total_pages_path=str(path)) if str(_first(page.document, path)) in ("0", "1"):
            link = None
        case PageNumberPaging(parameter=parameter, start=start, size_parameter=name, size=size):
            sized: dict[str, str | int] = {name: size} if name and size else {}
            link = with_parameters(url, {parameter: start + 1, **sized})
        case OffsetPaging(parameter=parameter, limit_parameter=name, limit=limit, total_path=total):
            if total is None or (_number(page.document, total) or 0) > count:
                link = with_parameters(url, {parameter: count, **({name: limit} if name else {})})
    following = urljoin(url, str(link)) if link else None
    return following if following and following != url and same_host(following, url) else None


def prove(records_path: str, first: Sequence[Json], answer: Answer) -> Proof:
    """Whether the second answer is the page after the first one."""
    try:
        page = read_page(answer)
    except ProviderBusyError as error:
        return Proof("open", f"The second page could not be fetched now (status {error.status}).")
    except AnswerError as error:
        return Proof("refuted", f"Asked for a second page, the API refuses: {error.problem}.")
    records = records_at(page.document, records_path)
    if records:
        return _compare(first, records)
    if is_at(page.document, records_path):
        return Proof("open", "The second page is empty: the first one may be all there is.")
    return Proof("refuted", "The second answer has no records at that path.")


def _compare(first: Sequence[Json], second: Sequence[Json]) -> Proof:
    known = {json.dumps(each, sort_keys=True) for each in first}
    same = sum(json.dumps(each, sort_keys=True) in known for each in second)
    if same == len(second):
        return Proof("refuted", "The second page holds the same records: the parameter has no effect.")
    if same:
        return Proof("open", f"The second page repeats {same} of {len(second)} records.")
    said = f"{len(second)} other records" if len(second) > 1 else "another record"
    return Proof("proven", f"A second call gave {said}.", tuple(second))


def _first(document: Json, path: str) -> Json:
    return next(iter(values_at(document, parse_path(path))), None)


def _number(document: Json, path: str) -> int | None:
    value = _first(document, path)
    return int(value) if str(value).isdecimal() else None
