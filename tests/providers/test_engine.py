"""The replay servers behave as the providers do: links, pages, polls, errors. Seen with the standard library."""

import json
import re
from http.client import IncompleteRead
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from tests.providers.engine import BUSY, CUT, ERROR_PAGE, UNAVAILABLE, Fault, ReplayServer
from tests.providers.recorded import RECORDINGS
from tests.providers.sites import BERRIES, INDICATOR, ISSUES, SITES, joined, read

pytestmark = pytest.mark.parametrize("recordings", RECORDINGS)


def get(url: str) -> tuple[Any, dict[str, str]]:
    with urlopen(url, timeout=10) as answer:
        return json.load(answer), dict(answer.headers)


def status_of(url: str) -> tuple[int, str | None]:
    """Status and `Retry-After`, also of an error."""
    try:
        with urlopen(url, timeout=10) as answer:
            return answer.status, answer.headers["Retry-After"]
    except HTTPError as error:
        with error:
            return error.code, error.headers["Retry-After"]


def test_usgs_moves_its_window_with_each_poll(recordings: Path) -> None:
    with ReplayServer(SITES["usgs"], recordings) as server:
        polls = []
        for server.poll in (0, 1, 2):
            polls.append({each["id"]: each for each in get(f"{server.url}/feed/all_week.geojson")[0]["features"]})
    first, second, third = polls
    assert second == third
    assert first.keys() & second.keys()
    assert first.keys() - second.keys()
    assert second.keys() - first.keys()


@pytest.mark.parametrize("size", [3, 2, 100])
def test_github_links_lead_through_all_issues(recordings: Path, size: int) -> None:
    expected = joined("response_*.json", "response")(recordings / "github_issues")
    found, counts = [], []
    with ReplayServer(SITES["github"], recordings) as server:
        url: str | None = f"{server.url}{ISSUES}?per_page={size}&state=all"
        while url:
            page, headers = get(url)
            found += page
            counts.append(len(page))
            links = {name: link for link, name in re.findall(r'<([^>]+)>; rel="(\w+)"', headers.get("Link", ""))}
            url = links.get("next")
            assert url is None or url.startswith(f"{server.url}/repositories/1000/issues?")
            assert url is None or "state=all" in url
    assert found == expected
    assert set(counts[:-1]) <= {size}


def test_github_pages_are_cut_as_they_were_recorded(recordings: Path) -> None:
    with ReplayServer(SITES["github"], recordings) as server:
        for number, file in enumerate(sorted((recordings / "github_issues").glob("response_*.json")), 1):
            assert get(f"{server.url}{ISSUES}?page={number}")[0] == read(file)["response"]


@pytest.mark.parametrize("site", ["pokeapi", "pokeapi_relative"])
def test_pokeapi_links_lead_to_every_berry(recordings: Path, site: str) -> None:
    names = []
    with ReplayServer(SITES[site], recordings) as server:
        start = server.url if site == "pokeapi" else ""
        url: str | None = f"{start}{BERRIES}?limit=20"
        while url:
            assert url.startswith(f"{start}/api/")
            page, _ = get(url if start else server.url + url)
            names += [each["name"] for each in page["results"]]
            for each in page["results"][:2]:
                detail = get(each["url"] if start else server.url + each["url"])[0]
                assert detail["name"] == each["name"]
                assert detail["firmness"]["url"].startswith(f"{start}/api/")
            url = page["next"]
    expected = read(recordings / "pokeapi/berry/details.json")
    assert names == [each["name"] for each in expected]
    assert page["count"] == len(expected)


def test_gbfs_discovery_leads_to_the_feeds(recordings: Path) -> None:
    with ReplayServer(SITES["gbfs"], recordings) as server:
        feeds = {each["name"]: each["url"] for each in get(f"{server.url}/gbfs")[0]["data"]["en"]["feeds"]}
        for name in ("station_information", "station_status", "vehicle_types", "system_alerts"):
            assert get(feeds[name])[0] == read(recordings / f"gbfs/v2.3/{name}.json")


def test_world_bank_pages_are_pairs_and_errors_have_status_200(recordings: Path) -> None:
    with ReplayServer(SITES["worldbank"], recordings) as server:
        (paging, first), _ = get(f"{server.url}{INDICATOR}?per_page=1")
        (_, second), _ = get(f"{server.url}{INDICATOR}?per_page=1&page=2")
        error, _ = get(f"{server.url}/v2/country/XX/indicator/NO")
    assert [first[0]["date"], second[0]["date"]] == ["2025", "2024"]
    assert paging["pages"] == paging["total"] >= 2
    assert set(error[0]) == {"message"}


def test_openfda_skips_and_limits(recordings: Path) -> None:
    expected = joined("drug_event.json", "results")(recordings / "openfda")
    with ReplayServer(SITES["openfda"], recordings) as server:
        pages = [get(f"{server.url}/drug/event.json?skip={skip}&limit=2")[0] for skip in range(0, len(expected) + 2, 2)]
    assert [each for page in pages for each in page["results"]] == expected
    assert pages[-1]["meta"]["results"]["total"] == len(expected)


@pytest.mark.parametrize(("site", "path"), [("countries", "/v3.1/all"), ("datausa", "/api/data")])
def test_whole_documents_come_unchanged(recordings: Path, site: str, path: str) -> None:
    with ReplayServer(SITES[site], recordings) as server, urlopen(server.url + path, timeout=10) as answer:
        assert answer.read() in [file.read_bytes() for file in (recordings / SITES[site].name).glob("*.json")]


@pytest.mark.parametrize("fault", [BUSY, UNAVAILABLE])
def test_a_fault_hits_the_chosen_request_only(recordings: Path, fault: Fault) -> None:
    with ReplayServer(SITES["gbfs"], recordings) as server:
        get(f"{server.url}/gbfs")
        server.fail(fault, 2)
        answers = [status_of(f"{server.url}/gbfs") for _ in range(3)]
        assert answers == [(200, None), (fault.status, fault.headers.get("Retry-After")), (200, None)]
        assert len(server.requests) == 4


def test_a_body_can_be_cut_replaced_or_late(recordings: Path) -> None:
    with ReplayServer(SITES["gbfs"], recordings) as server:
        server.fail(CUT, 1)
        server.fail(ERROR_PAGE, 2)
        server.fail(Fault(seconds=30), 3)
        with urlopen(f"{server.url}/gbfs", timeout=10) as answer, pytest.raises(IncompleteRead):
            answer.read()
        with urlopen(f"{server.url}/gbfs", timeout=10) as answer:
            assert answer.read() == ERROR_PAGE.body
        with pytest.raises(TimeoutError):
            urlopen(f"{server.url}/gbfs", timeout=0.2)
        assert get(f"{server.url}/gbfs")[0]["version"]


def test_other_paths_are_not_found(recordings: Path) -> None:
    with ReplayServer(SITES["usgs"], recordings) as server, pytest.raises(HTTPError, match="404") as caught:
        get(f"{server.url}/feed/all_day.geojson")
    caught.value.close()
