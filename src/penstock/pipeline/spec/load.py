"""Reads and checks a spec: `load_spec` for a file that must be right, `check_spec` for all findings."""

import json
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from penstock.errors import Finding, SpecError
from penstock.pipeline.spec.document import parse_document
from penstock.pipeline.spec.model import Spec
from penstock.pipeline.spec.rules import check_rules
from penstock.pipeline.spec.sentences import to_findings
from penstock.pipeline.spec.versions import check_version, migrate


class Checked(NamedTuple):
    """All findings in the order of their lines, and the spec where no finding is an error."""

    findings: list[Finding]
    spec: Spec | None


def load_spec(path: Path) -> Spec:
    """The spec in the file; warnings are passed over.

    Raises:
        SpecError: The file cannot be read or has errors; all of them are in `findings`.
    """
    checked = check_file(path)
    if checked.spec is None:
        raise SpecError(str(path), checked.findings)
    return checked.spec


def check_file(path: Path) -> Checked:
    """All findings of the file; a file that cannot be read is a finding too."""
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError as error:
        message = f"The file is not UTF-8 at byte {error.start}."
        return Checked([Finding("error", "SPEC002", str(path), message, "Save it as UTF-8.")], None)
    except OSError as error:
        message = f"The file cannot be read: {error.strerror}."
        suggestion = "Name the penstock.yml of a pipeline project; 'penstock init' writes one."
        return Checked([Finding("error", "SPEC002", str(path), message, suggestion)], None)
    return check_spec(text)


def check_spec(text: str) -> Checked:
    """All findings of the text of a penstock.yml: its YAML, its keys and types, and the rules over several keys.

    The rules run once keys and types are right.
    """
    document = parse_document(text)
    findings = list(document.findings)
    if not isinstance(document.data, dict):
        if not findings:
            suggestion = "Begin with 'penstock: penstock/1'; 'penstock init' writes a complete one."
            findings = [Finding("error", "SPEC002", "", "A spec is a mapping of keys to values.", suggestion, 1)]
        return Checked(findings, None)
    data = migrate(document.data)
    if version := check_version(data, document.line_of(("penstock",))):
        # Another version has other keys: what they are called there would be guessed.
        return Checked(_sorted([*findings, version]), None)
    try:
        spec = Spec.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        trapped = {each.path for each in findings}
        # What YAML read wrongly is told once, with the words that stand in the file.
        wrong = to_findings(error.errors(include_url=False), document)
        findings += [each for each in wrong if each.path not in trapped]
        return Checked(_sorted(findings), None)
    findings += check_rules(spec, document)
    broken = any(each.severity == "error" for each in findings)
    return Checked(_sorted(findings), None if broken else spec)


def _sorted(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda each: (each.line or 0, each.code, each.path))
