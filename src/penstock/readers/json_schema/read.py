"""Reads JSON Schema: 2020-12, 2019-09 and draft 7, as JSON or YAML."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, Final

from penstock.errors import DocumentFormatError
from penstock.readers import Definition, Document
from penstock.readers.json_schema.keywords import SHAPING
from penstock.readers.json_schema.objects import title_of
from penstock.readers.json_schema.references import Part, References
from penstock.readers.json_schema.types import Types
from penstock.readers.structured import at_pointer, escaped, load, outline

JSON_TYPES: Final = frozenset({"object", "array", "string", "number", "integer", "boolean", "null"})

_DESCRIBING: Final = ("properties", "items", "$defs", "definitions", "additionalProperties")

_MOST_REFERENCES: Final = 40

_FORMAL: Final = frozenset(
    {"schema", "items", "content", "responses", "requestBody", "default", "properties", "additionalProperties"}
    | {"get", "put", "post", "delete", "patch", "paths", "components", "schemas", "anyOf", "oneOf", "allOf"}
)
"""Segments of pointers that name no schema."""

_DEFINITIONS: Final = ("$defs", "definitions")


class JsonSchemaReader:
    """Reads JSON Schema documents."""

    kind = "json-schema"

    def recognises(self, head: str, suffix: str) -> bool:
        """Whether it names a dialect of JSON Schema, or has keywords that data hardly have."""
        keys = outline(head)
        if suffix not in {"", ".json", ".yml", ".yaml", ".jsonschema"}:
            return False
        if "json-schema.org" in keys.get("$schema", ""):
            return True
        described = any(keys.get(each) in ("{", "") for each in _DESCRIBING)
        return described and (keys.get("type", "") in JSON_TYPES or "$defs" in keys or "$ref" in keys)

    def read(self, text: str, place: str, part: str = "") -> Document:
        """The types of a schema: the whole under its title or the file's name, and its definitions.

        Raises:
            DocumentFormatError: it is no JSON Schema.
        """
        root = load(text, place)
        if not isinstance(root, dict | bool):
            raise DocumentFormatError(place, "", "is no JSON Schema", "write an object with a type.")
        siblings = not any(old in str(_get(root, "$schema")) for old in ("draft-04", "draft-06", "draft-07"))
        return read_definitions(self.kind, root, place, list(_definitions(root, place)), part, siblings=siblings)


def _definitions(root: Any, place: str) -> Iterator[tuple[str, str]]:
    """The pointer and the name of every definition; the root, when it says what a value is, comes first."""
    defs = [(key, each) for key in _DEFINITIONS for each in _entries(root, key)]
    names = {each for _, each in defs}
    if isinstance(root, bool) or not defs or any(key in SHAPING for key in root):
        stem = PurePath(place).name.partition(".")[0]
        name = title_of(root) or _last(_get(root, "$id")) or ("Schema" if stem in {"", "-", "standard input"} else stem)
        yield "", f"{name}Document" if name in names else name
    yield from ((f"/{key}/{escaped(name)}", name) for key, name in defs)


def _entries(root: Any, key: str) -> list[str]:
    found = _get(root, key)
    return list(found) if isinstance(found, dict) else []


def _get(root: Any, key: str) -> Any:
    return root.get(key) if isinstance(root, dict) else None


def _last(identity: object) -> str:
    if not isinstance(identity, str):
        return ""
    return identity.partition("#")[0].rstrip("/").rpartition("/")[2].partition(".")[0]


def read_definitions(
    kind: str, root: Any, place: str, wanted: list[tuple[str, str]], part: str, *, siblings: bool = True
) -> Document:
    """The document of schemas that stand in a larger one.

    Args:
        kind: of the document.
        root: the whole of it.
        place: what it is called in errors.
        wanted: the pointer and the name of each schema.
        part: a pointer that is asked for as well; only its schema is read then.
        siblings: whether what stands beside a reference counts.
    """
    references = References(root)
    types = Types(references, place, siblings=siblings)
    if part.startswith("/"):
        wanted = [_asked(root, place, part)]
    elif part:
        wanted = [each for each in wanted if each[1] == part] or wanted
    found: dict[str, Definition] = {}
    for pointer, name in wanted:
        address, target = references.find(f"#{_quoted(pointer)}", references.root.base)
        unique = name if name not in found else f"{name}{len(found)}"
        description = target.get("description")
        told = part if part.startswith("/") else pointer
        type_ = types.define(address, target if pointer else Part(root, references.root.base), unique)
        found[unique] = Definition(unique, type_, description if isinstance(description, str) else "", told)
    main = next(iter(found)) if len(found) == 1 or (wanted and not wanted[0][0]) else ""
    return Document(kind, tuple(found.values()), main, types.losses.findings())


def _asked(root: Any, place: str, pointer: str) -> tuple[str, str]:
    """The pointer and the name of the schema that is asked for; of a body in OpenAPI, that of its content."""
    for _ in range(_MOST_REFERENCES):
        try:
            value = at_pointer(root, pointer)
        except KeyError:
            hint = "look at the names; a / in a name is written ~1."
            raise DocumentFormatError(place, pointer, "nothing is there", hint) from None
        step = _step(value)
        if not step:
            break
        pointer = step[1:] if step.startswith("#/") else f"{pointer}/{step}"
    return pointer, _name(pointer)


def _name(pointer: str) -> str:
    """What the schema at a pointer is called: after the innermost name that the format does not give."""
    segments = [each.replace("~1", "/").replace("~0", "~") for each in pointer.split("/")[1:]]
    names = [each for each in segments if each not in _FORMAL and not each.isdecimal() and "/" not in each[1:]]
    last = names[-1] if names else segments[-1]
    words = [each for each in last.split("/") if each and not each.startswith("{")]
    return words[-1] if words else last


def _step(value: Any) -> str:
    """Where the schema of a body is: a reference, or the rest of a pointer; empty: the value is a schema."""
    if not isinstance(value, dict) or SHAPING & set(value) - {"$ref"}:
        return ""
    reference, content = value.get("$ref"), value.get("content")
    if isinstance(reference, str) and reference.startswith("#/"):
        return reference
    if isinstance(content, dict):
        kind = next((each for each in content if "json" in each), next(iter(content), ""))
        return f"content/{escaped(kind)}"
    return "schema" if isinstance(value.get("schema"), dict) else ""


def _quoted(pointer: str) -> str:
    from urllib.parse import quote

    return quote(pointer)
