"""Checks of the handler's files."""

from collections.abc import Mapping

from penstock.errors import Finding


def check_files(files: Mapping[str, str]) -> list[Finding]:
    """What is wrong."""
    return []
