"""A record with half of a character is set aside with its place; the others of its page become rows."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.pipeline.patterns.extract.loopback import Provider, Reply, provider
from tests.services.pipelines import pipeline

from penstock.services.rejects import rejects, retry
from penstock.services.replay import replay
from penstock.services.trace import trace

HALF = "\ud83d"
"""Written by `json.dumps` as its code."""

WAYS = [
    *((mode, "duckdb") for mode in ("merge", "append", "snapshot")),
    pytest.param("merge", "dbt", marks=pytest.mark.slow),
]


@pytest.fixture
def site() -> Iterator[Provider]:
    with provider() as one:
        yield one


def item(number: int, note: str = "fine 😄", day: str = "2026-11-21") -> dict[str, Any]:
    return {"id": number, "note": note, "day": day, "price": 1.10, "tags": ["a", "b"]}


@pytest.mark.parametrize(("mode", "engine"), WAYS)
def test_the_other_records_become_rows(site: Provider, tmp_path: Path, mode: str, engine: str) -> None:
    shop = pipeline(tmp_path, site, engine, mode=mode, key=["id"])
    shop.fetch(item(1), item(2))
    # The day would fit no date, if it were read at all.
    bad = {**item(2, f"cut {HALF}"), "day": HALF, "only_here": 1}
    finished = shop.fetch(item(1, "new"), bad, item(3))
    assert [each.rejected for each in finished.report.steps] == [0, 1, 0, 1]
    latest = "_requested_at = (select max(_requested_at) from items)"
    assert shop.rows(f"select id, note, cast(day as varchar) from items where {latest} order by id") == [
        (1, "new", "2026-11-21"),
        (3, "fine 😄", "2026-11-21"),
    ]
    (found,) = rejects(tmp_path)
    assert (found.position, found.path, found.reason) == (2, "note", "holds half of a character")
    assert found.value == r'"cut \ud83d"'
    assert json.loads(found.record or "") == bad
    assert json.loads((tmp_path / "landing" / found.file).read_bytes())["data"][1] == bad
    assert "only_here" not in shop.catalog()["fields"]
    if mode != "append":
        assert shop.rows("select note from items where id = 2") == [("fine 😄",)]
        assert trace(tmp_path, "items", ["3"]).rows[0].record
    if mode == "snapshot":
        assert shop.rows("select count(*) from items where _closed_at is not null") == [(0,)]


@pytest.mark.parametrize("engine", ["duckdb", pytest.param("dbt", marks=pytest.mark.slow)])
def test_it_stays_aside_until_the_provider_mends_it(site: Provider, tmp_path: Path, engine: str) -> None:
    shop = pipeline(tmp_path, site, engine, mode="merge", key=["id"])
    shop.fetch(item(1), item(2, HALF))
    before = shop.tables()
    assert retry(tmp_path, engine=engine).fit == 0
    (tmp_path / "warehouse.duckdb").unlink()
    assert replay(tmp_path, engine=engine).failures == ()
    assert shop.tables() == before
    shop.fetch(item(2, "whole"))
    assert shop.rows("select id, note from items order by id") == [(1, "fine 😄"), (2, "whole")]


PAGES: list[tuple[str, str, dict[str, Any], list[tuple[Any, ...]], list[tuple[Any, ...]]]] = [
    (r'{"next": "\ud83d", "data": [{"a": "x"}]}', "json", {"records": "data"}, [("x",)], []),
    (r'[{"a": "x"}, {"a": "\ud83d"}, {"a": "y"}]', "json", {"records": ""}, [("x",), ("y",)], [(2, "a", r'"\ud83d"')]),
    (r'{"a": "x", "b": ["\udc00"]}', "json", {"records": ""}, [], [(1, "b[]", r'"\udc00"')]),
    (r'[0, [{"a": "x"}, {"\ud83d": 1}]]', "json", {"records": "1"}, [("x",)], [(2, "", r'"\ud83d"')]),
    (
        '{"a": "x"}\n{"a": "\\ud83d"}\n\n{"a": "y"}\n',
        "ndjson",
        {"records": ""},
        [("x",), ("y",)],
        [(2, "a", r'"\ud83d"')],
    ),
    (
        '{"r": [{"a": "x"}, {"a": "\\uDE00"}]}\n{"r": [{"a": "y"}]}\n',
        "ndjson",
        {"records": "r"},
        [("x",), ("y",)],
        [(2, "a", r'"\ude00"')],
    ),
    (r'["x", "\ud83d", "\ud83d\ude04"]', "json", {"records": ""}, [("x",), ("😄",)], [(2, "", r'"\ud83d"')]),
]


@pytest.mark.parametrize(("page", "form", "dataset", "rows", "aside"), PAGES)
def test_wherever_the_records_are(
    site: Provider,
    tmp_path: Path,
    page: str,
    form: str,
    dataset: dict[str, Any],
    rows: list[tuple[Any, ...]],
    aside: list[tuple[Any, ...]],
) -> None:
    shop = pipeline(tmp_path, site, mode="append", format=form, **dataset)
    column = "value" if page.startswith('["') else "a"
    site.answer = lambda _: Reply(re.sub(r'(?<=")\\u....(?=")', "?", page).encode())
    shop.run()
    site.answer = lambda _: Reply(page.encode())
    shop.run()
    latest = "_requested_at > (select min(request_time) from landing.items)"
    assert shop.rows(f"select {column} from items where {latest} order by all") == rows
    assert shop.rows("select position, path, value from rejects.items") == aside
