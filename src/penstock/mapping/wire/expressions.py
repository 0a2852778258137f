"""Reads the parameters of leaves: paths, literals and nested operations."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from penstock.errors import UnknownOperationError
from penstock.mapping.catalogue import named
from penstock.mapping.check.binding import at_positions
from penstock.mapping.check.mapping import type_of_expression
from penstock.mapping.check.problem import LeafError
from penstock.mapping.model import (
    Argument,
    Build,
    Call,
    Constant,
    Expression,
    FieldMapping,
    ForEach,
    Read,
    Shape,
)
from penstock.mapping.signature import Parameter, Signature
from penstock.mapping.wire.names import Names
from penstock.schema import Enum, Json, List, Text, Type

Node = Mapping[str, Any]

CONSTANT: Final = "CONSTANT"
RECORD: Final = "RECORD"
FOR_EACH: Final = "FOR_EACH"
DIRECT: Final = "DIRECT"
LENGTH: Final = "LENGTH"
STRING_LENGTH: Final = "STRING_LENGTH"

_KEYS: Final = {"operation", "target", "targetType", "parameters", "as", "fields", "value", "onReject"}
_PARAMETER: Final = {"path": {"path"}, "value": {"value"}, "operation": _KEYS}


def expression(node: Node, names: Names) -> Expression:
    """What the operation of a node gives.

    Raises:
        LeafError: the node is not written as the wire has it.
    """
    only_keys(node, _KEYS)
    match node["operation"]:
        case "CONSTANT":
            return _constant(node)
        case "RECORD":
            return Build(record(node.get("fields"), names))
        case "FOR_EACH":
            return _loop(node, names)
        case "DIRECT":
            return _direct(node, names)
    return _call(node, names)


def only_keys(node: Node, known: set[str]) -> None:
    """Nothing, where a node has no other keys than the known ones."""
    for key in node:
        if key not in known:
            raise LeafError("malformed", f"{key!r} is no key of such a node", f"known are {', '.join(sorted(known))}")


def is_leaf(node: Any) -> bool:
    """Whether a node of a mapping says how a value is made, and is not a record of such nodes."""
    return isinstance(node, Mapping) and isinstance(node.get("operation"), str)


def record(fields: Any, names: Names) -> tuple[FieldMapping, ...]:
    """The fields of a record that is made inside of an expression."""
    return tuple(FieldMapping(name, _member(each, names)) for name, each in _mapping(fields, "fields").items())


def _member(node: Any, names: Names) -> Expression:
    if is_leaf(node):
        return expression(node, names)
    return Build(record(node, names))


def _mapping(value: Any, what: str) -> Node:
    if not isinstance(value, Mapping):
        raise LeafError("malformed", f"{what!r} is an object", 'write {"name": {"operation": …}}')
    return value


def _list(node: Node) -> list[Any]:
    given = node.get("parameters", [])
    if not isinstance(given, list):
        raise LeafError("malformed", f"the parameters of {node['operation']} are a list", 'write ["source.field"]')
    return given


def _only(node: Node) -> Any:
    given = _list(node)
    if len(given) != 1:
        raise LeafError("wrong_arity", f"{node['operation']} takes one parameter, not {len(given)}", "give one")
    return given[0]


def _constant(node: Node) -> Constant:
    given = _only(node)
    if isinstance(given, Mapping):
        only_keys(given, {"value"})
        if "value" in given:
            return Constant(given["value"])
        raise LeafError("malformed", "CONSTANT takes a literal", 'write {"value": …}')
    return Constant(given)


def _direct(node: Node, names: Names) -> Expression:
    return parameter(_only(node), names)


def _loop(node: Node, names: Names) -> ForEach:
    items, element, inside = loop_parts(node, names)
    if "fields" in node:
        return ForEach(items, element, Build(record(node["fields"], inside)))
    return ForEach(items, element, loop_value(node, inside))


def loop_value(node: Node, names: Names) -> Expression:
    """What becomes of an element that does not become a record."""
    if "value" not in node:
        raise LeafError("malformed", "FOR_EACH says what becomes of an element", 'add "fields", or "value"')
    return parameter(node["value"], names)


def loop_parts(node: Node, names: Names) -> tuple[Expression, str, Names]:
    """The list that a FOR_EACH goes over, the name of its elements, and the names in its body."""
    only_keys(node, _KEYS)
    items = parameter(_only(node), names)
    element = _element(node) or names.fresh("item")
    return items, element, names_inside(element, items, names)


def _element(node: Node) -> str:
    element = node.get("as", "")
    if not isinstance(element, str):
        raise LeafError("malformed", "'as' names the elements", 'write "as": "item"')
    return element


def names_inside(element: str, items: Expression, names: Names) -> Names:
    """The names where the elements of a list have one."""
    found = _type(items, names)
    return names.inside(element, found.element if isinstance(found, List) else Json(nullable=True))


def _type(value: Expression, names: Names) -> Type | None:
    try:
        return type_of_expression(value, [Shape(name, each) for name, each in names.types.items()])
    except LeafError:
        return None


def _call(node: Node, names: Names) -> Call:
    name, element = node["operation"], _element(node)
    if not name:
        raise LeafError("malformed", "the operation has no name", "write one that penstock operations lists")
    arguments: list[Argument] = []
    for label, known, given in _given(node):
        inside = names
        if element and arguments:
            inside = names_inside(element, arguments[0].value, names)
        arguments.append(Argument(parameter(given, inside, known), label))
    return Call(_by_type(name, arguments, names), tuple(arguments), element)


_Given = Iterator[tuple[str, Parameter | None, Any]]
"""The name of an argument, if it has one; its parameter, if there is one; and what is given."""


def _given(node: Node) -> _Given:
    try:
        signature = named(node["operation"])[0].signature
    except UnknownOperationError:
        signature = Signature((), None)
    given = node.get("parameters", [])
    return _by_name(signature, given) if isinstance(given, Mapping) else _by_place(signature, _list(node))


def _by_place(signature: Signature, given: list[Any]) -> _Given:
    known = {each.name: each for each in signature.parameters}
    count = sum(not _label(each) for each in given)
    places = iter(at_positions(signature, count))
    for each in given:
        label = _label(each)
        if label:
            yield label, known.get(label), {key: value for key, value in each.items() if key != "name"}
        else:
            yield "", next(places, None), each


def _label(given: Any) -> str:
    """The name that a parameter in a list has: `{"name": "separator", "value": ","}`."""
    return given["name"] if isinstance(given, Mapping) and isinstance(given.get("name"), str) else ""


def _by_name(signature: Signature, given: Node) -> _Given:
    """Named parameters; a list of several stands for arguments by their place, and so does what is before it."""
    order = [each.name for each in signature.parameters]
    several = next((name for name in order if isinstance(given.get(name), list)), None)
    placed = order[: order.index(several) + 1] if several else []
    known = {each.name: each for each in signature.parameters}
    for name in [*(each for each in placed if each in given), *(each for each in given if each not in placed)]:
        for each in given[name] if name == several else [given[name]]:
            yield "" if name in placed else name, known.get(name), each


def _by_type(operation: str, arguments: list[Argument], names: Names) -> str:
    """The operation's name; LENGTH of a text is STRING_LENGTH."""
    if operation == LENGTH and arguments and isinstance(_type(arguments[0].value, names), Text | Enum):
        return STRING_LENGTH
    return operation


def parameter(given: Any, names: Names, declared: Parameter | None = None) -> Expression:
    """A parameter: a path, a literal, a nested operation, or a bare text that is one of them.

    A bare text is a path if it leads somewhere, else a literal where the operation declares one. What it is else is
    told when the mapping is checked: a path that leads nowhere.
    """
    if isinstance(given, str):
        return _bare(given, names, declared)
    if not isinstance(given, Mapping):
        raise LeafError("malformed", f"{given!r:.40} is no parameter", 'write {"value": …} for a literal')
    kind = next((key for key in ("operation", "path", "value") if key in given), "")
    if not kind or (kind != "value" and not isinstance(given[kind], str)):
        raise LeafError("malformed", "a parameter has one of path, value, operation", 'write {"value": …}')
    only_keys(given, _PARAMETER[kind])
    if kind == "value":
        return Constant(given["value"])
    return Read(names.path(given["path"])[0]) if kind == "path" else expression(given, names)


def _bare(text: str, names: Names, declared: Parameter | None) -> Expression:
    is_literal = declared is not None and declared.kind == "constant"
    try:
        path, type_ = names.path(text)
    except LeafError:
        if is_literal:
            return Constant(text)
        raise
    return Constant(text) if type_ is None and is_literal else Read(path)
