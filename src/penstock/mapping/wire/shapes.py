"""Shapes as the wire carries them: a tree of fields for the eye, and metadata that say the rest.

Both are read together, whatever the client's habits: synonyms, bare maps of fields, types as strings. What is written
says everything, so that reading it gives the same shape.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from penstock.errors import Finding, TypeSyntaxError, WireFormatError
from penstock.mapping.check.problem import CODES
from penstock.mapping.model import Shape
from penstock.mapping.wire.names import plain_name
from penstock.mapping.wire.types import format_wire_type, inside, is_open, parse_wire_type
from penstock.schema import (
    ITEM,
    KEY,
    NOTHING,
    Enum,
    Field,
    Json,
    List,
    Map,
    Path,
    Record,
    Type,
    Union,
    nullable,
    same,
)

Node = Mapping[str, Any]

_NAMES: Final = ("parameterType", "typeName")
"""Where the type's own name, or the whole type string, may stand."""
OUTPUT: Final = "output"
"""What a target is called that has no name."""

_DECORATION: Final = re.compile(r"map<|>|\[[\d*]*\]|\?|\|\s*\(\)|[()]|\s|readonly&")


@dataclass(frozen=True, slots=True)
class ReadShapes:
    """Shapes, and what could not be kept of them."""

    shapes: tuple[Shape, ...]
    findings: tuple[Finding, ...] = ()


def read_inputs(inputs: Node, metadata: Node | None = None) -> ReadShapes:
    """The sources of a request, in its order; `inputs` is keyed by the name of the parameter."""
    reading = _Reading()
    known = metadata or {}
    shapes = tuple(reading.shape(name, inputs.get(name), known.get(name)) for name in dict.fromkeys([*inputs, *known]))
    return ReadShapes(shapes, tuple(reading.findings))


def read_output(output: Any, metadata: Any = None) -> ReadShapes:
    """The target of a request; its metadata are one node, a map of fields, or a node under the target's name."""
    reading = _Reading()
    node = _only_node(output, metadata)
    name = node.get("parameterName", OUTPUT) if is_node(node) else OUTPUT
    return ReadShapes((reading.shape(str(name), output, node),), tuple(reading.findings))


def _only_node(output: Any, metadata: Any) -> Any:
    if not isinstance(metadata, Mapping) or is_node(metadata) or len(metadata) != 1:
        return metadata
    ((name, node),) = metadata.items()
    known = isinstance(output, Mapping) and name in output
    return node if isinstance(node, Mapping) and is_node(node) and not known else metadata


def is_leaf(tree: Any) -> bool:
    """Whether a node of `inputs` or `output` is a field and not a record: its `type` is a string."""
    return isinstance(tree, Mapping) and isinstance(tree.get("type"), str)


def is_node(metadata: Any) -> bool:
    """Whether metadata describe one thing, and are not a bare map of fields."""
    return isinstance(metadata, Mapping) and any(isinstance(metadata.get(key), str) for key in (*_NAMES, "type"))


@dataclass(slots=True)
class _Reading:
    findings: list[Finding] = field(default_factory=list)

    def shape(self, name: str, tree: Any, metadata: Any) -> Shape:
        if not isinstance(tree, Mapping | None) or not isinstance(metadata, Mapping | None):
            problem = "a parameter is told by an object of its fields, or by its type"
            raise WireFormatError(name, problem, 'write {"name": {"type": "string", "comment": ""}}.')
        found = self._field(name, tree, metadata, Path((name,)))
        type_name = getattr(inside(found.type), "type_name", "")
        return Shape(plain_name(name), found.type, type_name)

    def _field(self, name: str, tree: Any, metadata: Any, at: Path) -> Field:
        node = metadata if is_node(metadata) else {}
        leaf = tree if is_leaf(tree) else {}
        type_ = self._type(leaf, node, at)
        members = node.get("members", leaf.get("members"))
        if isinstance(members, list) and _plain(inside(type_)) in _OPEN:
            type_ = _filled(type_, self._members(members, type_, at))
        if isinstance(inside(type_), Record):
            type_ = _filled(type_, self._record(type_, tree, metadata, at))
        return Field(
            plain_name(name),
            _marked(type_, {**leaf, **node}),
            optional=bool(node.get("optional", leaf.get("optional", False))),
            description=_text(leaf.get("comment")) or _text(node.get("comment")),
            default=_text(node.get("defaultValue")),
            key=bool(node.get("key", False)),
        )

    def _type(self, leaf: Node, node: Node, at: Path) -> Type:
        """What the tree and the metadata say together; metadata know more where they do not agree."""
        shown = self._parsed(leaf["type"], at) if leaf else None
        said = self._said(node, at) if node else None
        if said is None or shown is None:
            return said or shown or Record()
        if isinstance(shown, List) and same(_plain(shown.element), _plain(said)):
            return shown
        if not same(_plain(said), _plain(shown)) and not {_plain(inside(said)), _plain(inside(shown))} & _OPEN:
            texts = f"{leaf['type']!r}, and {format_wire_type(said)!r} in the metadata"
            self._warn("type_conflict", at, f"the type is {texts}, which is taken", "let both say the same")
        return nullable(said, value=said.nullable or shown.nullable)

    def _said(self, node: Node, at: Path) -> Type:
        """The type that metadata say: by the whole type string, or by `type` and whether it is a list of that."""
        full = next((node[key].strip() for key in _NAMES if isinstance(node.get(key), str)), "")
        text = node["type"].strip() if isinstance(node.get("type"), str) else ""
        whole = _try(full)
        if whole is not None and (not text or _plain(inside(whole)) not in _OPEN):
            return whole
        said = self._parsed(text, at) if text else Record()
        is_told = isinstance(said, List) and full in {"", text}
        is_list = node.get("isArrayType", full.endswith("[]") and not isinstance(said, List))
        return List(said) if is_list and not is_told else said

    def _parsed(self, text: str, at: Path) -> Type:
        try:
            return parse_wire_type(text)
        except TypeSyntaxError as problem:
            message, _, hint = str(problem).partition("\nHint: ")
            self._warn("unknown_type", at, f"{message.rstrip('.')}; it is kept as JSON", hint)
            return Json()

    def _record(self, type_: Type, tree: Any, metadata: Any, at: Path) -> Record:
        node = metadata if is_node(metadata) else {}
        known = node.get("fields") if node else metadata
        fields = known if isinstance(known, Mapping) else {}
        shown = tree if isinstance(tree, Mapping) and not is_leaf(tree) else {}
        below = _below(type_, at)
        names = [each for each in dict.fromkeys([*shown, *fields]) if self._is_told(shown, fields, each, below)]
        return Record(
            tuple(self._field(each, shown.get(each), fields.get(each), below / each) for each in names),
            _type_name(node),
            bool(node.get("closed", False)),
        )

    def _is_told(self, shown: Node, fields: Node, name: str, at: Path) -> bool:
        given = shown.get(name, fields.get(name))
        if isinstance(given, Mapping):
            return True
        self._warn("malformed", at / name, f"a field is an object, not {given!r:.40}", 'write {"type": …}')
        return False

    def _members(self, members: list[Any], type_: Type, at: Path) -> Type:
        """The members of an enumeration (texts) or of a union (nodes or type strings)."""
        texts = [_literal(each) for each in members]
        if isinstance(inside(type_), Enum):
            return Enum(tuple(dict.fromkeys(text for text in texts if text is not None)))
        found = [self._field("", None, _as_node(each), at).type for each in members]
        has_null = any(each.nullable for each in found)
        return Union(tuple(nullable(each, value=False) for each in found if _plain(each) != NOTHING), nullable=has_null)

    def _warn(self, name: str, at: Path, message: str, suggestion: str) -> None:
        self.findings.append(Finding("warning", CODES[name], str(at), message, suggestion))


_OPEN: Final = {Record(), Enum(), NOTHING}
"""What a type string leaves for the node to tell."""


def _plain(type_: Type) -> Type:
    return nullable(type_, value=False)


def _try(text: str) -> Type | None:
    try:
        return parse_wire_type(text)
    except TypeSyntaxError:
        return None


def _filled(type_: Type, inner: Type) -> Type:
    """A type with what it holds in the place of the open word at its inside."""
    match type_:
        case List(element=element):
            return replace(type_, element=_filled(element, inner))
        case Map(value=value):
            return replace(type_, value=_filled(value, inner))
    return nullable(inner, value=inner.nullable or type_.nullable)


def _below(type_: Type, at: Path) -> Path:
    while isinstance(type_, List | Map):
        at, type_ = (at / ITEM, type_.element) if isinstance(type_, List) else (at / KEY, type_.value)
    return at


def _marked(type_: Type, node: Node) -> Type:
    """A type with the marks of its node; beside `nullableArray`, `nullable` is about the elements."""
    is_nullable = node.get("nullable") is True
    if isinstance(type_, List) and isinstance(node.get("nullableArray"), bool):
        element = nullable(type_.element, value=type_.element.nullable or is_nullable)
        return replace(type_, element=element, nullable=type_.nullable or node["nullableArray"])
    return nullable(type_, value=type_.nullable or is_nullable)


def _type_name(node: Node) -> str:
    if isinstance(node.get("recordName"), str):
        return str(node["recordName"])
    full = next((str(node[key]) for key in _NAMES if isinstance(node.get(key), str)), "")
    name = _DECORATION.sub("", full)
    return name if _try(name) is None else ""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _literal(member: Any) -> str | None:
    """The text that a member of an enumeration is: alone, in quotes, or as a node."""
    if isinstance(member, Mapping):
        member = next((member[key] for key in ("value", "typeName", "type") if isinstance(member.get(key), str)), None)
    if not isinstance(member, str):
        return None
    quoted = len(member) > 1 and member[0] == member[-1] == '"'
    return member[1:-1] if quoted else member


def _as_node(member: Any) -> Any:
    return {"type": member} if isinstance(member, str) else member


def write_inputs(shapes: Sequence[Shape]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The `inputs` and `inputMetadata` of a request."""
    return {each.name: _tree(each.type, "") for each in shapes}, {each.name: _top(each) for each in shapes}


def write_output(shape: Shape) -> tuple[Any, dict[str, Any]]:
    """The `output` and `outputMetadata` of a request."""
    return _tree(shape.type, ""), _top(shape)


def _top(shape: Shape) -> dict[str, Any]:
    node = _metadata(Field(shape.name, shape.type), shape.type_name)
    return {key: value for key, value in node.items() if key not in {"optional", "nullable"} or value}


def _tree(type_: Type, comment: str) -> dict[str, Any]:
    inner = inside(type_)
    if isinstance(inner, Record):
        return {each.name: _tree(each.type, each.description) for each in inner.fields}
    return {"type": format_wire_type(type_), "comment": comment}


def _metadata(field: Field, type_name: str = "") -> dict[str, Any]:
    plain = _plain(field.type)
    inner = inside(plain)
    text = format_wire_type(plain)
    name = type_name or getattr(inner, "type_name", "")
    is_plain = bool(name) and isinstance(inner, Record) and _type_name({"typeName": name}) == name
    shown = text.replace("record", name) if is_plain else text
    node: dict[str, Any] = {
        "parameterType": shown,
        "parameterName": field.name,
        "isArrayType": isinstance(plain, List),
        "type": format_wire_type(plain.element) if isinstance(plain, List) else text,
        "optional": field.optional,
        "nullable": field.type.nullable,
    }
    if name and not is_plain:
        node["recordName"] = name
    return node | _rest(field, inner)


def _rest(field: Field, inner: Type) -> dict[str, Any]:
    """What is written only where it says something."""
    rest: dict[str, Any] = {}
    if isinstance(inner, Record):
        rest["fields"] = {each.name: _metadata(each) for each in inner.fields}
        rest |= {"closed": True} if inner.closed else {}
        rest |= {"comment": field.description} if field.description else {}
    if isinstance(inner, Union) and is_open(inner):
        rest["members"] = [_metadata(Field("", each)) for each in inner.members]
    rest |= {"defaultValue": field.default} if field.default else {}
    return rest | ({"key": True} if field.key else {})
