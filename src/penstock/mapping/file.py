"""Mappings on disk: the request and the response in one JSON document, in a stable order.

A leaf stands on one line, so that a person can read what changed from one version to the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from penstock.errors import Finding, WireFormatError
from penstock.mapping.model import Mapping, Unmapped
from penstock.mapping.wire import v1_1
from penstock.mapping.wire.request import read_request
from penstock.mapping.wire.response import read_mapping, write_details
from penstock.mapping.wire.shapes import write_inputs, write_output
from penstock.mapping.wire.text import format_json, parse_json

FILE_VERSION: Final = "mapping/1"
_KEYS: Final = {
    "penstock",
    "apiVersion",
    "name",
    "comment",
    "inputs",
    "inputMetadata",
    "output",
    "outputMetadata",
    "mapping",
    "details",
    "unmapped",
}


@dataclass(frozen=True, slots=True)
class LoadedMapping:
    """The mapping of a file, and what was wrong with single leaves or types of it."""

    mapping: Mapping
    findings: tuple[Finding, ...] = ()


def dump_mapping(mapping: Mapping) -> str:
    """A mapping as the text of its file; reading that gives the same mapping.

    Raises:
        WireFormatError: it fills a field twice, so that no file can hold it.
    """
    inputs, input_metadata = write_inputs(mapping.sources)
    output, output_metadata = write_output(mapping.target)
    document: dict[str, Any] = {"penstock": FILE_VERSION, "apiVersion": v1_1.VERSION}
    document |= {"name": mapping.name} if mapping.name else {}
    document |= {"comment": mapping.comment} if mapping.comment else {}
    return format_json(
        document
        | {
            "inputs": inputs,
            "inputMetadata": input_metadata,
            "output": output,
            "outputMetadata": output_metadata,
            "mapping": v1_1.write_fields(mapping),
            "details": write_details(mapping, v1_1.VERSION),
            "unmapped": {
                "output": _gaps(mapping.unmapped_target),
                "input": _gaps(mapping.unmapped_sources),
            },
        }
    )


def load_mapping(text: str | bytes) -> LoadedMapping:
    """The mapping in the text of a file; leaves that cannot be read are findings and left out.

    Raises:
        WireFormatError: it is no mapping file, or of another version.
    """
    document = parse_json(text).value
    if not isinstance(document, dict) or document.get("penstock") != FILE_VERSION:
        found = document.get("penstock") if isinstance(document, dict) else document
        problem = f"it is no mapping file of version {FILE_VERSION!r}: {found!r:.40}"
        raise WireFormatError("penstock", problem, "a newer Penstock may have written it; penstock map writes one.")
    for key in document:
        if key not in _KEYS:
            raise WireFormatError(key, "it is no key of a mapping file", f"known are {', '.join(sorted(_KEYS))}.")
    request = read_request({key: document[key] for key in document if key not in {"mapping", "details", "unmapped"}})
    found = read_mapping(document, request.sources, request.target)
    mapping = replace(found.mapping, name=_text(document, "name"), comment=_text(document, "comment"))
    return LoadedMapping(mapping, (*request.findings, *found.findings))


def is_mapping_file(text: str) -> bool:
    """Whether a text seems to be a mapping file, sound or not."""
    head = text.lstrip("\ufeff \t\r\n")[:4096]
    return head.startswith("{") and '"penstock"' in head and '"mapping/' in head


def _gaps(unmapped: Sequence[Unmapped]) -> list[dict[str, Any]]:
    return [{"path": str(each.path), "required": each.required, "reason": each.reason} for each in unmapped]


def _text(document: dict[str, Any], key: str) -> str:
    value = document.get(key, "")
    if not isinstance(value, str):
        raise WireFormatError(key, "it is not a text", f'write "{key}": "…".')
    return value
