"""A provider for each test."""

from collections.abc import Iterator

import pytest
from tests.pipeline.patterns.extract.loopback import Provider, provider


@pytest.fixture
def site() -> Iterator[Provider]:
    with provider() as one:
        yield one
