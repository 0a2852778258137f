"""A person's decision in a catalog, followed from the run that reads it to the tables."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.pipeline.patterns.extract.loopback import Provider, provider
from tests.services.pipelines import Pipeline, pipeline

from penstock.catalog.file.document import read_catalog
from penstock.errors import PlanError
from penstock.services.rejects import retry
from penstock.services.run import run

ENGINES = ["duckdb", pytest.param("dbt", marks=pytest.mark.slow)]
RECORDS = [{"id": each, "num": each * 1000, "day": "31.12.2021", "ok": True} for each in range(1, 6)]


@pytest.fixture
def site() -> Iterator[Provider]:
    with provider() as one:
        yield one


def decide(shop: Pipeline, path: str, type_: str) -> None:
    file = shop.root / "catalog" / "items.yml"
    old = {str(each.path): each.type for each in read_catalog(file).fields}[path]
    assert old is not None
    text = file.read_text(encoding="utf-8")
    begin = f"  {path}:\n    type: {old.name}\n"
    assert begin in text
    file.write_text(text.replace(begin, f"  {path}:\n    type: {type_}\n    decided_by: person\n"), encoding="utf-8")


@pytest.mark.parametrize("engine", ENGINES)
def test_numbers_become_text_when_a_person_says_so(site: Provider, tmp_path: Path, engine: str) -> None:
    shop = pipeline(tmp_path, site, engine, key=["id"])
    shop.fetch(*RECORDS)
    decide(shop, "num", "text")
    decide(shop, "ok", "text")
    shop.run()
    assert shop.rows("select num, ok from items order by id") == [(str(each["num"]), "true") for each in RECORDS]


@pytest.mark.parametrize("steps", [{}, {"first": "profile"}, {"first": "normalise"}])
def test_a_changed_type_is_a_decision_without_saying_so(site: Provider, tmp_path: Path, steps: dict[str, Any]) -> None:
    shop = pipeline(tmp_path, site, "duckdb", key=["id"])
    shop.fetch(*RECORDS)
    file = shop.root / "catalog" / "items.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("  num:\n    type: integer\n", "  num:\n    type: text\n"))
    shop.run(**steps)
    assert shop.rows("select num from items order by id") == [(str(each["num"]),) for each in RECORDS]
    shop.run()
    assert shop.catalog()["fields"]["num"]["decided_by"] == "person"


def test_rows_come_back_after_a_changed_type(site: Provider, tmp_path: Path) -> None:
    shop = pipeline(tmp_path, site, "duckdb", key=["id"])
    shop.fetch(*RECORDS)
    shop.fetch({"id": 6, "num": "n/a"})
    file = shop.root / "catalog" / "items.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("  num:\n    type: integer\n", "  num:\n    type: text\n"))
    assert retry(shop.root, engine="duckdb").left == ()
    assert shop.rows("select num from items order by id") == [*[(str(each["num"]),) for each in RECORDS], ("n/a",)]


@pytest.mark.parametrize("engine", ENGINES)
def test_an_exact_decimal_by_a_person_keeps_every_row(site: Provider, tmp_path: Path, engine: str) -> None:
    shop = pipeline(tmp_path, site, engine, key=["id"])
    shop.fetch(*RECORDS)
    decide(shop, "num", "decimal(12,2)")
    shop.run()
    assert shop.rows("select cast(num as varchar) from items order by id") == [
        (f"{each['num']}.00",) for each in RECORDS
    ]


def test_a_day_that_cannot_be_read_stops_the_run_before_the_tables(site: Provider, tmp_path: Path) -> None:
    shop = pipeline(tmp_path, site, "duckdb", key=["id"])
    shop.fetch(*RECORDS)
    before = shop.rows("from items order by id")
    decide(shop, "day", "date")
    (failure,) = run(shop.root, engine="duckdb").failures
    assert isinstance(failure, PlanError)
    for part in ("'day'", "%d.%m.%Y", "2021-12-31", "`type: text`", "catalog/items.yml"):
        assert part in str(failure)
    assert shop.rows("from items order by id") == before
