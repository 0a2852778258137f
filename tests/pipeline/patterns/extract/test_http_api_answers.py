"""What is data and what is not; what is tried again and what is not."""

import gzip
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from tests.pipeline.patterns.extract.loopback import Call, Provider, Reply, items, unused_port

GOOD = {"data": [{"id": 1}]}
HTML = Reply(b"<!doctype html><title>Sorry</title>", headers={"Content-Type": "text/html"})

NOT_DATA: dict[str, tuple[Reply, dict[str, Any], str]] = {
    "an HTML page": (HTML, {}, "HTML"),
    "text": (Reply(b"Service temporarily down"), {}, "not JSON"),
    "nothing at all": (Reply(b""), {}, "not JSON"),
    "half a document": (Reply(b'{"data": [{"id": 1}'), {}, "not JSON"),
    "NaN": (Reply(b'{"data": [{"id": NaN}]}'), {}, "NaN"),
    "very deep": (Reply(b"[" * 200_000), {}, "not JSON"),
    "no records path": (Reply({"items": []}), {}, "records"),
    "another thing at the path": (Reply({"data": "none"}), {}, "records"),
    "an error body": (Reply({"error": {"code": 17}}), {}, "error body"),
    "an error body with null": (Reply({"data": None, "errors": ["no"]}), {}, "error body"),
    "a message": (Reply({"message": "limit exceeded"}), {}, "limit exceeded"),
    "an error as the record": (Reply({"error": "no", "status": 5}), {"records": ""}, "error body"),
    "an error without the key": (Reply({"message": "no", "n": 1}), {"records": "", "key": ["id"]}, "error body"),
    "a scalar": (Reply(b"3"), {"records": ""}, "records"),
    "a bad line": (Reply(b'{"id": 1}\n{"id": \n'), {"records": "", "format": "ndjson"}, "not JSON"),
    "an error line": (Reply(b'{"error": "no"}\n'), {"records": "", "format": "ndjson"}, "error body"),
}


@pytest.mark.parametrize("case", NOT_DATA)
def test_what_is_not_data_is_refused_and_kept_apart(case: str, site: Provider, tmp_path: Path) -> None:
    reply, dataset, reason = NOT_DATA[case]
    site.answer = lambda _: reply
    project = items(tmp_path, site, **dataset)
    result = project.run()
    assert (result.code, result.one["statusCode"], result.one["files"]) == (1, 502, [])
    assert reason in result.one["reason"]
    (line,) = project.fetches()
    assert (line["outcome"], line["status"]) == ("refused", 200)
    assert (project.landing / line["path"]).read_bytes() == reply.data
    assert line["path"].startswith("data_profile=refused/")
    assert line["path"].endswith(f"{line['md5']}.bin")
    assert not [path for path in project.files() if path.startswith("data_profile=raw/")]
    assert len(site.calls) == 1


DATA: dict[str, tuple[Reply, dict[str, Any], int]] = {
    "records beside an error": (Reply({"data": [{"id": 1}], "error": "partial", "message": "hm"}), {}, 1),
    "a record with a message": (Reply({"id": 1, "message": "hello"}), {"records": "", "key": ["id"]}, 1),
    "a record with a message and no key": (Reply({"sha": "1", "message": "hello"}), {"records": ""}, 1),
    "empty errors": (Reply({"data": [{"id": 1}], "errors": []}), {}, 1),
    "a list": (Reply([{"id": 1}, {"id": 2}]), {"records": ""}, 2),
    "an object": (Reply({"id": 1}), {"records": ""}, 1),
    "a list beside metadata": (Reply([{"page": 1}, [{"id": 1}, {"id": 2}]]), {"records": "[][]"}, 2),
    "lists in a list": (Reply({"a": [{"b": [1, 2]}, {"b": []}, {"b": [3]}]}), {"records": "a[].b"}, 3),
    "a map": (Reply({"rates": {"x": {"v": 1}, "y": {"v": 2}}}), {"records": "rates.*"}, 2),
    "lines": (Reply(b'{"id": 1}\n\n{"id": 2}\n'), {"records": "", "format": "ndjson"}, 2),
    "a byte order mark": (Reply(b'\xef\xbb\xbf{"data": [1]}'), {}, 1),
    "another good status": (Reply(GOOD, status=203), {}, 1),
}


@pytest.mark.parametrize("case", DATA)
def test_data_is_landed_unchanged(case: str, site: Provider, tmp_path: Path) -> None:
    reply, dataset, records = DATA[case]
    site.answer = lambda _: reply
    project = items(tmp_path, site, **dataset)
    result = project.run()
    assert (result.code, result.one["records"], result.one["bytes"]) == (0, records, len(reply.data))
    assert [(project.landing / path).read_bytes() for path in result.one["files"]] == [reply.data]


@pytest.mark.parametrize(
    ("reply", "dataset"),
    [
        (Reply({"data": []}), {}),
        (Reply({"data": None}), {}),
        (Reply(status=204, sized=False), {}),
        (Reply([]), {"records": ""}),
        (Reply({"data": [], "message": "nothing found"}), {}),
        (Reply(b"\n"), {"records": "", "format": "ndjson"}),
        (Reply({"rates": {}}), {"records": "rates.*"}),
    ],
)
def test_an_empty_page_is_no_data(reply: Reply, dataset: dict[str, Any], site: Provider, tmp_path: Path) -> None:
    site.answer = lambda _: reply
    project = items(tmp_path, site, **dataset)
    result = project.run()
    assert (result.code, result.one["statusCode"], result.one["files"]) == (0, 200, [])
    assert project.outcomes() == ["empty", "complete"]
    assert {path.split("/")[0] for path in project.files()} == {"data_profile=manifest", "data_profile=state"}


def packed(reply: Any, *, cut: int | None = None) -> Reply:
    data = gzip.compress(Reply(reply).data, mtime=0)
    return Reply(data[:cut], headers={"Content-Encoding": "gzip"})


FAULTS: dict[str, Reply] = {
    "429": Reply(status=429, headers={"Retry-After": "0"}),
    "503": Reply(status=503),
    "500 with a page": Reply({"data": [{"id": 666}]}, status=500),
    "cut off": Reply(GOOD, cut=5),
    "cut off at once": Reply(GOOD, cut=0),
    "cut off gzip": packed(GOOD, cut=-6),
    "no gzip at all": Reply(b"what", headers={"Content-Encoding": "gzip"}),
    "a past date to wait for": Reply(status=503, headers={"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}),
    "nonsense to wait for": Reply(status=503, headers={"Retry-After": "soon"}),
    "too slow": Reply(GOOD, wait=1.0),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_tried_again_and_never_landed(case: str, site: Provider, tmp_path: Path) -> None:
    site.answer = lambda _: FAULTS[case] if len(site.calls) == 1 else packed(GOOD)
    project = items(tmp_path, site, time_outs={"read": 0.5})
    result = project.run()
    assert result.one["statusCode"] == 200, result.text
    assert project.documents() == [GOOD]
    assert len(site.calls) == 2
    assert [each["event"] for each in result.progress] == ["retry", "page", "end"]


def wait_date(seconds: int) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize("wait", [lambda: "1", lambda: wait_date(2)])
def test_retry_after_is_honoured(wait: Callable[[], str], site: Provider, tmp_path: Path) -> None:
    site.answer = lambda _: Reply(status=429, headers={"Retry-After": wait()}) if len(site.calls) == 1 else Reply(GOOD)
    items(tmp_path, site).run()
    # A date has whole seconds: two seconds ahead are at least one.
    assert site.calls[1].at - site.calls[0].at >= 0.9


LASTING: dict[str, tuple[Reply, int, int, int]] = {
    "unavailable": (Reply(status=503), 503, 4, 3),
    "cut off each time": (Reply(GOOD, cut=3), 503, 4, 3),
    "asks to wait for a day": (Reply(status=429, headers={"Retry-After": "86400"}), 503, 4, 1),
    "not allowed": (Reply({"message": "who?"}, status=401), 502, 1, 1),
    "not found": (Reply(HTML.body, status=404), 502, 1, 1),
    "wrong request": (Reply({"error": "bad"}, status=400), 502, 1, 1),
    "redirects for ever": (Reply(status=302, headers={"Location": "/items?more"}), 502, 1, 6),
    "redirects elsewhere": (Reply(status=307, headers={"Location": "http://localhost:1/x"}), 502, 1, 1),
    "an encoding nobody asked for": (Reply(b"x", headers={"Content-Encoding": "br"}), 502, 1, 1),
}


@pytest.mark.parametrize("case", LASTING)
def test_a_lasting_fault_ends_the_run(case: str, site: Provider, tmp_path: Path) -> None:
    reply, status, code, calls = LASTING[case]
    site.answer = lambda _: reply
    project = items(tmp_path, site)
    result = project.run()
    assert (result.one["statusCode"], result.code) == (status, code)
    assert project.outcomes() == ["failed", "failed"]
    assert project.fetches()[0]["reason"]
    assert len(site.calls) == calls
    assert "html" not in result.one["reason"].lower()


def test_a_redirect_on_the_same_host_is_followed(site: Provider, tmp_path: Path) -> None:
    site.answer = lambda call: Reply(GOOD) if call.path == "/new" else Reply(status=308, headers={"Location": "/new"})
    assert items(tmp_path, site).run().one["records"] == 1


def test_nobody_listens(site: Provider, tmp_path: Path) -> None:
    project = items(tmp_path, site, provider={"base_url": f"http://127.0.0.1:{unused_port()}", "retries": 1})
    result = project.run()
    assert (result.one["statusCode"], result.code) == (503, 4)
    assert project.fetches()[0]["status"] == 0


def test_the_rate_limit_is_kept(site: Provider, tmp_path: Path) -> None:
    site.answer = lambda call: Reply({"data": [{"id": call.query["page"]}] if call.query["page"] != "6" else []})
    limit = {"calls": 2, "per_seconds": 0.5}
    items(tmp_path, site, provider={"rate_limit": limit}, paging={"kind": "page_number"}).run()
    times = [call.at for call in site.calls]
    assert len(times) == 6
    # The third call comes half a second after the first one, and so on; the clocks are not the same.
    assert all(later - earlier > 0.4 for earlier, later in zip(times, times[2:], strict=False))


SETTINGS: list[tuple[Mapping[str, str], str]] = [
    ({"acme_items_ENDPOINT": ""}, "acme_items_ENDPOINT"),
    ({"acme_items_ENDPOINT": "ftp://x/y"}, "acme_items_ENDPOINT"),
    ({"acme_items_ENDPOINT": "http://me:pass@127.0.0.1/"}, "without user name"),
    ({"TOKEN": ""}, "TOKEN"),
    ({"TOKEN": "a\nb"}, "control characters"),
    ({"RUN_SECONDS": "soon"}, "RUN_SECONDS"),
    ({"DATASET": "nothing"}, ""),
]


@pytest.mark.parametrize(("extra", "reason"), SETTINGS)
def test_wrong_settings_are_told_before_anything_is_written(
    extra: dict[str, str], reason: str, site: Provider, tmp_path: Path
) -> None:
    auth = {"kind": "bearer", "token_env": "TOKEN"}
    project = items(tmp_path, site, provider={"auth": auth})
    process = project.start(**{"TOKEN": "t0p", **extra})
    out, err = process.communicate(timeout=60)
    assert process.returncode == 2, out + err
    assert reason in out + err
    assert not project.landing.exists()
    assert not site.calls


@pytest.mark.parametrize("url", ["", "gs://bucket/x"])
def test_a_landing_zone_that_cannot_be(url: str, site: Provider, tmp_path: Path) -> None:
    result = items(tmp_path, site).run(LANDING_URL=url)
    assert (result.code, result.one["statusCode"]) == (1, 500)
    assert "Hint" in result.one["reason"]


def test_headers_and_parameters_are_sent(site: Provider, tmp_path: Path) -> None:
    def answer(call: Call) -> Reply:
        return Reply({"data": [{"id": 1}]})

    site.answer = answer
    parameters = {"deep": True, "q": "a b&c", "n": 3}
    items(tmp_path, site, endpoint="items?q=old&k=1", parameters=parameters, headers={"accept": "x/y"}).run()
    (call,) = site.calls
    assert call.query == {"k": "1", "deep": "true", "q": "a b&c", "n": "3"}
    assert call.headers["accept"] == "x/y"
    assert call.headers["accept-encoding"] == "gzip"
