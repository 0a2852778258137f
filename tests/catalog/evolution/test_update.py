from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penstock.catalog.decisions.shape import shape_of
from penstock.catalog.evolution.update import settle, update
from penstock.catalog.model import Catalog, FieldProfile
from penstock.catalog.profiling.profile import profile_documents
from penstock.schema import Map, Path, Record, Text, Type, format_type, parse_path, parse_type


def settled(*values: object) -> Catalog:
    return settle(profile_documents(({"x": each} for each in values), "x"))


def find(catalog: Catalog, path: str) -> FieldProfile:
    return catalog.by_path()[parse_path(path)]


def decide(catalog: Catalog, path: str, type_: Type) -> Catalog:
    """The catalog as a person changed it."""
    changed = (
        replace(each, type=type_, decided_by="person", description="mine") if str(each.path) == path else each
        for each in catalog.fields
    )
    return replace(catalog, fields=tuple(changed))


@pytest.mark.parametrize(
    ("old", "new", "type_", "gated"),
    [
        ([1], [2], "integer", False),
        ([1], [2**64], "integer(128)", False),
        ([2**64], [2**130], "integer(any)", False),
        ([1], [2.5], "float", False),
        ([1], [12345678901234567890.5], "float", False),
        ([2**60 + 1], [0.5], "decimal(20,1)", False),
        ([2**64], [0.5], "integer(128)", True),
        ([0.5], [2**60 + 1], "float", True),
        ([0.5], [1], "float", False),
        ([1], [None], "integer", False),
        ([None], ["2021-01-01"], "date", False),
        (["2021-01-01"], ["soon"], "date", True),
        (["soon"], ["2021-01-01"], "text", False),
        (["x"], [1], "text", True),
        ([1], ["x"], "integer", True),
        ([1, "x"], [True], "json", False),
        ([1, "x"], [1] * 9, "json", False),
        ([[]], [[1]], "list", False),
        ([[1]], [{"a": 1}], "list", True),
        ([{}], [{"a": 1}], "record", False),
        ([{"a": 1}], [{str(each): 1} for each in range(9)], "record", False),
        ([{"1": 1}], [{"name": 1}], "map", False),
    ],
)
def test_a_decision_stands_unless_it_widens_safely(
    old: list[object], new: list[object], type_: str, gated: bool
) -> None:
    catalog = update(settled(*old), profile_documents({"x": each} for each in new))
    found = find(catalog, "x").type
    assert found is not None
    assert format_type(found) == type_
    assert shape_of(catalog).gated == ({parse_path("x")} if gated else set())


def test_new_fields_come_behind_known_ones_and_are_decided() -> None:
    old = settle(profile_documents([{"b": 1, "c": {"z": 1}}], "events"))
    catalog = update(old, profile_documents([{"a": "x", "c": {"y": True}, "b": 2}]))
    assert (catalog.name, catalog.records) == ("events", 2)
    assert [str(each.path) for each in catalog.fields] == ["b", "c", "c.z", "c.y", "a"]
    assert find(catalog, "c.y").type == parse_type("boolean")
    assert find(catalog, "a").present == 1
    assert find(catalog, "a").parents == 2


def test_what_a_person_decided_and_wrote_stays() -> None:
    catalog = decide(settled(7), "x", Text())
    after = update(catalog, profile_documents([{"x": "y"}]))
    assert (find(after, "x").type, find(after, "x").decided_by, find(after, "x").description) == (
        Text(),
        "person",
        "mine",
    )
    assert shape_of(after).gated == {parse_path("x")}
    assert shape_of(after).record.by_name()["x"].description == "mine"
    json_field = update(decide(settled(7), "x", parse_type("json")), profile_documents([{"x": [1]}]))
    assert shape_of(json_field).gated == frozenset()


def test_a_person_makes_a_map_and_its_keys_are_added_up() -> None:
    catalog = settle(decide(settled({"eng": 1}, {"fra": 2.5}), "x", Map()))
    assert [str(each.path) for each in catalog.fields] == ["x", "x.*"]
    assert find(catalog, "x.*").type == parse_type("float")
    after = update(catalog, profile_documents([{"x": {"spa": 1}}]))
    assert find(after, "x.*").types == {"integer": 2, "number": 1}


def test_a_person_makes_a_record_of_a_map() -> None:
    catalog = decide(settled({"1": 1}), "x", Record())
    after = update(catalog, profile_documents([{"x": {"1": 1, "2": "y"}}]))
    assert [str(each.path) for each in after.fields] == ["x", "x.1", "x.2"]
    record = shape_of(after).record.by_name()["x"].type
    assert isinstance(record, Record)
    assert [(each.name, each.optional) for each in record.fields] == [("1", True), ("2", True)]


def test_a_field_that_is_gone_stays_known() -> None:
    catalog = update(settled(1), profile_documents([{"y": 1}]))
    assert (find(catalog, "x").present, find(catalog, "x").parents) == (1, 2)


def test_settling_twice_changes_nothing_and_keeps_how_far_the_data_was_counted() -> None:
    catalog = replace(settled({"1": 1, "2": 2}), through="2021")
    assert settle(catalog) == catalog
    assert update(catalog, profile_documents([])) == catalog


_documents = st.lists(
    st.dictionaries(
        st.sampled_from(["a", "b", "1", "2"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.sampled_from(["x", "2021-01-01", ""]) | st.floats(-9, 9),
            lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["u", "7", "8"]), inner),
            max_leaves=5,
        ),
    ),
    max_size=6,
)


@given(_documents)
def test_settling_does_not_change_the_shape(documents: list[object]) -> None:
    catalog = profile_documents(documents)
    assert shape_of(settle(catalog)) == shape_of(catalog)
    assert shape_of(catalog).gated == frozenset()


@given(_documents, _documents)
def test_decided_types_only_widen(old: list[object], new: list[object]) -> None:
    before = settle(profile_documents(old))
    after = update(before, profile_documents(new)).by_path()
    for each in before.fields:
        if each.type is not None and each.path.parts:
            now = after[each.path].type
            assert now is not None
            numeric = {"integer", "decimal", "float"}
            assert now == each.type or {now.name, each.type.name} <= numeric, (each.path, each.type, now)


def test_the_empty_path_is_kept_when_records_are_no_objects() -> None:
    catalog = settle(profile_documents([1, "x"]))
    assert catalog.fields[0].path == Path()
    assert shape_of(update(catalog, profile_documents([2]))).wrapped
