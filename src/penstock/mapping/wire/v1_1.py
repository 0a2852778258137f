"""Writes mappings in version 1.1 of the wire format: every leaf, with literals, nested operations and loops."""

from collections.abc import Iterable
from typing import Any, Final

from penstock.errors import WireFormatError
from penstock.mapping.model import (
    Argument,
    Build,
    Call,
    Constant,
    Expression,
    FieldMapping,
    ForEach,
    Mapping,
    Read,
)
from penstock.mapping.wire.expressions import CONSTANT, DIRECT, FOR_EACH, RECORD, names_inside
from penstock.mapping.wire.names import Names
from penstock.schema import ITEM, List, Path, Record, Type
from penstock.schema.paths import escape

VERSION: Final = "1.1"


def write_fields(mapping: Mapping) -> dict[str, Any]:
    """The `mapping` of a response, in the order of the target."""
    names = Names({each.name: each.type for each in mapping.sources})
    return _tree(mapping.fields, mapping.target.type, names, Path())


def in_order(fields: Iterable[FieldMapping], target: Type) -> list[FieldMapping]:
    """Fields in the order of the target; those that it does not have come last."""
    order = {each.name: at for at, each in enumerate(target.fields)} if isinstance(target, Record) else {}
    return sorted(fields, key=lambda each: order.get(each.target, len(order)))


def _tree(fields: Iterable[FieldMapping], target: Type, names: Names, at: Path) -> dict[str, Any]:
    known = target.by_name() if isinstance(target, Record) else {}
    tree: dict[str, Any] = {}
    for each in in_order(fields, target):
        path = at / each.target
        if each.target in tree:
            raise WireFormatError(str(path), "the target field is filled twice", "keep one of the two.")
        tree[each.target] = _node(each, known[each.target].type if each.target in known else None, names, path)
    return tree


def _node(leaf: FieldMapping, target: Type | None, names: Names, path: Path) -> dict[str, Any]:
    if isinstance(leaf.value, Build) and leaf.on_reject is None and not isinstance(target, List):
        return _tree(leaf.value.fields, target or Record(), names, path)
    node = _leaf(leaf.value, target, names, path)
    made = {"operation": node.pop("operation"), "target": escape(leaf.target), **node}
    return made | ({"onReject": {"value": leaf.on_reject.value}} if leaf.on_reject else {})


def _leaf(value: Expression, target: Type | None, names: Names, path: Path) -> dict[str, Any]:
    """A leaf whose records are made of leaves, too."""
    match value:
        case Build(fields=fields):
            return {"operation": RECORD, "fields": _tree(fields, target or Record(), names, path)}
        case ForEach(body=Build() | ForEach() as body):
            inside = names_inside(value.element, value.items, names)
            below = target.element if isinstance(target, List) else Record()
            node = {"operation": FOR_EACH, "parameters": [parameter(value.items, names)], "as": value.element}
            if isinstance(body, Build):
                return node | {"fields": _tree(body.fields, below, inside, path / ITEM)}
            return node | {"value": _leaf(body, below, inside, path / ITEM)}
    return operation(value, names)


def operation(value: Expression, names: Names) -> dict[str, Any]:
    """An expression as a node with an operation."""
    match value:
        case Read() | Constant():
            name = DIRECT if isinstance(value, Read) else CONSTANT
            return {"operation": name, "parameters": [parameter(value, names)]}
        case Call():
            node = {"operation": value.operation, "parameters": _arguments(value, names)}
            return node | ({"as": value.element} if value.element else {})
        case Build(fields=fields):
            return {"operation": RECORD, "fields": {each.target: operation(each.value, names) for each in fields}}
        case ForEach():
            return _leaf(value, None, names, Path()) if isinstance(value.body, Build) else _loop(value, names)


def _loop(value: ForEach, names: Names) -> dict[str, Any]:
    node = {"operation": FOR_EACH, "parameters": [parameter(value.items, names)], "as": value.element}
    return node | {"value": parameter(value.body, names_inside(value.element, value.items, names))}


def parameter(value: Expression, names: Names) -> Any:
    """A parameter; a path is a bare text where that leads somewhere."""
    match value:
        case Read(path=path):
            return str(path) if names.path(str(path))[1] is not None else {"path": str(path)}
        case Constant(value=constant):
            return {"value": constant}
    return operation(value, names)


def _arguments(call: Call, names: Names) -> Any:
    """An object, where all have a name; else a list."""
    inside = names
    if call.element and call.arguments:
        inside = names_inside(call.element, call.arguments[0].value, names)
    scopes = [names, *[inside] * (len(call.arguments) - 1)]
    written = [parameter(each.value, scope) for each, scope in zip(call.arguments, scopes, strict=False)]
    if call.arguments and all(each.name for each in call.arguments):
        return {each.name: value for each, value in zip(call.arguments, written, strict=True)}
    return [_argument(each, value) for each, value in zip(call.arguments, written, strict=True)]


def _argument(argument: Argument, written: Any) -> Any:
    if not argument.name:
        return written
    return {"name": argument.name, **({"path": written} if isinstance(written, str) else written)}
