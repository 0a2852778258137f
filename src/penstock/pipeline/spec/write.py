"""Writes a spec as a penstock.yml: stable order, only what differs from the defaults, short comments."""

from collections.abc import Iterator
from typing import Any, Final

import yaml

from penstock.pipeline.spec.model import Spec

SCHEMA_PATH: Final = ".penstock/penstock.schema.json"
"""Where a project keeps the JSON Schema of its spec, for editors; works without a network."""

_COMMENTS: Final = {
    "records": "path to the records in a page",
    "key": "what identifies a record",
    "cursor": "asks only for what is new since the last run",
    "mode": "append, merge or snapshot",
    "paging": "how the next page is asked for",
    "for_each": "one call for each record of another dataset",
    "auth": "names of environment variables, never the secrets themselves",
    "schedule": "UTC",
    "landing": "where raw answers are kept",
    "warehouse": "where tables are made",
    "deployment": "where the handler runs in the cloud",
}


def write_spec(spec: Spec) -> str:
    """The text of a penstock.yml that reads back as an equal spec."""
    data = spec.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    lines = [
        f"# yaml-language-server: $schema={SCHEMA_PATH}",
        "# What this pipeline fetches, and what becomes of it. All keys: docs/spec.md of Penstock.",
        "# After a change: penstock check, penstock build.",
        *_block(_with_kinds(data, spec.model_dump(mode="json", by_alias=True)), 0),
    ]
    return "\n".join(lines) + "\n"


def _with_kinds(data: Any, full: Any) -> Any:
    """Puts back the `kind` of a part that differs from its default only in other keys; it stands first."""
    if not isinstance(data, dict) or not isinstance(full, dict):
        return data
    kind = {"kind": full["kind"]} if "kind" in full else {}
    return kind | {key: _with_kinds(value, full[key]) for key, value in data.items()}


def _block(data: dict[str, Any], depth: int) -> Iterator[str]:
    indent = "  " * depth
    for key, value in data.items():
        comment = f"  # {_COMMENTS[key]}" if key in _COMMENTS and (depth == 0) != (key in _BELOW_TOP) else ""
        if not depth and isinstance(value, dict):
            yield ""
        if isinstance(value, dict) and value and key != "body":
            yield f"{indent}{_scalar(key)}:{comment}"
            yield from _block(value, depth + 1)
        else:
            yield f"{indent}{_scalar(key)}: {_scalar(value)}{comment}"


_BELOW_TOP: Final = {"records", "key", "cursor", "mode", "paging", "for_each", "auth"}


def _scalar(value: Any) -> str:
    """A value in one line; texts that YAML would read as something else are quoted."""
    text = yaml.safe_dump(value, default_flow_style=True, width=10**9, allow_unicode=True, sort_keys=False)
    return text.removesuffix("\n").removesuffix("\n...")
