"""Responses: the mapping in the known form, and beside it details, gaps, diagnostics and what made it."""

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from penstock.errors import Finding, PathSyntaxError, WireFormatError
from penstock.mapping.check.problem import CODES, NAMES
from penstock.mapping.model import Build as BuildNode
from penstock.mapping.model import FieldMapping, ForEach, Mapping, Origin, Shape, Unmapped, walk
from penstock.mapping.wire import v1_0, v1_1
from penstock.mapping.wire.gaps import source_gaps, target_gaps
from penstock.mapping.wire.leaves import Leaves
from penstock.mapping.wire.names import Names, shown
from penstock.mapping.wire.text import check_depth, parse_json
from penstock.schema import ITEM, Path, parse_path

VERSIONS: Final = (v1_0.VERSION, v1_1.VERSION)


@dataclass(frozen=True, slots=True)
class Meta:
    """Which model, prompt and catalogue made an answer, and what it took."""

    model: str | None = None
    tokens: int = 0
    cost: float = 0
    more: MappingOf[str, Any] = field(default_factory=dict)
    """`promptVersion`, `catalogueVersion`, and what later versions add."""


@dataclass(frozen=True, slots=True)
class ReadMapping:
    """A mapping, and what was wrong with its leaves."""

    mapping: Mapping
    findings: tuple[Finding, ...] = ()


def read_response(
    document: Any,
    sources: Sequence[Shape],
    target: Shape,
    *,
    origin: Origin = "person",
    from_model: bool = False,
) -> ReadMapping:
    """The mapping of a response, for the shapes of its request.

    Args:
        document: the response: JSON text, or the data in it.
        sources: the shapes that paths lead into.
        target: the shape that is filled.
        origin: who proposed leaves whose details do not say it.
        from_model: a model wrote it, so that a code fence and trailing commas are mended, and told.

    Raises:
        WireFormatError: it is no response at all.
    """
    repairs: list[Finding] = []
    if isinstance(document, str | bytes):
        document = _parsed(document, "$", from_model, repairs)
    else:
        check_depth(document)
    if not isinstance(document, dict):
        raise WireFormatError("$", "a response is an object", 'write {"mapping": {…}}.')
    # A model may answer with the mapping alone.
    tree = document.get("mapping", {} if set(document) & {"unmapped", "diagnostics", "details"} else document)
    if isinstance(tree, str):
        tree = _parsed(tree, "mapping", from_model, repairs)
    found = read_mapping({**document, "mapping": tree}, sources, target, origin)
    return ReadMapping(found.mapping, (*repairs, *found.findings))


def _parsed(text: str | bytes, at: str, from_model: bool, repairs: list[Finding]) -> Any:
    parsed = parse_json(text, from_model=from_model)
    repairs += [Finding("warning", CODES["repaired_text"], at, each, "send plain JSON") for each in parsed.repairs]
    return parsed.value


def read_mapping(
    document: MappingOf[str, Any], sources: Sequence[Shape], target: Shape, origin: Origin = "person"
) -> ReadMapping:
    """The mapping in the keys `mapping`, `details` and `unmapped` of a document.

    Raises:
        WireFormatError: one of them is of another kind.
    """
    names = Names({each.name: each.type for each in sources})
    leaves = Leaves(_object(document, "details"), origin)
    fields = leaves.fields(_object(document, "mapping"), target.type, names, Path())
    leaves.unused_details()
    unmapped = _object(document, "unmapped")
    mapping = Mapping(
        tuple(sources),
        target,
        fields,
        tuple(_unmapped(each, "output") for each in _list(unmapped, "output")),
        tuple(_unmapped(each, "input") for each in _list(unmapped, "input")),
    )
    return ReadMapping(mapping, tuple(leaves.findings))


def _object(document: MappingOf[str, Any], key: str) -> dict[str, Any]:
    value = document.get(key) or {}
    if not isinstance(value, dict):
        raise WireFormatError(key, "it is not an object", f'write "{key}": {{…}}.')
    return value


def _list(document: MappingOf[str, Any], key: str) -> list[Any]:
    value = document.get(key) or []
    if not isinstance(value, list):
        raise WireFormatError(f"unmapped.{key}", "it is not a list", f'write "{key}": […].')
    return value


def _unmapped(entry: Any, key: str) -> Unmapped:
    given = {"path": entry} if isinstance(entry, str) else entry
    if not isinstance(given, dict) or not isinstance(given.get("path"), str):
        raise WireFormatError(f"unmapped.{key}", "each entry has a path", 'write {"path": "a.b", "reason": "…"}.')
    try:
        path = parse_path(given["path"])
    except PathSyntaxError as problem:
        raise WireFormatError(f"unmapped.{key}", str(problem).split("\n")[0], "write a path as a.b.") from None
    return Unmapped(path, str(given.get("reason") or ""), bool(given.get("required", False)))


def write_response(
    mapping: Mapping, version: str, diagnostics: Sequence[Finding] = (), meta: Meta | None = None
) -> dict[str, Any]:
    """A response in a version: what it has no room for, and leaves with an error, are listed in `unmapped`.

    Args:
        mapping: what was found; a leaf that an error is about is left out.
        version: that of the request.
        diagnostics: the findings about the mapping.
        meta: what made it.
    """
    bad = {each.path for each in diagnostics if each.severity == "error"}
    sound = replace(mapping, fields=without(mapping.fields, bad))
    needs_more: list[Unmapped] = []
    if version == v1_0.VERSION:
        known = v1_0.write_fields(sound)
        tree, needs_more = known.fields, known.needs_more
    else:
        tree = v1_1.write_fields(sound)
    left_out = {str(each.path) for each in needs_more}
    answered = replace(
        mapping,
        fields=without(mapping.fields, left_out),
        unmapped_target=(*mapping.unmapped_target, *needs_more),
    )
    return {
        "mapping": tree,
        "details": write_details(replace(sound, fields=without(sound.fields, left_out)), version),
        "unmapped": {
            "output": [
                {"path": shown(each.path), "required": each.required, "reason": each.reason}
                for each in target_gaps(answered, bad)
            ],
            "input": [shown(each.path) for each in source_gaps(sound)],
        },
        "diagnostics": [write_diagnostic(each) for each in diagnostics],
        "meta": _meta(meta or Meta(), version),
    }


def without(fields: Sequence[FieldMapping], bad: set[str], at: Path | None = None) -> tuple[FieldMapping, ...]:
    """The fields but for those at some paths."""
    kept = []
    for each in fields:
        path = (at or Path()) / each.target
        if str(path) not in bad:
            kept.append(replace(each, value=_without(each.value, bad, path)))
    return tuple(kept)


def _without(value: Any, bad: set[str], path: Path) -> Any:
    if isinstance(value, ForEach):
        return replace(value, body=_without(value.body, bad, path / ITEM))
    return BuildNode(without(value.fields, bad, path)) if isinstance(value, BuildNode) else value


def write_details(mapping: Mapping, version: str) -> dict[str, Any]:
    """The details of each leaf that has some."""
    names = Names({each.name: each.type for each in mapping.sources})
    details = {}
    for path, leaf in walk(mapping.fields):
        found = _details(leaf, names, version)
        if found:
            details[shown(path)] = found
    return details


def _details(leaf: FieldMapping, names: Names, version: str) -> dict[str, Any]:
    details: dict[str, Any] = {}
    if leaf.confidence is not None or leaf.origin != "person":
        details = {"confidence": leaf.confidence, "origin": leaf.origin}
    if leaf.evidence:
        details["evidence"] = list(leaf.evidence)
    alternatives = []
    for each in leaf.alternatives:
        node = v1_0.operation(each.value) if version == v1_0.VERSION else v1_1.operation(each.value, names)
        alternatives += [{**node, "confidence": each.confidence}] if node else []
    details |= {"alternatives": alternatives} if alternatives else {}
    details |= {"locked": True} if leaf.locked else {}
    return details | ({"comment": leaf.comment} if leaf.comment else {})


def write_diagnostic(finding: Finding) -> dict[str, Any]:
    """A finding as the wire has it: its path as clients write it."""
    try:
        path = shown(parse_path(finding.path))
    except PathSyntaxError:
        path = finding.path
    return {
        "severity": finding.severity,
        "code": finding.code,
        "name": NAMES.get(finding.code, ""),
        "path": path,
        "message": finding.message,
        "suggestion": finding.suggestion,
    }


def _meta(meta: Meta, version: str) -> dict[str, Any]:
    return {"apiVersion": version, "model": meta.model, "tokens": meta.tokens, "cost": meta.cost, **meta.more}
