"""The program as other programs call it: exit codes, one JSON document on standard output, help with examples."""

import json
from pathlib import Path

import duckdb
import pytest

from penstock.cli.app import run_program
from penstock.cli.output import console, errors

SPEC = """\
penstock: penstock/1
name: bikes
provider: {name: acme, base_url: "https://bikes.example"}
datasets:
  stations: {endpoint: /stations, records: data, key: [station_id]}
schedule: day at 21:00
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "penstock.yml").write_text(SPEC)
    with duckdb.connect(tmp_path / "warehouse.duckdb") as connection:
        connection.execute(
            "create table stations as select i as id, 'é' || i as name, null::int as note from range(30) t(i)"
        )
        connection.execute("create schema landing; create table landing.stations (path text)")
        connection.execute(
            "create table prices as select 12345678901234567890.5::decimal(30, 1) as price, [1] as parts"
        )
    return tmp_path


@pytest.fixture(autouse=True)
def fresh_consoles() -> None:
    console.cache_clear()
    errors.cache_clear()


def call(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = run_program([str(each) for each in arguments])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def call_json(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, dict[str, object]]:
    code, output, _ = call(capsys, *arguments, "--json")
    document = json.loads(output)
    assert isinstance(document, dict)
    return code, document


COMMANDS = [
    "init",
    "run",
    "status",
    "show",
    "query",
    "rejects",
    "replay",
    "trace",
    "profile",
    "check",
    "doctor",
    "demo",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(capsys: pytest.CaptureFixture[str], command: str) -> None:
    code, output, _ = call(capsys, command, "--help")
    assert code == 0
    assert "Examples:" in output
    assert f"\n    penstock {command}" in output


def test_help_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    code, output, _ = call(capsys, "--help")
    assert code == 0
    assert [name for name in COMMANDS if f"\n  {name} " not in output] == []


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["frobnicate"], 2, "No such command"),
        (["run", "nowhere"], 2, "penstock init"),
        (["show", "--project", "nowhere"], 2, "penstock init"),
        (["run", "--no-such-option"], 2, "No such option"),
        (["check", "nowhere.yml"], 2, "cannot be read"),
    ],
)
def test_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, message: str) -> None:
    got, output, error = call(capsys, *arguments)
    assert got == code
    assert message in output + error


def test_errors_are_json_too_where_json_was_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, document = call_json(capsys, "show", "-p", tmp_path)
    assert code == 2
    error = document["error"]
    assert isinstance(error, dict)
    assert error["type"] == "NotAProjectError"


@pytest.mark.parametrize(
    ("arguments", "code", "type_", "message"),
    [
        (["frobnicate"], 2, "UsageError", "No such command"),
        (["run", "--no-such-option"], 2, "UsageError", "No such option"),
        (["show", "-n", "0"], 2, "UsageError", "--limit"),
        (["run", "--from", "nowhere"], 2, "UsageError", "nowhere"),
        (["status", "nowhere"], 2, "FileAccessError", "nowhere: No such file or directory"),
        (["status", __file__], 2, "FileAccessError", "Not a directory"),
    ],
)
def test_wrong_usage_is_json_too(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, type_: str, message: str
) -> None:
    got, document = call_json(capsys, *arguments)
    error = document["error"]
    assert isinstance(error, dict)
    assert (got, error["type"]) == (code, type_)
    assert message in error["message"]
    assert "Hint: " in error["message"]


def test_a_fault_of_penstock_is_told_with_its_place(
    capsys: pytest.CaptureFixture[str], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at_fault(_project: object) -> None:
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr("penstock.services.status.last_report", at_fault)
    code, output, error = call(capsys, "status", project, "--json")
    assert code == 1
    assert json.loads(output)["error"]["type"] == "UnexpectedError"
    assert "Traceback" in error


def test_what_init_proposes_has_its_reasons(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "sample.json").write_text('{"data": [{"id": 1}, {"id": 2}]}')
    code, document = call_json(
        capsys, "init", tmp_path / "new", "--dry-run", "--sample", tmp_path / "sample.json",
        "--url", "https://bikes.example/stations",
    )  # fmt: skip
    assert code == 0
    decisions = document["decisions"]
    assert isinstance(decisions, list)
    assert {"name", "value", "evidence", "alternatives"} <= decisions[0].keys()


def test_show_lists_the_tables(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    _, document = call_json(capsys, "show", "-p", project)
    assert document == {
        "tables": [
            {"table": "main.prices", "rows": 1, "columns": 2},
            {"table": "main.stations", "rows": 30, "columns": 3},
            {"table": "landing.stations", "rows": 0, "columns": 1},
        ]
    }


@pytest.mark.parametrize("table", ["stations", "main.stations"])
def test_show_has_rows_types_and_says_when_it_was_cut(
    capsys: pytest.CaptureFixture[str], project: Path, table: str
) -> None:
    code, document = call_json(capsys, "show", table, "-p", project, "-n", "2")
    assert code == 0
    assert document == {
        "columns": ["id", "name", "note"],
        "types": ["BIGINT", "VARCHAR", "INTEGER"],
        "rows": [{"id": 0, "name": "é0", "note": None}, {"id": 1, "name": "é1", "note": None}],
        "cut": True,
    }


def test_a_table_for_people_is_whole_on_a_pipe_and_has_no_colour(
    capsys: pytest.CaptureFixture[str], project: Path
) -> None:
    code, output, _ = call(capsys, "query", f"select '{'x' * 300}' as wide, 1 as one", "-p", project)
    assert code == 0
    assert "x" * 300 in output
    assert "\x1b" not in output


def test_query_keeps_exact_values(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    _, document = call_json(capsys, "query", "from prices", "-p", project)
    assert document["rows"] == [{"price": "12345678901234567890.5", "parts": [1]}]


@pytest.mark.parametrize(
    ("sql", "row"),
    [
        ("select 1 as a, 2 as a, 3 as a_1, 4 as a", {"a": 1, "a_2": 2, "a_1": 3, "a_3": 4}),
        ("select 'nan'::double as n, '-inf'::float as i", {"n": "nan", "i": "-inf"}),
        ("select {'a': ['nan'::double, 1.5]} as s", {"s": {"a": ["nan", 1.5]}}),
        ("select map {date '2026-01-02': 1.10::decimal(3, 2)} as m", {"m": {"2026-01-02": "1.10"}}),
        ("select map {7: true} as m", {"m": {"7": True}}),
        ("select 170141183460469231731687303715884105727::hugeint as h", {"h": 2**127 - 1}),
    ],
)
def test_a_row_as_json_loses_nothing(
    capsys: pytest.CaptureFixture[str], project: Path, sql: str, row: dict[str, object]
) -> None:
    _, document = call_json(capsys, "query", sql, "-p", project)
    assert document["rows"] == [row]
    assert document["columns"] == list(row)
    assert call(capsys, "query", sql, "-p", project)[0] == 0


@pytest.mark.parametrize(
    "sql",
    ["", "  ", ";", "/* nothing */", "drop table prices", "create table x (i int)", "selec 1", "select * from nothing"],
)
def test_query_reads_only_and_says_what_is_wrong(capsys: pytest.CaptureFixture[str], project: Path, sql: str) -> None:
    code, _, error = call(capsys, "query", sql, "-p", project)
    assert code == 2
    assert "Hint:" in error


@pytest.mark.parametrize(
    "sql", ["copy (select 1) to '{}'", "from read_csv('{}')", "attach '{}' as other", "export database '{}'"]
)
def test_query_touches_no_other_file(
    capsys: pytest.CaptureFixture[str], project: Path, tmp_path: Path, sql: str
) -> None:
    code, _, error = call(capsys, "query", sql.format(tmp_path / "x.csv"), "-p", project)
    assert code == 2
    assert "touches no other file" in error
    assert not (tmp_path / "x.csv").exists()


def test_a_damaged_database_says_so(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    (project / "warehouse.duckdb").write_bytes(b"this is no database at all" * 500)
    code, _, error = call(capsys, "show", "-p", project)
    assert code == 1
    assert "penstock replay" in error


def test_status_before_the_first_run(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    _, document = call_json(capsys, "status", project)
    assert document == {
        "pipelines": [
            {
                "pipeline": "bikes",
                "last_run": None,
                "status": "never run",
                "rows": 0,
                "rejected": 0,
                "drift": None,
                "schedule": "day at 21:00",
            }
        ]
    }


def test_doctor_says_what_is_there(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    code, document = call_json(capsys, "doctor", project)
    assert code == 0
    checks = document["checks"]
    assert isinstance(checks, list)
    assert {check["name"]: check["status"] for check in checks}.items() >= {
        "python": "ok",
        "duckdb": "ok",
        "git": "ok",
        "penstock.yml": "ok",
        "secrets": "ok",
    }.items()


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    code, output, _ = call(capsys, "--version")
    assert (code, output.split()[0]) == (0, "penstock")
