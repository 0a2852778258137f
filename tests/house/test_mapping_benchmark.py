"""The benchmark of mappings compares what makes the same decisions: it looks at that before it measures."""

import pytest
from benchmarks import mapping

from penstock.mapping import check

pytestmark = pytest.mark.slow


def test_both_ways_give_the_same() -> None:
    assert set(mapping.python_costs(1_000, 1)) == {"expert", "written"}
    assert set(mapping.sql_costs(1_000, 1)) == {"expert", "written"}


def test_a_difference_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapping, "map_order", lambda order: {"id": order["id"]})
    with pytest.raises(AssertionError):
        mapping.python_costs(10, 1)


def test_a_wide_mapping_is_sound() -> None:
    assert check(mapping.wide_mapping(500)).is_valid
