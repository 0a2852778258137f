"""The tree of the grammar to syntax."""

import re
from collections.abc import Sequence
from typing import Any, Final

from penstock.readers.ballerina.docs import parse_doc
from penstock.readers.ballerina.names import parse_identifier, parse_text
from penstock.readers.ballerina.syntax import (
    Alternatives,
    Array,
    Both,
    Declared,
    Doc,
    FieldSyntax,
    Immutable,
    Inclusion,
    Literal,
    MapOf,
    Nil,
    Opaque,
    RecordSyntax,
    Reference,
    Source,
    TableOf,
    Tuple,
    TypeSyntax,
)

ANYDATA: Final = Reference("anydata")


def build_source(tree: Any, text: str) -> Source:
    """The declarations in a tree that the grammar made of a text."""
    rules = _Rules(text)
    return Source(tuple(fold(tree, rules)), rules.constants, rules.prefixes)


def fold(tree: Any, rules: "_Rules") -> Any:
    """What the rules build from a tree."""
    built: dict[int, Any] = {}
    # Children come before their parents, so that no tree is too deep.
    for each in tree.iter_subtrees():
        parts = [built.get(id(child), child) for child in each.children]
        built[id(each)] = getattr(rules, each.data)(parts)
    return built[id(tree)]


class _Rules:
    """What each rule of the grammar builds from what its parts built; tokens are texts."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.constants: dict[str, Literal | None] = {}
        self.prefixes: dict[str, str] = {}

    def start(self, parts: list[Any]) -> list[Declared]:
        declared, doc = [], Doc()
        for each in _with_docs(parts):
            match each:
                case Doc():
                    doc = each
                case Declared():
                    declared.append(Declared(each.name, each.type, doc, each.line))
                    doc = Doc()
                case None:
                    doc = Doc()
        return declared

    def definition(self, parts: list[Any]) -> Declared:
        name, type_ = parts
        return Declared(parse_identifier(name), type_, Doc(), name.line)

    def enumeration(self, parts: list[Any]) -> Declared:
        name, *members = parts
        values = tuple(each for each in members if each is not None)
        return Declared(parse_identifier(name), Alternatives(values), Doc(), name.line)

    def member(self, parts: list[Any]) -> TypeSyntax:
        *_, name, value = parts
        constant = parse_identifier(name)
        self.constants[constant] = Literal(str(name), constant) if value is None else self._literal(value)
        return Reference(constant, line=name.line)

    def constant(self, parts: list[Any]) -> None:
        _, name, value = parts
        self.constants[parse_identifier(name)] = self._literal(value)

    def import_(self, parts: list[Any]) -> None:
        module, name = parts
        words = re.split(r"[./\s]+", module)
        self.prefixes[parse_identifier(name or words[-1])] = "".join(module.split())

    def value(self, parts: list[Any]) -> list[Any]:
        return parts

    def default(self, parts: list[Any]) -> str:
        return self._text[parts[0].start_pos : parts[-1].end_pos]

    def _literal(self, value: list[Any]) -> Literal | None:
        source = self._text[value[0].start_pos : value[-1].end_pos]
        if len(value) == 1 and value[0].type == "STRING":
            return Literal(source, parse_text(source))
        return Literal(source, None) if re.fullmatch(r"[+-]?[\w.]+", source) and not source[0].isalpha() else None

    def rest(self, _: list[Any]) -> None:
        """Nothing: it was read over."""

    def mark(self, _: list[Any]) -> str:
        """An annotation of a member; it stands between a doc and what this is about."""
        return ""

    def annotation(self, _: list[Any]) -> str:
        return ""

    def union(self, parts: list[Any]) -> TypeSyntax:
        return Alternatives(tuple(parts))

    def both(self, parts: list[Any]) -> TypeSyntax:
        return Both(tuple(parts))

    def nilable(self, parts: list[Any]) -> TypeSyntax:
        return Alternatives((parts[0], Nil()))

    def array(self, parts: list[Any]) -> TypeSyntax:
        length = parts[1] if len(parts) > 1 and getattr(parts[1], "type", "") != "EMPTY" else None
        return Array(parts[0], length.name if isinstance(length, Reference) else str(length or ""))

    def distinct(self, parts: list[Any]) -> TypeSyntax:
        return parts[0]  # type: ignore[no-any-return]

    def nil(self, _: list[Any]) -> TypeSyntax:
        return Nil()

    def immutable(self, _: list[Any]) -> TypeSyntax:
        return Immutable()

    def reference(self, parts: list[Any]) -> TypeSyntax:
        prefix, _, name = parts[0].rpartition(":")
        return Reference(parse_identifier(name), parse_identifier(prefix), parts[0].line)

    def literal(self, parts: list[Any]) -> TypeSyntax:
        source = "".join(each for each in parts if each is not None)
        return Literal(source, parse_text(source) if source.startswith('"') else None)

    def tuple_of(self, parts: list[Any]) -> TypeSyntax:
        entries = [each for each in parts if isinstance(each, tuple)]
        rest = entries[-1][0] if entries and entries[-1][1] else None
        return Tuple(tuple(type_ for type_, _ in entries[: -1 if rest else None]), rest)

    def entry(self, parts: list[Any]) -> tuple[TypeSyntax, bool]:
        return parts[-2], parts[-1] is not None

    def map_of(self, parts: list[Any]) -> TypeSyntax:
        return MapOf(parts[0])

    def table_of(self, parts: list[Any]) -> TypeSyntax:
        return TableOf(parts[0])

    def opaque(self, parts: list[Any]) -> TypeSyntax:
        return Opaque(str(parts[0]))

    def function_type(self, _: list[Any]) -> TypeSyntax:
        return Opaque("function")

    def object_type(self, _: list[Any]) -> TypeSyntax:
        return Opaque("object")

    def open_record(self, parts: list[Any]) -> TypeSyntax:
        return RecordSyntax(_fields(parts), ANYDATA, closed=False)

    def closed_record(self, parts: list[Any]) -> TypeSyntax:
        rest = next((each[1] for each in parts if isinstance(each, tuple)), None)
        return RecordSyntax(_fields(parts), rest)

    def field(self, parts: list[Any]) -> FieldSyntax:
        _, type_, name, suffix = parts
        default = None if suffix in (None, "?") else suffix
        return FieldSyntax(parse_identifier(name), type_, suffix == "?", default, line=name.line)

    def inclusion(self, parts: list[Any]) -> Inclusion:
        return Inclusion(parts[0])

    def rest_field(self, parts: list[Any]) -> tuple[str, TypeSyntax]:
        return "rest", parts[0]


def _fields(parts: Sequence[Any]) -> tuple[FieldSyntax | Inclusion, ...]:
    fields: list[FieldSyntax | Inclusion] = []
    doc = Doc()
    for each in _with_docs(parts):
        if isinstance(each, Doc):
            doc = each
        elif isinstance(each, FieldSyntax):
            fields.append(FieldSyntax(each.name, each.type, each.optional, each.default, doc.whole, each.line))
            doc = Doc()
        elif isinstance(each, Inclusion):
            fields.append(each)
    return tuple(fields)


def _with_docs(parts: Sequence[Any]) -> list[Any]:
    """The same parts, with one `Doc` for each run of `#` lines."""
    result: list[Any] = []
    lines: list[str] = []
    for each in (*parts, ""):
        if getattr(each, "type", "") == "DOC":
            lines.append(each[1:].removeprefix(" "))
            continue
        if lines:
            result.append(parse_doc(lines))
            lines = []
        result.append(each)
    return result


Rules = _Rules
"""For grammars that hold the types as a part."""
