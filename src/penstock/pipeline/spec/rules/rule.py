"""What a rule is, and the table of all rules."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from penstock.pipeline.spec.document import Place
from penstock.pipeline.spec.model import Spec

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One place that breaks a rule."""

    place: Place
    message: str
    suggestion: str
    severity: Severity | None = None
    """Where it differs from the rule's."""


Find = Callable[[Spec], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule over several keys; what it means is the first sentence of its function."""

    code: str
    severity: Severity
    meaning: str
    find: Find


RULES: Final[dict[str, Rule]] = {}


def rule(code: str, severity: Severity = "error") -> Callable[[Find], Find]:
    """Enter a function into the table under its code."""

    def enter(find: Find) -> Find:
        if code in RULES:
            raise ValueError(f"{code} is taken by {RULES[code].meaning!r}")
        RULES[code] = Rule(code, severity, (find.__doc__ or "").strip(), find)
        return find

    return enter
