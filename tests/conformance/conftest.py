"""One session for each engine, which starts when a test needs it."""

from collections.abc import Callable, Iterator

import pytest
from tests.conformance.engines import DuckDbEngine, Engine, PostgresEngine, SparkEngine


@pytest.fixture(scope="session")
def engine_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Engine]]:
    started: dict[str, Engine] = {}

    def start(name: str) -> Engine:
        if name == "duckdb":
            return DuckDbEngine()
        return {"postgres": PostgresEngine, "spark": SparkEngine}[name](tmp_path_factory.mktemp(name))

    def find(name: str) -> Engine:
        if name not in started:
            started[name] = start(name)
        return started[name]

    yield find
    for each in started.values():
        each.close()
