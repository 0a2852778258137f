"""Recorded answers of real APIs, which are not part of the project."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "api"

needs_recordings = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the recorded payloads (../shared/data/api) are missing"
)
