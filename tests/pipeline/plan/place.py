"""A warehouse in memory beside a landing zone, for tests."""

from pathlib import Path as File
from typing import Any

import duckdb
from tests.pipeline.plan.cases import Case
from tests.pipeline.plan.landed import Landing

from penstock.catalog.decisions.shape import Shape
from penstock.pipeline.plan import PageKind, Plan, plans_of
from penstock.pipeline.spec.model import Spec
from penstock.runtime.duckdb_landing import load_landing
from penstock.runtime.duckdb_warehouse import BuildResult, build_tables


def spec_of(datasets: dict[str, dict[str, Any]], **more: Any) -> Spec:
    """A spec with some datasets of one provider."""
    wanted = {name: {"endpoint": f"https://example.org/{name}", **each} for name, each in datasets.items()}
    return Spec.model_validate(
        {"penstock": "penstock/1", "name": "Test", "provider": {"name": "acme"}, "datasets": wanted, **more}
    )


class Place:
    """One dataset `d`, its landing zone and its tables."""

    def __init__(self, root: File, shape: Shape, page: PageKind | None = None, **dataset: Any) -> None:
        self.landing = Landing(root / "landing")
        self.spec = spec_of({"d": dataset})
        self.page = page
        self.plan = self.planned(shape)
        self.connection = duckdb.connect()

    def planned(self, shape: Shape, previous: Plan | None = None) -> Plan:
        pages = {"d": self.page} if self.page else None
        return plans_of(self.spec, {"d": shape}, previous={"d": previous} if previous else None, pages=pages)["d"]

    def build(self, *, full_refresh: bool = False) -> BuildResult:
        load_landing(self.connection, self.spec, str(self.landing.root))
        return build_tables(self.connection, self.plan, str(self.landing.root), full_refresh=full_refresh)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query).fetchall()


def place_of(case: Case, root: File) -> Place:
    """A place where the pages of a case have landed."""
    place = Place(
        root, case.shape, case.page, records=case.path, format="ndjson" if case.suffix == "ndjson" else "json",
        mode="append", key=list(case.key),
    )  # fmt: skip
    place.landing.run("d", pages_of(case), **landing_of(case))
    return place


def landing_of(case: Case) -> dict[str, Any]:
    counts = [len(case.records)] if not case.pages or case.suffix == "ndjson" else None
    return {"records": case.path, "suffix": case.suffix, "counts": counts}


def pages_of(case: Case) -> list[Any]:
    if case.text:
        return [case.text]
    if case.pages:
        return list(case.pages)
    page: Any = case.records
    for name in reversed(case.path.split(".") if case.path else []):
        page = {name: page}
    return [page]
