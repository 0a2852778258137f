"""penstock emit and penstock apply on mapping files: what is written, what is refused, with which exit code."""

import json
from pathlib import Path
from typing import Any

import pytest

from penstock.cli.app import run_program

ORDERS: dict[str, Any] = {
    "penstock": "mapping/1",
    "apiVersion": "1.1",
    "name": "orders",
    "inputs": {"order": {"id": {"type": "int"}, "name": {"type": "string"}}},
    "output": {"number": {"type": "int"}, "name": {"type": "string"}},
    "mapping": {
        "number": {"operation": "DIRECT", "parameters": ["order.id"]},
        "name": {"operation": "UPPER", "parameters": ["order.name"]},
    },
}


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    file = tmp_path / "mapping.json"
    file.write_text(json.dumps(ORDERS))
    return file


@pytest.mark.parametrize(
    ("target", "part"), [("python", "def map_record(order):"), ("jsonata", "$uppercase("), ("sql", "UPPER(")]
)
def test_emit_to_standard_output(mapping: Path, target: str, part: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_program(["emit", str(mapping), "--to", target]) == 0
    assert part in capsys.readouterr().out


def test_emit_to_a_file_and_a_folder(mapping: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_program(["emit", str(mapping), "--to", "python", "-o", str(tmp_path / "new/made.py"), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["target"] == "python"
    assert document["written"] == [str(tmp_path / "new/made.py")]
    assert document["files"] == [{"name": "orders.py", "text": (tmp_path / "new/made.py").read_text()}]
    assert run_program(["emit", str(mapping), "--to", "sql", "-o", str(tmp_path / "sql")]) == 0
    assert {"orders.sql", "orders_rejects.sql"} <= {each.name for each in (tmp_path / "sql").iterdir()}


def test_emit_for_newer_schemas(mapping: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tables.sql").write_text(
        "CREATE TABLE source (id INT, name INT); CREATE TABLE target (number BIGINT, name TEXT);"
    )
    documents = [f"{tmp_path / 'tables.sql'}#{name}" for name in ("source", "target")]
    assert run_program(["emit", str(mapping), *documents, "--to", "python"]) == 1
    assert "MAP005 at name" in capsys.readouterr().err
    assert run_program(["emit", str(mapping), documents[0], "--to", "python"]) == 2
    assert "a document for each" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"operation": "UPPER", "parameters": ["order.nme"]}, 1, "MAP006 at name"),
        ({"operation": "UPER", "parameters": ["order.name"]}, 1, "Unknown operation"),
    ],
)
def test_a_mapping_with_errors_is_neither_written_nor_run(
    mapping: Path, tmp_path: Path, change: Any, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping.write_text(json.dumps(ORDERS | {"mapping": ORDERS["mapping"] | {"name": change}}))
    (tmp_path / "data.json").write_text("{}")
    out = tmp_path / "out.json"
    assert run_program(["emit", str(mapping), "--to", "python", "-o", str(out)]) == code
    assert said in capsys.readouterr().err
    assert run_program(["apply", str(mapping), str(tmp_path / "data.json"), "-o", str(out)]) == code
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["emit", "{}", "--to", "cobol"], 2),
        (["emit", "{}", "--to", "sql", "--dialect", "none"], 2),
        (["emit", "none.json", "--to", "sql"], 2),
        (["apply", "{}", "none.json", "-o", "out.json"], 2),
        (["apply", "{}", "{}", "-o", "-", "--json"], 2),
    ],
)
def test_wrong_usage(mapping: Path, arguments: list[str], code: int) -> None:
    assert run_program([each.format(mapping) if each == "{}" else each for each in arguments]) == code


def test_apply_says_what_became_of_the_rows(mapping: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data.ndjson").write_text('{"id": 1, "name": "é"}\n{"id": "2"}\n')
    arguments = ["apply", str(mapping), str(tmp_path / "data.ndjson"), "-o", str(tmp_path / "out.csv")]
    assert run_program([*arguments, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document.pop("seconds") >= 0
    assert document == {
        "rows": 2,
        "written": 1,
        "rejected": 1,
        "rejects": [
            {"row": 2, "path": "number", "reason": "the source value is not an integer"},
            {"row": 2, "path": "name", "reason": "is required, but there is no value"},
        ],
    }
    assert (tmp_path / "out.csv").read_text() == "number,name\n1,É\n"
    assert run_program(arguments) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "row 2: number: the source value is not an integer" in said.err
    assert "2 rows: 1 written, 1 rejected" in said.err
