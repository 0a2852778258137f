"""Late records, which a window before the cursor catches, and ranges, which leave the cursor where it is."""

from pathlib import Path
from typing import Any

import pytest
from tests.pipeline.patterns.extract.loopback import Call, Project, Provider, Reply, items

CURSOR = {"path": "at", "parameter": "since"}
PAGES = {"kind": "page_number"}

LATE = [
    ("2026-11-21T10:00:00Z", "2 days", "2026-11-19T10:00:00Z"),
    ("2026-11-21T10:00:00.250+02:00", "90 minutes", "2026-11-21T08:30:00.250+02:00"),
    ("2026-11-21 10:00:00", 3600, "2026-11-21 09:00:00"),
    ("2026-11-21T10:00", "1 hour", "2026-11-21T09:00"),
    ("2026-11-21T10:00:00.1234567Z", "1 second", "2026-11-21T09:59:59.1234560Z"),
    ("2026-11-21", "1 week", "2026-11-14"),
    ("2026-11-21", "1 hour", "2026-11-20"),
    (1000, 50, "950"),
    (1000.5, 50, "950.5"),
    ("1000", 50, "950"),
    ("12345678901234567890123.5", 0.25, "12345678901234567890123.25"),
]


@pytest.mark.parametrize(("value", "back", "asked"), LATE)
def test_the_window_before_the_cursor_is_asked_for_again(
    site: Provider, tmp_path: Path, value: Any, back: Any, asked: str
) -> None:
    site.answer = lambda _: Reply({"data": [{"id": 1, "at": value}]})
    project = items(tmp_path, site, cursor={**CURSOR, "look_back": back})
    for _ in range(2):
        assert project.run().one["outcome"] == "complete"
    assert site.queries("since") == [None, asked]
    assert project.state()["cursor"] == value


@pytest.mark.parametrize(
    ("start", "back", "asked"),
    [
        ("2026-11-20T00:00:00Z", "2 days", "2026-11-20T00:00:00Z"),
        ("2026-11-01T00:00:00Z", "2 days", "2026-11-19T10:00:00Z"),
    ],
)
def test_the_window_does_not_reach_behind_the_start(
    site: Provider, tmp_path: Path, start: str, back: Any, asked: str
) -> None:
    site.answer = lambda _: Reply({"data": [{"at": "2026-11-21T10:00:00Z"}]})
    project = items(tmp_path, site, cursor={**CURSOR, "look_back": back, "start": start})
    project.run()
    project.run()
    assert site.queries("since") == [start, asked]


@pytest.mark.parametrize(("value", "back"), [("abc", "1 day"), (17, "1 day"), ("20261121T100000Z", "1 day")])
def test_a_window_that_cannot_be_taken_off_is_an_error(site: Provider, tmp_path: Path, value: Any, back: Any) -> None:
    site.answer = lambda _: Reply({"data": [{"at": value}]})
    project = items(tmp_path, site, cursor={**CURSOR, "look_back": back})
    project.run()
    result = project.run()
    assert (result.code, result.one["statusCode"]) == (2, 400)
    assert "look_back" in result.one["reason"]
    assert len(site.calls) == 1


def between(records: list[dict[str, Any]], wait: float = 0.0) -> Any:
    def answer(call: Call) -> Reply:
        low, high = call.query.get("since", ""), call.query.get("until", "~")
        found = [each for each in records if low <= each["at"] <= high]
        page = int(call.query.get("page", 1))
        return Reply({"data": found[page - 1 : page]}, wait=wait)

    return answer


def ranged(root: Path, site: Provider) -> Project:
    return items(root, site, cursor={**CURSOR, "until_parameter": "until"}, paging=PAGES)


DAYS = [{"id": day, "at": f"2026-11-{day:02}T00:00:00Z"} for day in range(1, 9)]
RANGE = ("--since", "2026-11-02", "--until", "2026-11-04")


def test_a_range_leaves_the_cursor_where_it_is(site: Provider, tmp_path: Path) -> None:
    site.answer = between(DAYS)
    project = ranged(tmp_path, site)
    project.run()
    before = project.state()
    result = project.run(*RANGE).one
    assert (result["outcome"], result["records"], result["run"] > before["run"]) == ("complete", 2, True)
    assert {call.query.get("since") for call in site.calls[-3:]} == {"2026-11-02"}
    assert {call.query.get("until") for call in site.calls[-3:]} == {"2026-11-04"}
    assert project.state() == before
    end = project.lines()[-1]
    assert (end["since"], end["until"]) == ("2026-11-02", "2026-11-04")
    project.run()
    assert site.queries("since")[-1] == before["cursor"]
    times = [each["request_time"] for each in project.lines()]
    assert times == sorted(set(times))


def test_a_range_before_the_first_run_sets_no_cursor(site: Provider, tmp_path: Path) -> None:
    site.answer = between(DAYS)
    project = ranged(tmp_path, site)
    assert project.run(*RANGE).one["records"] == 2
    assert project.run().one["records"] == 8
    assert site.queries("since")[-1] is None


def test_a_range_pauses_and_goes_on_by_itself(site: Provider, tmp_path: Path) -> None:
    site.answer = between(DAYS, wait=0.15)
    project = ranged(tmp_path, site)
    everything = ("--since", "2026-11-01")
    paused = project.run(*everything, RUN_SECONDS="0.6").one
    assert paused["outcome"] == "paused"
    # Neither the ordinary run nor another range takes it up.
    assert project.run().one["run"] != paused["run"]
    assert project.run(*RANGE).one["run"] != paused["run"]
    rest = project.run(*everything).one
    assert (rest["run"], rest["outcome"]) == (paused["run"], "complete")
    assert paused["records"] + rest["records"] == 8
    assert project.run(*everything).one["run"] != paused["run"]


def test_a_range_that_is_killed_goes_on(site: Provider, tmp_path: Path) -> None:
    site.answer = between(DAYS, wait=0.2)
    project = ranged(tmp_path, site)
    process = project.start("--since", "2026-11-01")
    while len(site.calls) < 4:
        assert process.poll() is None
    process.kill()
    process.communicate()
    done = {each["page"] for each in project.fetches()}
    project.run("--since", "2026-11-01")
    assert len({each["run"] for each in project.lines()}) == 1
    assert [each["page"] for each in project.fetches()] == list(range(1, 10))
    assert done <= set(range(1, 10))


def test_a_range_of_numbers_goes_into_a_body_as_numbers(site: Provider, tmp_path: Path) -> None:
    site.answer = lambda _: Reply({"data": [{"n": 7}]})
    cursor = {"path": "n", "parameter": "from", "until_parameter": "to", "start": 0}
    project = items(tmp_path, site, cursor=cursor, method="POST", body={"from": None, "to": None})
    project.run("--since", "5", "--until", "9")
    assert site.calls[0].body == b'{"from": 5, "to": 9}'


WRONG = [
    ({"cursor": CURSOR}, RANGE, "until_parameter"),
    ({"cursor": {**CURSOR, "until_parameter": "until"}}, ("--until", "2026-11-04"), "event['since']"),
    ({"cursor": {**CURSOR, "until_parameter": "until"}}, ("--since", "2026-11-04", "--until", "2026-11-02"), "before"),
]


@pytest.mark.parametrize(("dataset", "arguments", "says"), WRONG)
def test_a_range_that_cannot_be_asked_for(
    site: Provider, tmp_path: Path, dataset: Any, arguments: tuple[str, ...], says: str
) -> None:
    result = items(tmp_path, site, **dataset).run(*arguments)
    assert (result.code, result.one["statusCode"]) == (2, 400)
    assert says in result.one["reason"]
    assert site.calls == []
