"""Turns what pydantic says about a spec into plain sentences, each with its place and a suggestion."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic_core import ErrorDetails

from penstock.errors import Finding, hint_for
from penstock.pipeline.spec.document import Data, Document, Place, format_place
from penstock.pipeline.spec.outline import fields_at

_KINDS: Final = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "dict_type": "a mapping (key: value)",
    "model_type": "a mapping (key: value)",
    "model_attributes_type": "a mapping (key: value)",
    "tuple_type": "a list",
    "list_type": "a list",
}
_NOWHERE: Final = object()
_BOUNDS: Final = {
    "greater_than": ("greater than", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("less than", "lt"),
    "less_than_equal": ("at most", "le"),
}


def to_findings(errors: Sequence[ErrorDetails], document: Document) -> list[Finding]:
    """One finding for each wrong place; the members of a union that did not fit become one sentence."""
    by_place: dict[Place, list[ErrorDetails]] = {}
    for error in errors:
        by_place.setdefault(_place(error, document.data), []).append(error)
    return [_finding(place, group, document) for place, group in by_place.items()]


def _place(error: ErrorDetails, data: Data) -> Place:
    """Where in the document: without the names of union members, which pydantic puts between the keys."""
    place: list[str | int] = []
    current: Any = data
    for index, part in enumerate(error["loc"]):
        step = current.get(str(part), _NOWHERE) if isinstance(current, dict) else _NOWHERE
        if isinstance(current, list) and isinstance(part, int) and part < len(current):
            step = current[part]
        if step is not _NOWHERE:
            place.append(part)
            current = step
        elif error["type"] == "missing" and index == len(error["loc"]) - 1:
            place.append(part)
    return tuple(place)


def _at(data: Data, place: Place) -> Data:
    current: Any = data
    for part in place:
        current = current[part]
    return current  # type: ignore[no-any-return]  # data of a document, by construction


def _finding(place: Place, group: Sequence[ErrorDetails], document: Document) -> Finding:
    code, message, suggestion = _sentence(place, group, document.data)
    return Finding("error", code, format_place(place), message, suggestion, document.line_of(place))


def _sentence(place: Place, group: Sequence[ErrorDetails], data: Data) -> tuple[str, str, str]:
    error, context = group[0], group[0].get("ctx", {})
    kind, key = error["type"], str(place[-1]) if place else "the document"
    if kind == "extra_forbidden":
        return "SPEC006", f"Unknown key {key!r}.", hint_for(key, fields_at(data, place[:-1]))
    if kind == "missing":
        described = fields_at(data, place[:-1]).get(key, "")
        return "SPEC007", f"The key {key!r} is missing.", f"Add it. {described}".strip()
    if kind == "union_tag_not_found":
        kinds = ", ".join(sorted(fields_at(data, place).get("kind", "").split("|")))
        return "SPEC007", "The key 'kind' is missing.", f"Known: {kinds}." if kinds else "Add it."
    if kind == "union_tag_invalid":
        known = re.findall(r"'([^']*)'", str(context.get("expected_tags", "")))
        return "SPEC009", f"Unknown kind {context.get('tag')!r}.", hint_for(str(context.get("tag")), known)
    return "SPEC008", *_wrong_value(key, group, context, _at(data, place))


def _wrong_value(key: str, group: Sequence[ErrorDetails], context: Mapping[str, Any], value: Data) -> tuple[str, str]:
    error = group[0]
    if key.endswith("_env"):
        # The value may be the secret itself, so it is never repeated.
        message = f"{key!r} must be the name of an environment variable."
        return message, "Write a name such as API_TOKEN, never a secret."
    if error["type"] in _BOUNDS:
        words, bound = _BOUNDS[error["type"]]
        return f"{key!r} must be {words} {context[bound]}, not {_shown(value)}.", "Change the number."
    if error["type"] == "too_short":
        return f"{key!r} must not be empty.", "Add at least one."
    wanted = list(dict.fromkeys(_KINDS[each["type"]] for each in group if each["type"] in _KINDS))
    return _wrong_type(key, wanted, value) if wanted else _wrong_text(key, error, context, value)


def _wrong_type(key: str, wanted: Sequence[str], value: Data) -> tuple[str, str]:
    is_number = isinstance(value, int | float)
    suggestion = f'Write "{value}" in quotes.' if "text" in wanted and is_number else "Change the value."
    return f"{key!r} must be {' or '.join(wanted)}, not {_shown(value)}.", suggestion


def _wrong_text(key: str, error: ErrorDetails, context: Mapping[str, Any], value: Data) -> tuple[str, str]:
    if error["type"] == "literal_error":
        known = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        return f"{key!r} cannot be {_shown(value)}.", hint_for(str(value), known)
    if error["type"] == "string_pattern_mismatch":
        names = "Use letters, digits and _, beginning with a letter; at most 63."
        wrong = repr(key) if error["loc"][-1] == "[key]" else _shown(value)
        return f"{wrong} is no name.", names
    return f"{key!r}: {error['msg']}.", "See the reference of the spec."


def _shown(value: Data) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "empty"
    return str(value).lower() if isinstance(value, bool) else f"{value!r:.60}"
