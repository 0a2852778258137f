"""Generated records give through whole mappings, on every engine, what the reference gives, rejects included."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.conformance.engines import Engine, same_value
from tests.conformance.mappings import MAPPINGS, values

from penstock.mapping import evaluate
from penstock.mapping.typed import TypedMapping

SQL = [pytest.param("duckdb"), pytest.param("postgres"), pytest.param("spark", marks=pytest.mark.slow)]
FEW = {"duckdb": 6, "postgres": 4, "spark": 1}


@pytest.mark.parametrize("mapping_name", MAPPINGS)
@pytest.mark.parametrize("name", SQL)
def test_whole(name: str, mapping_name: str, engine_of: Callable[[str], Engine]) -> None:
    engine, mapping = engine_of(name), MAPPINGS[mapping_name]()
    source = mapping.sources[0]

    @settings(
        max_examples=FEW[name],
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(values(source.type), min_size=30, max_size=40))
    def compare(records: list[Any]) -> None:
        problems = differences(engine, mapping, [{source.name: each} for each in records])
        assert not problems, "\n".join(problems[:5])

    compare()


def differences(engine: Engine, mapping: TypedMapping, records: Sequence[Mapping[str, Any]]) -> list[str]:
    """What an engine says otherwise than the reference."""
    problems = []
    for record, row in zip(records, engine.run(mapping, records), strict=True):
        outcome = evaluate(mapping, record)
        expected = {(str(each.path), each.reason) for each in outcome.rejects}
        if expected != row.rejects:
            problems.append(f"{record}: rejects {set(row.rejects)}, not {expected}")
        elif outcome.record is not None and not same_value(dict(row.values), outcome.record):
            wrong = {
                k: (v, outcome.record.get(k)) for k, v in row.values.items() if not same_value(v, outcome.record.get(k))
            }
            problems.append(f"{record}: gives {wrong}")
    return problems
