"""Reads the `mapping` of a response or file: its tree of leaves, and the details that stand beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, get_args

from penstock.errors import Finding, TypeSyntaxError
from penstock.mapping.check.problem import CODES, LeafError
from penstock.mapping.model import Alternative, Build, Constant, Expression, FieldMapping, ForEach, Origin
from penstock.mapping.wire import expressions
from penstock.mapping.wire.expressions import FOR_EACH, RECORD, Node, is_leaf
from penstock.mapping.wire.iteration import looped
from penstock.mapping.wire.names import Names, shown, unquoted
from penstock.mapping.wire.types import parse_wire_type
from penstock.schema import ITEM, List, Path, Record, Type, assignable, nullable
from penstock.schema.paths import escape

_DETAILS: Final = {"confidence", "origin", "evidence", "alternatives", "locked", "comment"}
_HOW: Final = 'write {"operation": "DIRECT", "target": "name", "parameters": ["source.field"]}'


@dataclass(slots=True)
class Leaves:
    """Reads leaves one by one; a bad one is a finding and hides no other."""

    details: Node = field(default_factory=dict)
    origin: Origin = "person"
    """Who proposed a leaf whose details do not say it."""
    findings: list[Finding] = field(default_factory=list)
    _implied: int = 0
    """How many lists are open whose loop the paths tell."""
    _used: set[str] = field(default_factory=set)

    def fields(self, tree: Node, target: Type, names: Names, at: Path) -> tuple[FieldMapping, ...]:
        """The fields that a tree fills in a record of the target."""
        known = target.by_name() if isinstance(target, Record) else {}
        made = []
        for key, node in tree.items():
            name = key if key in known or unquoted(key) not in known else unquoted(key)
            path = at / name
            type_ = known[name].type if name in known else None
            try:
                made.append(self._field(name, node, type_, names, path))
            except LeafError as problem:
                self.findings.append(problem.at(str(path)))
        return tuple(made)

    def unused_details(self) -> None:
        """Adds a finding for each of the details that belong to no leaf."""
        for key in self.details:
            if key not in self._used:
                message = "there are details, but no leaf that they are of"
                self.findings.append(Finding("warning", CODES["malformed"], str(key), message, "leave them out"))

    def _field(self, name: str, node: Any, target: Type | None, names: Names, path: Path) -> FieldMapping:
        if not isinstance(node, Mapping):
            raise LeafError("malformed", f"{node!r:.40} is no leaf", _HOW)
        if not is_leaf(node):
            value = self._nested(node, target, names, path)
            return self._detailed(FieldMapping(name, value, self.origin), names, path)
        _check_target(node, name, target, path)
        made = FieldMapping(name, self._value(node, target, names, path), self.origin, on_reject=_on_reject(node))
        return self._detailed(made, names, path)

    def _value(self, node: Node, target: Type | None, names: Names, path: Path) -> Expression:
        """Records and lists that the target has are read with their leaves."""
        if node["operation"] == RECORD:
            return Build(self.fields(_object(node.get("fields")), target or Record(), names, path))
        if node["operation"] != FOR_EACH:
            return expressions.expression(node, names)
        items, element, inside = expressions.loop_parts(node, names)
        below = target.element if isinstance(target, List) else Record()
        if "fields" in node:
            outer, self._implied = self._implied, 0
            fields = self.fields(_object(node["fields"]), below, inside, path / ITEM)
            self._implied = outer
            return ForEach(items, element, Build(fields))
        if is_leaf(node.get("value")):
            return ForEach(items, element, self._value(node["value"], below, inside, path / ITEM))
        return ForEach(items, element, expressions.loop_value(node, inside))

    def _nested(self, tree: Node, target: Type | None, names: Names, path: Path) -> Expression:
        if not isinstance(target, List):
            return Build(self.fields(tree, target or Record(), names, path))
        before, outer = len(self.findings), self._implied
        self._implied += 1
        fields = self.fields(tree, target.element, names, path / ITEM)
        self._implied = outer
        if not fields and len(self.findings) > before:
            raise LeafError("ambiguous_iteration", "no leaf in it could be read", "map the list with FOR_EACH")
        return looped(fields, names, outer)

    def _detailed(self, made: FieldMapping, names: Names, path: Path) -> FieldMapping:
        found = self.details.get(shown(path))
        if found is None:
            return made
        self._used.add(shown(path))
        if not isinstance(found, Mapping):
            raise LeafError("malformed", "the details of a leaf are an object", 'write {"confidence": 0.5}')
        expressions.only_keys(found, _DETAILS)
        alternatives = _checked(found, "alternatives", list, [])
        return replace(
            made,
            origin=_one_of(found.get("origin", made.origin), get_args(Origin)),
            confidence=_confidence(found),
            evidence=tuple(map(str, _checked(found, "evidence", list, []))),
            alternatives=tuple(_alternative(each, names) for each in alternatives),
            locked=_checked(found, "locked", bool, default=False),
            comment=_checked(found, "comment", str, ""),
        )


def _check_target(node: Node, name: str, target: Type | None, path: Path) -> None:
    given = node.get("target", name)
    known = {name, escape(name), f"'{name}", str(path), shown(path)}
    if given not in known:
        message = f"the leaf stands at {shown(path)}, and its target is {given!r:.60}"
        raise LeafError("target_mismatch", message, "the place decides: move the leaf, or leave the target out")
    if "targetType" not in node:
        return
    try:
        type_ = parse_wire_type(str(node["targetType"]))
    except TypeSyntaxError as problem:
        message, _, hint = str(problem).partition("\nHint: ")
        raise LeafError("unknown_type", message, hint) from None
    if target is not None and not assignable(nullable(type_, value=False), nullable(target, value=False)):
        message = f"the leaf is for {node['targetType']}, the target takes {target.name}"
        raise LeafError("target_type", message, "leave targetType out, or mend it")


def _on_reject(node: Node) -> Constant | None:
    given = node.get("onReject")
    if given is None:
        return None
    if not isinstance(given, Mapping) or set(given) != {"value"}:
        raise LeafError("malformed", "onReject is a literal", 'write {"value": …}')
    return Constant(given["value"])


def _object(value: Any) -> Node:
    if not isinstance(value, Mapping):
        raise LeafError("malformed", "'fields' is an object of leaves", _HOW)
    return value


def _alternative(node: Any, names: Names) -> Alternative:
    if not is_leaf(node):
        raise LeafError("malformed", "an alternative is a leaf", _HOW)
    rest = {key: value for key, value in node.items() if key != "confidence"}
    return Alternative(expressions.expression(rest, names), _confidence(node))


def _confidence(node: Node) -> float | None:
    given = node.get("confidence")
    if given is None:
        return None
    if isinstance(given, str | bool | list | dict) or not 0 <= given <= 1:
        raise LeafError("malformed", f"the confidence {given!r:.40} is not from 0 to 1", "write 0.82")
    return float(given)


def _checked(node: Node, key: str, type_: type[Any], default: Any) -> Any:
    value = node.get(key, default)
    if not isinstance(value, type_):
        raise LeafError("malformed", f"{key!r} is not {value!r:.40}", f"write a {type_.__name__}")
    return value


def _one_of(value: Any, known: tuple[Any, ...]) -> Any:
    if value not in known:
        raise LeafError("malformed", f"{value!r:.40} is no origin", f"known are {', '.join(known)}")
    return value
