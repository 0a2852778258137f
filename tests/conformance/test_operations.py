"""Every example of every operation gives on every engine what the reference gives."""

import re
from collections.abc import Callable

import pytest
from tests.conformance.batch import Batch, batch_of, expected_value
from tests.conformance.engines import Engine, SparkEngine, same_value

from penstock.errors import UnsupportedOperationError
from penstock.mapping import all_operations
from penstock.mapping.operation import Operation

SQL = [pytest.param("duckdb"), pytest.param("postgres"), pytest.param("spark", marks=pytest.mark.slow)]


@pytest.mark.parametrize("operation", all_operations().values(), ids=lambda each: each.name)
@pytest.mark.parametrize("name", SQL)
def test_examples(name: str, operation: Operation, engine_of: Callable[[str], Engine]) -> None:
    engine = engine_of(name)
    numbers = [each for each in range(len(operation.examples)) if not _gap(engine, operation, each)]
    if not numbers:
        pytest.skip(_gap(engine, operation, 0))
    problems = differences_of(engine, batch_of(operation, numbers))
    assert not problems, "\n" + "\n".join(problems)


def _gap(engine: Engine, operation: Operation, number: int) -> str:
    """Why an example cannot be written for an engine; empty where it can."""
    from penstock.emitters import Options
    from penstock.emitters.sql.statement import write_statements

    try:
        write_statements(batch_of(operation, [number]).mapping, Options(engine.name))
    except UnsupportedOperationError as problem:
        return problem.reason
    return ""


def differences_of(engine: Engine, batch: Batch) -> list[str]:
    try:
        (row,) = engine.run(batch.mapping, [{"record": batch.record}])
    except Exception as problem:  # noqa: BLE001  # whatever an engine raises
        return [f"{engine.name} stops: {problem}"]
    found: dict[str, set[str]] = {}
    for path, reason in row.rejects:
        found.setdefault(path, set()).add(reason)
    problems = []
    for name, outcome in batch.expected.items():
        reasons = {each.reason for each in outcome.rejects}
        if reasons or found.get(name):
            if reasons != found.get(name):
                problems.append(f"{batch.labels[name]}: rejected with {found.get(name)}, not {reasons}")
        elif not same_value(row.values[name], expected_value(outcome)):
            problems.append(f"{batch.labels[name]}: gives {row.values[name]!r}, not {expected_value(outcome)!r}")
    return problems


@pytest.mark.slow
@pytest.mark.parametrize(
    ("setting", "value"),
    [("spark.sql.decimalOperations.allowPrecisionLoss", "true"), ("spark.sql.session.timeZone", "Europe/Berlin")],
)
def test_spark_stops_with_settings_that_would_change_results(
    engine_of: Callable[[str], Engine], setting: str, value: str
) -> None:
    spark = engine_of("spark")
    assert isinstance(spark, SparkEngine)
    batch = batch_of(all_operations()["UPPER"], [0])
    before = str(spark.session.conf.get(setting))
    spark.session.conf.set(setting, value)
    try:
        with pytest.raises(Exception, match=re.escape(setting)):
            spark.run(batch.mapping, [{"record": batch.record}])
    finally:
        spark.session.conf.set(setting, before)
