"""One session for each engine."""

from collections.abc import Callable
from functools import cache

import pytest
from tests.conformance.engines import DuckDbEngine, Engine

ENGINES: dict[str, Callable[[], Engine]] = {"duckdb": DuckDbEngine}


@pytest.fixture(scope="session")
def engine_of() -> Callable[[str], Engine]:
    return cache(lambda name: ENGINES[name]())
