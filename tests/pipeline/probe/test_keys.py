"""What identifies a record, and what grows."""

from typing import Any

import pytest

from penstock.pipeline.probe.cursors import cursor_hint, propose_cursor
from penstock.pipeline.probe.keys import propose_key


def table(**columns: list[Any]) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


KEYS: list[tuple[str, list[Any], str, tuple[str, ...] | None]] = [
    ("id first", table(name=["a", "b"], url=["/a", "/b"], id=[1, 2]), "", ("id",)),
    ("own id before others", table(type_id=["s", "t"], bike_id=["x", "y"]), "bikes", ("bike_id",)),
    ("camel case", table(name=["a", "a"], stationId=["x", "y"]), "", ("stationId",)),
    ("name where nothing else", table(name=["a", "b"], url=["/a", "/b"]), "", ("name",)),
    ("glued", table(name=["a", "b"], safetyreportid=["1-1", "1-2"]), "", ("safetyreportid",)),
    ("paid is no id", table(prepaid=["a", "b"], invalid=["c", "d"]), "", None),
    ("codes", table(a=list(range(10)), cc=[f"{n:02}" for n in range(10)]), "", ("cc",)),
    ("below properties", [{"properties": {"code": n}} for n in ("a", "b")], "", ("properties.code",)),
    ("of another thing", [{"user": {"id": n}, "title": f"long title {n}"} for n in (1, 2)], "", None),
    ("two together", table(**{"ID Nation": ["US", "US"], "Year": ["2020", "2021"]}), "", ("ID Nation", "Year")),
    ("line of an order", table(order_id=[1, 1, 2], line_no=[1, 2, 1]), "", ("order_id", "line_no")),
    ("null is no key", table(id=[1, None], code=["a", "b"]), "", ("code",)),
    ("missing is no key", [{"id": 1}, {"code": 2}], "", None),
    ("twice is no key", table(id=[1, 1]), "", None),
    ("true is no key", table(id=[True, False]), "", None),
    ("a time is no key", table(updated_at=["2026-01-01", "2026-01-02"]), "", None),
    ("a number is no key", table(lat=[1.5, 2.5], count=[3, 4]), "", None),
    ("one record, by name", [{"alert_id": "x", "title": "t"}], "", ("alert_id",)),
    ("one record, nothing", [{"title": "t", "name": "n"}], "", None),
    ("no records", [], "", None),
    ("1 and text 1 differ", table(id=[1, "1"]), "", ("id",)),
]


@pytest.mark.parametrize(("records", "dataset", "key"), [each[1:] for each in KEYS], ids=[each[0] for each in KEYS])
def test_the_key_is_found(records: list[Any], dataset: str, key: tuple[str, ...] | None) -> None:
    choice = propose_key(records, dataset)
    assert (choice.value if choice else None) == key


def test_the_evidence_counts_and_others_are_offered() -> None:
    choice = propose_key(table(id=list(range(120)), number=list(range(120)), name=[str(n) for n in range(120)]))
    assert choice is not None
    assert choice.evidence == ("'id' is unique and never null in 120 of 120 records.",)
    assert [each.value for each in choice.alternatives] == [("number",), ("name",)]


def test_one_record_proves_nothing() -> None:
    choice = propose_key([{"id": 1}])
    assert choice is not None
    assert "does not show whether it is unique" in choice.evidence[0]


GROWING = table(id=[1, 2], created_at=["2026-01-01T00:00:00Z"] * 2, updated_at=["2026-01-02T00:00:00.5+01:00"] * 2)


@pytest.mark.parametrize(
    ("records", "described", "asked", "cursor"),
    [
        (GROWING, ["since", "page"], {}, ("updated_at", "since", None)),
        (GROWING, ["updatedSince"], {}, ("updated_at", "updatedSince", None)),
        (GROWING, [], {"since": "2026-01-01"}, ("updated_at", "since", "2026-01-01")),
        (GROWING, [], {"page": "1"}, None),
        (table(time=[1517929729880, 1517929729881]), ["starttime"], {}, ("time", "starttime", None)),
        (table(time=[3, 4]), ["starttime"], {}, None),
        (table(updated=["soon", "later"]), ["since"], {}, None),
        ([], ["since"], {}, None),
    ],
)
def test_a_cursor_needs_a_field_and_a_known_parameter(
    records: list[Any], described: list[str], asked: dict[str, str], cursor: tuple[str, str, str | None] | None
) -> None:
    choice = propose_cursor(records, described, asked)
    found = choice and (choice.value.path, choice.value.parameter, choice.value.start)
    assert found == cursor


def test_an_unknown_parameter_is_a_hint_not_a_guess() -> None:
    hint = cursor_hint(GROWING)
    assert hint is not None
    assert "'updated_at'" in hint
    assert "not guessed" in hint
    assert cursor_hint([{"id": 1}]) is None
