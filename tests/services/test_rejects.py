"""Rows that were set aside are listed whole, and come back when they fit."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.pipeline.patterns.extract.loopback import Provider, provider
from tests.services.pipelines import Pipeline, pipeline

from penstock.cli.app import run_program
from penstock.cli.output import console, errors
from penstock.errors import LandingError, UnknownDatasetError, WarehouseMissingError
from penstock.services.rejects import rejects, retry

WAYS = [
    *((mode, "duckdb") for mode in ("merge", "append", "snapshot")),
    pytest.param("append", "dbt", marks=pytest.mark.slow),
]
"""Writing modes, and the engine that puts rows through again."""

GOOD, BAD = {"id": 1, "v": 1, "tags": ["x"]}, {"id": 2, "v": "n/a", "tags": ["y", "z"]}


@pytest.fixture
def site() -> Iterator[Provider]:
    with provider() as one:
        yield one


@pytest.fixture(autouse=True)
def fresh_consoles() -> None:
    console.cache_clear()
    errors.cache_clear()


def with_a_reject(root: Path, site: Provider, **dataset: Any) -> Pipeline:
    shop = pipeline(root, site, **{"key": ["id"], **dataset})
    shop.fetch(GOOD)
    shop.fetch({**GOOD, "v": 2}, BAD)
    return shop


def values(shop: Pipeline) -> list[tuple[Any, ...]]:
    return shop.rows("select id, cast(v as varchar) from items order by _requested_at, _position")


def tags(shop: Pipeline) -> list[tuple[Any, ...]]:
    return shop.rows("select i.id, t.value from items__tags t join items i on i._row_id = t._root_id order by all")


def test_a_row_that_was_set_aside_is_listed_whole(site: Provider, tmp_path: Path) -> None:
    shop = with_a_reject(tmp_path, site)
    (found,) = rejects(tmp_path)
    assert (found.dataset, found.position, found.path, found.reason) == ("items", 2, "v", "not of type integer")
    assert json.loads(found.record or "") == BAD
    assert (tmp_path / "landing" / found.file).is_file()
    assert values(shop) == [(1, "2")]


@pytest.mark.parametrize(("mode", "engine"), WAYS)
def test_a_row_comes_back_after_a_person_decided(site: Provider, tmp_path: Path, mode: str, engine: str) -> None:
    shop = with_a_reject(tmp_path, site, mode=mode)
    shop.decide("v", type="json", decided_by="person")
    retried = retry(tmp_path, engine=engine)
    assert retried.run is not None
    assert (retried.run.failures, retried.fit, retried.left) == ((), 1, ())
    old = [(1, "1")] if mode == "append" else []
    assert values(shop) == [*old, (1, "2"), (2, '"n/a"')]
    assert tags(shop) == [(1, "x")] * (len(old) + 1) + [(2, "y"), (2, "z")]
    assert retry(tmp_path).run is None


@pytest.mark.parametrize(("mode", "engine"), WAYS)
def test_what_does_not_fit_yet_stays_and_nothing_is_doubled(
    site: Provider, tmp_path: Path, mode: str, engine: str
) -> None:
    shop = with_a_reject(tmp_path, site, mode=mode)
    before = shop.tables()
    retried = retry(tmp_path, engine=engine)
    assert (retried.fit, [each.position for each in retried.left]) == (0, [2])
    assert shop.tables() == before


def test_an_older_row_does_not_replace_a_newer_one(site: Provider, tmp_path: Path) -> None:
    shop = with_a_reject(tmp_path, site)
    shop.fetch({"id": 2, "v": 7, "tags": []})
    shop.decide("v", type="json", decided_by="person")
    assert retry(tmp_path, engine="duckdb").left == ()
    assert values(shop) == [(1, "2"), (2, "7")]
    assert tags(shop) == [(1, "x")]


def test_a_raw_file_that_was_edited_is_refused(site: Provider, tmp_path: Path) -> None:
    shop = with_a_reject(tmp_path, site)
    (found,) = rejects(tmp_path)
    file = tmp_path / "landing" / found.file
    file.write_text(file.read_text().replace('"n/a"', "5"))
    retried = retry(tmp_path, engine="duckdb")
    assert retried.fit == 0
    assert retried.run is not None
    assert [type(each) for each in retried.run.failures] == [LandingError]
    assert values(shop) == [(1, "2")]


def test_a_dataset_can_be_chosen(site: Provider, tmp_path: Path) -> None:
    with_a_reject(tmp_path, site)
    assert len(rejects(tmp_path, ["items"])) == 1
    with pytest.raises(UnknownDatasetError, match="Did you mean 'items'"):
        rejects(tmp_path, ["item"])


def test_before_the_first_run_there_is_nothing_to_list(site: Provider, tmp_path: Path) -> None:
    pipeline(tmp_path, site)
    with pytest.raises(WarehouseMissingError, match="penstock run"):
        rejects(tmp_path)


def test_the_json_has_every_digit(site: Provider, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop = pipeline(tmp_path, site, key=["id"])
    shop.fetch(GOOD)
    site.answer = lambda _: _raw(b'{"data": [{"id": 3, "v": "", "n": 12345678901234567890.123456789}]}')
    shop.run()
    assert run_program(["rejects", str(tmp_path), "--json"]) == 0
    text = capsys.readouterr().out
    assert "12345678901234567890.123456789" in text
    (found,) = json.loads(text)["rejects"]
    assert list(found) == ["dataset", "file", "position", "path", "reason", "record"]


def _raw(body: bytes) -> Any:
    from tests.pipeline.patterns.extract.loopback import Reply

    return Reply(body)


def test_people_see_personal_values_masked(site: Provider, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop = pipeline(tmp_path, site, key=["id"])
    shop.fetch({"id": 1, "v": 1, "email": "ada@example.org"})
    shop.fetch({"id": 2, "v": "zoe@example.org", "email": "zoe@example.org"})
    assert run_program(["rejects", str(tmp_path)]) == 0
    text = capsys.readouterr().out
    assert "not of type integer" in text
    assert "zoe@" not in text
    assert run_program(["rejects", str(tmp_path), "--plain"]) == 0
    assert "zoe@example.org" in capsys.readouterr().out


def test_many_rows_are_counted_by_reason(site: Provider, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop = pipeline(tmp_path, site, key=["id"])
    shop.fetch(GOOD)
    shop.fetch(*({**BAD, "id": number} for number in range(2, 5)))
    assert run_program(["rejects", str(tmp_path), "--limit", "2"]) == 0
    text = capsys.readouterr().out
    assert "2 of 3 are shown" in text
    assert re.search(r"^ ?3 +items +v +not of type integer *$", text, re.MULTILINE)
    assert run_program(["rejects", str(tmp_path), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["rejects"]) == 3


def test_the_command_puts_rows_through_again(
    site: Provider, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = with_a_reject(tmp_path, site)
    shop.decide("v", type="json", decided_by="person")
    assert run_program(["rejects", str(tmp_path), "--retry", "--engine", "duckdb", "--json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out) == {"rejects": []}
    assert "1 row fit now, 0 rows set aside still." in printed.err
    assert run_program(["rejects", str(tmp_path)]) == 0
    assert "No rows were set aside." in capsys.readouterr().out
