"""What is different between two schemas, whatever the order of their fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from penstock.schema.paths import ITEM, KEY, Path
from penstock.schema.types import Enum, Field, List, Map, Record, Type, Union, nullable
from penstock.schema.widen import NOTHING, widen

DifferenceKind = Literal["added", "removed", "type", "nullable", "optional", "enum"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same in two schemas."""

    path: Path
    kind: DifferenceKind
    before: Field | Type | bool | tuple[str, ...] | None
    """A field when it was removed, types, flags, or the values of an enumeration that went."""
    after: Field | Type | bool | tuple[str, ...] | None
    """The same of the second schema: the field that was added, the values that came."""


def differences(before: Type, after: Type) -> tuple[Difference, ...]:
    """Every difference, ordered by path. Names, descriptions, defaults, keys and closed records do not count.

    Whether a field is optional is reported at its path; below a `type` difference nothing more is reported.
    """
    return tuple(sorted(_types(Path(), before, after), key=lambda each: (str(each.path), each.kind)))


def same(one: Type, other: Type) -> bool:
    """Whether two types take the same values."""
    return not differences(one, other)


def assignable(source: Type, target: Type) -> bool:
    """Whether every value of `source` is taken by `target` as it is, or after widening as in `penstock.schema.widen`.

    So an integer may go to a decimal or a float, and a required field to an optional one; a field that the target
    does not have may go nowhere.
    """
    return same(widen(source, target), widen(target, NOTHING))


def _types(path: Path, before: Type, after: Type) -> Iterator[Difference]:
    if before.nullable != after.nullable:
        yield Difference(path, "nullable", before.nullable, after.nullable)
    match before, after:
        case Record(), Record():
            yield from _records(path, before, after)
        case List(), List():
            yield from _types(path / ITEM, before.element, after.element)
        case Map(), Map():
            yield from _types(path / KEY, before.value, after.value)
        case Enum(), Enum():
            yield from _enums(path, before, after)
        case Union(), Union() if _same_members(before, after):
            return
        case _ if nullable(before, value=False) != nullable(after, value=False):
            yield Difference(path, "type", before, after)


def _records(path: Path, before: Record, after: Record) -> Iterator[Difference]:
    old, new = before.by_name(), after.by_name()
    for name, field in old.items():
        if name not in new:
            yield Difference(path / name, "removed", field, None)
            continue
        if field.optional != new[name].optional:
            yield Difference(path / name, "optional", field.optional, new[name].optional)
        yield from _types(path / name, field.type, new[name].type)
    for name in new.keys() - old.keys():
        yield Difference(path / name, "added", None, new[name])


def _enums(path: Path, before: Enum, after: Enum) -> Iterator[Difference]:
    went = tuple(sorted(set(before.values) - set(after.values)))
    came = tuple(sorted(set(after.values) - set(before.values)))
    if went or came:
        yield Difference(path, "enum", went, came)


def _same_members(before: Union, after: Union) -> bool:
    return all(
        any(same(each, other) for other in others.members)
        for some, others in ((before, after), (after, before))
        for each in some.members
    )
