"""The demo provider over real HTTP, as any client sees it."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from penstock.errors import PortInUseError, UnknownVersionError
from penstock.services.demo.city import LANGUAGES, OPENING
from penstock.services.demo.feeds import FEEDS
from penstock.services.demo.provider import DemoProvider

Json = dict[str, Any]


@pytest.fixture
def provider() -> Iterator[DemoProvider]:
    with DemoProvider(token="opensesame") as running:
        yield running


def get(url: str, token: str | None = None) -> tuple[int, dict[str, str], Json]:
    """Status, headers and document, also of an error."""
    request = Request(url, headers={"Authorization": f"Bearer {token}"} if token else {})
    try:
        with urlopen(request, timeout=10) as answer:
            return answer.status, dict(answer.headers), json.load(answer)
    except HTTPError as error:
        with error:
            return error.code, dict(error.headers), json.load(error)


def all_trips(provider: DemoProvider, since: str = "", size: int = 100) -> list[Json]:
    found: list[Json] = []
    page, pages = 1, 1
    while page <= pages:
        status, _, document = get(f"{provider.trips_url}?page={page}&per_page={size}&since={since}", provider.token)
        if status == 429:
            continue
        found += document["trips"]
        page, pages = page + 1, document["total_pages"]
    return found


def test_discovery_leads_to_every_feed_in_every_language(provider: DemoProvider) -> None:
    _, _, discovery = get(f"{provider.url}/gbfs/gbfs.json")
    assert set(discovery["data"]) == set(LANGUAGES)
    for language in LANGUAGES:
        feeds = {each["name"]: each["url"] for each in discovery["data"][language]["feeds"]}
        assert set(feeds) == set(FEEDS["2.3"])
        for name, url in feeds.items():
            assert url == provider.feed_url(name, language)
            status, headers, feed = get(url)
            assert (status, feed["version"], feed["last_updated"]) == (200, "2.3", OPENING)
            assert headers["Content-Type"].startswith("application/json")


def test_the_languages_differ_in_text_only(provider: DemoProvider) -> None:
    english, french = (get(provider.feed_url("station_information", each))[2]["data"]["stations"] for each in LANGUAGES)
    assert len(english) == 60
    assert [each["station_id"] for each in english] == [each["station_id"] for each in french]
    assert all(one["name"] != other["name"] for one, other in zip(english, french, strict=True))


def test_stations_have_the_shapes_that_pipelines_stumble_over(provider: DemoProvider) -> None:
    stations = {
        each["station_id"]: each for each in get(provider.feed_url("station_information"))[2]["data"]["stations"]
    }
    status = {each["station_id"]: each for each in get(provider.feed_url("station_status"))[2]["data"]["stations"]}
    assert stations.keys() == status.keys()
    assert "076" in stations
    assert all(each["post_code"].startswith("0") for each in stations.values())
    assert {"address" in each for each in stations.values()} == {True, False}
    assert len({frozenset(each["vehicle_type_capacity"]) for each in stations.values()}) > 1
    for key, station in stations.items():
        docks = sum(each["count"] for each in status[key]["vehicle_docks_available"])
        bikes = sum(each["count"] for each in status[key]["vehicle_types_available"])
        assert docks + bikes == station["capacity"] == sum(station["vehicle_type_capacity"].values())
        assert OPENING - 300 < status[key]["last_reported"] <= OPENING


def test_two_providers_have_the_same_data(provider: DemoProvider) -> None:
    with DemoProvider(token="opensesame") as other:
        assert all_trips(other) == all_trips(provider)
        assert get(other.feed_url("station_status"))[2] == get(provider.feed_url("station_status"))[2]


@pytest.mark.parametrize("token", [None, "", "wrong", "opensesame2"])
def test_trips_need_the_token(provider: DemoProvider, token: str | None) -> None:
    status, headers, problem = get(provider.trips_url, token)
    assert (status, headers["WWW-Authenticate"], problem["error"]["code"]) == (401, "Bearer", "unauthorized")


@pytest.mark.parametrize("size", [100, 7])
def test_pages_hold_every_trip_once(provider: DemoProvider, size: int) -> None:
    trips = all_trips(provider, size=size)
    assert len(trips) == len({each["trip_id"] for each in trips}) == 500
    assert {len(each["legs"]) for each in trips} == {1, 2}
    assert any(leg["to_station_id"] is None for each in trips for leg in each["legs"])
    assert any(each["note"] for each in trips)


def test_the_third_page_is_refused_once(provider: DemoProvider) -> None:
    url = f"{provider.trips_url}?page=3"
    status, headers, _ = get(url, provider.token)
    assert (status, headers["Retry-After"]) == (429, "1")
    assert get(url, provider.token)[0] == 200


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "per_page=0", "per_page=101"])
def test_a_page_that_cannot_be_is_refused(provider: DemoProvider, query: str) -> None:
    assert get(f"{provider.trips_url}?{query}", provider.token)[0] == 400


def test_a_page_after_the_last_is_empty(provider: DemoProvider) -> None:
    get(f"{provider.trips_url}?page=6", provider.token)
    assert get(f"{provider.trips_url}?page=6", provider.token)[2]["trips"] == []


def test_time_brings_new_trips_corrections_and_another_status(provider: DemoProvider) -> None:
    before, status = all_trips(provider), get(provider.feed_url("station_status"))[2]
    provider.move_on()
    news = all_trips(provider, since=before[-1]["updated_at"])
    known = {each["trip_id"]: each for each in before}
    changed = [each for each in news if each["trip_id"] in known and each != known[each["trip_id"]]]
    assert len(all_trips(provider)) > len(before)
    assert [each["price"]["amount"] for each in changed] == [0] * len(changed) != []
    assert get(provider.feed_url("station_status"))[2] != status
    assert (
        get(provider.feed_url("station_information"))[2]["data"]
        == get(provider.feed_url("station_information"))[2]["data"]
    )


@pytest.mark.parametrize("path", ["", "gbfs/de/station_status.json", "gbfs/en/vehicle_status.json", "v2/trips"])
def test_what_is_not_there_is_not_found(provider: DemoProvider, path: str) -> None:
    assert get(f"{provider.url}/{path}")[0] == 404


def test_it_can_only_be_read(provider: DemoProvider) -> None:
    with pytest.raises(HTTPError, match="405") as caught:
        urlopen(Request(provider.trips_url, data=b"{}"), timeout=10)
    caught.value.close()


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(UnknownVersionError, match=r"no version '2\.4'.\nHint: Did you mean '2\.3'"):
        DemoProvider(version="2.4")


def test_a_taken_port_is_named(provider: DemoProvider) -> None:
    port = int(provider.url.rpartition(":")[2])
    with pytest.raises(PortInUseError, match=f"Port {port} "):
        DemoProvider(port=port)


def test_it_serves_as_a_process_until_it_is_interrupted() -> None:
    script = (
        "from penstock.services.demo.provider import serve_forever\n"
        "serve_forever(0, 'opensesame', lambda provider: print(provider.trips_url, flush=True))"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        url = process.stdout.readline().decode().strip()
        assert get(url, "opensesame")[2]["total"] == 500
        process.send_signal(signal.SIGINT)
        process.wait(timeout=10)
        assert process.returncode != 0
