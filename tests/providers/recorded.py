"""Which recordings a test runs over: our own always, those of the real providers where they are."""

import pytest
from tests.providers.sites import OWN, SHARED

RECORDINGS = [
    pytest.param(OWN, id="own"),
    pytest.param(
        SHARED,
        id="recorded",
        marks=pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data/api, the recorded answers, is not here"),
    ),
]
