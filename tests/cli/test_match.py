"""`penstock match`: a table for a person, a document for a program."""

import json
from pathlib import Path

import pytest

from penstock.cli.app import run_program

TABLES = """CREATE TABLE customer (cust_id INTEGER, cust_nm VARCHAR, street_addr VARCHAR);
CREATE TABLE booking (booking_id INTEGER, room_no VARCHAR, check_in_date DATE);
CREATE TABLE stay (customer_name VARCHAR, check_in DATE, room_number VARCHAR, moon_phase DOUBLE);
"""


@pytest.fixture
def tables(tmp_path: Path) -> str:
    path = tmp_path / "tables.sql"
    path.write_text(TABLES, encoding="utf-8")
    return str(path)


def test_one_source(tables: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_program(["match", f"{tables}#booking", f"{tables}#stay", "--json", "--top", "2"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {each["target"]: each["source"] for each in found["matches"]} == {
        "check_in": "check_in_date",
        "room_number": "room_no",
    }
    assert all(0.2 <= each["confidence"] <= 1 and each["evidence"] for each in found["matches"])
    assert [len(each) for each in found["candidates"].values()] == [2, 2, 2, 2]
    assert found["unmatched"] == {"source": ["booking_id"], "target": ["customer_name", "moon_phase"]}


def test_several_sources_have_names_in_front(tables: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_program(["match", f"{tables}#customer", f"{tables}#booking", f"{tables}#stay", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {each["target"]: each["source"] for each in found["matches"]} == {
        "customer_name": "customer.cust_nm",
        "check_in": "booking.check_in_date",
        "room_number": "booking.room_no",
    }
    assert "customer.street_addr" in found["unmatched"]["source"]


def test_the_same_source_twice_has_two_names(tables: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_program(["match", *[f"{tables}#booking"] * 2, f"{tables}#stay", "--json"]) == 0
    sources = json.loads(capsys.readouterr().out)["unmatched"]["source"]
    assert {each.partition(".")[0] for each in sources} == {"booking", "booking2"}


def test_values_of_data_are_evidence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, fields in (("old", ("a", "b")), ("new", ("k", "j"))):
        rows = [{fields[0]: f"u{at}@mail.example", fields[1]: f"2024-01-{at + 10}"} for at in range(8)]
        (tmp_path / f"{name}.ndjson").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert run_program(["match", str(tmp_path / "old.ndjson"), str(tmp_path / "new.ndjson"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["matches"]
    assert {each["target"]: each["source"] for each in found} == {"k": "a", "j": "b"}
    assert all("values" in each["evidence"] for each in found)


def test_a_table_for_a_person(tables: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_program(["match", f"{tables}#booking", f"{tables}#stay"]) == 0
    text = capsys.readouterr().out
    row = next(line for line in text.splitlines() if "room_number" in line)
    assert "room_no" in row.split()
    assert "name" in next(line for line in text.splitlines() if "check_in_date" in line.split()[1:2]).split("0.")[1]
    assert next(line for line in text.splitlines() if "moon_phase" in line).split()[1] == "-"
    assert "Sources without a target: booking_id" in text


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["{}#booking"], "a source and a target are needed"),
        (["-", "-"], "only one of the documents"),
        (["{}#booking", "{}#nothing"], "nothing"),
        (["{}#booking", "missing.sql"], "missing.sql"),
    ],
)
def test_what_cannot_be_matched(
    arguments: list[str], problem: str, tables: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_program(["match", *(each.format(tables) for each in arguments)]) == 2
    assert problem in capsys.readouterr().err
