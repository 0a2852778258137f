"""Checks what a person wrote: a pipeline's spec, or a mapping."""

from collections.abc import Sequence
from pathlib import Path

from penstock.errors import Finding, UsageError
from penstock.mapping.check.problem import CODES

UNMAPPED = CODES["unmapped_required"]


def check(path: Path, shapes: Sequence[str] = ()) -> list[Finding]:
    """All findings of a penstock.yml, of the one in a project folder, or of a mapping file, told apart by content.

    Args:
        path: the file or folder.
        shapes: for a mapping, documents that take the place of the shapes that it holds: its sources, then its target.
    """
    from penstock.mapping.file import is_mapping_file
    from penstock.pipeline.spec.load import check_file

    if path.is_file() and is_mapping_file(path.read_bytes()[:8192].decode("utf-8", "replace")):
        return check_mapping(path, shapes)
    if shapes:
        raise UsageError(f"{path} is no mapping, so there is nothing that {', '.join(shapes)} could be the shapes of")
    return check_file(path / "penstock.yml" if path.is_dir() else path).findings


def check_mapping(path: Path, shapes: Sequence[str] = ()) -> list[Finding]:
    """All findings of a mapping file; a leaf that could not be read is told of once."""
    from penstock.services.mappings import read_mapping

    told: dict[str, Finding] = {}
    findings = []
    for each in read_mapping(path, shapes).findings:
        if each.code != UNMAPPED or each.path not in told:
            findings.append(each)
        told.setdefault(each.path, each)
    return findings
