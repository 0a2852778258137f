"""Remembers when fields were seen and how the shape of the data changed from one time to the next.

What happened is read off two catalogs, the one before and the one after new data were counted into it: a field that
has more values than before was there, one that could have been there more often was not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import log
from typing import Final

from penstock.catalog.evolution.update import settle, update
from penstock.catalog.model import Catalog, Change, ChangeKind, FieldProfile, Seen
from penstock.catalog.profiling.profile import merge
from penstock.schema import KEY, Path, format_type

MAX_HISTORY: Final = 200
"""Changes that a catalog remembers; older ones fall out (the version control of the file has them)."""

CHANCE: Final = 0.001
"""A field is gone when so many objects in a row lack it that chance would do this less often than so."""


def update_by_day(old: Catalog | None, days: Sequence[tuple[str, Catalog]]) -> Catalog:
    """A catalog with new data counted in and what happened on each day remembered.

    Args:
        old: the catalog so far; None: there is none yet.
        days: UTC days, such as `2026-11-21`, oldest first, each with the profile of its records. The decisions are
            those that all of the data lead to, whatever days they came on.
    """
    known, batch, newest = old, None, old.through[:10] if old else ""
    for day, profile in days:
        batch = merge(batch, profile) if batch else profile
        after = update(old, batch) if old else settle(batch)
        known, newest = remember(known, after, day, newest), day
    return known or Catalog("", 0, ())


def remember(before: Catalog | None, after: Catalog, day: str, newest: str) -> Catalog:
    """The catalog `after` with the days of its fields and the changes since `before`.

    Args:
        before: the catalog before the data of the day; None: these are the first.
        after: the same with the data of the day counted in.
        day: the day of the new data.
        newest: the day of the newest data in `before`.
    """
    known = before.by_path() if before else {}
    fields = tuple(replace(each, seen=_seen(known.get(each.path), each, day, newest)) for each in after.fields)
    changes = [] if before is None else [change for each in fields for change in _changes(known, each, day)]
    history = (*(before.history if before else ()), *changes)
    return replace(after, fields=fields, history=history[-MAX_HISTORY:])


def is_gone(profile: FieldProfile) -> bool:
    """Whether the newest data lack a field although they should have it, were it as frequent as before."""
    could = profile.parents - profile.seen.missed
    if not profile.seen.missed or not profile.present or could <= 0:
        return False
    rate = profile.present / could
    return rate >= 1 or profile.seen.missed * log(1 - rate) < log(CHANCE)


def _seen(before: FieldProfile | None, after: FieldProfile, day: str, newest: str) -> Seen:
    if before is None:
        return Seen(day if after.present else "")
    if after.present > before.present:
        return Seen(before.seen.since or day)
    missed = after.parents - before.parents
    if missed <= 0 or not after.present:
        return before.seen
    return Seen(before.seen.since, before.seen.last or newest, before.seen.missed + missed)


def _changes(known: Mapping[Path, FieldProfile], after: FieldProfile, day: str) -> Iterator[Change]:
    before = known.get(after.path)
    if before is None:
        # What is nested in a new field came with it, and the keys of a map come with the decision that it is one.
        parent = Path(after.path.parts[:-1])
        if (not parent.parts or parent in known) and after.path.parts[-1:] != (KEY,):
            yield Change(day, str(after.path), "added", after=_type(after))
        return
    if before.type != after.type and before.present:
        yield Change(day, str(after.path), "type", _type(before), _type(after))
    for kind in _turned(before, after):
        yield Change(day, str(after.path), kind)


def _turned(before: FieldProfile, after: FieldProfile) -> Iterator[ChangeKind]:
    if "null" in after.types and "null" not in before.types and before.present:
        yield "nullable"
    if is_gone(after) and not is_gone(before):
        yield "gone"
    elif is_gone(before) and not is_gone(after):
        yield "back"
    elif 0 < before.parents == before.present and after.present < after.parents:
        yield "optional"


def _type(profile: FieldProfile) -> str:
    return format_type(profile.type) if profile.type else ""
