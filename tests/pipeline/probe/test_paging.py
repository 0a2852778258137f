"""How the next page is asked for, and how one more call proves it."""

import json
from typing import Any

import pytest

from penstock.pipeline.probe.answer import Answer, Page
from penstock.pipeline.probe.paging import full_page, links_in, missing_pages, propose_paging
from penstock.pipeline.probe.second_page import prove, second_url

URL = "https://api.example.org/v1/things"
ROWS = [{"id": n} for n in range(20)]


def page(document: Any, query: str = "", link: str = "") -> Page:
    headers = {"link": link} if link else {}
    return Page(Answer(URL + query, 200, headers), document, "json", "")


NEXT = '<https://api.example.org/v1/things?page=2>; rel="next", <https://api.example.org/v1/things?page=9>; rel=last'
CASES: list[tuple[str, Page, str, dict[str, Any], str | None]] = [
    ("link header", page(ROWS, link=NEXT), "", {"kind": "link_header"}, f"{URL}?page=2"),
    ("link header, relative", page(ROWS, link='</v1/things?p=2>; title="a, b"; rel="next"'), "",
     {"kind": "link_header"}, f"{URL}?p=2"),
    ("link header, last page", page(ROWS, link='<https://a.example/?page=1>; rel="prev"'), "",
     {"kind": "link_header"}, None),
    ("next url", page({"next": f"{URL}?offset=20", "results": ROWS}), "results",
     {"kind": "next_url", "path": "next"}, f"{URL}?offset=20"),
    ("next url, relative", page({"next": "/v1/things?offset=20", "results": ROWS}), "results",
     {"kind": "next_url", "path": "next"}, f"{URL}?offset=20"),
    ("next url, nested", page({"_links": {"next": {"href": f"{URL}?p=2"}}, "items": ROWS}), "items",
     {"kind": "next_url", "path": "_links.next.href"}, f"{URL}?p=2"),
    ("odata", page({"@odata.nextLink": f"{URL}?$skip=20", "value": ROWS}), "value",
     {"kind": "next_url", "path": "@odata\\.nextLink"}, f"{URL}?$skip=20"),
    ("next url, last page", page({"next": None, "previous": f"{URL}?p=1", "results": ROWS}), "results",
     {"kind": "next_url", "path": "next"}, None),
    ("next url elsewhere", page({"next": "https://elsewhere.example/2", "results": ROWS}), "results",
     {"kind": "next_url", "path": "next"}, None),
    ("token", page({"next_cursor": "abc=", "has_more": True, "items": ROWS}), "items",
     {"kind": "cursor", "path": "next_cursor", "parameter": "cursor"}, f"{URL}?cursor=abc%3D"),
    ("token, camel case", page({"nextPageToken": "abc", "items": ROWS}), "items",
     {"kind": "cursor", "path": "nextPageToken", "parameter": "pageToken"}, f"{URL}?pageToken=abc"),
    ("token, nested", page({"meta": {"next_token": "abc"}, "data": ROWS}), "data",
     {"kind": "cursor", "path": "meta.next_token", "parameter": "next_token"}, f"{URL}?next_token=abc"),
    ("page of pages", page({"page": 1, "per_page": 20, "total_pages": 3, "data": ROWS}), "data",
     {"kind": "page_number", "parameter": "page", "total_pages_path": "total_pages"}, f"{URL}?page=2"),
    ("page from zero", page({"meta": {"page": 0, "totalPages": 3}, "data": ROWS}), "data",
     {"kind": "page_number", "start": 0, "total_pages_path": "meta.totalPages"}, f"{URL}?page=1"),
    ("page, size asked", page({"page": 1, "pages": 3, "data": ROWS}, "?per_page=20"), "data",
     {"kind": "page_number", "size_parameter": "per_page", "size": 20}, f"{URL}?page=2&per_page=20"),
    ("only page", page({"page": 1, "pages": 1, "data": ROWS}), "data", {"kind": "page_number"}, None),
    ("world bank", page([{"page": 1, "pages": 2, "per_page": "20"}, ROWS], "?format=json"), "1",
     {"kind": "page_number", "total_pages_path": "0.pages"}, f"{URL}?format=json&page=2"),
    ("offset", page({"offset": 0, "limit": 20, "total": 55, "data": ROWS}), "data",
     {"kind": "offset", "parameter": "offset", "limit": 20, "total_path": "total"}, f"{URL}?offset=20&limit=20"),
    ("skip", page({"meta": {"results": {"skip": 0, "limit": 20, "total": 55}}, "results": ROWS}), "results",
     {"kind": "offset", "parameter": "skip", "total_path": "meta.results.total"}, f"{URL}?skip=20&limit=20"),
    ("offset, all there", page({"offset": 0, "limit": 20, "total": 20, "data": ROWS}), "data",
     {"kind": "offset"}, None),
    ("asked by page", page(ROWS, "?page=1&limit=20"), "", {"kind": "page_number", "parameter": "page", "size": 20},
     f"{URL}?page=2&limit=20"),
    ("asked by offset", page(ROWS, "?offset=0&limit=20"), "", {"kind": "offset", "limit": 20},
     f"{URL}?offset=20&limit=20"),
    ("nothing", page({"data": ROWS, "version": "2.3", "ttl": 60}), "data", {"kind": "none"}, None),
    ("pages of records", page([{"page": 1, "pages": 3}, {"page": 2, "pages": 3}]), "", {"kind": "none"}, None),
    ("next episode is no link", page({"next": "the next one", "data": ROWS}, "?x=1"), "data",
     {"kind": "cursor", "path": "next"}, f"{URL}?x=1&cursor=the+next+one"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "records", "expected", "following"), [each[1:] for each in CASES], ids=[each[0] for each in CASES]
)
def test_paging_is_found(first: Page, records: str, expected: dict[str, Any], following: str | None) -> None:
    choice = propose_paging(first, records)
    assert choice.value.model_dump().items() >= expected.items()
    assert choice.evidence
    assert second_url(choice.value, first, len(ROWS)) == following


def test_a_described_parameter_is_no_guess() -> None:
    first = page({"nextPageToken": "abc", "items": ROWS})
    assert any("a guess" in each for each in propose_paging(first, "items").evidence)
    assert not any("a guess" in each for each in propose_paging(first, "items", ["pageToken"]).evidence)


def test_secrets_in_links_are_masked() -> None:
    choice = propose_paging(page({"next": f"{URL}?token=s3cr3t&page=2", "results": ROWS}), "results")
    assert "s3cr3t" not in str(choice.evidence)


def test_all_relations_of_a_link_header() -> None:
    found = links_in(page(ROWS, link=NEXT).answer)
    assert found == {"next": f"{URL}?page=2", "last": f"{URL}?page=9"}


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({"total": 250, "data": ROWS}, "'total' says 250, but the answer holds 20 records."),
        ({"meta": {"totalCount": 21}, "data": ROWS}, "'meta.totalCount' says 21"),
        ({"total": 20, "data": ROWS}, None),
        ({"total": True, "data": ROWS}, None),
        ({"data": ROWS}, None),
    ],
)
def test_pages_that_are_missing_are_noticed(document: Any, says: str | None) -> None:
    found = missing_pages(page(document), "data", 20)
    assert (says in found) if says and found else found is says


@pytest.mark.parametrize(("count", "is_full"), [(100, True), (20, True), (97, False), (0, False)])
def test_a_round_number_is_suspicious(count: int, is_full: bool) -> None:
    assert (full_page(count) is not None) is is_full


@pytest.mark.parametrize(
    ("status", "document", "result", "says"),
    [
        (200, {"data": [{"id": 20}, {"id": 21}]}, "proven", "2 other records"),
        (200, {"data": [{"id": 20}]}, "proven", "another record"),
        (200, {"data": ROWS}, "refuted", "no effect"),
        (200, {"data": [{"id": 19}, {"id": 20}]}, "open", "repeats 1 of 2"),
        (200, {"data": []}, "open", "empty"),
        (200, {"other": []}, "refuted", "no records"),
        (400, {"message": "unknown parameter"}, "refuted", "unknown parameter"),
        (429, {"message": "slow down"}, "open", "429"),
    ],
)
def test_the_second_page_proves_or_refutes(status: int, document: Any, result: str, says: str) -> None:
    proof = prove("data", ROWS, Answer(f"{URL}?page=2", status, {}, json.dumps(document).encode()))
    assert proof.result == result
    assert says in proof.evidence
