"""What is kept, in which order, and that nothing is lost or doubled whatever happens to the process."""

import gzip
import hashlib
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.pipeline.patterns.extract.loopback import Call, Project, Provider, Reply, items, project_of, spec_of

PAGES = {"kind": "page_number"}
LATER = "2999-01-01T00:00:00.000000Z"


def effect(project: Project, dataset: str = "items") -> list[tuple[str, str]]:
    """What a reader of the manifest sees: the content of each request, without equal ones in a row."""
    last: dict[str, str] = {}
    seen = []
    for line in project.fetches(dataset):
        if line["outcome"] == "landed" and last.get(line["fingerprint"]) != line["md5"]:
            last[line["fingerprint"]] = line["md5"]
            seen.append((line["fingerprint"], line["path"]))
    return seen


def numbered(last: int, wait: float = 0.0) -> Any:
    def answer(call: Call) -> Reply:
        page = int(call.query["page"])
        return Reply({"data": [{"id": page}] if page <= last else []}, wait=wait)

    return answer


def test_a_page_with_all_that_is_known_of_it(site: Provider, tmp_path: Path) -> None:
    body = b'{"data": [ {"id": 12345678901234567890.10} ]}'
    site.answer = lambda _: Reply(body)
    project = items(tmp_path, site)
    result = project.run().one
    fetch, end = project.lines()
    md5 = hashlib.md5(body).hexdigest()
    day = f"{result['run'][:4]}-{result['run'][4:6]}-{result['run'][6:8]}"
    folder = f"provider_name=acme/dataset_name=items/request_time={day}"
    page = f"data_profile=raw/{folder}/{md5}.json"
    manifest = f"data_profile=manifest/{folder}/{result['run']}-00001.ndjson"
    state = "data_profile=state/provider_name=acme/dataset_name=items/state.json"
    assert set(project.files()) == {page, page.replace(".json", ".metadata.json"), manifest, state}
    assert project.files()[page] == body
    assert (fetch["event"], fetch["page"], fetch["md5"], fetch["path"]) == ("fetch", 1, md5, page)
    assert fetch["fingerprint"] == hashlib.md5(f"GET\n{site.url}/items\n".encode()).hexdigest()
    assert {key: end[key] for key in ("event", "outcome", "pages", "reason")} == {
        "event": "end",
        "outcome": "complete",
        "pages": 1,
        "reason": "",
    }
    sidecar = json.loads(project.files()[page.replace(".json", ".metadata.json")])
    same = ("run", "request_time", "page", "fingerprint", "status", "md5", "bytes", "records")
    assert {key: sidecar[key] for key in same} == {key: fetch[key] for key in same}
    assert (sidecar["provider"], sidecar["dataset"], sidecar["url"]) == ("acme", "items", f"{site.url}/items")
    assert (result["files"], result["manifest"]) == ([page], [manifest])


def test_content_that_comes_back_within_a_day(site: Provider, tmp_path: Path) -> None:
    contents = [{"data": ["A"]}, {"data": ["B"]}, {"data": ["A"]}]
    project = items(tmp_path, site)
    for content in contents:
        site.answer = lambda _, content=content: Reply(content)  # type: ignore[misc]  # a default binds it now
        project.run()
    first, second, third = project.fetches()
    assert first["path"] == third["path"] != second["path"]
    assert first["request_time"] < second["request_time"] < third["request_time"]
    assert [path for _, path in effect(project)] == [first["path"], second["path"], first["path"]]
    assert len([path for path in project.files() if "=raw/" in path]) == 4


def test_a_repeat_doubles_nothing(site: Provider, tmp_path: Path) -> None:
    site.answer = numbered(3)
    project = items(tmp_path, site, paging=PAGES)
    project.run()
    before = {path: data for path, data in project.files().items() if "=raw/" in path}
    stamps = {path: (project.landing / path).stat().st_mtime_ns for path in before}
    seen = effect(project)
    project.run()
    assert effect(project) == seen
    assert {path: (project.landing / path).stat().st_mtime_ns for path in before} == stamps
    assert {path for path in project.files() if "=raw/" in path} == set(before)


def test_times_grow_when_the_clock_goes_backwards(site: Provider, tmp_path: Path) -> None:
    site.answer = numbered(2)
    project = items(tmp_path, site, paging=PAGES)
    project.run()
    path = next(project.landing.glob("data_profile=state/*/*/state.json"))
    path.write_text(json.dumps({**project.state(), "request_time": LATER, "run": "29990101T000000Z-0000"}))
    project.run()
    project.run()
    times = [each["request_time"] for each in project.lines()]
    assert times == sorted(set(times))
    assert times[-1] > LATER
    runs = [each["run"] for each in project.lines()]
    assert runs == sorted(runs)
    assert len(set(runs)) == 3


def test_it_pauses_before_its_time_limit_and_goes_on(site: Provider, tmp_path: Path) -> None:
    site.answer = numbered(8, wait=0.15)
    project = items(tmp_path, site, paging=PAGES)
    result = project.run(RUN_SECONDS="0.6")
    assert (result.code, result.one["statusCode"], result.one["outcome"]) == (0, 202, "paused")
    state = project.state()
    assert state["position"]["page"] == state["page"] + 1
    assert project.outcomes()[-1] == "paused"
    second = project.run()
    assert second.one["run"] == result.one["run"]
    assert second.one["outcome"] == "complete"
    assert second.one["pages"] + result.one["pages"] == 8
    assert [page["data"][0]["id"] for page in project.documents()] == list(range(1, 9))
    assert [each["page"] for each in project.fetches()] == list(range(1, 10))
    assert len({each["path"].split("/")[3] for each in project.fetches() if each["path"]}) == 1


def test_a_pause_within_equal_pages_still_finds_the_loop(site: Provider, tmp_path: Path) -> None:
    def answer(call: Call) -> Reply:
        return Reply({"data": ["same"]}, wait=1.0 if call.query["page"] == "3" and len(site.calls) == 3 else 0.0)

    site.answer = answer
    project = items(tmp_path, site, paging=PAGES)
    assert project.run(RUN_SECONDS="0.7").one["outcome"] == "paused"
    assert project.run().one["statusCode"] == 508
    assert project.outcomes() == ["landed", "paused", "refused", "refused", "failed"]


def test_a_limit_that_is_too_short_is_told(site: Provider, tmp_path: Path) -> None:
    site.answer = numbered(2, wait=1.0)
    result = items(tmp_path, site, paging=PAGES).run(RUN_SECONDS="0.2")
    assert result.one["outcome"] == "paused"
    assert "allow more time" in result.one["reason"]


def test_a_lambda_stops_before_its_context_ends(site: Provider, tmp_path: Path) -> None:
    site.answer = numbered(3)
    project = items(tmp_path, site, paging=PAGES)
    code = (
        "import json, sys, lambda_handler as h\n"
        "class C:\n"
        "    def __init__(self, ms): self.ms = ms\n"
        "    def get_remaining_time_in_millis(self): return self.ms\n"
        "for ms in (4000, 60000): print(json.dumps(h.lambda_handler({'dataset': 'items'}, C(ms))))\n"
    )
    (project.root / "extract" / "call.py").write_text(code)
    done = _python(project, "call.py")
    assert [json.loads(line)["statusCode"] for line in done.stdout.splitlines()] == [202, 200], done.stderr
    assert len(site.calls) == 4


def _python(project: Project, script: str, **extra: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": os.environ["PATH"], **project.environment, **extra}
    folder = project.root / "extract"
    return subprocess.run(
        [sys.executable, script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_nothing_is_lost_or_doubled_by_kills(site: Provider, tmp_path: Path) -> None:
    expected = list(range(1, 41))
    site.answer = numbered(40, wait=0.01)
    project = items(tmp_path, site, paging=PAGES, cursor={"path": "id", "parameter": "since"})
    chance = random.Random(7)
    kills = 0
    for _ in range(60):
        if not project.kill_after(0.25 + chance.random() * 0.45):
            break
        kills += 1
        _check_whole(project)
    result = project.run() if project.state()["position"] is not None else None
    assert kills >= 2
    if result:
        assert result.one["outcome"] == "complete"
    first = project.lines()[0]["run"]
    lines = [each for each in project.fetches() if each["run"] == first and each["outcome"] == "landed"]
    pages = [json.loads((project.landing / each["path"]).read_bytes())["data"][0]["id"] for each in lines]
    assert pages == expected
    assert len({each["fingerprint"] for each in lines}) == len(lines)
    assert [each["page"] for each in project.fetches() if each["run"] == first] == list(range(1, 42))
    assert project.state()["cursor"] == 40


def _check_whole(project: Project) -> None:
    # Whatever the manifest names is there, whole, with its sidecar.
    for line in project.fetches():
        if line["outcome"] == "landed":
            path = project.landing / line["path"]
            assert hashlib.md5(path.read_bytes()).hexdigest() == line["md5"]
            assert json.loads(path.with_suffix(".metadata.json").read_bytes())["md5"] == line["md5"]


CRASHES = ["page", "sidecar", "line", "state"]


@pytest.mark.parametrize("crash", CRASHES)
@pytest.mark.parametrize("page", [1, 2, 4])
def test_a_crash_between_any_two_writes(crash: str, page: int, site: Provider, tmp_path: Path) -> None:
    """The process dies right behind the nth page, its sidecar, its manifest line or its state."""
    site.answer = numbered(4)
    project = items(tmp_path, site, paging=PAGES)
    pattern = {"page": f"=raw/|.json|{2 * page - 1}", "sidecar": f"=raw/|.metadata.json|{page}"}
    pattern |= {"line": f"=manifest/|.ndjson|{page}", "state": f"=state/|.json|{page + 1}"}
    code = (
        "import os, sys, landing, lambda_handler\n"
        "part, end, count = os.environ['CRASH'].split('|')\n"
        "left = [int(count)]\n"
        "write = landing.Folder.write\n"
        "def dying(self, key, data):\n"
        "    write(self, key, data)\n"
        "    left[0] -= part in key and key.endswith(end)\n"
        "    if left[0] == 0: os._exit(9)\n"
        "landing.Folder.write = dying\n"
        "sys.exit(lambda_handler.main())\n"
    )
    (project.root / "extract" / "dying.py").write_text(code)
    assert _python(project, "dying.py", CRASH=pattern[crash]).returncode == 9
    result = project.run()
    assert result.one["outcome"] == "complete"
    assert [each["data"][0]["id"] for each in project.documents()] == [1, 2, 3, 4]
    assert [each["page"] for each in project.lines() if each["event"] == "fetch"] == [1, 2, 3, 4, 5]
    assert len({each["run"] for each in project.lines()}) == 1
    asked = [int(each or 0) for each in site.queries("page")]
    # A page is asked for again only when no line of the manifest names it.
    assert asked == sorted([1, 2, 3, 4, 5] + ([page] if crash in {"page", "sidecar"} else []))


def test_a_crash_behind_the_last_line_of_a_run(site: Provider, tmp_path: Path) -> None:
    site.answer = numbered(1)
    project = items(tmp_path, site, paging=PAGES, cursor={"path": "id", "parameter": "since"})
    project.run()
    path = next(project.landing.glob("data_profile=state/*/*/state.json"))
    fetch = project.fetches()[-1]
    left = {"position": fetch["position"], "cursor": None, "pending_cursor": 1}
    path.write_text(json.dumps({**project.state(), **left}))
    project.run()
    assert site.queries("since") == [None, None, "1", "1"]
    assert len({each["run"] for each in project.lines()}) == 2


def test_a_broken_state_is_told(site: Provider, tmp_path: Path) -> None:
    site.answer = numbered(1)
    project = items(tmp_path, site, paging=PAGES)
    project.run()
    next(project.landing.glob("data_profile=state/*/*/state.json")).write_text("{")
    result = project.run()
    assert result.one["statusCode"] == 500
    assert "state.json" in result.one["reason"]


def test_long_runs_have_several_segments(site: Provider, tmp_path: Path) -> None:
    site.answer = numbered(203)
    project = items(tmp_path, site, paging=PAGES)
    result = project.run()
    assert len(result.one["manifest"]) == 2
    assert [each["page"] for each in project.fetches()] == list(range(1, 205))
    assert (len(result.one["files"]), result.one["pages"]) == (20, 203)


def test_gzip_is_landed_as_it_was_before(site: Provider, tmp_path: Path) -> None:
    body = json.dumps({"data": [{"id": "ü" * 1000}]}).encode()
    site.answer = lambda _: Reply(
        gzip.compress(body[:20], mtime=0) + gzip.compress(body[20:], mtime=0), headers={"Content-Encoding": "gzip"}
    )
    project = items(tmp_path, site)
    assert [(project.landing / path).read_bytes() for path in project.run().one["files"]] == [body]


def test_the_inline_envelope(site: Provider, tmp_path: Path) -> None:
    bodies = {
        "/items": b'\xef\xbb\xbf {"data": [{"id": 1.10}]}\n',
        "/lines": b'{"id": 12345678901234567890}\r\n\n{"id": 2}',
    }
    site.answer = lambda call: Reply(bodies.get(call.path, b'{"ok": true}'))
    datasets: dict[str, dict[str, Any]] = {
        "items": {"endpoint": "items", "records": "data"},
        "lines": {"endpoint": "lines", "format": "ndjson"},
        "detail": {"endpoint": "d/{value}", "for_each": {"dataset": "lines", "path": "id"}},
    }
    project = project_of(tmp_path, spec_of(site.url, datasets, landing={"envelope": "inline"}))
    assert [each["statusCode"] for each in project.run().results] == [200, 200, 200]
    (line,) = [each for each in project.fetches() if each["outcome"] == "landed"]
    text = (project.landing / line["path"]).read_bytes()
    assert b'"data": {"data": [{"id": 1.10}]}}' in text
    assert json.loads(text)["metadata"]["md5"] == line["md5"] == hashlib.md5(bodies["/items"]).hexdigest()
    (line,) = project.fetches("lines")
    lines = (project.landing / line["path"]).read_bytes().splitlines()
    assert [json.loads(each)["data"]["id"] for each in lines] == [12345678901234567890, 2]
    assert {json.loads(each)["metadata"]["page"] for each in lines} == {1}
    assert [call.path for call in site.calls[2:]] == ["/d/12345678901234567890", "/d/2"]


def test_a_fan_out_goes_on_with_the_same_values(site: Provider, tmp_path: Path) -> None:
    values = [list(range(1, 9))]

    def answer(call: Call) -> Reply:
        if call.path == "/items":
            return Reply({"data": [{"id": each} for each in values[0]]})
        return Reply({"at": call.path}, wait=0.1)

    site.answer = answer
    datasets: dict[str, dict[str, Any]] = {
        "items": {"endpoint": "items", "records": "data"},
        "detail": {"endpoint": "detail/{value}", "for_each": {"dataset": "items", "path": "id"}},
    }
    project = project_of(tmp_path, spec_of(site.url, datasets))
    project.run("--dataset", "items")
    assert project.run("--dataset", "detail", RUN_SECONDS="0.5").one["outcome"] == "paused"
    values[0] = [100]
    project.run("--dataset", "items")
    assert project.run("--dataset", "detail").one["outcome"] == "complete"
    assert [each["at"] for each in project.documents("detail")] == [f"/detail/{number}" for number in range(1, 9)]
    project.run("--dataset", "detail")
    assert project.documents("detail")[-1] == {"at": "/detail/100"}


def test_a_run_keeps_its_day_when_it_goes_on_after_midnight(site: Provider, tmp_path: Path) -> None:
    site.answer = numbered(4)
    project = items(tmp_path, site, paging=PAGES)
    # A run of long ago that was paused behind its second page.
    run = "20200229T235959Z-8000"
    state = {"run": run, "day": "2020-02-29", "page": 2, "position": {"page": 3}, "cursor": None}
    path = project.landing / "data_profile=state/provider_name=acme/dataset_name=items/state.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(state))
    result = project.run().one
    assert (result["run"], result["pages"]) == (run, 2)
    assert all("request_time=2020-02-29/" in each for each in result["files"] + result["manifest"])
    assert [each["page"] for each in project.fetches()] == [3, 4, 5]
