"""Syntax of Ballerina types to schemas."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from penstock.errors import DocumentFormatError, Finding
from penstock.readers import Definition, Document
from penstock.readers.ballerina.builtin import BUILTIN, OPAQUE, find_foreign
from penstock.readers.ballerina.defaults import parse_default
from penstock.readers.ballerina.parse import parse_source
from penstock.readers.ballerina.syntax import (
    Alternatives,
    Array,
    Both,
    Declared,
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
from penstock.readers.ballerina.union import join_members
from penstock.readers.expansion import Expansion
from penstock.readers.losses import TOO_LARGE
from penstock.schema.paths import ITEM, KEY, Path
from penstock.schema.types import (
    Binary,
    Boolean,
    Enum,
    Field,
    Float,
    Integer,
    Json,
    List,
    Map,
    Record,
    Type,
    nullable,
)
from penstock.schema.widen import NOTHING

KIND: Final = "ballerina"

UNKNOWN: Final = "BAL001"
NO_DATA: Final = "BAL002"
LOOSER: Final = "BAL003"
DEFAULTED: Final = "BAL004"
INCLUDED: Final = "BAL005"

DEEPEST: Final = 100
"""How many types may stand inside one another."""


def read(text: str, place: str) -> Document:
    """What a Ballerina file defines: its records, enumerations and named types.

    Raises:
        DocumentFormatError: it is not Ballerina, is nested too deep, or defines a type twice.
    """
    try:
        source = parse_source(text, place)
        return _Reading(source, _by_name(source, place)).document()
    except RecursionError:
        raise DocumentFormatError(place, "", "is nested too deep", "give the inner types names of their own.") from None


def _by_name(source: Source, place: str) -> dict[str, Declared]:
    declared: dict[str, Declared] = {}
    for each in source.types:
        if each.name in declared:
            hint = "rename one of them, or read the files one by one."
            raise DocumentFormatError(place, f"line {each.line}", f"defines {each.name} a second time", hint)
        declared[each.name] = each
    return declared


@dataclass
class _Reading:
    source: Source
    declared: Mapping[str, Declared]
    _used: set[str] = field(default_factory=set)
    """Named types that stand in another one."""
    _parts: dict[str, dict[str, FieldSyntax]] = field(default_factory=dict)
    """Fields of records that are included."""

    def __post_init__(self) -> None:
        self.expansion = Expansion(self._body)

    def document(self) -> Document:
        definitions = tuple(
            Definition(each.name, self.expansion.define(each.name), each.doc.text) for each in self.source.types
        )
        roots = [each.name for each in definitions if isinstance(each.type, Record) and each.name not in self._used]
        main = roots[0] if len(roots) == 1 else ""
        return Document(KIND, definitions, main, tuple(self.expansion.findings))

    def _body(self, name: str, path: Path) -> Type:
        declared = self.declared[name]
        type_ = self._type(_mutable(declared.type), path, declared.doc.fields)
        return replace(type_, type_name=name) if isinstance(type_, Record) and not type_.type_name else type_

    def _type(self, syntax: TypeSyntax, path: Path, docs: Mapping[str, str] | None = None) -> Type:
        if len(path.parts) > DEEPEST:
            return self._lose(path, TOO_LARGE, "is nested too deep, and is kept as JSON", Json(nullable=True))
        if isinstance(syntax, RecordSyntax):
            return self._record(syntax, path, docs or {})
        read_one = self._read[type(syntax)]
        return read_one(syntax, path)

    @property
    def _read(self) -> Mapping[type, Callable[[Any, Path], Type]]:
        return {
            Reference: self._reference,
            Literal: self._literal,
            Nil: lambda _, __: nullable(NOTHING),
            Immutable: lambda _, __: Json(nullable=True),
            Array: self._list,
            Tuple: self._list,
            TableOf: self._list,
            MapOf: lambda syntax, path: Map(self._type(syntax.value, path / KEY)),
            Alternatives: lambda syntax, path: join_members([self._type(each, path) for each in _alternatives(syntax)]),
            Both: self._both,
            Opaque: self._opaque,
        }

    def _reference(self, syntax: Reference, path: Path) -> Type:
        name = syntax.name
        if syntax.prefix:
            return self._foreign(syntax, path)
        if name in self.declared:
            if name != path.parts[0]:
                self._used.add(name)
            return self.expansion.use(name, path)
        if name in self.source.constants:
            value = self.source.constants[name]
            return self._type(value, path) if value else self._unknown(name, syntax.line, path)
        return BUILTIN[name] if name in BUILTIN else self._unknown(name, syntax.line, path)

    def _foreign(self, syntax: Reference, path: Path) -> Type:
        module = self.source.prefixes.get(syntax.prefix, f"ballerina/{syntax.prefix}")
        found = find_foreign(module, syntax.name)
        if found is None:
            return self._unknown(f"{syntax.prefix}:{syntax.name}", syntax.line, path)
        type_, message = found
        return self._lose(path, LOOSER, message, type_) if message else type_

    def _unknown(self, name: str, line: int, path: Path) -> Type:
        hint = f"put the definition of {name} into the file, or map this part as JSON."
        message = f"{name} is not defined in the file (line {line}), and is kept as JSON"
        return self._lose(path, UNKNOWN, message, Json(nullable=True), hint)

    def _literal(self, syntax: Literal, path: Path) -> Type:
        if syntax.text is not None:
            return Enum((syntax.text,))
        if syntax.source in ("true", "false"):
            return self._lose(path, LOOSER, f"takes only {syntax.source}, and is kept as a boolean", Boolean())
        number = Integer() if syntax.source.lstrip("+-").isdigit() else Float()
        return self._lose(path, LOOSER, f"takes only {syntax.source}, and is kept as {number.name}", number)

    def _list(self, syntax: Array | Tuple | TableOf, path: Path) -> Type:
        match syntax:
            case Array(Reference("byte", ""), ""):
                return Binary()
            case Array(member, length):
                if length:
                    self._lose(path, LOOSER, f"has exactly {length} elements, which a list cannot say")
                return List(self._type(member, path / ITEM))
            case TableOf(row):
                self._lose(path, LOOSER, "is a table, and is kept as a list: its key is lost")
                return List(self._type(row, path / ITEM))
            case Tuple(members, rest):
                self._lose(path, LOOSER, "has a type for each position, and is kept as a list of any of them")
                every = (*members, rest) if rest else members
                return List(join_members([self._type(each, path / ITEM) for each in every]))

    def _opaque(self, syntax: Opaque, path: Path) -> Type:
        type_, message = OPAQUE[syntax.kind]
        return self._lose(path, NO_DATA, message, type_)

    def _both(self, syntax: Both, path: Path) -> Type:
        if (only := _mutable(syntax)) is not syntax:
            return self._type(only, path)
        message = "is what two types have in common, and is kept as JSON"
        return self._lose(path, LOOSER, message, Json(nullable=True))

    def _record(self, syntax: RecordSyntax, path: Path, docs: Mapping[str, str]) -> Type:
        parts = self._fields(syntax, path)
        if syntax.closed and syntax.rest and not parts:
            return Map(self._type(syntax.rest, path / KEY))
        if syntax.closed and syntax.rest:
            self._lose(path, LOOSER, "has a type for all other fields, which is lost")
        fields = tuple(self._field(each, path, docs) for each in parts.values())
        return Record(fields, closed=syntax.closed and syntax.rest is None)

    def _field(self, syntax: FieldSyntax, path: Path, docs: Mapping[str, str]) -> Field:
        at = path / syntax.name
        type_ = self._type(syntax.type, at)
        default = parse_default(syntax.default or "")
        if syntax.default and not default:
            self._lose(at, DEFAULTED, f"may be missing, and is then {syntax.default}: the default is lost")
        optional = syntax.optional or syntax.default is not None
        return Field(syntax.name, type_, optional, syntax.doc or docs.get(syntax.name, ""), default)

    def _fields(self, syntax: RecordSyntax, path: Path) -> dict[str, FieldSyntax]:
        """The fields of a record with those that it includes; a field of its own takes the place of an included one."""
        found: dict[str, FieldSyntax] = {}
        for each in syntax.parts:
            if isinstance(each, Inclusion):
                for name, included in self._included(each.base, path).items():
                    found.setdefault(name, included)
            else:
                found[each.name] = each
        return found

    def _included(self, base: Reference, path: Path) -> dict[str, FieldSyntax]:
        self._used.add(base.name)
        if base.name not in self._parts:
            # A record that includes itself finds nothing more to include.
            self._parts[base.name] = {}
            declared = self.declared.get(base.name) if not base.prefix else None
            if declared is None or not isinstance(declared.type, RecordSyntax):
                message = f"includes {base.name}, which is no record of the file: its fields are lost"
                self._lose(path, INCLUDED, message)
                return {}
            docs = declared.doc.fields
            fields = self._fields(declared.type, path).values()
            self._parts[base.name] = {
                each.name: replace(each, doc=each.doc or docs.get(each.name, "")) for each in fields
            }
        return self._parts[base.name]

    def _lose(
        self, path: Path, code: str, message: str, type_: Type = NOTHING, hint: str = "write the rest by hand."
    ) -> Type:
        self.expansion.findings.append(Finding("warning", code, str(path), message, hint))
        return type_


def _mutable(syntax: TypeSyntax) -> TypeSyntax:
    """What is left of `readonly & T`; all other types as they are."""
    if not isinstance(syntax, Both):
        return syntax
    others = [each for each in syntax.members if not isinstance(each, Immutable)]
    return others[0] if len(others) == 1 else syntax


def _alternatives(syntax: Alternatives) -> Iterator[TypeSyntax]:
    """The members of a union and of the unions in it, in their order, however deep they are."""
    waiting: list[TypeSyntax] = [syntax]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Alternatives):
            waiting.extend(reversed(each.members))
        else:
            yield each
