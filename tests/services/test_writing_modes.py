"""Writing modes from the provider to the tables: what vanishes, comes back, comes late, and ranges of the past."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.pipeline.patterns.extract.loopback import Provider, Reply, provider
from tests.services.pipelines import Pipeline, pipeline

from penstock.cli.app import run_program
from penstock.errors import InputError
from penstock.services.run import run


@pytest.fixture
def site() -> Iterator[Provider]:
    with provider() as one:
        yield one


def rec(id_: int, v: Any = 1, at: str = "2026-11-21T10:00:00Z") -> dict[str, Any]:
    return {"id": id_, "v": v, "at": at}


def values(shop: Pipeline) -> list[tuple[Any, ...]]:
    return shop.rows("select id, v from items order by _requested_at, _position")


def test_append_keeps_every_answer_that_differs_from_the_one_before(site: Provider, tmp_path: Path) -> None:
    shop = pipeline(tmp_path, site, mode="append")
    for v in ("A", "A", "B", "A"):
        shop.fetch(rec(1, v))
    assert values(shop) == [(1, "A"), (1, "B"), (1, "A")]


def test_merge_keeps_the_newest_of_a_key_and_what_left_a_window(site: Provider, tmp_path: Path) -> None:
    shop = pipeline(tmp_path, site, key=["id"])
    shop.fetch(rec(1, 1), rec(2, 1))
    shop.fetch(rec(2, 2), rec(3, 2))
    shop.fetch(rec(3, 3), rec(2, 1))
    assert sorted(values(shop)) == [(1, 1), (2, 1), (3, 3)]


def open_ids(shop: Pipeline) -> dict[int, bool]:
    return dict(shop.rows("select id, _closed_at is null from items order by id"))


def test_a_snapshot_closes_what_vanished_and_opens_what_comes_back(site: Provider, tmp_path: Path) -> None:
    shop = pipeline(tmp_path, site, key=["id"], mode="snapshot")
    shop.fetch(rec(1), rec(2))
    shop.fetch(rec(1))
    assert open_ids(shop) == {1: True, 2: False}
    (closed,) = shop.rows("select _closed_at from items where id = 2")
    shop.fetch(rec(1))
    assert shop.rows("select _closed_at from items where id = 2") == [closed]
    shop.fetch(rec(1), rec(2))
    assert open_ids(shop) == {1: True, 2: True}


def test_a_snapshot_closes_nothing_by_a_run_that_is_not_complete(site: Provider, tmp_path: Path) -> None:
    shop = pipeline(tmp_path, site, key=["id"], mode="snapshot", paging={"kind": "page_number"})
    pages = {1: [rec(1)], 2: [rec(2)], 3: []}
    site.answer = lambda call: Reply({"data": pages[int(call.query["page"])]})
    shop.run()
    broken = {1: Reply({"data": [rec(1, 9)]}), 2: Reply(status=500)}
    site.answer = lambda call: broken[int(call.query["page"])]
    assert run(tmp_path, engine="duckdb").failures != ()
    # What came is in the landing zone; the next run brings it to the tables and still closes nothing by it.
    shop.run(first="profile")
    assert (open_ids(shop), values(shop)) == ({1: True, 2: True}, [(2, 1), (1, 9)])
    pages[2], pages[1] = [], [rec(1, 9)]
    site.answer = lambda call: Reply({"data": pages[int(call.query["page"])]})
    shop.run()
    assert open_ids(shop) == {1: True, 2: False}


CURSOR = {"path": "at", "parameter": "since", "until_parameter": "until"}
DAYS = [rec(day, at=f"2026-11-{day:02}T00:00:00Z") for day in range(1, 9)]
LATE = rec(99, at="2026-11-07T12:00:00Z")


@pytest.mark.parametrize(("back", "found"), [(None, 8), ("2 days", 9)])
def test_late_records_are_found_by_a_window_before_the_cursor(
    site: Provider, tmp_path: Path, back: str | None, found: int
) -> None:
    window = {"look_back": back} if back else {}
    shop = pipeline(tmp_path, site, key=["id"], cursor={**CURSOR, **window})
    shop.has(DAYS, "at")
    shop.run()
    shop.has([*DAYS, LATE], "at")
    shop.run()
    assert shop.rows("select count(*), count(distinct id) from items") == [(found, found)]


def test_a_range_of_the_past_is_filled_and_ordinary_runs_go_on(site: Provider, tmp_path: Path) -> None:
    shop = pipeline(tmp_path, site, key=["id"], cursor={**CURSOR, "start": "2026-11-05T00:00:00Z"})
    shop.has(DAYS, "at")
    shop.run()
    assert shop.rows("select count(*) from items") == [(4,)]
    shop.run(since="2026-11-02T00:00:00Z", until="2026-11-03T00:00:00Z")
    assert shop.rows("select id from items order by id") == [(2,), (3,), (5,), (6,), (7,), (8,)]
    code = run_program(["run", str(tmp_path), "--engine", "duckdb", "--since", "2026-11-01T00:00:00Z"])
    assert (code, shop.rows("select count(*) from items")) == (0, [(8,)])
    shop.has([*DAYS, rec(9, at="2026-11-09T00:00:00Z")], "at")
    before = len(site.calls)
    shop.run()
    assert [call.query for call in site.calls[before:]] == [{"since": "2026-11-08T00:00:00Z"}]
    assert shop.rows("select count(*) from items") == [(9,)]


WRONG: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({}, {"since": "2026-11-01"}, "No dataset has no cursor"),
    ({"cursor": CURSOR}, {"until": "2026-11-01"}, "--since for its start"),
    ({"cursor": CURSOR}, {"since": "2026-11-01", "first": "load"}, "the step extract"),
    ({"cursor": {"path": "at", "parameter": "since"}}, {"since": "1", "until": "2"}, "until_parameter"),
]


@pytest.mark.parametrize(("dataset", "how", "says"), WRONG)
def test_a_range_that_cannot_be_asked_for_is_refused(
    site: Provider, tmp_path: Path, dataset: Any, how: Any, says: str
) -> None:
    pipeline(tmp_path, site, **dataset)
    with pytest.raises(InputError, match=says):
        run(tmp_path, engine="duckdb", **how)
    assert site.calls == []


def test_a_range_that_is_asked_for_again_doubles_nothing(site: Provider, tmp_path: Path) -> None:
    shop = pipeline(tmp_path, site, key=["id"], cursor=CURSOR)
    shop.says(rec(1))
    shop.run(since="2026-11-01T00:00:00Z")
    shop.run(since="2026-11-01T00:00:00Z")
    assert values(shop) == [(1, 1)]
