"""Makes types of schemas without references and unions: by their types, their values and what their keywords imply."""

import json
from collections.abc import Callable
from typing import Any

from penstock.errors import DocumentFormatError
from penstock.readers.json_schema.keywords import IMPLIED, KINDS
from penstock.readers.json_schema.objects import Objects
from penstock.readers.json_schema.references import Part
from penstock.readers.json_schema.scalars import integer_type, number_type, of_values, text_type, word_of
from penstock.readers.losses import UNKNOWN_TYPE, Losses
from penstock.schema.paths import ITEM, Path
from penstock.schema.types import Boolean, Json, List, Type, nullable
from penstock.schema.widen import widest


class PlainTypes:
    """Makes types; records and elements are made by `objects`."""

    def __init__(
        self, objects: Objects, losses: Losses, fault: Callable[[Path, str, str], DocumentFormatError]
    ) -> None:
        self._objects = objects
        self._losses = losses
        self._fault = fault

    def of(self, parts: list[Part], path: Path) -> Type:
        """The type of parts without unions."""
        kinds = self._kinds(parts, path)
        listed = [values for each in parts if (values := self._listed(each, path)) is not None]
        if listed:
            return self._of_values(listed, kinds, path)
        if kinds is None:
            kinds = {kind for kind, words in IMPLIED.items() if any(each.has(word) for each in parts for word in words)}
            if not kinds:
                return word_of(parts) or Json(nullable=True)
        is_nullable = "null" in kinds
        wanted = [each for each in KINDS if each in kinds and not (each == "integer" and "number" in kinds)]
        if len(wanted) == len(KINDS) - 1 and not any(self._says_more(each) for each in parts):
            return Json(nullable=is_nullable)
        word = word_of(parts)
        type_ = word if word and len(wanted) == 1 else widest(self._of_kind(each, parts, path) for each in wanted)
        return nullable(type_, value=is_nullable)

    def _says_more(self, part: Part) -> bool:
        return any(part.has(each) for words in IMPLIED.values() for each in words)

    def _kinds(self, parts: list[Part], path: Path) -> set[str] | None:
        """The JSON types that all parts allow; None: they do not say."""
        allowed: set[str] | None = None
        for each in parts:
            said = each.get("type")
            if said is None:
                continue
            names = said if isinstance(said, list) else [said]
            if not all(isinstance(name, str) for name in names):
                raise self._fault(path, "a type is no text", "write the name of a JSON type.")
            for name in names:
                if name not in (*KINDS, "null"):
                    self._losses.lose(UNKNOWN_TYPE, path, f"the type {name!r} is not known; it is kept as JSON")
                    return None
            own = {*names, *(("integer",) if "number" in names else ()), *(("null",) if each.get("nullable") else ())}
            allowed = own if allowed is None else allowed & own
        if allowed == set():
            self._losses.lose(UNKNOWN_TYPE, path, "no type is allowed by all parts of the schema")
        return allowed

    def _listed(self, part: Part, path: Path) -> list[Any] | None:
        if part.has("const"):
            return [part.get("const")]
        if not part.has("enum"):
            return None
        values = part.get("enum")
        if not isinstance(values, list):
            raise self._fault(path, "enum is no list", "write a list of values.")
        return list(values)

    def _of_values(self, listed: list[list[Any]], kinds: set[str] | None, path: Path) -> Type:
        first, *others = ([each for each in values if _is_of(each, kinds)] for values in listed)
        marks = [{_mark(each) for each in values} for values in others]
        values = [each for each in first if all(_mark(each) in known for known in marks)]
        texts = [each for each in values if each is not None]
        type_ = of_values(texts)
        if texts and not all(isinstance(each, str) for each in texts):
            self._losses.lose_rule(path, "enum")
        is_nullable = len(texts) < len(values)
        return nullable(type_, value=is_nullable)

    def _of_kind(self, kind: str, parts: list[Part], path: Path) -> Type:
        match kind:
            case "object":
                return self._objects.of(parts, path)
            case "array":
                return List(self._objects.elements(parts, path / ITEM))
            case "string":
                return text_type(parts)
            case "number":
                return number_type(parts)
            case "integer":
                return integer_type(parts)
        return Boolean()


def _mark(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _is_of(value: Any, kinds: set[str] | None) -> bool:
    if kinds is None:
        return True
    for name, class_ in (("null", type(None)), ("boolean", bool), ("integer", int), ("number", float)):
        if isinstance(value, class_):
            return name in kinds or (name == "number" and value.is_integer() and "integer" in kinds)
    return ("string" if isinstance(value, str) else "object" if isinstance(value, dict) else "array") in kinds
