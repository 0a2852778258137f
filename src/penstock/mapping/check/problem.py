"""What can be wrong with a leaf of a mapping."""

from collections.abc import Mapping
from typing import Final

from penstock.errors import Finding
from penstock.schema import Path

CODES: Final[Mapping[str, str]] = {
    "unknown_operation": "MAP001",
    "wrong_arity": "MAP002",
    "unknown_parameter": "MAP003",
    "not_constant": "MAP004",
    "argument_type": "MAP005",
    "unresolved_path": "MAP006",
    "not_a_record": "MAP007",
    "not_a_list": "MAP008",
    "any_key": "MAP009",
    "unknown_target": "MAP010",
    "duplicate_target": "MAP011",
    "target_mismatch": "MAP012",
    "target_type": "MAP013",
    "unmapped_required": "MAP014",
    "may_be_null": "MAP015",
    "enum_leftover": "MAP016",
    "bad_constant": "MAP017",
    "missing_element": "MAP018",
    "too_deep": "MAP019",
    "malformed": "MAP020",
    "ambiguous_iteration": "MAP021",
    "unknown_type": "MAP022",
    "type_conflict": "MAP023",
    "repaired_text": "MAP024",
    "cardinality": "MAP025",
    "duplicate_source": "MAP026",
    "shadowed_name": "MAP027",
    "not_composed": "MAP028",
}
"""The code of each kind of finding."""

NAMES: Final = {code: name for name, code in CODES.items()}


class LeafError(Exception):
    """Stops the check of one leaf; what is wrong is its finding."""

    def __init__(self, name: str, message: str, suggestion: str = "", path: Path | None = None) -> None:
        super().__init__(message)
        self.name = name
        self.suggestion = suggestion
        self.path = path
        """Where in the leaf, if that is known."""

    def at(self, path: str) -> Finding:
        """The finding for the leaf at a path."""
        return Finding("error", CODES[self.name], str(self.path or path), str(self), self.suggestion)
