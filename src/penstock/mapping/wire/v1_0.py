"""Writes mappings in version 1.0 of the wire format: leaves whose parameters are texts, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from penstock.mapping.model import Argument, Build, Call, Expression, FieldMapping, Mapping, Read, Unmapped
from penstock.mapping.wire.expressions import DIRECT, LENGTH, STRING_LENGTH
from penstock.mapping.wire.names import shown
from penstock.mapping.wire.v1_1 import in_order
from penstock.schema import Path, Record, Type
from penstock.schema.paths import escape

VERSION: Final = "1.0"
REASON: Final = "needs_1_1"


@dataclass(slots=True)
class KnownForm:
    """The leaves that every client reads, and the fields that need more."""

    fields: dict[str, Any]
    needs_more: list[Unmapped] = field(default_factory=list)


def write_fields(mapping: Mapping) -> KnownForm:
    """The `mapping` of a response, in the order of the target."""
    written = KnownForm({})
    written.fields = _tree(mapping.fields, mapping.target.type, Path(), written)
    return written


def _tree(fields: Iterable[FieldMapping], target: Type, at: Path, written: KnownForm) -> dict[str, Any]:
    known = target.by_name() if isinstance(target, Record) else {}
    tree: dict[str, Any] = {}
    for each in in_order(fields, target):
        path = at / each.target
        type_ = known[each.target].type if each.target in known else Record()
        if isinstance(each.value, Build) and each.on_reject is None and isinstance(type_, Record):
            tree[each.target] = _tree(each.value.fields, type_, path, written)
            continue
        node = operation(each.value)
        if node is None or each.on_reject is not None:
            needed = each.target in known and not known[each.target].optional and not type_.nullable
            written.needs_more.append(Unmapped(path, REASON, needed))
        else:
            tree[each.target] = {"operation": node["operation"], "target": escape(each.target), **node}
    return tree


def operation(value: Expression) -> dict[str, Any] | None:
    """An expression as a node of the known form; None where that has no room for it."""
    if isinstance(value, Read):
        return {"operation": DIRECT, "parameters": [shown(value.path)]}
    if not isinstance(value, Call) or value.element:
        return None
    paths = [_path(each) for each in value.arguments]
    if None in paths:
        return None
    return {"operation": LENGTH if value.operation == STRING_LENGTH else value.operation, "parameters": paths}


def _path(argument: Argument) -> str | None:
    return shown(argument.value.path) if isinstance(argument.value, Read) and not argument.name else None
