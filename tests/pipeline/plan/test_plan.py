"""The plan as data: names, keys, JSON, and when tables must be built again."""

from dataclasses import replace
from typing import Any

import pytest
from tests.pipeline.plan.cases import CASES, GBFS, Case
from tests.pipeline.plan.place import spec_of

from penstock.catalog.decisions.shape import Shape
from penstock.errors import PlanError
from penstock.pipeline.plan import Plan, format_plan, needs_refresh, parse_plan, plans_of
from penstock.pipeline.plan.names import MAX_LENGTH, snake_case
from penstock.schema import Field, Float, Integer, Json, List, Map, Record, Text, parse_path


def plan_of(record: Record, previous: Plan | None = None, **dataset: Any) -> Plan:
    before = {"d": previous} if previous else None
    return plans_of(spec_of({"d": dataset}), {"d": Shape(record)}, previous=before)["d"]


NAMES = [
    ("ID Nation", "id_nation"), ("stationName", "station_name"), ("HTTPStatus", "http_status"), ("a.b", "a_b"),
    ("9lives", "_9lives"), ("größe", "größe"), ("名前", "名前"), ("", "field"), ("€", "field"), ("_private",
     "_private"),
    ("x'); drop", "x_drop"), ("a__b", "a_b"), ("UUID", "uuid"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "wanted"), NAMES)
def test_names_in_snake_case(name: str, wanted: str) -> None:
    assert snake_case(name) == wanted


def test_tables_and_columns() -> None:
    plan = plan_of(GBFS.shape.record, key=["station_id"])
    assert {each.name: [column.name for column in each.columns] for each in plan.tables} == {
        "d": ["station_id", "lat", "capacity", "is_installed", "rental_uris_android", "rental_uris_ios"],
        "d__name": ["text", "language"],
        "d__rental_methods": ["value"],
        "d__vehicle_capacity": ["value"],
    }
    nested = plan_of(Record((Field("a b", List(List(Map(Record((Field("C", List(Integer())),)))))),)))
    assert [(each.name, each.parent) for each in nested.tables] == [
        ("d", None),
        ("d__a_b", "d"),
        ("d__a_b__items", "d__a_b"),
        ("d__a_b__items__items", "d__a_b__items"),
        ("d__a_b__items__items__c", "d__a_b__items__items"),
    ]


def test_every_name_is_unique_and_short_whatever_the_case() -> None:
    names = ["a.b", "a_b", "A b", "_row_id", "_ROW_ID", "x" * 100, "x" * 101, "group"]
    plan = plan_of(Record(tuple(Field(each, Integer()) for each in names)))
    columns = [each.name for each in plan.root.columns]
    assert len({each.lower() for each in [*columns, "_row_id"]}) == len(names) + 1
    assert all(len(each.encode()) <= MAX_LENGTH for each in columns)


def test_names_stay_when_fields_come() -> None:
    old = plan_of(Record((Field("a_b", Integer()), Field("l", List(Integer())))))
    new = plan_of(
        Record(
            (Field("a b", Integer()), Field("a_b", Integer()), Field("L", List(Text())), Field("l", List(Integer())))
        ),
        old,
    )
    assert {str(each.path): each.name for each in new.root.columns}["a_b"] == "a_b"
    assert {str(each.path): each.name for each in new.tables}["l[]"] == "d__l"
    assert not needs_refresh(old, new)


def test_datasets_and_their_tables_have_names_of_their_own() -> None:
    record = Record((Field("b", List(Integer())),))
    plans = plans_of(spec_of({"a": {}, "a__b": {}, "stg_a": {}}), dict.fromkeys(["a", "a__b", "stg_a"], Shape(record)))
    names = [each.name for plan in plans.values() for each in plan.tables]
    names += [
        name
        for plan in plans.values()
        for name in (plan.names.batch, plan.names.staging, plan.names.newest, plan.names.rejects)
    ]
    assert len(set(names)) == len(names)
    assert [plan.root.name for plan in plans.values()] == ["a", "a__b", "stg_a"]


RECORD = Record((Field("id", Integer()), Field("any", Json()), Field("tags", List(Text()))))
KEYS = [
    ({"key": ["nix"]}, "no single value"),
    ({"key": ["tags"]}, "no single value"),
    ({"key": ["any"]}, "several types"),
    ({"mode": "merge"}, "needs a key"),
]


@pytest.mark.parametrize(("dataset", "problem"), KEYS)
def test_a_key_that_identifies_nothing(dataset: Any, problem: str) -> None:
    with pytest.raises(PlanError, match=rf"{problem}[\s\S]*Hint:"):
        plan_of(RECORD, **dataset)


def test_datasets_that_differ_in_case_only() -> None:
    with pytest.raises(PlanError, match="in case only"):
        plans_of(spec_of({"a": {}, "A": {}}), {"a": Shape(RECORD), "A": Shape(RECORD)})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_plan_survives_json(case: Case) -> None:
    spec = spec_of({"d": {"records": case.path, "key": list(case.key), "mode": "append"}})
    plan = plans_of(spec, {"d": case.shape}, pages={"d": case.page} if case.page else None)["d"]
    assert parse_plan(format_plan(plan)) == plan


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"version": 1, "plan": {}}', '{"version": 99, "plan": {}}', '{"version": 1}']
)
def test_a_plan_that_cannot_be_read(text: str) -> None:
    with pytest.raises(PlanError, match="Hint"):
        parse_plan(text)


def changed(**types: Any) -> Record:
    fields = {each.name: each.type for each in RECORD.fields} | types
    return Record(tuple(Field(name, type_) for name, type_ in fields.items() if type_ is not None))


CHANGES = [
    ("nothing", changed(), {}, False),
    ("nullable", changed(id=Integer(nullable=True)), {}, False),
    ("a new field", changed(new=Text()), {}, False),
    ("a new list", changed(new=List(Text())), {}, False),
    ("another type", changed(id=Float()), {}, True),
    ("another type in a list", changed(tags=List(Integer())), {}, True),
    ("a list becomes a value", changed(tags=Text()), {}, True),
    ("a field that is gone", changed(id=None), {}, True),
    ("a key", changed(), {"key": ["id"]}, True),
    ("other records", changed(), {"records": "data"}, True),
]


@pytest.mark.parametrize(("name", "record", "dataset", "wanted"), CHANGES, ids=[each[0] for each in CHANGES])
def test_when_tables_must_be_built_again(name: str, record: Record, dataset: Any, wanted: bool) -> None:
    old = plan_of(RECORD)
    assert needs_refresh(old, plan_of(record, old, **dataset)) is wanted


def test_another_gate_changes_no_table() -> None:
    old = plan_of(RECORD)
    assert not needs_refresh(old, replace(old, gated=frozenset({parse_path("id")})))


def test_the_envelope_is_stepped_into() -> None:
    spec = spec_of({"d": {"records": "rows"}}, landing={"envelope": "inline"})
    assert str(plans_of(spec, {"d": Shape(RECORD)})["d"].records) == "data.rows"


@pytest.mark.parametrize(("records", "wanted"), [("", ""), ("rows", "rows"), ("a.rows[]", "a.rows"), ("[]", "")])
def test_where_the_records_are(records: str, wanted: str) -> None:
    assert str(plans_of(spec_of({"d": {"records": records}}), {"d": Shape(RECORD)})["d"].records) == wanted
