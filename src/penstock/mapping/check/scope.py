"""Which names a leaf may read, and what a path into them is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from penstock.errors import hint_for
from penstock.mapping import typed
from penstock.mapping.check.problem import LeafError
from penstock.schema import ITEM, Json, List, Map, Part, Path, Record, Type, nullable
from penstock.schema.paths import Step


@dataclass(frozen=True, slots=True)
class Scope:
    """The sources and the elements of enclosing loops, under the names that the mapping calls them."""

    variables: Mapping[str, typed.Variable]
    used: set[str] = field(default_factory=set)
    """Every name given out in the mapping, so that each is there once."""

    def inside(self, name: str, type_: Type) -> tuple["Scope", typed.Variable]:
        """The scope of a loop's body, and its element."""
        element = typed.Variable(self._fresh(name), type_)
        return Scope({**self.variables, name: element}, self.used), element

    def _fresh(self, name: str) -> str:
        wanted, number = name or "element", 1
        while wanted in self.used:
            number += 1
            wanted = f"{name or 'element'}_{number}"
        self.used.add(wanted)
        return wanted

    def read(self, path: Path) -> typed.Expression:
        """The value at a path; a list of values where it leads into the elements of a list.

        Raises:
            LeafError: it leads nowhere.
        """
        name = path.parts[0] if path.parts else ""
        if not isinstance(name, str) or name not in self.variables:
            raise LeafError("unresolved_path", f"{path} leads nowhere", hint_for(str(name), self.variables))
        return self._into(self.variables[name], path.parts[1:], path)

    def _into(self, value: typed.Expression, parts: tuple[Part, ...], path: Path) -> typed.Expression:
        if not parts:
            return value
        first, rest = parts[0], parts[1:]
        if first == ITEM:
            return self._elements(value, rest, path)
        if isinstance(first, Step):
            raise LeafError("any_key", f"{path} reads any key of a map", "name one key")
        return self._into(member(value, first, path), rest, path)

    def _elements(self, value: typed.Expression, rest: tuple[Part, ...], path: Path) -> typed.Expression:
        if not isinstance(value.type, List):
            raise LeafError("not_a_list", f"{path} reads elements of {value.type.name}")
        if not rest:
            return value
        scope, element = self.inside("element", value.type.element)
        body = scope._into(element, rest, path)
        return typed.ForEach(value, element.name, element.type, body, List(body.type, nullable=value.type.nullable))


def member(value: typed.Expression, name: str, path: Path) -> typed.Member:
    """What is under a name in a record, map or JSON value."""
    type_ = value.type
    match type_:
        case Record():
            found = type_.by_name().get(name)
            if found is None:
                raise LeafError("unresolved_path", f"{path} leads nowhere", hint_for(name, type_.by_name()))
            may_be_null = type_.nullable or found.optional or found.type.nullable
            return typed.Member(value, name, "field", nullable(found.type, value=may_be_null))
        case Map():
            return typed.Member(value, name, "key", nullable(type_.value))
        case Json():
            return typed.Member(value, name, "json", Json(nullable=True))
    advice = f"read a list's elements as {path.parts[0]}[]…, or map it with FOR_EACH" if isinstance(type_, List) else ""
    raise LeafError("not_a_record", f"{path} reads {name!r} of {type_.name}", advice)
