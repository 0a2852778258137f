"""`penstock check` on mappings, and `penstock operations`."""

import json
from pathlib import Path

import pytest
from tests.mapping.test_file import MAPPING

from penstock.cli.app import run_program
from penstock.mapping import all_operations
from penstock.mapping.file import dump_mapping

TABLES = """CREATE TABLE source (id VARCHAR NOT NULL, note VARCHAR);
CREATE TABLE mart (key VARCHAR NOT NULL, note INTEGER NOT NULL);
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mapping.json"
    path.write_text(dump_mapping(MAPPING), encoding="utf-8")
    return path


def test_a_sound_mapping(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_program(["check", str(file)]) == 0
    assert "no findings" in capsys.readouterr().out


def test_every_finding_as_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = file.read_text(encoding="utf-8")
    text = text.replace('"order.id"', '"order.idd"').replace('"target": "note"', '"target": "notes"')
    file.write_text(text, encoding="utf-8")
    assert run_program(["check", str(file), "--json"]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert {each["path"] for each in findings} >= {"key", "note"}
    key = next(each for each in findings if each["path"] == "key")
    assert (key["severity"], key["code"], key["suggestion"]) == ("error", "MAP006", "Did you mean 'id'?")


def test_other_shapes(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables = file.with_name("tables.sql")
    tables.write_text(TABLES, encoding="utf-8")
    assert run_program(["check", str(file), f"{tables}#source", f"{tables}#mart", "--json"]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert ("MAP013", "note") in [(each["code"], each["path"]) for each in findings]


@pytest.mark.parametrize(
    ("text", "arguments", "problem"),
    [
        ('{"penstock": "mapping/7"}', [], "mapping/7"),
        ('{"penstock": "mapping/1", "a": 1, "a": 2}', [], "twice"),
        ('{"penstock": "mapping/1", "x": ' + "[" * 10_000, [], "nested more than"),
        (None, ["one.sql"], "name a document for each"),
        ("version: 1\n", ["one.sql", "two.sql"], "no mapping"),
    ],
)
def test_what_cannot_be_read(
    text: str | None, arguments: list[str], problem: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if text is not None:
        file.write_text(text, encoding="utf-8")
    assert run_program(["check", str(file), *arguments]) == 2
    assert problem in capsys.readouterr().err


def test_the_manual(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_program(["operations", "split"]) == 0
    text = capsys.readouterr().out
    assert all_operations()["SPLIT"].manual in text
    assert 'SPLIT("a,b", ",") = ["a", "b"]' in text
    assert run_program(["operations", "SPLITT"]) == 2
    assert "'SPLIT'" in capsys.readouterr().err


def test_the_manual_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_program(["operations", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["operations"]
    assert [each["name"] for each in listed] == list(all_operations())
    assert all(each["examples"] and each["text"] and each["targets"] for each in listed)
