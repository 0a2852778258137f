"""What names mean where a leaf stands: paths as clients write them, and the paths that they are."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from penstock.errors import PathSyntaxError
from penstock.mapping.check.problem import LeafError
from penstock.schema import ITEM, Json, List, Map, Part, Path, Record, Type, parse_path

_QUOTED: Final = re.compile(r"'([A-Za-z_]\w*)")
"""A name as Ballerina quotes those that are reserved words."""


_WORDS: Final = (
    "abort aborted abstract all annotation any anydata as ascending base16 base64 boolean break byte "
    "catch channel check checkpanic class client collect commit committed configurable conflict const "
    "continue decimal descending distinct do else enum equals error external fail false field final float "
    "flush fork from function future group handle if import in inout input int is isolated join json key "
    "let limit listener lock map match module natural never new null object on order outer output panic "
    "parameter private public readonly record remote resource retry return returns rollback select "
    "service source start stream string table transaction transactional trap true type typedesc typeof "
    "union var version wait where while with worker xml xmlns "
)
RESERVED: Final = frozenset(_WORDS.split())
"""The reserved words of the language whose programs send most requests."""


def plain_name(name: str) -> str:
    """A name without the quote that makes it one where it is a reserved word: `'order` is `order`."""
    return unquoted(name) if unquoted(name) in RESERVED else name


def unquoted(name: str) -> str:
    """A name without the quote in front of it."""
    found = _QUOTED.fullmatch(name)
    return found[1] if found else name


@dataclass(frozen=True, slots=True)
class Names:
    """The sources and loops that a leaf may read, with their types."""

    types: Mapping[str, Type]

    def inside(self, name: str, type_: Type) -> "Names":
        """The names in the body of a loop."""
        return Names({**self.types, name: type_})

    def fresh(self, wanted: str, taken: Collection[str] = ()) -> str:
        """A name that is not taken."""
        number, name = 1, wanted
        while name in self.types or name in taken:
            number += 1
            name = f"{wanted}{number}"
        return name

    def path(self, text: str) -> tuple[Path, Type | None]:
        """The path that a text is, with `[]` wherever it goes through a list, and its type; None: it leads nowhere.

        Raises:
            LeafError: it is not a path.
        """
        try:
            given = parse_path(text)
        except PathSyntaxError as problem:
            message, _, hint = str(problem).partition("\nHint: ")
            raise LeafError("malformed", message, hint) from None
        found = self._resolved(given)
        return found or (given, None)

    def _resolved(self, given: Path) -> tuple[Path, Type] | None:
        if not given.parts or not isinstance(given.parts[0], str):
            return None
        name = given.parts[0] if given.parts[0] in self.types else unquoted(given.parts[0])
        if name not in self.types:
            return None
        return follow(self.types[name], given.parts[1:], Path((name,)))


def follow(type_: Type, parts: tuple[Part, ...], at: Path) -> tuple[Path, Type] | None:
    """Where steps lead from a type, with the `[]` that are left out; None: nowhere."""
    for part in parts:
        if part == ITEM:
            if not isinstance(type_, List):
                return None
            at, type_ = at / ITEM, type_.element
            continue
        while isinstance(type_, List):
            at, type_ = at / ITEM, type_.element
        found = _step(type_, part)
        if found is None:
            return None
        at, type_ = at / found[0], found[1]
    return at, type_


def _step(type_: Type, part: Part) -> tuple[Part, Type] | None:
    match type_:
        case Record() if isinstance(part, str):
            fields = type_.by_name()
            name = part if part in fields else unquoted(part)
            return (name, fields[name].type) if name in fields else None
        case Map():
            return part, type_.value
        case Json() if isinstance(part, str):
            return part, Json(nullable=True)
    return None


def shown(path: Path) -> str:
    """A path of the target as the wire writes it: without `[]`."""
    return str(Path(tuple(each for each in path.parts if each != ITEM)))
