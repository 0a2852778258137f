"""A row is traced to the record in the raw file that it was made of."""

import json
from collections.abc import Iterator
from hashlib import md5
from pathlib import Path
from typing import Any

import pytest
from tests.pipeline.patterns.extract.loopback import Provider, Reply, provider
from tests.services.pipelines import Pipeline, pipeline

from penstock.cli.app import run_program
from penstock.errors import NotTracedError, RowNotFoundError, UnknownTableError
from penstock.services.trace import trace


@pytest.fixture
def site() -> Iterator[Provider]:
    with provider() as one:
        yield one


A = {"id": 1, "v": {"amount": 2.5}, "tags": ["x", "y"], "at": "2026-11-21T10:00:00Z"}
B = {"id": 2, "v": {"amount": 3.5}, "tags": [], "at": "2026-11-22T10:00:00Z"}


def filled(root: Path, site: Provider, **dataset: Any) -> Pipeline:
    shop = pipeline(root, site, **{"key": ["id"], **dataset})
    shop.fetch(A, B)
    shop.fetch({**A, "v": {"amount": 9.25}}, B)
    return shop


def test_a_row_leads_to_the_newest_record_of_its_key(site: Provider, tmp_path: Path) -> None:
    shop = filled(tmp_path, site)
    (row,) = trace(tmp_path, "items", ["1"]).rows
    assert json.loads(row.record or "") == {**A, "v": {"amount": 9.25}}
    assert [(each.name, each.value, each.path) for each in row.columns][:2] == [
        ("id", 1, "id"), ("v_amount", 9.25, "v.amount"),
    ]  # fmt: skip
    line = shop.rows("select run, page, md5, fingerprint from landing.items order by request_time")[-1]
    origin = row.origin
    assert (origin.run, origin.page, origin.md5, origin.fingerprint) == line
    assert (origin.status, origin.url, origin.position) == (200, f"{site.url}/items", 1)
    assert md5((tmp_path / "landing" / origin.file).read_bytes()).hexdigest() == origin.md5
    assert (row.dataset, row.row_id, row.root_id, row.problem) == ("items", row.row_id, row.row_id, "")


def test_every_row_leads_to_a_record_with_its_values(site: Provider, tmp_path: Path) -> None:
    shop = filled(tmp_path, site, mode="append")
    for row_id, id_, amount in shop.rows("select _row_id, id, v_amount from items"):
        (row,) = trace(tmp_path, "main.items", [row_id]).rows
        record = json.loads(row.record or "")
        assert (record["id"], record["v"]["amount"]) == (id_, amount)
    both = trace(tmp_path, "items", ["1"])
    assert [json.loads(each.record or "")["v"]["amount"] for each in both.rows] == [2.5, 9.25]
    assert trace(tmp_path, "items", ["1"], limit=1).is_cut


def test_a_row_below_a_record_leads_to_the_record(site: Provider, tmp_path: Path) -> None:
    shop = filled(tmp_path, site)
    rows = trace(tmp_path, "items__tags", ["1"]).rows
    assert [each.columns[0].value for each in rows] == ["x", "y"]
    assert {each.root_id for each in rows} == {trace(tmp_path, "items", ["1"]).rows[0].row_id}
    assert [each.columns[0].path for each in rows] == ["tags[]", "tags[]"]
    (row_id,) = shop.rows("select _row_id from items__tags where value = 'y'")[0]
    (row,) = trace(tmp_path, "items__tags", [row_id]).rows
    assert (row.row_id, json.loads(row.record or "")["id"]) == (row_id, 1)


@pytest.mark.parametrize("value", ["2026-11-22T10:00:00Z", "2026-11-22 10:00:00+00"])
def test_a_key_of_several_values_with_a_time(site: Provider, tmp_path: Path, value: str) -> None:
    filled(tmp_path, site, key=["id", "at"])
    (row,) = trace(tmp_path, "items", ["2", value]).rows
    assert json.loads(row.record or "") == B


def test_the_record_has_every_digit(site: Provider, tmp_path: Path) -> None:
    shop = pipeline(tmp_path, site, key=["id"])
    site.answer = lambda _: Reply(b'{"data": [{"id": 1, "n": 12345678901234567890.123456789}]}')
    shop.run()
    (row,) = trace(tmp_path, "items", ["1"]).rows
    assert "12345678901234567890.123456789" in (row.record or "")


def test_a_raw_file_that_is_gone_or_changed_is_told(site: Provider, tmp_path: Path) -> None:
    filled(tmp_path, site)
    file = tmp_path / "landing" / trace(tmp_path, "items", ["1"]).rows[0].origin.file
    file.write_bytes(file.read_bytes() + b" ")
    (row,) = trace(tmp_path, "items", ["1"]).rows
    assert row.record is not None
    assert "its MD5 is not" in row.problem
    file.unlink()
    (row,) = trace(tmp_path, "items", ["1"]).rows
    assert row.record is None
    assert "cannot be read" in row.problem


WRONG = [
    ("items", ["7"], {}, RowNotFoundError, "the key is id"),
    ("items", ["1", "2"], {}, NotTracedError, "Give one value for each"),
    ("items", ["1"], {"key": [], "mode": "append"}, RowNotFoundError, "has no key"),
    ("items", ["1", "2"], {"key": [], "mode": "append"}, NotTracedError, "_row_id"),
    ("landing.items", ["1"], {}, NotTracedError, "built from raw files"),
    ("item", ["1"], {}, UnknownTableError, "Known: landing.items, main.items"),
]


@pytest.mark.parametrize(("table", "key", "dataset", "error", "says"), WRONG)
def test_what_cannot_be_traced_says_why(
    site: Provider, tmp_path: Path, table: str, key: list[str], dataset: Any, error: type[Exception], says: str
) -> None:
    filled(tmp_path, site, **dataset)
    with pytest.raises(error, match=says):
        trace(tmp_path, table, key)


def test_the_command_shows_the_way(site: Provider, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    filled(tmp_path, site)
    assert run_program(["trace", "items", "1", "-p", str(tmp_path)]) == 0
    text = capsys.readouterr().out
    for part in ("dbt/models/tables/items.sql", f"{site.url}/items", "data_profile=raw/", "v.amount", '"amount":9.25'):
        assert part in text
    assert run_program(["trace", "items", "1", "-p", str(tmp_path), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["rows"][0]["record"]["v"] == {"amount": 9.25}
    assert document["cut"] is False
    assert run_program(["trace", "items", "7", "-p", str(tmp_path)]) == 2
