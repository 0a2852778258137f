"""Where the records are, in documents of every usual form."""

from typing import Any

import pytest

from penstock.pipeline.probe.records import detail_links, propose_records, records_at


def rows(count: int, **more: Any) -> list[dict[str, Any]]:
    return [{"id": n, "name": f"n{n}", **more} for n in range(count)]


CASES: list[tuple[str, Any, str, int]] = [
    ("root list", rows(3), "", 3),
    ("one in a list", rows(1), "", 1),
    ("envelope", {"count": 3, "next": None, "results": rows(3)}, "results", 3),
    ("nested", {"response": {"meta": {"a": 1}, "docs": rows(3)}}, "response.docs", 3),
    ("gbfs", {"last_updated": 1, "ttl": 0, "version": "2.3", "data": {"stations": rows(4)}}, "data.stations", 4),
    ("localised", {"data": {"en": {"feeds": rows(2)}}}, "data.en.feeds", 2),
    ("geojson", {"type": "FeatureCollection", "metadata": {"count": 2},
                 "features": [{"type": "Feature", "id": n, "properties": {"a": n}} for n in range(2)]}, "features", 2),
    ("elasticsearch", {"took": 3, "hits": {"total": {"value": 9}, "hits": rows(5)}}, "hits.hits", 5),
    ("longer list", {"a": rows(3), "b": rows(100)}, "b", 100),
    ("json:api", {"data": rows(5), "included": rows(30)}, "data", 5),
    ("world bank", [{"page": 1, "pages": 2}, rows(2)], "1", 2),
    ("dotted name", {"a.b": rows(2)}, "a\\.b", 2),
    ("lists in records", {"data": rows(2, tags=[{"a": 1}, {"a": 2}])}, "data", 2),
    ("one record with parts", {"id": 5, "name": "x", "a": 1, "b": 2, "c": 3, "flavors": [{"a": 1}]}, "", 1),
    ("one record in an envelope", {"version": "2", "data": {"system_id": "x", "name": "y", "url": "z"}}, "data", 1),
    ("a map", {"rates": {"EUR": {"v": 1, "d": 2}, "USD": {"v": 2, "d": 2}, "CHF": {"v": 3, "d": 2}}}, "", 1),
    ("empty list", {"count": 0, "results": []}, "results", 0),
]  # fmt: skip


@pytest.mark.parametrize(("document", "path", "count"), [each[1:] for each in CASES], ids=[each[0] for each in CASES])
def test_the_records_are_found(document: Any, path: str, count: int) -> None:
    choice = propose_records(document)
    assert choice is not None
    assert choice.value == path
    assert len(records_at(document, path)) == count
    assert choice.evidence


@pytest.mark.parametrize("document", [[], [1, 2], [[1, 2], [3]], {}, "text", None, 5])
def test_without_objects_there_is_no_proposal(document: Any) -> None:
    assert propose_records(document) is None


def test_others_are_offered_in_their_order() -> None:
    choice = propose_records({"big": rows(50), "small": rows(5)})
    assert choice is not None
    assert [each.value for each in choice.alternatives] == ["small", ""]


def test_the_evidence_counts() -> None:
    choice = propose_records({"count": 3, "results": rows(3)})
    assert choice is not None
    assert choice.evidence[0] == "The list at 'results' holds 3 objects, 86% of all values."


def test_a_deep_document_ends() -> None:
    document: Any = rows(2)
    for _ in range(50):
        document = {"a": document}
    choice = propose_records(document)
    assert choice is not None
    assert choice.value == ""


@pytest.mark.parametrize(
    ("links", "found"),
    [
        (["/a/1", "/a/2"], "url"),
        (["https://api.example.org/1", "https://api.example.org/2"], "url"),
        (["https://elsewhere.example/1", "https://elsewhere.example/2"], None),
        (["/a/1", "/a/1"], None),
        (["one", "two"], None),
    ],
)
def test_links_to_details(links: list[str], found: str | None) -> None:
    assert detail_links([{"url": each} for each in links], "https://api.example.org/list") == found
