"""Tables are built again from raw files: they are what they were."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.pipeline.patterns.extract.loopback import Provider, provider
from tests.services.pipelines import Pipeline, pipeline

from penstock.cli.app import run_program
from penstock.errors import InputError
from penstock.runtime.events import Event, Noted
from penstock.runtime.project import Project
from penstock.services.catalogs import catalog_store
from penstock.services.rejects import retry
from penstock.services.replay import replay

WAYS = [
    *((mode, "duckdb") for mode in ("merge", "append", "snapshot")),
    pytest.param("append", "dbt", marks=pytest.mark.slow),
    pytest.param("snapshot", "dbt", marks=pytest.mark.slow),
]
"""Writing modes, and the engine that replays."""

DAY = "2026-11-20"


@pytest.fixture
def site() -> Iterator[Provider]:
    with provider() as one:
        yield one


def rec(id_: int, v: Any, *tags: str) -> dict[str, Any]:
    return {"id": id_, "v": v, "tags": list(tags)}


def filled(root: Path, site: Provider, mode: str) -> Pipeline:
    """Three runs: a change, a row that is set aside, a row that vanishes, one that comes back."""
    shop = pipeline(root, site, key=["id"], mode=mode)
    for records in (
        [rec(1, 1, "a"), rec(2, 1, "b", "c")],
        [rec(1, 2), rec(3, "n/a"), rec(4, 4, "d")],
        [rec(1, 1, "a"), rec(2, 1, "b", "c")],
    ):
        shop.fetch(*records)
    return shop


@pytest.mark.parametrize(("mode", "engine"), WAYS)
def test_a_replay_gives_the_tables_of_before(site: Provider, tmp_path: Path, mode: str, engine: str) -> None:
    shop = filled(tmp_path, site, mode)
    before = shop.tables()
    calls = len(site.calls)
    ways: list[dict[str, Any]] = [{}, {"since": DAY}]
    for how in ways:
        assert replay(tmp_path, engine=engine, **how).failures == ()
        assert shop.tables() == before
    assert len(site.calls) == calls


@pytest.mark.parametrize("how", [{}, {"since": DAY}])
@pytest.mark.parametrize("mode", ["append", "merge", "snapshot"])
def test_what_was_broken_by_hand_is_mended(site: Provider, tmp_path: Path, mode: str, how: Any) -> None:
    shop = filled(tmp_path, site, mode)
    before = shop.tables()
    change(shop, "update items set v = 99 where id = 1")
    change(shop, "delete from items__tags")
    change(shop, "delete from rejects.items")
    replay(tmp_path, engine="duckdb", **how)
    assert shop.tables() == before


@pytest.mark.parametrize("engine", ["duckdb", pytest.param("dbt", marks=pytest.mark.slow)])
@pytest.mark.parametrize(("mode", "kept"), [("merge", [(1, 2)]), ("snapshot", [(1, 2)]), ("append", [(1, 1), (1, 2)])])
def test_the_last_version_that_fits_stays_beside_a_newer_one_that_was_set_aside(
    site: Provider, tmp_path: Path, mode: str, kept: list[tuple[int, int]], engine: str
) -> None:
    """In every way in which the tables can be built, and an older version that fits does not come back."""
    shop = pipeline(tmp_path, site, engine, key=["id"], mode=mode)
    for value in (1, 2, "n/a"):
        shop.fetch(rec(1, value, "t"))
    before = shop.tables()
    assert shop.rows("select id, v from items order by _requested_at") == kept
    assert [row[0] for row in shop.rows("select reason from rejects.items")] == ["not of type integer"]
    assert shop.rows("select count(*) from items__tags") == [(len(kept),)]
    assert replay(tmp_path, engine=engine).failures == ()
    assert shop.tables() == before
    assert replay(tmp_path, engine=engine, since=DAY).failures == ()
    assert shop.tables() == before
    retried = retry(tmp_path, engine=engine)
    assert (retried.fit, len(retried.left)) == (0, 1)
    assert shop.tables() == before
    shop.decide("v", type="json", decided_by="person")
    assert retry(tmp_path, engine=engine).left == ()
    newest = shop.rows("select cast(v as varchar) from items order by _requested_at desc limit 1")
    assert newest == [('"n/a"',)]


def test_only_what_landed_since_a_day_goes_through_again(site: Provider, tmp_path: Path) -> None:
    shop = filled(tmp_path, site, "append")
    first = shop.rows("select min(request_time) from landing.items")[0][0]
    change(shop, f"update landing.items set request_day = '2020-01-01' where request_time = '{first}'")
    change(shop, "update items set v = 99")
    replay(tmp_path, engine="duckdb", since=DAY)
    assert shop.rows("select id, v from items order by _requested_at, id") == [
        (1, 99), (2, 99), (1, 2), (4, 4), (1, 1), (2, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("loss", ["gone", "no database", "cut"])
def test_a_lost_or_damaged_database_is_made_again(site: Provider, tmp_path: Path, loss: str) -> None:
    shop = filled(tmp_path, site, "snapshot")
    before = shop.tables()
    file = tmp_path / "warehouse.duckdb"
    if loss == "gone":
        file.unlink()
    else:
        file.write_bytes(b"x" * 9999 if loss == "no database" else file.read_bytes()[:5000])
    told: list[Event] = []
    assert replay(tmp_path, engine="duckdb", listen=told.append).failures == ()
    assert shop.tables() == before
    aside = list(tmp_path.glob("warehouse.duckdb.damaged-*"))
    assert len(aside) == (loss != "gone")
    assert any(isinstance(each, Noted) and "moved to" in each.text for each in told) == (loss != "gone")


def test_a_part_is_not_replayed_into_a_damaged_database(site: Provider, tmp_path: Path) -> None:
    filled(tmp_path, site, "merge")
    (tmp_path / "warehouse.duckdb").write_bytes(b"x" * 9999)
    assert run_program(["replay", str(tmp_path), "--since", DAY, "--engine", "duckdb"]) == 1
    assert (tmp_path / "warehouse.duckdb").read_bytes() == b"x" * 9999


def test_catalogs_are_counted_anew_and_what_people_wrote_stays(site: Provider, tmp_path: Path) -> None:
    shop = filled(tmp_path, site, "merge")
    shop.decide("v", type="json", decided_by="person", description="What it is worth.")
    shop.run()
    before = shop.catalog()
    broken = {**before, "records": 999, "fields": {**before["fields"], "gone": {"present": 5, "of": 9, "types": {}}}}
    write_catalog(shop, broken)
    tables = shop.tables()
    assert replay(tmp_path, engine="duckdb", catalog=True).failures == ()
    assert shop.catalog() == before
    assert shop.tables() == tables


def test_what_a_person_wrote_of_a_field_that_no_data_have_stays(site: Provider, tmp_path: Path) -> None:
    shop = filled(tmp_path, site, "merge")
    document = shop.catalog()
    document["fields"]["soon"] = {"description": "It comes next year.", "present": 1, "of": 7, "types": {"string": 1}}
    write_catalog(shop, document)
    assert replay(tmp_path, engine="duckdb", catalog=True).failures == ()
    assert shop.catalog()["fields"]["soon"]["description"] == "It comes next year."


def write_catalog(shop: Pipeline, document: Any) -> None:
    """Write a catalog as a run would, so that it is no edit of a person."""
    text = yaml.safe_dump(document, sort_keys=False)
    store = catalog_store(Project.at(shop.root), "items")
    for file in (store.file, store.last):
        file.write_text(text)


def test_a_day_that_is_none_is_refused(site: Provider, tmp_path: Path) -> None:
    pipeline(tmp_path, site)
    with pytest.raises(InputError, match="write it as 2026-11-21"):
        replay(tmp_path, since="yesterday")


def change(shop: Pipeline, sql: str) -> None:
    import duckdb

    with duckdb.connect(shop.root / "warehouse.duckdb") as connection:
        connection.execute(sql)
