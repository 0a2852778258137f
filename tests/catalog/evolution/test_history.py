from collections.abc import Sequence

import pytest

from penstock.catalog.decisions.shape import shape_of
from penstock.catalog.evolution.history import MAX_HISTORY, is_gone, update_by_day
from penstock.catalog.file.document import dump_catalog, load_catalog
from penstock.catalog.model import Catalog, FieldProfile, Seen
from penstock.catalog.profiling.profile import profile_documents
from penstock.schema import parse_path

Day = tuple[str, Sequence[object]]


def run(old: Catalog | None, *days: Day) -> Catalog:
    """A catalog after a run; each day's records are counted and the catalog is written and read."""
    known = update_by_day(old, [(day, profile_documents(records)) for day, records in days])
    return load_catalog(
        dump_catalog(Catalog(known.name, known.records, known.fields, days[-1][0], history=known.history))
    )


def runs(*days: Day) -> Catalog:
    known: Catalog | None = None
    for day in days:
        known = run(known, day)
    assert known is not None
    return known


def field(catalog: Catalog, path: str) -> FieldProfile:
    return catalog.by_path()[parse_path(path)]


def history(catalog: Catalog) -> list[str]:
    return [
        " ".join(filter(None, (each.at, each.path, each.kind, each.before, each.after))) for each in catalog.history
    ]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ([("1", [{"a": 1}])], []),
        ([("1", [{"a": 1}]), ("2", [{"a": 2}])], []),
        ([("1", [{"a": 1}]), ("2", [{"a": 2, "b": "x"}])], ["2 b added text"]),
        ([("1", [{"a": 1}]), ("2", [{"a": 2, "b": {"c": 1, "d": [1]}}])], ["2 b added record"]),
        ([("1", [{"a": {}}]), ("2", [{"a": {"b": 1}}])], ["2 a type record", "2 a.b added integer"]),
        ([("1", [{"a": []}]), ("2", [{"a": [{"b": 1}]}])], ["2 a[] added record"]),
        ([("1", [{"a": 1}]), ("2", [{"a": 2**70}])], ["2 a type integer integer(128)"]),
        ([("1", [{"a": 1}]), ("2", [{"a": 2.5}])], ["2 a type integer float"]),
        ([("1", [{"a": 1}]), ("2", [{"a": None}])], ["2 a nullable"]),
        ([("1", [{"a": None}]), ("2", [{"a": None}]), ("3", [{"a": 7}])], ["3 a type integer"]),
        ([("1", [{"a": 1}] * 9), ("2", [{}]), ("3", [{"a": 1}])], ["2 a gone", "3 a back"]),
        ([("1", [{"a": 1}] * 9), ("2", [{}, {"a": 1}])], ["2 a optional"]),
        ([("1", [{"a": 1}, {}]), ("2", [{}])], []),
        ([("1", [{"a": 1}, {}]), ("2", [{}] * 5), ("3", [{}] * 5)], ["3 a gone"]),
        ([("1", [{"a": {"b": 1}}]), ("2", [{}])], ["2 a gone"]),
        ([("1", [{"a": 1}]), ("2", [])], []),
    ],
)
def test_tells_what_changed(days: list[Day], told: list[str]) -> None:
    assert history(runs(*days)) == told


def test_remembers_when_a_field_was_seen() -> None:
    catalog = runs(
        ("2026-11-19", [{"a": 1, "b": 1}]), ("2026-11-20", [{"a": 1}, {"a": 1}]), ("2026-11-21", [{"a": 1, "c": 1}])
    )
    assert field(catalog, "a").seen == Seen("2026-11-19")
    assert field(catalog, "b").seen == Seen("2026-11-19", "2026-11-19", 3)
    assert field(catalog, "c").seen == Seen("2026-11-21")
    assert is_gone(field(catalog, "b"))
    back = run(catalog, ("2026-11-22", [{"a": 1, "b": 1}]))
    assert field(back, "b").seen == Seen("2026-11-19")
    assert field(back, "c").seen == Seen("2026-11-21", "2026-11-21", 1)


def test_days_that_come_together_are_told_apart() -> None:
    days: list[Day] = [("1", [{"a": 1}]), ("2", [{"a": 2, "b": 1}]), ("3", [{"a": 2.5}])]
    at_once, one_by_one = run(None, *days), runs(*days)
    assert at_once.fields == one_by_one.fields
    assert history(at_once) == history(one_by_one) == ["2 b added integer", "3 a type integer float"]


def test_the_shape_does_not_depend_on_days() -> None:
    mixed: list[Day] = [("1", [{"a": 1}]), ("2", [{"a": "x"}])]
    whole = update_by_day(None, [("1", profile_documents([{"a": 1}, {"a": "x"}]))])
    assert shape_of(run(None, *mixed)) == shape_of(whole)


def test_an_unchanged_field_keeps_its_lines() -> None:
    first = runs(("2026-11-19", [{"a": 1, "b": "x"}]))
    second = run(first, ("2026-11-20", [{"a": 1, "b": "x"}]))
    before, after = dump_catalog(first).splitlines(), dump_catalog(second).splitlines()
    assert len(before) == len(after)
    assert "since: 2026-11-19" in after[8].strip() or any("since: 2026-11-19" in each for each in after)
    assert not any("last_seen" in each or "2026-11-20" in each for each in after if "through" not in each)


def test_the_history_is_bounded_and_newest_last() -> None:
    known = runs(("1", [{}]))
    for day in range(2, 5):
        known = run(known, (str(day), [{f"f{day}_{at}": 1 for at in range(MAX_HISTORY // 2)}]))
    assert len(known.history) == MAX_HISTORY
    assert known.history[-1].at == "4"


def test_a_map_is_one_change() -> None:
    known = runs(("1", [{"a": {"x": 1}}]), ("2", [{"a": {"y": 2}}]))
    assert history(known) == ["2 a.x gone", "2 a.y added integer"]
    days = [("1", [{"a": {f"{year}": 1}} for year in range(2000, 2009)]), ("2", [{"a": {"2020": 1}}])]
    assert history(runs(*days)) == []
