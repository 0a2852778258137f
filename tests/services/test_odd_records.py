"""Records that DuckDB would stop at are set aside one by one; the rest of the dataset loads."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.pipeline.patterns.extract.loopback import Provider, Reply, provider
from tests.services.pipelines import Pipeline, pipeline

from penstock.services.rejects import rejects

ENGINES = ["duckdb", pytest.param("dbt", marks=pytest.mark.slow)]

GOOD = '{"id": 1, "o": {"a": 1}, "l": [{"b": 1}], "m": {"10": 1, "11": 1, "12": 1}}'
REPEATED = {
    "record": ('{"id": 2, "id": 3, "o": {"a": 1}, "l": []}', ""),
    "object": ('{"id": 4, "o": {"a": 1, "a": 2}, "l": []}', "o"),
    "element": ('{"id": 5, "o": {"a": 1}, "l": [{"b": 1}, {"b": 2, "b": 2}]}', "l[]"),
    "map": ('{"id": 6, "o": {"a": 1}, "l": [], "m": {"13": 1, "14": 1, "15": 1, "13": 2}}', "m"),
}
"""A record with a repeated key, and the path of the object that holds it."""

PAGES: dict[str, tuple[dict[str, str], Callable[[Iterable[str]], str]]] = {
    "json": ({"records": "data", "format": "json"}, lambda records: f'{{"data": [{", ".join(records)}]}}'),
    "ndjson": ({"records": "", "format": "ndjson"}, "\n".join),
}


@pytest.fixture
def site() -> Iterator[Provider]:
    with provider() as one:
        yield one


def shop_with(root: Path, site: Provider, form: str, *records: str, engine: str = "duckdb") -> Pipeline:
    dataset, page = PAGES[form]
    shop = pipeline(root, site, engine, key=["id"], **dataset)
    site.answer = lambda _: Reply(page(records).encode())
    return shop


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("form", PAGES)
def test_records_with_a_repeated_key_are_set_aside(site: Provider, tmp_path: Path, form: str, engine: str) -> None:
    many = [GOOD, *(GOOD.replace('"id": 1', f'"id": {number}') for number in range(20, 30))]
    shop = shop_with(tmp_path, site, form, *many, *(text for text, _ in REPEATED.values()), engine=engine)
    shop.run()
    found: list[Any] = [(each.position, each.path, each.reason) for each in rejects(tmp_path)]
    places = range(len(many) + 1, len(many) + len(REPEATED) + 1)
    assert found == [
        (place, path, "a key is repeated") for place, (_, path) in zip(places, REPEATED.values(), strict=True)
    ]
    assert shop.rows("select id from items order by 1") == [(1,), *((number,) for number in range(20, 30))]
    assert shop.rows("select count(*) from items__l") == [(len(many),)]
