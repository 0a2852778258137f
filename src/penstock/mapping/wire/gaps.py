"""Which fields of the target have no mapping, and which of the sources are not read."""

from collections.abc import Collection, Iterator

from penstock.mapping.model import Argument, Build, Call, Expression, ForEach, Mapping, Read, Unmapped, walk
from penstock.schema import ITEM, Field, List, Path, Record, Type

MISSING = "no_mapping"
"""Nobody proposed anything."""
INVALID = "invalid"
"""What was proposed is wrong; a diagnostic says how."""


def target_gaps(mapping: Mapping, bad: Collection[str] = ()) -> tuple[Unmapped, ...]:
    """Every field of the target without a mapping, in its order; `bad` are the paths of leaves that are wrong."""
    told = {each.path: each for each in mapping.unmapped_target}
    filled = {path: leaf for path, leaf in walk(mapping.fields) if str(path) not in bad}
    gaps = []
    for path, each in _top(mapping.target.type, Path(), {path for path, leaf in filled.items() if _is_built(leaf)}):
        if path not in filled:
            required = not each.optional and not each.type.nullable
            reason = INVALID if str(path) in bad else MISSING
            gaps.append(told.pop(path, Unmapped(path, reason, required)))
    return (*gaps, *(each for path, each in told.items() if path not in filled))


def _is_built(leaf: object) -> bool:
    value = getattr(leaf, "value", None)
    while isinstance(value, ForEach):
        value = value.body
    return isinstance(value, Build)


def _top(type_: Type, at: Path, built: Collection[Path]) -> Iterator[tuple[Path, Field]]:
    """The fields of a record, and those of the records in it that are made field by field."""
    while isinstance(type_, List):
        at, type_ = at / ITEM, type_.element
    for each in type_.fields if isinstance(type_, Record) else ():
        path = at / each.name
        yield path, each
        if path in built:
            yield from _top(each.type, path, built)


def source_gaps(mapping: Mapping) -> tuple[Unmapped, ...]:
    """Every leaf of the sources that nothing reads, in their order."""
    told = {each.path: each for each in mapping.unmapped_sources}
    read = _read(mapping)
    gaps = [
        told.pop(path, Unmapped(path, MISSING))
        for each in mapping.sources
        for path in _leaves(each.type, Path((each.name,)))
        if not any(Path(path.parts[:count]) in read for count in range(1, len(path.parts) + 1))
    ]
    return (*gaps, *told.values())


def _leaves(type_: Type, at: Path) -> Iterator[Path]:
    """The fields that hold values and no records; a list of values is one."""
    inner, below = type_, at
    while isinstance(inner, List):
        below, inner = below / ITEM, inner.element
    if not isinstance(inner, Record) or not inner.fields:
        yield at
        return
    for each in inner.fields:
        yield from _leaves(each.type, below / each.name)


def _read(mapping: Mapping) -> set[Path]:
    return {path for leaf in mapping.fields for path in _sources(leaf.value, {})}


Scope = dict[str, Path]
"""Where the elements of loops come from."""


def _sources(value: Expression, scope: Scope) -> Iterator[Path]:
    match value:
        case Read(path=path):
            yield _from_source(path, scope)
        case Call(arguments=arguments, element=element):
            yield from _of_call(arguments, element, scope)
        case Build(fields=fields):
            for leaf in fields:
                yield from _sources(leaf.value, scope)
        case ForEach():
            place, found = _loop(value.items, scope)
            yield from found
            yield from _sources(value.body, {**scope, value.element: place})


def _of_call(arguments: tuple[Argument, ...], element: str, scope: Scope) -> Iterator[Path]:
    if element and arguments:
        place, _ = _loop(arguments[0].value, scope)
        scope = {**scope, element: place}
    for each in arguments:
        yield from _sources(each.value, scope)


def _loop(items: Expression, scope: Scope) -> tuple[Path, list[Path]]:
    """Where the elements of a list come from, and what is read to find them, but for the list itself."""
    if isinstance(items, Read):
        return _from_source(items.path, scope) / ITEM, []
    if isinstance(items, Call) and items.element and items.arguments:
        place, found = _loop(items.arguments[0].value, scope)
        inside = {**scope, items.element: place}
        return place, [*found, *(path for each in items.arguments[1:] for path in _sources(each.value, inside))]
    return Path(), list(_sources(items, scope))


def _from_source(path: Path, scope: Scope) -> Path:
    first = path.parts[0] if path.parts else ""
    return Path((*scope[first].parts, *path.parts[1:])) if isinstance(first, str) and first in scope else path
