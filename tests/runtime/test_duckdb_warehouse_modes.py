"""Writing modes: what later pages, late pages and repeated pages do to the tables."""

from pathlib import Path as File
from typing import Any

import pytest
from tests.pipeline.plan.place import Place

from penstock.catalog.decisions.shape import Shape
from penstock.errors import TablesError
from penstock.schema import Field, Integer, List, Path, Record, Text, parse_path

SHAPE = Shape(
    Record((Field("id", Text()), Field("v", Integer(nullable=True)), Field("tags", List(Text()), optional=True))),
    frozenset({parse_path("id"), parse_path("v")}),
)
KEYED = {"key": ["id"], "mode": "merge"}


def rec(id_: Any, v: Any, *tags: str) -> dict[str, Any]:
    return {"id": id_, "v": v, "tags": list(tags)}


def state(place: Place) -> tuple[list[Any], list[Any]]:
    return (
        place.rows("select id, v from d order by _requested_at, _position"),
        place.rows(
            "select d.id, t.value from d__tags t join d on t._parent_id = d._row_id "
            "order by d._requested_at, d.id, t._position"
        ),
    )


def built_each_run(root: File, runs: list[Any], **dataset: Any) -> Place:
    place = Place(root, SHAPE, **dataset)
    for run in runs:
        place.landing.run("d", run)
        place.build()
    return place


def built_at_once(root: File, runs: list[Any], **dataset: Any) -> Place:
    place = Place(root, SHAPE, **dataset)
    for run in runs:
        place.landing.run("d", run)
    place.build()
    return place


A, B = [rec("1", 1, "x")], [rec("1", 2)]
MODES = [
    ("append: the same page is no change", {}, [[A], [A]], [("1", 1)], [("1", "x")]),
    ("append: what comes back is a change", {}, [[A], [B], [A]], [("1", 1), ("1", 2), ("1", 1)], [("1", "x"),
     ("1", "x")]),
    ("append: equal pages of two requests", {}, [[A, A]], [("1", 1), ("1", 1)], [("1", "x"), ("1", "x")]),
    ("append: a page twice in a run", {}, [[("r", A), ("r", A)]], [("1", 1)], [("1", "x")]),
    ("merge: the newest of a key", KEYED, [[A], [B]], [("1", 2)], []),
    ("merge: lost and new children", KEYED, [[[rec("1", 1, "x", "y"), rec("2", 5, "k")]], [[rec("1", 2, "z")]]],
     [("2", 5), ("1", 2)], [("2", "k"), ("1", "z")]),
    ("merge: the last one in a page", KEYED, [[[rec("1", 1, "x"), rec("1", 2, "y"), rec("1", 3)]]], [("1", 3)], []),
    ("merge: what is gone from a window stays", KEYED, [[[rec("1", 1)]], [[rec("2", 2)]]], [("1", 1), ("2", 2)], []),
    ("merge: pages of a run in their order", KEYED, [[[rec("1", 1)], [rec("1", 2)]]], [("1", 2)], []),
    ("merge: what does not fit replaces nothing", KEYED, [[A], [[rec("1", "x")]]], [("1", 1)], [("1", "x")]),
    ("merge: what comes back", KEYED, [[A], [B], [A]], [("1", 1)], [("1", "x")]),
]  # fmt: skip


@pytest.mark.parametrize("build", [built_each_run, built_at_once])
@pytest.mark.parametrize(("name", "dataset", "runs", "rows", "tags"), MODES, ids=[each[0] for each in MODES])
def test_modes(name: str, dataset: Any, runs: Any, rows: Any, tags: Any, build: Any, tmp_path: File) -> None:
    place = build(tmp_path, runs, **dataset)
    assert state(place) == (rows, tags)
    place.build(full_refresh=True)
    assert state(place) == (rows, tags)


@pytest.mark.parametrize("mode", ["merge", "snapshot"])
def test_late_data_never_replaces_newer_data(mode: str, tmp_path: File) -> None:
    place = Place(tmp_path, SHAPE, key=["id"], mode=mode)
    place.landing.run("d", [[rec("1", 2, "new")]], at=1000)
    place.build()
    place.landing.run("d", [[rec("1", 1, "old"), rec("2", 1, "old")]], at=10, outcome="failed")
    assert place.build().records == 2
    assert state(place) == ([("2", 1), ("1", 2)], [("2", "old"), ("1", "new")])


def test_a_late_line_makes_a_repeat_a_change(tmp_path: File) -> None:
    place = Place(tmp_path, SHAPE)
    place.landing.run("d", [("r", A)], at=0)
    place.landing.run("d", [("r", A)], at=100)
    place.build()
    assert [row[1] for row in state(place)[0]] == [1]
    place.landing.run("d", [("r", B)], at=50)
    place.build()
    assert [row[1] for row in state(place)[0]] == [1, 2, 1]


def closed(place: Place) -> dict[str, bool]:
    return dict(place.rows("select id, _closed_at is not null from d order by id"))


def test_a_snapshot_closes_what_a_complete_run_no_longer_has(tmp_path: File) -> None:
    place = Place(tmp_path, SHAPE, key=["id"], mode="snapshot")
    steps = [
        ([[rec("1", 1), rec("2", 1)]], "complete", {"1": False, "2": False}),
        ([[rec("1", 1)]], "failed", {"1": False, "2": False}),
        ([[rec("1", 1)]], "complete", {"1": False, "2": True}),
        ([[rec("1", 1)]], "complete", {"1": False, "2": True}),
        ([[rec("3", 1)], [rec("2", 9)]], "complete", {"1": True, "2": False, "3": False}),
        ([[rec("1", "broken"), rec("2", 9)]], "complete", {"1": True, "2": False, "3": False}),
    ]
    for pages, outcome, wanted in steps:
        place.landing.run("d", pages, outcome=outcome)
        place.build()
        assert closed(place) == wanted
    before = place.rows("from d order by id")
    place.build(full_refresh=True)
    assert place.rows("from d order by id") == before


def test_a_paused_run_closes_nothing_until_it_is_complete(tmp_path: File) -> None:
    place = Place(tmp_path, SHAPE, key=["id"], mode="snapshot")
    place.landing.run("d", [[rec("1", 1), rec("2", 1), rec("3", 1)]])
    place.build()
    run = place.landing.run("d", [[rec("1", 1)]], outcome="paused")
    place.build()
    assert closed(place) == {"1": False, "2": False, "3": False}
    place.landing.run("d", [[rec("2", 1)]], name=run)
    place.build()
    assert closed(place) == {"1": False, "2": False, "3": True}


REJECTS = [
    ("a fraction", rec("1", 2.7), ("v", "not of type integer", "2.7")),
    ("digits as text", rec("1", "9"), ("v", "not of type integer", '"9"')),
    ("a boolean", rec("1", True), ("v", "not of type integer", "true")),
    ("too large", rec("1", 2**63), ("v", "not of type integer", str(2**63))),
    ("an object", rec("1", {"a": 1}), ("v", "not of type integer", '{"a":1}')),
    ("a number as key", rec(7, 1), ("id", "not of type text", "7")),
    ("no key", rec(None, 1), ("id", "the key is null", None)),
    ("no key at all", {"v": 1}, ("id", "the key is null", None)),
    ("nothing", None, ("", "the record is null", None)),
]


@pytest.mark.parametrize("suffix", ["json", "ndjson"])
@pytest.mark.parametrize(("name", "record", "reason"), REJECTS, ids=[each[0] for each in REJECTS])
def test_what_does_not_fit_is_set_aside_whole(name: str, record: Any, reason: Any, suffix: str, tmp_path: File) -> None:
    place = Place(tmp_path, SHAPE, key=["id"], format=suffix)
    run = place.landing.run("d", [[rec("0", 1, "x"), record, rec("9", None, "y")]], suffix=suffix)
    result = place.build()
    assert (result.records, result.rejected, result.rows) == (3, 1, {"d": 2, "d__tags": 2})
    path = place.rows("select path from landing.d")[0][0]
    wanted = ("d", *reason, path, 2, run)
    for _ in range(2):
        rows = place.rows("select dataset, path, reason, value, file, position, run from rejects.d")
        assert rows == [wanted]
        place.rows("update landing.d set normalised_at = null")
        place.build()


def test_a_value_deep_in_a_list_sets_the_record_aside(tmp_path: File) -> None:
    shape = Shape(
        Record((Field("l", List(Record((Field("q", Integer()), Field("m", List(List(Integer()))))))),)),
        frozenset({parse_path("l[].q"), parse_path("l[].m[][]")}),
    )
    place = Place(tmp_path, shape)
    good = {"l": [{"q": 1, "m": [[1], []]}, {"q": None, "m": [None]}]}
    place.landing.run("d", [[good, {"l": [{"q": 1}, {"q": 1.5}]}, {"l": [{"m": [[1], [2, "3"]]}]}, {"l": None}, {}]])
    assert place.build().rejected == 2
    assert place.rows("select path, value from rejects.d order by position") == [("l[].q", "1.5"), ("l[].m[][]", '"3"')]
    assert place.rows("select count(*) from d") == [(3,)]


def test_a_key_that_is_written_twice_sets_the_record_aside(tmp_path: File) -> None:
    place = Place(tmp_path, Shape(SHAPE.record, frozenset({Path()})))
    place.landing.run("d", ['[{"id": "1", "v": 1}, {"id": "2", "v": 1, "v": 2}]'], counts=[2])
    assert place.build().rejected == 1
    assert place.rows("select id, v from d") == [("1", 1)]
    assert place.rows("select path, value from rejects.d") == [("", '{"id":"2","v":1,"v":2}')]


def test_nothing_changes_when_a_file_cannot_be_read(tmp_path: File) -> None:
    place = Place(tmp_path, SHAPE, key=["id"])
    place.landing.run("d", [A])
    place.build()
    place.landing.run("d", ['[{"id": "2", "tags": "no list"}]'])
    with pytest.raises(TablesError, match="Hint"):
        place.build()
    assert state(place) == ([("1", 1)], [("1", "x")])
    assert place.rows("select count(*) from landing.d where normalised_at is null") == [(1,)]


def test_a_count_that_is_not_that_of_the_manifest_is_an_error(tmp_path: File) -> None:
    place = Place(tmp_path, SHAPE, key=["id"])
    place.landing.run("d", [A], counts=[2])
    with pytest.raises(TablesError, match="counts_d"):
        place.build()


def test_new_fields_become_new_columns(tmp_path: File) -> None:
    place = Place(tmp_path, SHAPE, key=["id"])
    place.landing.run("d", [[rec("1", 1), rec("2", 2)]])
    place.build()
    fields = (
        *SHAPE.record.fields,
        Field("w", Text(nullable=True), optional=True),
        Field("more", List(Integer()), optional=True),
    )
    place.plan = place.planned(Shape(Record(fields)), place.plan)
    place.landing.run("d", [[{"id": "2", "v": 3, "w": "076", "more": [1, 2]}]])
    place.build()
    assert place.rows("select id, v, w from d order by id") == [("1", 1, None), ("2", 3, "076")]
    assert place.rows("select value from d__more order by _position") == [(1,), (2,)]


def test_tables_that_are_gone_are_built_from_everything(tmp_path: File) -> None:
    place = Place(tmp_path, SHAPE, key=["id"])
    place.landing.run("d", [A])
    place.build()
    place.rows("drop table d")
    place.build()
    assert state(place) == ([("1", 1)], [("1", "x")])
