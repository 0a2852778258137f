"""A wrong spelling that is planted on purpose is found: the harness can fail."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from tests.conformance.batch import batch_of
from tests.conformance.engines import Engine
from tests.conformance.mappings import MAPPINGS
from tests.conformance.test_operations import differences_of
from tests.conformance.test_whole_sql import differences

from penstock.mapping import all_operations, typed
from penstock.mapping.operation import Operation, Spelling, Sql

SPARK = pytest.mark.slow


def spelled(dialect: str, value: str, fails: str = "") -> Sql:
    return Sql(value, fails, spelled={} if dialect == "duckdb" else {dialect: Spelling(value, fails)})


FAULTS = [
    pytest.param("duckdb", "UPPER", {"sql": spelled("duckdb", "LOWER({value})")}, id="duckdb-another-function"),
    pytest.param("duckdb", "STRING_LENGTH", {"sql": spelled("duckdb", "STRLEN({value})")}, id="duckdb-bytes"),
    pytest.param(
        "duckdb", "TO_INT", {"sql": spelled("duckdb", "TRY_CAST({value} AS BIGINT)")}, id="duckdb-silent-null"
    ),
    pytest.param(
        "duckdb", "EQUAL", {"nulls": "total", "sql": spelled("duckdb", "{value} IS NOT DISTINCT FROM {other}")}
    ),
    pytest.param("postgres", "SPLIT", {"sql": spelled("postgres", "STRING_TO_ARRAY({value}, {separator})")}),
    pytest.param("postgres", "LENGTH", {"sql": spelled("postgres", "ARRAY_LENGTH({value}, 1)")}, id="postgres-empty"),
    pytest.param("postgres", "ADD", {"rejects": "is something else"}, id="postgres-another-reason"),
    pytest.param("spark", "SPLIT", {"sql": spelled("spark", "SPLIT({value}, {separator})")}, marks=SPARK),
    pytest.param("spark", "STARTS_WITH", {"sql": spelled("spark", "CONTAINS({value}, {text})")}, marks=SPARK),
]


def planted(node: Any, name: str, change: Mapping[str, Any]) -> Any:
    """A typed node whose calls of an operation are of a changed one."""
    if isinstance(node, Operation):
        return replace(node, **change) if node.name == name else node
    if isinstance(node, tuple):
        return tuple(planted(each, name, change) for each in node)
    if isinstance(node, Mapping):
        return {key: planted(each, name, change) for key, each in node.items()}
    if is_dataclass(node) and type(node).__module__ == typed.__name__ and not isinstance(node, type):
        return replace(node, **{each.name: planted(getattr(node, each.name), name, change) for each in fields(node)})
    return node


@pytest.mark.parametrize(("engine", "name", "change"), FAULTS)
def test_a_wrong_spelling_is_found(
    engine: str, name: str, change: Mapping[str, Any], engine_of: Callable[[str], Engine]
) -> None:
    operation = all_operations()[name]
    batch = batch_of(operation)
    wrong = replace(batch, mapping=planted(batch.mapping, name, change))
    problems = differences_of(engine_of(engine), wrong)
    assert problems
    assert "stops" not in problems[0]


@pytest.mark.parametrize("engine", ["duckdb", "postgres", pytest.param("spark", marks=SPARK)])
def test_a_branch_that_rejects_without_being_taken_is_found(engine: str, engine_of: Callable[[str], Engine]) -> None:
    mapping = MAPPINGS["orders"]()
    wrong = planted(mapping, "IF", {"reached": {}})
    record: dict[str, Any] = {each.name: None for each in mapping.sources[0].type.fields}  # type: ignore[attr-defined]
    record |= {"id": "1", "currency": "EUR", "lines": [], "total": "é"}
    problems = differences(engine_of(engine), wrong, [{"order": record}])
    assert any("TO_INT" in each for each in problems)
