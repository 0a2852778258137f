"""Checks a pipeline's spec."""

from pathlib import Path

from penstock.errors import Finding


def check(path: Path) -> list[Finding]:
    """All findings of a penstock.yml, or of the one in a project folder, in the order of their lines."""
    from penstock.pipeline.spec.load import check_file

    return check_file(path / "penstock.yml" if path.is_dir() else path).findings
