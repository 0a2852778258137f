"""The support matrix says which operations each target can do, and why not."""

import pytest

from penstock.mapping import all_operations
from penstock.mapping.support import limit, support


@pytest.mark.parametrize(
    ("target", "dialect", "least"),
    [
        ("sql", "duckdb", 0.95),
        ("sql", "postgres", 0.95),
        ("sql", "spark", 0.85),
        ("python", "", 0.95),
        ("jsonata", "", 0.8),
        ("ballerina", "", 0.8),
    ],
)
def test_most_operations_are_supported(target: str, dialect: str, least: float) -> None:
    operations = all_operations().values()
    gaps = {each.name: reason for each in operations if (reason := support(each, target, dialect))}
    assert len(gaps) <= (1 - least) * len(operations), gaps


def test_a_gap_has_a_reason() -> None:
    assert support(all_operations()["FORMAT_DATE"], "jsonata") == "JSONata's pictures are other ones"
    assert support(all_operations()["SPLIT"], "sql", "teradata") == "it has no spelling in teradata"


@pytest.mark.parametrize(
    ("name", "target", "dialect", "reason"),
    [
        ("IS_TYPE", "sql", "duckdb", "its columns hold values of one type"),
        ("TO_STRING", "sql", "snowflake", "it has no spelling in snowflake"),
        ("UPPER", "sql", "duckdb", None),
        ("FORMAT_DATE", "jsonata", "", None),
    ],
)
def test_what_is_supported_for_some_types_only_is_told(
    name: str, target: str, dialect: str, reason: str | None
) -> None:
    assert limit(all_operations()[name], target, dialect) == reason


def test_what_is_rewritten_is_supported_where_the_others_are() -> None:
    assert support(all_operations()["CASE"], "sql", "duckdb") is None
