"""`load/landing.sql` runs by itself, again and again, and counts every fetch once."""

import json
from pathlib import Path as File
from typing import Any

import duckdb
import pytest
from tests.pipeline.plan.landed import Landing
from tests.pipeline.plan.place import spec_of

from penstock.pipeline.patterns import Context
from penstock.pipeline.patterns.load.duckdb import PATTERN, landing_sql
from penstock.runtime.duckdb_landing import load_landing

SPEC = spec_of({"stations": {}, "Orders": {}})
PAGE: list[dict[str, Any]] = [{"a": 1}]


@pytest.fixture
def landing(tmp_path: File) -> Landing:
    return Landing(tmp_path / "landing")


def rows(connection: duckdb.DuckDBPyConnection, columns: str, table: str = "stations") -> list[tuple[Any, ...]]:
    return connection.execute(f"select {columns} from landing.{table} order by request_time").fetchall()


def test_it_runs_by_itself_in_the_project(landing: Landing, monkeypatch: pytest.MonkeyPatch) -> None:
    run = landing.run("stations", [PAGE, [{"a": 2}, {"a": 3}]])
    monkeypatch.chdir(landing.root.parent)
    connection = duckdb.connect()
    text = PATTERN.render(Context(SPEC))["load/landing.sql"]
    for _ in range(2):
        connection.execute(text)
    assert rows(connection, "run, page, records, run_outcome, is_repeat, request_day::VARCHAR, normalised_at") == [
        (run, 1, 1, "complete", False, "2026-11-21", None),
        (run, 2, 2, "complete", False, "2026-11-21", None),
    ]
    assert rows(connection, "*", "Orders") == []
    path, md5, size = rows(connection, "path, md5, bytes")[0]
    assert ((landing.root / path).stat().st_size, File(path).stem) == (size, md5)


def test_without_a_manifest_there_are_empty_tables(tmp_path: File) -> None:
    result = load_landing(duckdb.connect(), SPEC, str(tmp_path / "nowhere's"))
    assert result.files == {"stations": 0, "Orders": 0}


def test_only_landed_fetches_are_loaded(landing: Landing) -> None:
    landing.run("stations", [PAGE], outcome=None)
    manifest = next(landing.root.rglob("data_profile=manifest/**/*.ndjson"))
    lines = manifest.read_text()
    for outcome in ("empty", "refused", "failed"):
        line = json.loads(lines.splitlines()[0]) | {
            "outcome": outcome,
            "page": 9,
            "md5": "",
            "path": "",
            "status": None,
        }
        lines += json.dumps(line) + "\n"
    manifest.write_text(lines)
    connection = duckdb.connect()
    assert load_landing(connection, SPEC, f"{landing.root}/").files["stations"] == 1
    assert rows(connection, "page, run_outcome") == [(1, None)]


def test_the_outcome_of_a_run_is_known_later(landing: Landing) -> None:
    connection = duckdb.connect()
    run = landing.run("stations", [PAGE], outcome="paused")
    load_landing(connection, SPEC, str(landing.root))
    assert rows(connection, "run_outcome") == [("paused",)]
    landing.run("stations", [[{"a": 2}]], name=run)
    assert load_landing(connection, SPEC, str(landing.root)).files["stations"] == 1
    assert rows(connection, "run_outcome") == [("complete",)] * 2


REPEATS = [
    ("the same again", [PAGE, PAGE, PAGE], [False, True, True]),
    ("back again", [PAGE, [{"a": 2}], PAGE], [False, False, False]),
]


@pytest.mark.parametrize(("name", "pages", "wanted"), REPEATS, ids=[each[0] for each in REPEATS])
def test_repeats(name: str, pages: list[Any], wanted: list[bool], landing: Landing) -> None:
    for page in pages:
        landing.run("stations", [("request", page)])
    connection = duckdb.connect()
    load_landing(connection, SPEC, str(landing.root))
    assert rows(connection, "is_repeat") == [(each,) for each in wanted]


def test_equal_answers_to_two_requests_are_no_repeat(landing: Landing) -> None:
    landing.run("stations", [PAGE, PAGE])
    connection = duckdb.connect()
    load_landing(connection, SPEC, str(landing.root))
    assert rows(connection, "is_repeat") == [(False,), (False,)]


@pytest.mark.parametrize(("text", "codes"), [(landing_sql(SPEC), []), ("selec 1", ["LOAD002"]), (None, ["LOAD001"])])
def test_checks(text: str | None, codes: list[str]) -> None:
    files = {} if text is None else {"load/landing.sql": text}
    assert [each.code for each in PATTERN.check(files)] == codes
