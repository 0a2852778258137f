"""Types as the wire writes them: `int`, `string[]`, `(string|())[]|()`, `readonly&record`.

What Ballerina has no word for is written as in `penstock.schema.format_type`: `decimal(10,2)`, `timestamp(local)`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from penstock.errors import TypeSyntaxError
from penstock.schema import (
    NOTHING,
    Binary,
    Boolean,
    Date,
    Decimal,
    Enum,
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
    format_type,
    nullable,
    parse_type,
)

DEEPEST: Final = 50
"""How many parentheses and angle brackets may stand inside one another."""

WORDS: Final[Mapping[str, Type]] = {
    "string": Text(),
    "int": Integer(),
    "byte": Integer(),
    "float": Float(),
    "decimal": Decimal(),
    "boolean": Boolean(),
    "json": Json(),
    "anydata": Json(),
    "any": Json(),
    "record": Record(),
    "object": Record(),
    "enum": Enum(),
    "union": NOTHING,
    "never": NOTHING,
    "map": Map(),
    "null": nullable(NOTHING),
    "date": Date(),
    "time": Time(),
    "timestamp": Timestamp(),
    "time:Date": Date(),
    "time:Utc": Timestamp(),
    "time:Civil": Timestamp(zone=False),
    "time:TimeOfDay": Time(),
}
"""Words of the wire; those that are open (`record`, `enum`, `union`) are filled by the node that they stand in."""

_WRITTEN: Final[Mapping[type[Type], str]] = {
    Text: "string",
    Integer: "int",
    Float: "float",
    Decimal: "decimal",
    Boolean: "boolean",
    Json: "json",
    Record: "record",
    Binary: "byte[]",
    Date: "date",
    Time: "time",
    Timestamp: "timestamp",
}
_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<name>'?[A-Za-z_][\w:.]*)|(?P<mark>\[[\d*]*\]|[()|&?<>,]|-?\d+))"""
)


def parse_wire_type(text: str) -> Type:
    """The type that a type string says.

    Raises:
        TypeSyntaxError: it is no type, or has a word that is none.
    """
    parser = _Parser(text, tuple(_tokens(text)))
    found = parser.union(0)
    if parser.position < len(parser.tokens):
        raise TypeSyntaxError(text, list(WORDS))
    return found


def format_wire_type(type_: Type) -> str:
    """The type string of a type; records and unions that hold records are open words, which the node fills."""
    parts = list(_parts(type_))
    return "|".join([*parts, "()"] if type_.nullable else parts)


def _parts(type_: Type) -> Iterator[str]:
    match type_:
        case List(element=element):
            inner = format_wire_type(element)
            atom = element.name not in {"union", "enum"} and not element.nullable
            yield f"{inner}[]" if atom or inner in {"union", "enum"} else f"({inner})[]"
        case Map(value=value):
            yield f"map<{format_wire_type(value)}>"
        case Union(members=members):
            yield from _union_parts(type_, members)
        case Enum(values=values):
            yield from (json.dumps(each, ensure_ascii=False) for each in values) if values else ("enum",)
        case Integer() | Decimal() | Timestamp() if nullable(type_, value=False) != WORDS[_WRITTEN[type(type_)]]:
            yield format_type(nullable(type_, value=False))
        case _:
            yield _WRITTEN[type(type_)]


def _union_parts(type_: Type, members: tuple[Type, ...]) -> Iterator[str]:
    if is_open(type_):
        yield "union"
    elif members:
        for each in members:
            yield from _parts(each)
    elif not type_.nullable:
        yield "never"


def is_open(type_: Type) -> bool:
    """Whether a type is a union that only its members can tell: one that holds records or unions."""
    return isinstance(type_, Union) and any(_holds_records(each) for each in type_.members)


def _holds_records(type_: Type) -> bool:
    inner = inside(type_)
    return isinstance(inner, Record | Union) or (isinstance(inner, Enum) and not inner.values)


def inside(type_: Type) -> Type:
    """What a list or map holds, through all of them; another type is what it is."""
    while isinstance(type_, List | Map):
        type_ = type_.element if isinstance(type_, List) else type_.value
    return type_


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


def _tokens(text: str) -> Iterator[_Token]:
    position, end = 0, len(text.rstrip())
    while position < end:
        found = _TOKEN.match(text, position)
        if found is None:
            raise TypeSyntaxError(text, list(WORDS))
        kind = found.lastgroup or ""
        yield _Token(kind, found[kind], found.start(kind), found.end())
        position = found.end()


@dataclass(slots=True)
class _Parser:
    text: str
    tokens: tuple[_Token, ...]
    position: int = 0

    def union(self, depth: int) -> Type:
        if depth > DEEPEST:
            raise TypeSyntaxError(f"{self.text[:40]}…", list(WORDS))
        members = [self._intersection(depth)]
        while self._take("|"):
            members.append(self._intersection(depth))
        return _joined(members)

    def _intersection(self, depth: int) -> Type | None:
        found = [self._postfix(depth)]
        while self._take("&"):
            found.append(self._postfix(depth))
        kept = [each for each in found if each is not None]
        if len(kept) > 1:
            raise TypeSyntaxError(self.text, list(WORDS))
        return kept[0] if kept else Json()

    def _postfix(self, depth: int) -> Type | None:
        is_byte = self._next() == "byte"
        type_ = self._primary(depth)
        while type_ is not None:
            following = self._next()
            if following.startswith("["):
                type_ = Binary() if is_byte else List(type_)
                is_byte = False
            elif following == "?":
                type_ = nullable(type_)
            else:
                break
            self.position += 1
        return type_

    def _primary(self, depth: int) -> Type | None:
        """A type; None for `readonly`, which says nothing of values."""
        if self._take("("):
            if self._take(")"):
                return nullable(NOTHING)
            inner = self.union(depth + 1)
            self._expect(")")
            return inner
        token = self._advance()
        if token.kind == "text":
            return Enum((_literal(token.text, self.text),))
        return self._named(token, depth)

    def _named(self, token: _Token, depth: int) -> Type | None:
        if self._take("<"):
            return self._generic(token.text, depth)
        if self._next() == "(":
            return self._with_arguments(token)
        if token.text == "readonly":
            return None
        if token.text not in WORDS:
            raise TypeSyntaxError(self.text, list(WORDS))
        return WORDS[token.text]

    def _generic(self, name: str, depth: int) -> Type:
        inner = self.union(depth + 1)
        self._expect(">")
        if name not in {"map", "array", "table", "stream"}:
            raise TypeSyntaxError(self.text, list(WORDS))
        return Map(inner) if name == "map" else List(inner)

    def _with_arguments(self, token: _Token) -> Type:
        while self._next() not in {")", ""}:
            self.position += 1
        closing = self._expect(")")
        return parse_type(self.text[token.start : closing.end])

    def _next(self) -> str:
        return self.tokens[self.position].text if self.position < len(self.tokens) else ""

    def _take(self, mark: str) -> bool:
        if self._next() != mark:
            return False
        self.position += 1
        return True

    def _advance(self) -> _Token:
        if self.position >= len(self.tokens):
            raise TypeSyntaxError(self.text, list(WORDS))
        self.position += 1
        return self.tokens[self.position - 1]

    def _expect(self, mark: str) -> _Token:
        token = self._advance()
        if token.text != mark:
            raise TypeSyntaxError(self.text, list(WORDS))
        return token


def _literal(token: str, text: str) -> str:
    try:
        return str(json.loads(token))
    except ValueError:
        raise TypeSyntaxError(text, list(WORDS)) from None


def _joined(members: list[Type | None]) -> Type:
    """The union of types; null makes the rest nullable, listed texts become one enumeration."""
    types = [each if each is not None else Json() for each in members]
    flat = [inner for each in types for inner in (each.members if isinstance(each, Union) else (each,))]
    has_null = any(each.nullable for each in (*types, *flat))
    values = tuple(dict.fromkeys(value for each in flat if isinstance(each, Enum) for value in each.values))
    kept: list[Type] = []
    for each in flat:
        plain: Type = Enum(values) if isinstance(each, Enum) else nullable(each, value=False)
        if plain not in kept:
            kept.append(plain)
    if len(types) == 1 and len(kept) != 1:
        return types[0]
    return nullable(kept[0], value=has_null) if len(kept) == 1 else Union(tuple(kept), nullable=has_null)
