"""Publishes what a spec may hold: a JSON Schema for editors and a reference page for people.

`python -m penstock.pipeline.spec.publish FOLDER` writes both.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from penstock.pipeline.spec.model import SPEC_VERSION, Part, Spec
from penstock.pipeline.spec.outline import parts_in
from penstock.pipeline.spec.rules import RULES
from penstock.pipeline.spec.schedule import FORMS, parse_schedule

SCHEMA_FILE: Final = "penstock.schema.json"
REFERENCE_FILE: Final = "spec.md"

_OTHER_CODES: Final = {
    "SPEC001": "The file is YAML.",
    "SPEC002": "The file can be read and holds a mapping.",
    "SPEC003": "No key stands twice in one mapping.",
    "SPEC004": "No value falls into one of YAML's traps, such as `no`, `21:00` or `007` without quotes.",
    "SPEC005": "The version of the format is there and known.",
    "SPEC006": "Every key is known.",
    "SPEC007": "No required key is missing.",
    "SPEC008": "Every value has its type and is within its bounds.",
    "SPEC009": "Every `kind` is known.",
}


def json_schema() -> str:
    """The JSON Schema (2020-12) of a penstock.yml."""
    schema = Spec.model_json_schema(by_alias=True)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"Penstock pipeline ({SPEC_VERSION})"}
    return json.dumps(head | {key: value for key, value in schema.items() if key != "title"}, indent=2) + "\n"


def reference() -> str:
    """The reference page in Markdown: every key with type, default and meaning, and every check."""
    lines = [
        "# penstock.yml",
        "",
        "Generated from the model by `make docs`. A required key has no default. Paths are written",
        "`order.lines[].sku`: `[]` steps into a list, `*` stands for any key, a dot inside a name is `\\.`.",
        "`penstock check penstock.yml` tells all findings with their lines.",
        "",
    ]
    for part, heading in _all_parts():
        lines += [f"## {heading}", "", " ".join((part.__doc__ or "").split()), "", *_table(part), ""]
    lines += [
        "## Schedules",
        "",
        "All times are UTC; `every` may stand in front.",
        "",
        "| schedule | cron |",
        "|---|---|",
    ]
    lines += [f"| `{form}` | `{parse_schedule(form)}` |" for form in FORMS]
    lines += ["", "## Checks", "", "| code | severity | what is checked |", "|---|---|---|"]
    lines += [f"| {code} | error | {meaning} |" for code, meaning in _OTHER_CODES.items()]
    lines += [f"| {each.code} | {each.severity} | {each.meaning} |" for _, each in sorted(RULES.items())]
    return "\n".join(lines) + "\n"


def _all_parts() -> Iterator[tuple[type[Part], str]]:
    """Every part once, outside in, with the place where it stands."""
    waiting: list[tuple[type[Part], str]] = [(Spec, "The file")]
    seen: set[type[Part]] = set()
    while waiting:
        part, heading = waiting.pop(0)
        if part in seen:
            continue
        seen.add(part)
        yield part, heading
        inner = []
        for name, info in part.model_fields.items():
            found = list(parts_in(info.annotation))
            for each in found:
                kind = f" of kind `{_kind(each)}`" if len(found) > 1 else ""
                inner.append((each, f"`{info.alias or name}`{kind}"))
        waiting = inner + waiting


def _kind(part: type[Part]) -> str:
    return _type(part.model_fields["kind"]).strip("`")


def _table(part: type[Part]) -> Iterator[str]:
    yield "| key | type | default | meaning |"
    yield "|---|---|---|---|"
    for name, info in part.model_fields.items():
        meaning = info.description or ("Chooses this kind." if name == "kind" else "")
        yield f"| `{info.alias or name}` | {_type(info)} | {_default(info)} | {meaning} |"


def _default(info: FieldInfo) -> str:
    if info.is_required():
        return "required"
    value = info.get_default(call_default_factory=True, validated_data={})
    if value is None or value is PydanticUndefined or value in ("", (), {}):
        return ""
    if isinstance(value, Part):
        return f"`{kind}`" if (kind := getattr(value, "kind", None)) else ""
    return f"`{value}`"


def _type(info: FieldInfo) -> str:
    """The type in words a writer of YAML knows."""
    if list(parts_in(info.annotation)):
        return "mappings by name" if "dict" in str(info.annotation) else "mapping"
    adapter: TypeAdapter[Any] = TypeAdapter(info.rebuild_annotation())
    return " or ".join(dict.fromkeys(_words(adapter.json_schema())))


def _words(schema: dict[str, Any]) -> Iterator[str]:
    names = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false",
             "array": "list of paths", "object": "mapping"}  # fmt: skip
    if "anyOf" in schema:
        for each in schema["anyOf"]:
            yield from _words(each)
    elif "const" in schema:
        yield f"`{schema['const']}`"
    elif "enum" in schema:
        yield from (f"`{each}`" for each in schema["enum"])
    elif schema.get("type") in names:
        yield names[schema["type"]]
    elif schema.get("type") != "null":
        yield "any"


def publish(folder: Path) -> None:
    """Write both files into the folder."""
    for name, text in ((SCHEMA_FILE, json_schema()), (REFERENCE_FILE, reference())):
        temporary = folder / f".{name}.tmp"
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(folder / name)


if __name__ == "__main__":
    publish(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
