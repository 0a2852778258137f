"""Rules over several keys of a spec. Each is one function with a stable code, in one table."""

from penstock.errors import Finding
from penstock.pipeline.spec.document import Document, format_place
from penstock.pipeline.spec.model import Spec
from penstock.pipeline.spec.rules import datasets, deployment, names, paging, requests, secrets
from penstock.pipeline.spec.rules.rule import RULES, Problem, Rule

__all__ = [
    "RULES",
    "Problem",
    "Rule",
    "check_rules",
    "datasets",
    "deployment",
    "names",
    "paging",
    "requests",
    "secrets",
]


def check_rules(spec: Spec, document: Document | None = None) -> list[Finding]:
    """What the rules find, with lines where the document is given."""
    return [
        Finding(
            problem.severity or rule.severity,
            rule.code,
            format_place(problem.place),
            problem.message,
            problem.suggestion,
            document.line_of(problem.place) if document else None,
        )
        for rule in sorted(RULES.values(), key=lambda each: each.code)
        for problem in rule.find(spec)
    ]
