"""Checks a pipeline's spec."""

from pathlib import Path
from typing import Any

from penstock.errors import Finding


def check(path: Path) -> list[Finding]:
    """All findings of a penstock.yml, or of the one in a project folder, in the order of their lines."""
    from penstock.pipeline.spec.load import check_file

    return check_file(path / "penstock.yml" if path.is_dir() else path).findings


def to_json(findings: list[Finding]) -> dict[str, Any]:
    """The findings as the one document of `penstock check --json`."""
    keys = ("severity", "code", "path", "message", "suggestion", "line")
    return {"findings": [{key: getattr(finding, key) for key in keys} for finding in findings]}


def has_errors(findings: list[Finding]) -> bool:
    """Whether any finding is an error; warnings alone let the work go on."""
    return any(each.severity == "error" for each in findings)
