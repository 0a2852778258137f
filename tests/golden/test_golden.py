"""Each scenario is a folder: a mapping with its shapes, and one file for each thing that is written from it.

`PENSTOCK_GOLDEN=write pytest tests/golden` writes them again; look at the difference before you commit it.
"""

import os
from pathlib import Path

import pytest
import sqlglot

from penstock.emitters import Options, all_emitters
from penstock.emitters.sql.dialects import DIALECTS
from penstock.errors import UnsupportedOperationError
from penstock.mapping import check
from penstock.mapping.file import load_mapping
from penstock.mapping.typed import TypedMapping

HERE = Path(__file__).parent
SCENARIOS = sorted(each.parent.name for each in HERE.glob("*/mapping.json"))
OUTPUTS = [*(("sql", each) for each in DIALECTS), ("dbt", "duckdb")]


def mapping_of(scenario: str) -> TypedMapping:
    loaded = load_mapping((HERE / scenario / "mapping.json").read_text(encoding="utf-8"))
    checked = check(loaded.mapping)
    assert checked.is_valid, (loaded.findings, checked.findings)
    return checked.typed


def written(scenario: str, target: str, dialect: str) -> dict[str, str]:
    folder = target if target == "dbt" else dialect
    try:
        files = all_emitters()[target].emit(mapping_of(scenario), Options(dialect)).files
    except UnsupportedOperationError as problem:
        return {f"{folder}.unsupported.txt": f"{problem}\n"}
    return {f"{folder}/{name}": text for name, text in files.items()}


@pytest.mark.parametrize(("target", "dialect"), OUTPUTS)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_output(scenario: str, target: str, dialect: str) -> None:
    files = written(scenario, target, dialect)
    if os.environ.get("PENSTOCK_GOLDEN") == "write":
        for name, text in files.items():
            (HERE / scenario / name).parent.mkdir(exist_ok=True)
            (HERE / scenario / name).write_text(text, encoding="utf-8")
    for name, text in files.items():
        assert (HERE / scenario / name).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("dialect", DIALECTS)
def test_what_is_written_can_be_parsed(dialect: str) -> None:
    """Snowflake and BigQuery are looked at by sqlglot only: nothing here runs them."""
    for scenario in SCENARIOS:
        for name, text in written(scenario, "sql", dialect).items():
            if name.endswith(".sql"):
                assert len(sqlglot.parse(text, read=dialect)) == 1


def test_every_dialect_writes_some_scenario() -> None:
    for dialect in DIALECTS:
        assert any(name.endswith(".sql") for each in SCENARIOS for name in written(each, "sql", dialect)), dialect
