"""Finds how the next page is asked for: in the headers, in the envelope around the records, or in the URL asked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urljoin

from penstock.pipeline.probe.answer import Answer, Json, Page
from penstock.pipeline.probe.choice import Choice
from penstock.pipeline.probe.urls import first_of, mask_url, plain, query_of
from penstock.pipeline.spec.model import (
    CursorPaging,
    LinkHeaderPaging,
    NextUrlPaging,
    NoPaging,
    OffsetPaging,
    PageNumberPaging,
)
from penstock.schema import Path, parse_path

AnyPaging = NoPaging | PageNumberPaging | OffsetPaging | CursorPaging | NextUrlPaging | LinkHeaderPaging

PAGES: Final = ("page", "page_number", "pageno", "current_page", "p")
PAGE_SIZES: Final = ("per_page", "page_size", "pagesize", "limit", "size", "count", "pagelen", "rows")
PAGE_TOTALS: Final = ("pages", "total_pages", "page_count", "last_page", "num_pages", "pages_total", "page_total")
OFFSETS: Final = ("offset", "skip", "start", "start_index", "from")
LIMITS: Final = ("limit", "max", "size", "count", "rows", "max_results", "top")
TOTALS: Final = ("total", "total_count", "total_results", "total_records", "num_found", "total_items", "count")
TOKENS: Final = {
    "next_cursor": "cursor",
    "cursor": "cursor",
    "next_page_token": "page_token",
    "nextpagetoken": "pageToken",
    "next_token": "next_token",
    "continuation_token": "continuation_token",
    "continuation": "continuation",
    "end_cursor": "after",
    "after": "after",
    "bookmark": "bookmark",
    "next": "cursor",
}
_LINK: Final = re.compile(r'<([^>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+\s*(?:=\s*(?:"[^"]*"|[^",;\s]+))?)*)')
_ROUND_SIZES: Final = {10, 20, 25, 30, 50, 100, 200, 250, 500, 1000}
Envelope = dict[Path, Json]
"""The single values around the records, by their paths."""


def propose_paging(page: Page, records: str, described: Sequence[str] = ()) -> Choice[AnyPaging]:
    """How to page, with `NoPaging` where nothing speaks for anything else.

    Args:
        page: The document and the headers that came with it.
        records: Path to its records.
        described: Names of query parameters that an OpenAPI description has.
    """
    asked = query_of(page.answer.url)
    around = envelope(page.document, records) if page.format == "json" else {}
    finders = (
        _link_header(page.answer),
        *_next_urls(around),
        *_tokens(around, asked, described),
        _numbers(around, asked, described),
        _offsets(around, asked, described),
        _asked(asked),
    )
    found = [each for each in finders if each]
    nothing: Choice[AnyPaging] = Choice(NoPaging(), ("Neither headers nor body nor URL speak of more pages.",))
    best = found[0] if found else nothing
    return Choice(best.value, best.evidence, tuple(found[1:4]))


def envelope(document: Json, records: str) -> Envelope:
    """The single values that stand beside the records."""
    skipped = parse_path(records)
    found: Envelope = {}

    def walk(value: Json, path: Path) -> None:
        if isinstance(value, dict) and not (path.parts and path == skipped):
            for key, inner in value.items():
                if path / key != skipped:
                    walk(inner, path / key)
        elif not isinstance(value, dict | list):
            found[path] = value

    if isinstance(document, dict):
        walk(document, Path())
    # World Bank: the paging stands in a list beside the records.
    elif isinstance(document, list) and records:
        for position, each in enumerate(document):
            if isinstance(each, dict):
                walk(each, Path((str(position),)))
    return found


def links_in(answer: Answer) -> dict[str, str]:
    """The links of the `Link` header by their relation, absolute (RFC 8288)."""
    found: dict[str, str] = {}
    for url, parameters in _LINK.findall(answer.headers.get("link", "")):
        if relation := re.search(r';\s*rel\s*=\s*(?:"([^"]*)"|([^",;\s]+))', parameters, re.IGNORECASE):
            for name in (relation[1] or relation[2]).lower().split():
                found.setdefault(name, urljoin(answer.url, url))
    return found


def missing_pages(page: Page, records: str, count: int) -> str | None:
    """A sentence, where the answer says that there is more than it holds."""
    for path, value in envelope(page.document, records).items():
        is_total = plain(str(path.parts[-1])) in map(plain, TOTALS)
        if is_total and isinstance(value, int) and not isinstance(value, bool) and value > count > 0:
            return f"{str(path)!r} says {value}, but the answer holds {count} records."
    return None


def full_page(count: int) -> str | None:
    """A hint, where the number of records looks like the end of a page rather than of the data."""
    return f"Exactly {count} records came: there may be more pages." if count in _ROUND_SIZES else None


def _link_header(answer: Answer) -> Choice[AnyPaging] | None:
    links = links_in(answer)
    if "next" in links:
        return Choice(LinkHeaderPaging(kind="link_header"), (f"The Link header leads on: {mask_url(links['next'])}",))
    if {"prev", "first", "last", "previous"} & set(links):
        return Choice(LinkHeaderPaging(kind="link_header"), ("The Link header speaks of pages; this is the last one.",))
    return None


def _next_urls(around: Envelope) -> Iterator[Choice[AnyPaging]]:
    for path, value in around.items():
        if "next" not in plain(str(path)):
            continue
        if isinstance(value, str) and re.match(r"https?://|/|\?", value):
            yield _next_url(path, f"{str(path)!r} holds a URL: {mask_url(value)}")
        # PokeAPI: on the last page `next` is null; `previous` beside it tells that both are links.
        elif value is None and any("prev" in plain(str(each)) for each in around):
            yield _next_url(path, f"{str(path)!r} is null beside {_previous(around)!r}: the last page of several.")


def _next_url(path: Path, evidence: str) -> Choice[AnyPaging]:
    return Choice(NextUrlPaging(kind="next_url", path=str(path)), (evidence,))


def _previous(around: Envelope) -> str:
    return next(str(each) for each in around if "prev" in plain(str(each)))


def _tokens(around: Envelope, asked: Mapping[str, str], described: Sequence[str]) -> Iterator[Choice[AnyPaging]]:
    usual = {plain(name): parameter for name, parameter in TOKENS.items()}
    for path, value in around.items():
        name = str(path.parts[-1])
        is_token = isinstance(value, str | int) and not isinstance(value, bool) and value not in ("", 0)
        if not is_token or plain(name) not in usual or (isinstance(value, str) and re.match(r"https?://|/|\?", value)):
            continue
        if plain(name) == "next" and isinstance(value, int):
            continue
        guess = name if name in TOKENS.values() else usual[plain(name)]
        known = first_of(asked, (guess, name)) or first_of(described, (guess, name, *TOKENS.values()))
        said = "the URL or the API's description has it" if known else "a guess by the name of the token"
        paging = CursorPaging(kind="cursor", path=str(path), parameter=known or guess)
        yield Choice(paging, (f"{str(path)!r} holds a token.", f"The parameter {known or guess!r} takes it: {said}."))


def _at(around: Envelope, names: Sequence[str], beside: Path | None = None) -> Path | None:
    """The path whose last step has one of the names; with `beside`, in the same object."""
    for name in names:
        for path, value in around.items():
            is_number = (isinstance(value, int) and not isinstance(value, bool)) or str(value).isdecimal()
            if (
                is_number
                and plain(str(path.parts[-1])) == plain(name)
                and (beside is None or path.parent == beside.parent)
            ):
                return path
    return None


def _numbers(around: Envelope, asked: Mapping[str, str], described: Sequence[str]) -> Choice[AnyPaging] | None:
    page = _at(around, PAGES)
    total = _at(around, PAGE_TOTALS, page) if page else None
    if page is None or (total is None and not first_of([*asked, *described], PAGES)):
        return None
    name = str(page.parts[-1])
    parameter = first_of(asked, PAGES) or first_of(described, PAGES) or ("page" if "page" in plain(name) else name)
    evidence = [f"{str(page)!r} is {around[page]}" + (f" and {str(total)!r} is {around[total]}." if total else ".")]
    known = parameter in asked or parameter in described
    evidence.append(f"The parameter {parameter!r} takes it" + ("." if known else ": a guess by that name."))
    paging = PageNumberPaging(
        kind="page_number",
        parameter=parameter,
        start=0 if int(around[page]) == 0 and asked.get(parameter, "0") == "0" else 1,
        total_pages_path=str(total) if total else None,
        **_size(asked),
    )
    return Choice(paging, tuple(evidence))


def _size(asked: Mapping[str, str]) -> dict[str, Any]:
    """The page size, where the URL asks for one; where the answer only tells it, the provider's own is kept."""
    name = first_of(asked, PAGE_SIZES)
    if name is None or not asked[name].isdecimal() or int(asked[name]) == 0:
        return {}
    return {"size_parameter": name, "size": int(asked[name])}


def _offsets(around: Envelope, asked: Mapping[str, str], described: Sequence[str]) -> Choice[AnyPaging] | None:
    offset = _at(around, OFFSETS)
    limit = _at(around, LIMITS, offset) if offset else None
    if offset is None or limit is None or int(around[limit]) < 1 or int(around[offset]) < 0:
        return None
    total = _at(around, TOTALS, offset)
    parameter = first_of(asked, OFFSETS) or first_of(described, OFFSETS) or str(offset.parts[-1])
    limit_parameter = first_of(asked, LIMITS) or first_of(described, LIMITS) or str(limit.parts[-1])
    paging = OffsetPaging(
        kind="offset",
        parameter=parameter,
        limit_parameter=limit_parameter,
        limit=int(around[limit]),
        total_path=str(total) if total and total != limit else None,
    )
    said = f"{str(offset)!r} is {around[offset]} and {str(limit)!r} is {around[limit]}"
    names = f"The parameters {parameter!r} and {limit_parameter!r} take them"
    guessed = not {parameter, limit_parameter} <= {*asked, *described}
    return Choice(paging, (f"{said}.", f"{names}{': a guess by those names' if guessed else ''}."))


def _asked(asked: Mapping[str, str]) -> Choice[AnyPaging] | None:
    """What the URL itself says, where the answer says nothing."""
    page, offset, limit = first_of(asked, PAGES), first_of(asked, OFFSETS), first_of(asked, LIMITS)
    if page and asked[page].isdecimal():
        size = _size(asked)
        start = min(int(asked[page]), 1)
        paging = PageNumberPaging(kind="page_number", parameter=page, start=start, **size)
        return Choice(paging, (f"The URL asks with {page}={asked[page]}; the answer says nothing of pages.",))
    if offset and limit and asked[offset].isdecimal() and asked[limit].isdecimal() and int(asked[limit]):
        by_offset = OffsetPaging(kind="offset", parameter=offset, limit_parameter=limit, limit=int(asked[limit]))
        return Choice(by_offset, (f"The URL asks with {offset} and {limit}; the answer says nothing of pages.",))
    return None
