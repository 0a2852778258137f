"""Schemas as Ballerina types."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from penstock.errors import Finding, SchemaKindError
from penstock.readers import Definition, Document, Written
from penstock.readers.ballerina.defaults import format_default
from penstock.readers.ballerina.docs import format_doc
from penstock.readers.ballerina.names import format_identifier, format_text
from penstock.schema.paths import ITEM, KEY, Path
from penstock.schema.types import (
    Binary,
    Boolean,
    Date,
    Decimal,
    Enum,
    Field,
    Float,
    Integer,
    Json,
    List,
    Map,
    Record,
    Text,
    Time,
    Timestamp,
    Type,
    Union,
)

LOST: Final = "BAL010"
LEFT_OUT: Final = "BAL011"

INDENT: Final = "    "


def write(document: Document, dialect: str = "") -> Written:
    """The definitions of a document as a Ballerina module, with what Ballerina cannot hold.

    Raises:
        SchemaKindError: a dialect was asked for; there is none.
    """
    if dialect:
        raise SchemaKindError(dialect, "Ballerina has no dialects", ["ballerina"])
    return Writing(document.by_name()).module()


@dataclass
class Writing:
    """Types as they get written; named records that are met on the way are defined as well."""

    defined: dict[str, Definition]
    findings: list[Finding] = field(default_factory=list)
    defaults: bool = True
    """Whether defaults of fields are written."""

    def __post_init__(self) -> None:
        self._waiting = deque(self.defined.values())

    def module(self) -> Written:
        """Every definition, each with those of the records in it behind it."""
        texts = []
        while self._waiting:
            texts.append(self._definition(self._waiting.popleft()))
        return Written("\n".join(texts), tuple(self.findings))

    def _definition(self, definition: Definition) -> str:
        path = Path((definition.name,))
        name = self._identifier(definition.name, path) or "Unnamed"
        body = (
            self._record(definition.type, path, "")
            if isinstance(definition.type, Record) and not definition.type.nullable
            else self.type(definition.type, path, "")
        )
        return "\n".join([*format_doc(definition.description), f"public type {name} {body};"]) + "\n"

    def type(self, type_: Type, path: Path, indent: str) -> str:
        """A type as it stands in a field, a list or a map."""
        if isinstance(type_, Json) and type_.nullable:
            return "json"
        if type_ == Union(nullable=True):
            return "()"
        plain = self._plain(type_, path, indent)
        if not type_.nullable:
            return plain
        return f"({plain})?" if _is_loose(type_) and "|" in plain else f"{plain}?"

    def _plain(self, type_: Type, path: Path, indent: str) -> str:
        match type_:
            case List(element):
                return f"{self._inner(element, path / ITEM, indent)}[]"
            case Map(value):
                return f"map<{self.type(value, path / KEY, indent)}>"
            case Record():
                return self._named(type_, path) or self._record(type_, path, indent)
            case Union(members):
                return self._union(members, path, indent)
            case Enum(values):
                return "|".join(self._literal(each, path) for each in values) or "never"
        text, loss = _SCALARS[type(type_)](type_)
        if loss:
            self._lose(path, loss)
        return text

    def _union(self, members: Sequence[Type], path: Path, indent: str) -> str:
        texts = [(each, self.type(each, path, indent)) for each in members]
        has_text = any(text == "string" for _, text in texts)
        kept = dict.fromkeys(text for each, text in texts if not (has_text and isinstance(each, Enum)))
        return "|".join(kept) or "never"

    def _inner(self, type_: Type, path: Path, indent: str) -> str:
        text = self.type(type_, path, indent)
        return f"({text})" if _is_loose(type_) and "|" in text and not type_.nullable else text

    def _named(self, record: Record, path: Path) -> str:
        """The name of a record that is defined elsewhere in the module; empty when it has none."""
        name = record.type_name
        if not name:
            return ""
        identifier = self._identifier(name, path)
        if identifier and name not in self.defined:
            self.defined[name] = Definition(name, _not_null(record))
            self._waiting.append(self.defined[name])
        if not identifier or _named_as(self.defined[name].type, name) != _not_null(record):
            self._lose(path, f"another type is called {name}: this one is written without a name")
            return ""
        return identifier

    def _record(self, record: Record, path: Path, indent: str) -> str:
        lines = [line for each in record.fields for line in self._field(each, path / each.name, indent + INDENT)]
        bar = "|" if record.closed else ""
        space = " " if bar and not lines else ""
        return "\n".join([f"record {{{bar}", *lines, f"{indent}{bar}}}"]) if lines else f"record {{{bar}{space}{bar}}}"

    def _field(self, field_: Field, path: Path, indent: str) -> list[str]:
        name = self._identifier(field_.name, path)
        if not name:
            return []
        type_ = self.type(field_.type, path, indent)
        return [*format_doc(field_.description, indent), f"{indent}{type_} {name}{self._suffix(field_, path)};"]

    def _suffix(self, field_: Field, path: Path) -> str:
        """What says that a field may be missing."""
        if not self.defaults:
            return "?" if field_.optional else ""
        if field_.key:
            self._lose(path, "is not said to be a part of the key")
        default = format_default(field_.default, field_.type) if field_.default else ""
        if default and not field_.optional:
            self._lose(path, "may be missing in Ballerina, because it has a default")
        if field_.default and not default:
            self._lose(path, f"the default {field_.default} is not said")
        return f" = {default}" if default else "?" if field_.optional else ""

    def _identifier(self, name: str, path: Path) -> str:
        try:
            return format_identifier(name)
        except ValueError:
            message = f"{name!r} cannot be a name in Ballerina, and is left out"
            self.findings.append(Finding("warning", LEFT_OUT, str(path), message, "give it another name."))
            return ""

    def _literal(self, value: str, path: Path) -> str:
        try:
            return format_text(value)
        except ValueError:
            self._lose(path, f"{value!r} cannot be written in Ballerina, and any text is taken")
            return "string"

    def _lose(self, path: Path, message: str) -> None:
        hint = "check it in the code that reads the data."
        self.findings.append(Finding("warning", LOST, str(path), message, hint))


def _is_loose(type_: Type) -> bool:
    return isinstance(type_, Union | Enum)


def _not_null(record: Record) -> Record:
    return replace(record, nullable=False)


def _named_as(type_: Type, name: str) -> Type:
    return replace(type_, type_name=name) if isinstance(type_, Record) and not type_.nullable else type_


def _integer(type_: Integer) -> tuple[str, str]:
    return "int", "" if type_ == Integer(
        nullable=type_.nullable
    ) else "holds 64 bits in Ballerina: a larger number is refused"


def _decimal(type_: Decimal) -> tuple[str, str]:
    usual = (type_.precision, type_.scale) == (Decimal().precision, Decimal().scale)
    return "decimal", "" if usual else f"{type_.precision} digits, {type_.scale} of them behind the point, are not said"


def _text(what: str) -> Callable[[Type], tuple[str, str]]:
    return lambda _: ("string", f"is text in Ballerina: that it is {what} is not said")


def _is(name: str) -> Callable[[Type], tuple[str, str]]:
    return lambda _: (name, "")


_SCALARS: Final[Mapping[type[Type], Callable[[Any], tuple[str, str]]]] = {
    Text: _is("string"),
    Integer: _integer,
    Decimal: _decimal,
    Float: _is("float"),
    Boolean: _is("boolean"),
    Binary: _is("byte[]"),
    Json: lambda _: ("json", "takes null in Ballerina as well"),
    Date: _text("a date"),
    Time: _text("a time"),
    Timestamp: _text("a timestamp"),
}
"""How types are written that hold no other, and what that loses."""
