"""One mapping after another, as a single mapping: from the sources of the first to the target of the second."""

from collections.abc import Callable, Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace
from typing import Any

from penstock.errors import Finding
from penstock.mapping import typed
from penstock.mapping.check import check
from penstock.mapping.check.convert import WIDENED
from penstock.mapping.check.problem import LeafError
from penstock.mapping.model import (
    Argument,
    Build,
    Call,
    Constant,
    Expression,
    FieldMapping,
    ForEach,
    Mapping,
    Read,
    Shape,
)
from penstock.mapping.reads import with_reads
from penstock.schema import (
    ITEM,
    Boolean,
    Date,
    Decimal,
    Enum,
    Float,
    Integer,
    Json,
    Part,
    Path,
    Text,
    Type,
    Union,
    nullable,
)

_HINT = "run the two mappings one after the other"


@dataclass(frozen=True, slots=True)
class Composed:
    """A mapping, and the fields that could not be a part of it."""

    mapping: Mapping
    findings: tuple[Finding, ...] = ()


def compose(after: Mapping, before: Mapping, source: str = "") -> Composed:
    """The mapping that does what `before` does, and then `after` with its result.

    A field whose value cannot be had so is left out, with a finding.

    Args:
        after: the second mapping; one of its sources is the target of the first. It may have more sources.
        before: the first mapping.
        source: which source of the second that is; by default the one of the target's name, or the only one.

    Raises:
        LeafError: the second mapping has no such source.
    """
    name = source or _source(after, before.target)
    others = tuple(each for each in after.sources if each.name != name)
    taken = {each.name for each in before.sources}
    clash = next((each.name for each in others if each.name in taken), None)
    if clash is not None:
        raise LeafError("duplicate_source", f"both mappings have a source {clash!r}", "name the sources differently")
    fields: list[FieldMapping] = []
    findings: list[Finding] = []
    composition = _composition(after, before, name)
    for each in after.fields:
        try:
            fields.append(composition.field(each))
        except LeafError as problem:
            findings.append(problem.at(str(Path((each.target,)))))
    mapping = replace(after, sources=(*before.sources, *others), fields=tuple(fields), unmapped_sources=())
    return Composed(mapping, tuple(findings))


def _source(after: Mapping, target: Shape) -> str:
    names = [each.name for each in after.sources]
    if target.name in names:
        return target.name
    if len(names) == 1:
        return names[0]
    raise LeafError("unresolved_path", f"no source of the second mapping is called {target.name!r}", "say which it is")


@dataclass(frozen=True, slots=True)
class _Made:
    """What the first mapping makes of a part of its target."""

    value: Expression
    at: Path


Known = MappingOf[str, _Made]
"""Names of the second mapping that stand for what the first one makes."""


@dataclass(frozen=True, slots=True)
class _Composition:
    start: Known
    typed: MappingOf[Path, typed.Field]
    """The fields of the first mapping, with their types."""
    names: MappingOf[str, str]
    """What elements of the second mapping are called that have the name of a source of the first."""

    def field(self, leaf: FieldMapping) -> FieldMapping:
        """A field of the second mapping that reads the sources of the first."""
        return replace(leaf, value=self.value(_renamed(leaf.value, self.names), self.start), alternatives=())

    def value(self, value: Expression, known: Known) -> Expression:
        """An expression of the second mapping that reads the sources of the first."""
        match value:
            case Read(path=path):
                made = known.get(str(path.parts[0])) if path.parts else None
                return value if made is None else self._into(made, path.parts[1:], path)
            case Constant():
                return value
            case Call(element=element):
                inside = _without(known, element)
                return replace(
                    value,
                    arguments=tuple(replace(each, value=self.value(each.value, inside)) for each in value.arguments),
                )
            case Build(fields=fields):
                return Build(tuple(replace(each, value=self.value(each.value, known)) for each in fields))
            case ForEach():
                return self._loop(value, known)

    def _loop(self, loop: ForEach, known: Known) -> ForEach:
        """A loop; one over a list that the first mapping makes by a loop becomes one with that."""
        made = self._made_list(loop.items, known)
        if made is None:
            items = self.value(loop.items, known)
            return ForEach(items, loop.element, self.value(loop.body, _without(known, loop.element)))
        inner, at = made
        body = self.value(loop.body, {**known, loop.element: _Made(inner.body, at / ITEM)})
        return ForEach(inner.items, inner.element, body)

    def _made_list(self, items: Expression, known: Known) -> tuple[ForEach, Path] | None:
        if not isinstance(items, Read) or not items.path.parts or str(items.path.parts[0]) not in known:
            return None
        at, made = self._found(known[str(items.path.parts[0])], items.path.parts[1:], items.path)
        return (made, at) if isinstance(made, ForEach) else None

    def _into(self, made: _Made, parts: tuple[Part, ...], path: Path) -> Expression:
        if ITEM in parts:
            return self._each(made, parts, path)
        at, value = self._found(made, parts, path)
        return self._whole(value, at, path)

    def _each(self, made: _Made, parts: tuple[Part, ...], path: Path) -> Expression:
        """The values inside of the elements of a list."""
        count = parts.index(ITEM)
        at, value = self._found(made, parts[:count], path)
        if isinstance(value, ForEach):
            inner = self._into(_Made(value.body, at / ITEM), parts[count + 1 :], path)
            return replace(value, body=inner)
        if isinstance(value, Read):
            return Read(Path((*value.path.parts, *parts[count:])))
        raise _lost(path, "reads elements of what an operation makes")

    def _found(self, made: _Made, parts: tuple[Part, ...], path: Path) -> tuple[Path, Expression]:
        """What is at some steps inside of a part of the target, and where that is."""
        value, at = made.value, made.at
        for number, part in enumerate(parts):
            if isinstance(value, Read):
                return Path((*at.parts, *parts[number:])), Read(Path((*value.path.parts, *parts[number:])))
            if not isinstance(value, Build):
                raise _lost(path, "reads inside of what an operation makes")
            leaf = next((each for each in value.fields if each.target == part), None)
            at = at / part
            if leaf is None:
                return at, Constant(None)
            if leaf.on_reject is not None:
                raise _lost(path, "has a value for rejects in the first mapping")
            value = self._as_declared(leaf, at, path)
        return at, value

    def _as_declared(self, leaf: FieldMapping, at: Path, path: Path) -> Expression:
        """The value of a leaf, as the type that the target of the first mapping has."""
        field = self.typed.get(at)
        if field is None:
            raise _lost(path, "is not sound in the first mapping")
        if isinstance(leaf.value, Build | ForEach):
            return leaf.value
        made, wanted = field.value.type, nullable(field.type, value=False)
        if isinstance(field.value, typed.Widen) or isinstance(leaf.value, Constant):
            return _converted(leaf.value, wanted, path)
        if isinstance(wanted, Json | Union) and type(made) is not type(wanted):
            raise _lost(path, f"becomes {wanted.name} in the first mapping")
        if isinstance(field.value, typed.ForEach) and field.value.element == WIDENED:
            raise _lost(path, "widens the values of a list in the first mapping")
        return leaf.value

    def _whole(self, value: Expression, at: Path, path: Path) -> Expression:
        """A record or list as a whole, each of its values as the target of the first mapping has it."""
        if isinstance(value, Build):
            return Build(tuple(self._part(each, at / each.target, path) for each in value.fields))
        if isinstance(value, ForEach):
            return replace(value, body=self._whole(value.body, at / ITEM, path))
        return value

    def _part(self, leaf: FieldMapping, at: Path, path: Path) -> FieldMapping:
        if leaf.on_reject is not None:
            raise _lost(path, "has a value for rejects in the first mapping")
        return FieldMapping(leaf.target, self._whole(self._as_declared(leaf, at, path), at, path))


def _composition(after: Mapping, before: Mapping, name: str) -> _Composition:
    sources = {each.name for each in before.sources}
    elements = list(dict.fromkeys(_elements(Build(after.fields))))
    used = {each.name for each in after.sources} | sources | set(elements)
    fields = {each.path: each for each in _typed_fields(check(before).typed.root)}
    inner = {each: _fresh(each, used) for each in dict.fromkeys(_elements(Build(before.fields))) if each in used}
    names = {each: _fresh(each, used) for each in elements if each in sources}
    return _Composition({name: _Made(_renamed(Build(before.fields), inner), Path())}, fields, names)


def _typed_fields(value: typed.Expression) -> Iterator[typed.Field]:
    match value:
        case typed.Build(fields=fields):
            for each in fields:
                yield each
                yield from _typed_fields(each.value)
        case typed.ForEach(body=body):
            yield from _typed_fields(body)


def _elements(value: Expression) -> Iterator[str]:
    match value:
        case ForEach():
            yield value.element
            yield from _elements(value.items)
            yield from _elements(value.body)
        case Build(fields=fields):
            for leaf in fields:
                yield from _elements(leaf.value)
        case Call(element=element):
            yield from (element,) if element else ()
            for each in value.arguments:
                yield from _elements(each.value)


def _fresh(name: str, used: set[str]) -> str:
    number = 2
    while f"{name}{number}" in used:
        number += 1
    used.add(f"{name}{number}")
    return f"{name}{number}"


def _renamed(value: Expression, names: MappingOf[str, str]) -> Any:
    """An expression whose loops call their elements something else."""
    match value:
        case Call():
            inside = _named(value.element, names)
            arguments = tuple(replace(each, value=inside(_renamed(each.value, names))) for each in value.arguments)
            return replace(value, arguments=arguments, element=names.get(value.element, value.element))
        case Build(fields=fields):
            return Build(tuple(replace(each, value=_renamed(each.value, names)) for each in fields))
        case ForEach():
            body = _named(value.element, names)(_renamed(value.body, names))
            return ForEach(_renamed(value.items, names), names.get(value.element, value.element), body)
    return value


def _named(element: str, names: MappingOf[str, str]) -> Callable[[Expression], Expression]:
    def move(path: Path) -> Read:
        return Read(Path((names[element], *path.parts[1:])) if path.parts and path.parts[0] == element else path)

    return lambda value: with_reads(value, move) if element in names else value


def _without(known: Known, element: str) -> Known:
    return {name: each for name, each in known.items() if name != element}


def _converted(value: Expression, wanted: Type, path: Path) -> Expression:
    """A value as the type to which the first mapping widens it, or which it has for a constant."""
    if isinstance(value, Constant) and (value.value is None or isinstance(wanted, Text | Enum | Boolean | Integer)):
        return value
    match wanted:
        case Decimal(precision=precision, scale=scale):
            return _call("TO_DECIMAL", value, precision=precision, scale=scale)
        case Float():
            return _call("TO_FLOAT", value)
        case Date():
            return _call("PARSE_DATE", value)
    raise _lost(path, f"is a constant of the type {wanted.name}")


def _call(name: str, value: Expression, **constants: int) -> Call:
    return Call(name, (Argument(value), *(Argument(Constant(each), key) for key, each in constants.items())))


def _lost(path: Path, problem: str) -> LeafError:
    return LeafError("not_composed", f"{path} {problem}", _HINT)
