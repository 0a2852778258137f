"""What readers and writers of schemas lose, as findings with stable codes."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from penstock.errors import Finding
from penstock.schema.paths import Path

RECURSION: Final = "SCH001"
TOO_LARGE: Final = "SCH002"
REFERENCE: Final = "SCH003"
CONSTRAINT: Final = "SCH004"
TUPLE: Final = "SCH005"
OTHER_FIELDS: Final = "SCH006"
UNKNOWN_TYPE: Final = "SCH007"
NOT_WRITTEN: Final = "SCH008"
NOT_READ: Final = "SCH009"

_SHOWN: Final = 3


@dataclass
class Losses:
    """Findings as they are met; rules for values (lengths, patterns) are one finding for each definition."""

    found: dict[Finding, None] = field(default_factory=dict)
    _rules: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))

    def lose(self, code: str, path: Path, message: str, suggestion: str = "") -> None:
        """Note a loss of type."""
        self.found[Finding("warning", code, str(path), message, suggestion)] = None

    def lose_rule(self, path: Path, rule: str) -> None:
        """Note that a rule for the values at a path is not kept."""
        self._rules[str(Path(path.parts[:1]))][f"{rule} at {path}"] = None

    def findings(self) -> tuple[Finding, ...]:
        """All that was lost."""
        return (*self.found, *self._summed())

    def _summed(self) -> Iterator[Finding]:
        for place, rules in self._rules.items():
            shown = list(rules)[:_SHOWN]
            more = f" and {len(rules) - _SHOWN} more" if len(rules) > _SHOWN else ""
            message = f"rules for values are not kept: {', '.join(shown)}{more}"
            yield Finding("info", CONSTRAINT, place, message, "check them where the data arrive.")
