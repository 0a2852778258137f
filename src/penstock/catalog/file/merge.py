"""Merges what a person wrote into a catalog file with what new data say, field by field.

The text that was written last is kept beside, so an edit can be told from what was there. A person's type,
description and label win over what is counted, and the type becomes a decision of the person, written down or not.
Counts are those of the data. Comments stay at the lines that they stand by.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from penstock.catalog.file.comments import with_comments
from penstock.catalog.file.document import load_catalog, to_document
from penstock.catalog.file.emit import emit
from penstock.catalog.model import Catalog, FieldProfile
from penstock.catalog.personal.masking import Examples, masked
from penstock.errors import CatalogFormatError
from penstock.schema import Path, format_type


@dataclass(frozen=True, slots=True)
class Conflict:
    """An edit that does not fit to the data or to another edit."""

    path: str
    key: str
    """The line of the entry; empty: the entry as a whole."""
    mine: str
    """What the person wrote."""
    new: str
    """What would have been written."""
    kept: Literal["mine", "new"]

    def __str__(self) -> str:
        what = f"{self.path}: {self.key}" if self.key else self.path
        mine, new = self.mine or "nothing", self.new or "nothing"
        if self.kept == "mine":
            return f"{what}: yours ({mine}) is kept; the data say {new}"
        return f"{what}: counts come from the data ({new}); yours ({mine}) is not kept"


@dataclass(frozen=True, slots=True)
class Merged:
    """A catalog file to be written, and what did not fit."""

    text: str
    catalog: Catalog
    document: Mapping[str, object]
    """The plain data of the text."""
    conflicts: tuple[Conflict, ...] = ()


Load = Callable[[str, str], Catalog]
"""Reads the text of a catalog file; the second argument is what the file is called in errors."""


def merge_catalogs(
    last_written: str,
    mine: str,
    new: Catalog,
    name: str = "The catalog",
    examples: Examples = "masked",
    load: Load = load_catalog,
) -> Merged:
    """The file for `new` with what a person wrote into `mine` since `last_written`.

    Args:
        last_written: the text that was written last; empty when it is not known. Then only what says so
            (`decided_by: person`, a description, a label) is a person's.
        mine: the file as it is now; empty when there is none.
        new: the catalog to be written; it need not know of the edits.
        name: what the file is called in errors.
        examples: what is shown of values, by the labels that people wrote.
        load: reads the texts.

    Raises:
        CatalogFormatError: `mine` is not a catalog (any more).
    """
    if not mine.strip() or mine == last_written:
        return _merged(masked(new, examples), mine, is_untouched=mine == last_written)
    theirs = load(mine, name)
    base = _base(last_written, theirs, load)
    fields, conflicts = _merge_fields(base, theirs, new)
    return _merged(masked(replace(new, fields=fields), examples), mine, tuple(conflicts))


def _merged(catalog: Catalog, mine: str, conflicts: tuple[Conflict, ...] = (), *, is_untouched: bool = False) -> Merged:
    document = to_document(catalog)
    return Merged(with_comments(emit(document), mine, is_emitted=is_untouched), catalog, document, conflicts)


def adopt(last_written: str, mine: str, name: str = "The catalog", load: Load = load_catalog) -> Catalog:
    """The catalog in a file as a person means it: a type that was changed is the person's decision.

    `load` reads the texts.

    Raises:
        CatalogFormatError: `mine` is not a catalog (any more).
    """
    theirs = load(mine, name)
    base = _base(last_written, theirs, load) if mine != last_written else None
    if base is None:
        return theirs
    known = base.by_path()
    return replace(theirs, fields=tuple(_decided(known.get(each.path), each) for each in theirs.fields))


def _base(last_written: str, theirs: Catalog, load: Load) -> Catalog | None:
    """The catalog that the person's edits started from; None when the text is of other data."""
    try:
        base = load(last_written, "The catalog that was written last")
    except CatalogFormatError:
        return None
    return base if (base.records, base.through) == (theirs.records, theirs.through) else None


def _decided(base: FieldProfile | None, mine: FieldProfile) -> FieldProfile:
    changed = base is not None and mine.type is not None and mine.type != base.type
    return replace(mine, decided_by="person") if changed else mine


def _merge_fields(
    base: Catalog | None, mine: Catalog, new: Catalog
) -> tuple[tuple[FieldProfile, ...], Sequence[Conflict]]:
    known = base.by_path() if base else {}
    theirs, conflicts = mine.by_path(), list[Conflict]()
    fields = []
    for each in new.fields:
        if each.path in theirs:
            field, found = _merge_field(known.get(each.path), theirs[each.path], each)
            fields.append(field)
            conflicts += found
        elif each.path in known and each.seen.missed:
            continue  # the person took a field out that the newest data do not have
        else:
            fields.append(each)
    written = {each.path for each in new.fields}
    added = [each for each in mine.fields if each.path not in written and each.path not in known]
    return (*fields, *(each for each in added if _stands(each, new))), conflicts


def _stands(added: FieldProfile, new: Catalog) -> bool:
    """Whether an entry that only the file has is the person's: keys of a map are added up under `*`."""
    above = {Path((*added.path.parts[:at], "*")) for at in range(len(added.path.parts))}
    return not above & set(new.by_path())


def _merge_field(
    base: FieldProfile | None, mine: FieldProfile, new: FieldProfile
) -> tuple[FieldProfile, Sequence[Conflict]]:
    mine = _decided(base, mine)
    merged = replace(
        new,
        description=_pick(base.description if base else None, mine.description, new.description),
        personal=_pick(base.personal if base else None, mine.personal, new.personal),
    )
    conflicts = list(_changed_counts(base, mine, new)) if base else []
    if mine.decided_by == "person" and mine.type is not None:
        if base and new.type not in {base.type, mine.type, None}:
            conflicts.append(Conflict(str(new.path), "type", _type(mine), _type(new), "mine"))
        merged = replace(merged, type=mine.type, decided_by="person")
    elif base and base.decided_by == "person" and mine.decided_by == "rule":
        merged = replace(merged, decided_by="rule")  # the person gave the decision back
    return merged, conflicts


def _pick(base: str | None, mine: str, new: str) -> str:
    """The person's text where it was changed, else the new one."""
    if base is None:
        return mine or new
    return new if mine == base else mine


def _changed_counts(base: FieldProfile, mine: FieldProfile, new: FieldProfile) -> Iterator[Conflict]:
    for key, before, now, after in (
        ("present", base.present, mine.present, new.present),
        ("of", base.parents, mine.parents, new.parents),
        ("types", _times(base.types), _times(mine.types), _times(new.types)),
        ("formats", _times(base.formats), _times(mine.formats), _times(new.formats)),
    ):
        if now not in {before, after}:
            yield Conflict(str(new.path), key, str(now), str(after), "new")


def _times(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name}: {times}" for name, times in sorted(counts.items()))


def _type(profile: FieldProfile) -> str:
    return format_type(profile.type) if profile.type else ""
