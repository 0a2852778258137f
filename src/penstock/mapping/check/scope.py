"""Which names a leaf may read, and what a path into them is."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from penstock.errors import hint_for
from penstock.mapping import typed
from penstock.mapping.check.narrowing import Fact, narrowed
from penstock.mapping.check.problem import LeafError
from penstock.mapping.model import Shape
from penstock.schema import ITEM, Json, List, Map, Part, Path, Record, Type, Union, nullable
from penstock.schema.paths import Step

MANY: Final = 50
"""From how many names on a search for a close one is dear."""


@dataclass(slots=True)
class Names:
    """The names that a mapping gives out and looks for."""

    used: dict[str, int] = field(default_factory=dict)
    """Every name given out, and the number of the last one that was made of it."""
    searches: int = 5
    """How often a close name is still looked for among many, which takes long."""

    def fresh(self, name: str) -> str:
        """A name that is there once in the mapping."""
        wanted = name
        while wanted in self.used:
            self.used[name] += 1
            wanted = f"{name}_{self.used[name]}"
        self.used[wanted] = 1
        return wanted

    def near(self, name: str, known: Collection[str]) -> str:
        """A hint at a name that is like one that leads nowhere."""
        if len(known) > MANY:
            self.searches -= 1
        return hint_for(name, known) if len(known) <= MANY or self.searches >= 0 else ""


@dataclass(frozen=True, slots=True)
class Scope:
    """The sources and the elements of enclosing loops, under the names that the mapping calls them."""

    variables: Mapping[str, typed.Variable]
    names: Names = field(default_factory=Names)
    facts: Mapping[Path, Fact] = field(default_factory=dict)
    """What conditions say of the values at some paths."""

    @classmethod
    def of(cls, sources: Iterable[Shape]) -> "Scope":
        """The scope of a whole mapping."""
        variables = {each.name: typed.Variable(each.name, each.type) for each in sources}
        return cls(variables, Names(dict.fromkeys(variables, 1)))

    def inside(self, name: str, type_: Type) -> tuple["Scope", typed.Variable]:
        """The scope of a loop's body, and its element."""
        element = typed.Variable(self.names.fresh(name or "element"), type_)
        return self.holding(name, element), element

    def holding(self, name: str, element: typed.Variable) -> "Scope":
        """The scope with an element under a name, of which nothing is known but its type."""
        facts = {path: each for path, each in self.facts.items() if path.parts[0] != name}
        return Scope({**self.variables, name: element}, self.names, facts)

    def knowing(self, facts: Iterable[Fact]) -> "Scope":
        """The scope where some conditions hold."""
        return Scope(self.variables, self.names, {**self.facts, **{each.path: each for each in facts}})

    def read(self, path: Path) -> typed.Expression:
        """The value at a path; a list of values where it leads into the elements of a list.

        Raises:
            LeafError: it leads nowhere.
        """
        name = path.parts[0] if path.parts else ""
        if not isinstance(name, str) or name not in self.variables:
            raise LeafError("unresolved_path", f"{path} leads nowhere", self.names.near(str(name), self.variables))
        return self._into(self.variables[name], path.parts[1:], path)

    def _into(self, value: typed.Expression, parts: tuple[Part, ...], path: Path) -> typed.Expression:
        if self.facts:
            fact = self.facts.get(Path(path.parts[: len(path.parts) - len(parts)]))
            value = narrowed(value, fact) if fact else value
        if not parts:
            return value
        first, rest = parts[0], parts[1:]
        if first == ITEM:
            return self._elements(value, rest, path)
        if isinstance(first, Step):
            raise LeafError("any_key", f"{path} reads any key of a map", "name one key")
        return self._into(self._member(value, first, path), rest, path)

    def _member(self, value: typed.Expression, name: str, path: Path) -> typed.Member:
        found = member(value, name, path)
        if found is None:
            known = value.type.by_name() if isinstance(value.type, Record) else {}
            raise LeafError("unresolved_path", f"{path} leads nowhere", self.names.near(name, known))
        return found

    def _elements(self, value: typed.Expression, rest: tuple[Part, ...], path: Path) -> typed.Expression:
        if not isinstance(value.type, List):
            raise LeafError("not_a_list", f"{path} reads elements of {value.type.name}", "leave [] out")
        if not rest:
            return value
        scope, element = self.inside("element", value.type.element)
        body = scope._into(element, rest, path)
        return typed.ForEach(value, element.name, element.type, body, List(body.type, nullable=value.type.nullable))


def member(value: typed.Expression, name: str, path: Path) -> typed.Member | None:
    """What is under a name in a record, map or JSON value; None where a record has no such field."""
    type_ = value.type
    match type_:
        case Record():
            found = type_.by_name().get(name)
            if found is None:
                return None
            may_be_null = type_.nullable or found.optional or found.type.nullable
            return typed.Member(value, name, "field", nullable(found.type, value=may_be_null))
        case Map():
            return typed.Member(value, name, "key", nullable(type_.value))
        case Json():
            return typed.Member(value, name, "json", Json(nullable=True))
        case List():
            advice = f"read a list's elements as {path.parts[0]}[]…, or map it with FOR_EACH"
        case Union():
            advice = 'say which type it is: IF(IS_TYPE(value, "record"), …)'
        case _:
            advice = f"it has no fields; read {Path(path.parts[: path.parts.index(name)])} itself"
    raise LeafError("not_a_record", f"{path} reads {name!r} of {type_.name}", advice)
