"""Every kind of paging to its end, loops, cursors and fan-outs, against a provider on loopback."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.pipeline.patterns.extract.loopback import Call, Project, Provider, Reply, items, project_of, spec_of

ALL = list(range(1, 8))


def rows(numbers: list[int]) -> list[dict[str, int]]:
    return [{"id": each} for each in numbers]


def by_page(call: Call) -> Reply:
    number, size = int(call.query.get("page", 1)), int(call.query.get("per", 3))
    return Reply({"data": rows(ALL[(number - 1) * size :][:size]), "meta": {"pages": "3"}})


def by_page_404(call: Call) -> Reply:
    return by_page(call) if int(call.query["page"]) < 4 else Reply({"detail": "Invalid page."}, status=404)


def by_offset(call: Call) -> Reply:
    # It gives two at most, whatever is asked for.
    offset = int(call.query.get("offset", 0))
    return Reply({"data": rows(ALL[offset:][: min(2, int(call.query.get("limit", 2)))]), "total": 7})


def by_token(call: Call) -> Reply:
    start = int(call.query.get("cursor", "0"))
    return Reply({"data": rows(ALL[start:][:3]), "next": {"token": start + 3 if start + 3 < len(ALL) else None}})


def by_next(make: Callable[[Call, int], str]) -> Callable[[Call], Reply]:
    def answer(call: Call) -> Reply:
        start = int(call.query.get("from", 0))
        link = make(call, start + 3) if start + 3 < len(ALL) else None
        return Reply({"data": rows(ALL[start:][:3]), "links": {"next": link}})

    return answer


def by_link(call: Call) -> Reply:
    start = int(call.query.get("from", 0))
    links = '</items?from=0>; rel="first", '
    links += f'</items?from={start + 3}&x=a,b;c>; title="a, b; rel=no"; rel="other next"' if start < 6 else ""
    return Reply({"data": rows(ALL[start:][:3])}, headers={"Link": links})


def absolute(call: Call, start: int) -> str:
    return f"http://{call.headers['host']}/items?from={start}"


PAGINGS: dict[str, tuple[dict[str, Any], Callable[[Call], Reply], int]] = {
    "none": ({"kind": "none"}, lambda _: Reply({"data": rows(ALL)}), 1),
    "page until empty": ({"kind": "page_number", "size_parameter": "per", "size": 3}, by_page, 4),
    "page with total": ({"kind": "page_number", "total_pages_path": "meta.pages"}, by_page, 3),
    "page until 404": ({"kind": "page_number"}, by_page_404, 4),
    "offset until short": ({"kind": "offset", "limit": 2}, by_offset, 4),
    "offset with total and a cap": ({"kind": "offset", "limit": 5, "total_path": "total"}, by_offset, 4),
    "cursor": ({"kind": "cursor", "path": "next.token"}, by_token, 3),
    "next url, absolute": ({"kind": "next_url", "path": "links.next"}, by_next(absolute), 3),
    "next url, relative": ({"kind": "next_url", "path": "links.next"}, by_next(lambda _, n: f"?from={n}"), 3),
    "link header": ({"kind": "link_header"}, by_link, 3),
}


@pytest.mark.parametrize("case", PAGINGS)
def test_every_record_is_landed_once(case: str, site: Provider, tmp_path: Path) -> None:
    paging, site.answer, calls = PAGINGS[case]
    project = items(tmp_path, site, paging=paging)
    result = project.run()
    assert (result.code, result.one["statusCode"], result.one["outcome"]) == (0, 200, "complete")
    assert [row["id"] for page in project.documents() for row in page["data"]] == ALL
    assert len(site.calls) == calls
    assert result.one["records"] == len(ALL)
    assert project.state()["position"] is None


def test_a_post_pages_in_its_body_where_the_body_has_the_field(site: Provider, tmp_path: Path) -> None:
    def answer(call: Call) -> Reply:
        body = json.loads(call.body)
        assert call.method == "POST"
        return Reply({"data": rows(ALL[(body["page"] - 1) * 3 :][:3])})

    site.answer = answer
    paging = {"kind": "page_number", "size_parameter": "per", "size": 3}
    body = {"page": 0, "filter": ["é"]}
    project = items(tmp_path, site, method="POST", body=body, paging=paging, parameters={"lang": "en"})
    assert project.run().one["records"] == len(ALL)
    assert [json.loads(call.body)["page"] for call in site.calls] == [1, 2, 3, 4]
    assert {(call.query["per"], call.query["lang"], "page" in call.query) for call in site.calls} == {
        ("3", "en", False)
    }
    assert site.calls[0].headers["content-type"] == "application/json"


def same_page(_call: Call) -> Reply:
    return Reply({"data": rows([1, 2]), "links": {"next": "/items?again=1"}})


def back_and_forth(call: Call) -> Reply:
    other = "b" if call.query.get("at") != "b" else "a"
    return Reply({"data": rows([ord(other)]), "links": {"next": f"/items?at={other}"}})


LOOPS: dict[str, tuple[dict[str, Any], Callable[[Call], Reply], list[str], int]] = {
    # The page is ignored: three equal pages, of which the first is data.
    "three equal pages": (
        {"kind": "page_number"},
        lambda call: Reply({"data": rows([1, 2]), "asked": call.query["page"]}),
        ["landed", "refused", "refused", "failed"],
        3,
    ),
    # The link leads to a page that was asked before: found without asking.
    "a link seen before": (
        {"kind": "next_url", "path": "links.next"},
        back_and_forth,
        ["landed", "landed", "landed", "failed"],
        3,
    ),
    "a token seen before": (
        {"kind": "cursor", "path": "token"},
        lambda call: Reply({"data": rows([len(call.query.get("cursor", ""))]), "token": "x"}),
        ["landed", "landed", "failed"],
        2,
    ),
    "a link to itself": (
        {"kind": "link_header"},
        lambda _: Reply({"data": rows([1])}, headers={"Link": "</items>; rel=next"}),
        ["landed", "failed"],
        1,
    ),
    # Both at once: the same page under a link that repeats.
    "the same page under one link": (
        {"kind": "next_url", "path": "links.next"},
        same_page,
        ["landed", "landed", "failed"],
        2,
    ),
}


@pytest.mark.parametrize("case", LOOPS)
def test_a_loop_ends_as_failed(case: str, site: Provider, tmp_path: Path) -> None:
    paging, site.answer, outcomes, calls = LOOPS[case]
    project = items(tmp_path, site, paging=paging)
    result = project.run()
    assert (result.code, result.one["statusCode"]) == (1, 508)
    assert result.one["reason"]
    assert project.outcomes() == outcomes
    assert len(site.calls) == calls
    assert project.state()["position"] is None


def test_two_equal_pages_are_both_landed(site: Provider, tmp_path: Path) -> None:
    pages = {1: [1], 2: [1], 3: [2], 4: [2]}
    site.answer = lambda call: Reply({"data": rows(pages.get(int(call.query["page"]), []))})
    project = items(tmp_path, site, paging={"kind": "page_number"})
    assert project.run().one["statusCode"] == 200
    lines = project.fetches()
    assert [each["outcome"] for each in lines] == ["landed"] * 4 + ["empty"]
    assert lines[0]["path"] == lines[1]["path"] != lines[2]["path"] == lines[3]["path"]
    assert len({each["fingerprint"] for each in lines}) == 5
    assert [each["page"] for each in lines] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("link", ["http://localhost:{port}/items", "https://elsewhere.example/x", "ftp://127.0.0.1/x"])
def test_a_link_to_another_host_is_not_followed(link: str, site: Provider, tmp_path: Path) -> None:
    port = site.url.rpartition(":")[2]
    site.answer = lambda _: Reply({"data": rows([1]), "next": link.format(port=port)})
    project = items(tmp_path, site, paging={"kind": "next_url", "path": "next"})
    result = project.run()
    assert (result.code, result.one["statusCode"]) == (1, 502)
    assert project.outcomes() == ["landed", "failed", "failed"]
    assert "link" in result.one["reason"]
    assert len(site.calls) == 1


CURSORS: dict[str, tuple[list[Any], Any]] = {
    "numbers": ([9, 10, 2], 10),
    "times of several zones": (
        ["2026-11-21T23:30:00+02:00", "2026-11-21T22:00:00Z", "2026-11-21T10:00:00Z"],
        "2026-11-21T22:00:00Z",
    ),
    "days": (["2026-11-02", "2026-10-30"], "2026-11-02"),
    "numbers in text": (["9", "10"], "10"),
    "missing ones and strangers": ([3, None, "unknown", 5, {"x": 1}], 5),
}


@pytest.mark.parametrize("case", CURSORS)
def test_the_next_run_asks_from_the_cursor(case: str, site: Provider, tmp_path: Path) -> None:
    values, greatest = CURSORS[case]
    site.answer = lambda _: Reply({"data": [{"meta": {"at": each}} for each in values]})
    project = items(tmp_path, site, cursor={"path": "meta.at", "parameter": "since", "start": None})
    project.run()
    assert project.state()["cursor"] == greatest
    project.run()
    assert site.queries("since") == [None, str(greatest)]


def test_the_cursor_stays_when_the_run_fails_and_when_nothing_is_new(site: Provider, tmp_path: Path) -> None:
    def answer(call: Call) -> Reply:
        page = int(call.query["page"])
        return Reply({"data": [{"at": page + 10}]}) if page < 3 else Reply(b"<html>", headers={"X": "1"})

    site.answer = answer
    cursor = {"path": "at", "parameter": "since", "start": 7}
    project = items(tmp_path, site, cursor=cursor, paging={"kind": "page_number"})
    assert project.run().one["outcome"] == "failed"
    assert project.state()["cursor"] is None
    site.answer = lambda call: Reply({"data": [{"at": 30}] if call.query["page"] == "1" else []})
    project.run()
    site.answer = lambda _: Reply({"data": []})
    project.run()
    assert project.state()["cursor"] == 30
    assert site.queries("since") == ["7"] * 3 + ["7"] * 2 + ["30"]


def fan_out(root: Path, site: Provider, **detail: Any) -> Project:
    described = {"endpoint": "detail/{value}", "for_each": {"dataset": "items", "path": "id"}, **detail}
    return project_of(root, spec_of(site.url, {"detail": described, "items": {"endpoint": "items", "records": "data"}}))


def test_a_fan_out_asks_each_value_once(site: Provider, tmp_path: Path) -> None:
    values = ["a/b ü", 7, "7", None, "x?y", "a/b ü"]
    site.answer = lambda call: Reply(
        {"data": [{"id": each} for each in values]} if call.path == "/items" else {"at": call.path}
    )
    project = fan_out(tmp_path, site)
    result = project.run()
    assert [each["dataset"] for each in result.results] == ["items", "detail"]
    assert [each["at"] for each in project.documents("detail")] == [
        "/detail/a%2Fb%20%C3%BC",
        "/detail/7",
        "/detail/x%3Fy",
    ]
    assert [each["page"] for each in project.fetches("detail")] == [1, 2, 3]
    assert result.progress[-2]["total"] == 3


@pytest.mark.parametrize("endpoint", ["", "{value}"])
def test_the_values_of_a_fan_out_may_be_links(endpoint: str, site: Provider, tmp_path: Path) -> None:
    links = [f"{site.url}/one/1", "/one/2", "one/1", "http://elsewhere.example/one/3"]
    site.answer = lambda call: Reply(
        {"data": [{"url": each} for each in links]} if call.path == "/items" else {"at": call.path}
    )
    for_each = {"dataset": "items", "path": "url"}
    project = fan_out(tmp_path, site, endpoint=endpoint, for_each=for_each)
    code = project.run().code
    # The stranger is not asked, and told.
    assert code in {0, 1}
    assert [call.path for call in site.calls] == ["/items", "/one/1", "/one/2"]
    assert {each["at"] for each in project.documents("detail")} == {"/one/1", "/one/2"}


def test_one_missing_detail_does_not_stop_the_others(site: Provider, tmp_path: Path) -> None:
    def answer(call: Call) -> Reply:
        if call.path == "/items":
            return Reply({"data": rows(ALL)})
        return Reply({"message": "gone"}, status=404) if call.path == "/detail/3" else Reply({"at": call.path})

    site.answer = answer
    project = fan_out(tmp_path, site)
    result = project.run("--dataset", "items")
    result = project.run("--dataset", "detail")
    assert (result.code, result.one["statusCode"], result.one["outcome"]) == (0, 207, "complete")
    assert "1 of 7" in result.one["reason"]
    assert len(result.one["failures"]) == 1
    assert project.outcomes("detail") == ["landed"] * 2 + ["failed"] + ["landed"] * 4 + ["complete"]


@pytest.mark.parametrize(
    ("reply", "status", "calls"),
    [
        (Reply({"message": "no"}, status=401), 502, 1),
        (Reply({"error": "quota"}), 502, 5),
        (Reply(status=404), 502, 7),
    ],
)
def test_a_fan_out_ends_when_the_provider_is_not_well(
    reply: Reply, status: int, calls: int, site: Provider, tmp_path: Path
) -> None:
    site.answer = lambda call: Reply({"data": rows(ALL)}) if call.path == "/items" else reply
    project = fan_out(tmp_path, site)
    project.run("--dataset", "items")
    result = project.run("--dataset", "detail")
    assert (result.code, result.one["statusCode"]) == (1, status)
    assert len(site.calls) == 1 + calls


def test_a_fan_out_needs_a_complete_run_of_the_other_dataset(site: Provider, tmp_path: Path) -> None:
    site.answer = lambda _: Reply(b"<html>")
    project = fan_out(tmp_path, site)
    result = project.run()
    assert [each["statusCode"] for each in result.results] == [502, 502]
    assert "no complete run" in result.results[1]["reason"]


def test_a_fan_out_from_a_dataset_with_a_cursor_misses_no_run(site: Provider, tmp_path: Path) -> None:
    batches = [[1, 2], [3], [4]]
    broken = {"now": True}

    def answer(call: Call) -> Reply:
        if call.path == "/items":
            return Reply({"data": rows(batches.pop(0) if batches else [])})
        return Reply(status=403) if broken["now"] else Reply({"at": call.path})

    site.answer = answer
    cursor = {"path": "id", "parameter": "since"}
    datasets: dict[str, dict[str, Any]] = {
        "items": {"endpoint": "items", "records": "data", "cursor": cursor},
        "detail": {"endpoint": "detail/{value}", "for_each": {"dataset": "items", "path": "id"}},
    }
    project = project_of(tmp_path, spec_of(site.url, datasets))
    project.run()
    project.run("--dataset", "items")
    broken["now"] = False
    project.run("--dataset", "detail")
    assert [each["at"] for each in project.documents("detail")] == ["/detail/1", "/detail/2", "/detail/3"]
    project.run()
    assert [each["at"] for each in project.documents("detail")][3:] == ["/detail/4"]
    assert project.run("--dataset", "detail").one["pages"] == 0


@pytest.mark.parametrize("paging", [{"kind": "next_url", "path": "next"}, {"kind": "cursor", "path": "next"}])
@pytest.mark.parametrize("pointer", [{"href": "/items?from=2"}, True, [1]])
def test_a_pointer_of_another_type_is_told(
    paging: dict[str, str], pointer: object, site: Provider, tmp_path: Path
) -> None:
    site.answer = lambda _: Reply({"data": rows([1]), "next": pointer})
    project = items(tmp_path, site, paging=paging)
    result = project.run()
    assert result.one["statusCode"] == 502
    assert "next page" in result.one["reason"]
    assert project.outcomes() == ["landed", "failed", "failed"]


def test_a_position_is_not_asked_at_another_host(site: Provider, tmp_path: Path) -> None:
    site.answer = lambda _: Reply({"data": rows([1])})
    project = items(tmp_path, site, paging={"kind": "next_url", "path": "next"})
    state = {"run": "20260101T000000Z-0000", "page": 1, "position": {"next": "http://elsewhere.example/items"}}
    path = project.landing / "data_profile=state/provider_name=acme/dataset_name=items/state.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(state))
    assert project.run().one["statusCode"] == 502
    assert not site.calls
    assert project.run().one["statusCode"] == 200
