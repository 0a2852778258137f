"""The support matrix says which operations each target can do, and why not."""

import pytest

from penstock.mapping import all_operations
from penstock.mapping.support import support


@pytest.mark.parametrize(
    ("target", "dialect", "least"),
    [("sql", "duckdb", 0.95), ("sql", "postgres", 0.95), ("sql", "spark", 0.85), ("python", "", 0.95)],
)
def test_most_operations_are_supported(target: str, dialect: str, least: float) -> None:
    operations = all_operations().values()
    gaps = {each.name: reason for each in operations if (reason := support(each, target, dialect))}
    assert len(gaps) <= (1 - least) * len(operations), gaps


def test_a_gap_has_a_reason() -> None:
    assert support(all_operations()["FORMAT_DATE"], "jsonata") == "JSONata's pictures are other ones"
    assert support(all_operations()["SPLIT"], "sql", "teradata") == "it has no spelling in teradata"


def test_what_is_rewritten_is_supported_where_the_others_are() -> None:
    assert support(all_operations()["CASE"], "sql", "duckdb") is None
