"""A table that no field becomes any more is removed with its model, or it is said why it stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.pipeline.patterns.extract.loopback import Provider, provider
from tests.services.pipelines import Pipeline, pipeline

from penstock.runtime.events import Event, Noted
from penstock.services.replay import replay

MODEL = Path("dbt/models/tables/items__tags.sql")
ENGINES = ["duckdb", pytest.param("dbt", marks=pytest.mark.slow)]


@pytest.fixture
def site() -> Iterator[Provider]:
    with provider() as one:
        yield one


def filled(root: Path, site: Provider, engine: str) -> Pipeline:
    shop = pipeline(root, site, engine, key=["id"])
    shop.fetch({"id": 1, "tags": ["a", "b"]}, {"id": 2, "tags": []})
    assert "main.items__tags" in shop.tables()
    return shop


def told(events: list[Event]) -> str:
    return "\n".join(each.text for each in events if isinstance(each, Noted))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("again", ["run", "replay"])
def test_a_table_that_no_field_becomes_is_removed(site: Provider, tmp_path: Path, engine: str, again: str) -> None:
    shop = filled(tmp_path, site, engine)
    shop.decide("tags", type="json", decided_by="person")
    events: list[Event] = []
    if again == "run":
        shop.run(listen=events.append)
    else:
        assert replay(tmp_path, engine=engine, listen=events.append).failures == ()
    assert list(shop.tables()) == ["main.items", "rejects.items"]
    assert not (tmp_path / MODEL).exists()
    assert "items__tags is part of no plan any more: it was removed" in told(events)
    assert shop.rows("select id, cast(tags as varchar) from items order by id") == [(1, '["a","b"]'), (2, "[]")]


def test_it_comes_back_with_its_model(site: Provider, tmp_path: Path) -> None:
    shop = filled(tmp_path, site, "duckdb")
    before, text = shop.tables(), (tmp_path / MODEL).read_text()
    file = tmp_path / "catalog" / "items.yml"
    catalog = file.read_text()
    shop.decide("tags", type="json", decided_by="person")
    shop.run()
    file.write_text(catalog)
    shop.run()
    assert shop.tables() == before
    assert (tmp_path / MODEL).read_text() == text


@pytest.mark.slow
def test_a_model_that_its_owner_edited_stays_with_its_table(site: Provider, tmp_path: Path) -> None:
    shop = filled(tmp_path, site, "dbt")
    mine = "select 1 as my_own\n"
    (tmp_path / MODEL).write_text(mine)
    shop.decide("tags", type="json", decided_by="person")
    events: list[Event] = []
    shop.run(listen=events.append)
    assert (tmp_path / MODEL).read_text() == mine
    assert "main.items__tags" in shop.tables()
    assert "you edited the file, so it stays" in told(events)
    assert "because a dbt model makes it" in told(events)
