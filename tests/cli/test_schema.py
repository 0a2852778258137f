"""`penstock schema`: the text on standard output, what was lost on standard error."""

import json
from pathlib import Path

import pytest

from penstock.cli.app import run_program
from penstock.cli.output import console, errors
from penstock.readers.registry import readers, writers

TABLES = "CREATE TABLE a (id INT PRIMARY KEY, g GEOMETRY); CREATE TABLE b (x TEXT DEFAULT 'é' NOT NULL);"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("tables.sql").write_text(TABLES, encoding="utf-8")
    console.cache_clear()
    errors.cache_clear()


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run_program(["schema", *arguments])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_a_part_in_another_language(capsys: pytest.CaptureFixture[str]) -> None:
    code, output, told = call(capsys, "tables.sql#b", "--as", "ddl", "--dialect", "snowflake")
    assert (code, output, told) == (0, 'CREATE TABLE "b" (\n  "x" VARCHAR NOT NULL DEFAULT \'é\'\n);\n', "")


def test_what_is_lost_stands_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    code, output, told = call(capsys, "tables.sql")
    assert code == 0
    assert list(json.loads(output)["$defs"]) == ["a", "b"]
    assert "tables.sql: warning SCH007 at a.g: the type GEOMETRY" in told


def test_one_json_document(capsys: pytest.CaptureFixture[str]) -> None:
    code, output, told = call(capsys, "tables.sql#a", "--as", "payload", "--json")
    document = json.loads(output)
    assert (code, told, document["kind"], document["main"], document["definitions"]) == (0, "", "ddl", "a", ["a"])
    assert list(json.loads(document["text"])["inputs"]) == ["a"]
    assert [each["code"] for each in document["findings"]] == ["SCH007"]


def test_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(capsys, "tables.sql#b", "--as", "odcs", "-o", "b.yaml")[:2] == (0, "")
    assert call(capsys, "b.yaml", "--as", "ddl")[1].startswith('CREATE TABLE "b"')


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["tables.sql", "--as", "cobol"], "this language is not known"),
        (["tables.sql", "--as", "ddl", "--dialect", "cobol"], "this dialect is not known"),
        (["tables.sql#c"], "has no part 'c'"),
        (["tables.sql", "--as", "catalog"], "defines 2 types, and none is named"),
        (["openapi:tables.sql"], "no OpenAPI 3"),
    ],
)
def test_errors(capsys: pytest.CaptureFixture[str], arguments: list[str], says: str) -> None:
    code, output, told = call(capsys, *arguments)
    assert (code, output) == (2, "")
    assert says in told


def test_the_documentation_names_every_language() -> None:
    page = (Path(__file__).parents[2] / "docs" / "schemas.md").read_text(encoding="utf-8")
    assert not [each for each in {*readers(), *writers()} if f"`{each}`" not in page]
