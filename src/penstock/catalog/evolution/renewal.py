"""Counts a catalog anew from the raw data and keeps what people wrote in it."""

from collections.abc import Collection
from dataclasses import replace

from penstock.catalog.evolution.update import settle
from penstock.catalog.model import Catalog, FieldProfile
from penstock.catalog.personal.labels import label
from penstock.catalog.profiling.node import freeze, thaw
from penstock.schema import KEY, Path


def uncounted(catalog: Catalog) -> Catalog:
    """The catalog without its counts and without the decisions of rules: data are to be counted into it from the start.

    Fields stay in their order, so that the columns of tables do. Decisions and descriptions of people stay, and so does
    the history, because counting again is no change of the data. Keys that were too many are added up if they still
    are.
    """
    capped = {each.path / KEY for each in catalog.fields if each.capped}
    kept = (each for each in catalog.fields if _is_written(each) or not _is_below(each.path, capped))
    fields = tuple(_uncounted(each) for each in kept)
    return Catalog(catalog.name, 0, fields, history=catalog.history)


def recounted(catalog: Catalog, before: Catalog) -> Catalog:
    """The catalog without fields that no data have; those that a person wrote about stay, and so does the history.

    `before` is the catalog of `uncounted` that the data were counted into.
    """
    kept = (each for each in catalog.fields if each.present or _is_written(each))
    # A field of a catalog file has types; one that is nowhere is nothing but null.
    fields = tuple(each if each.types else replace(each, types={"null": 0}) for each in kept)
    return replace(catalog, fields=fields, history=before.history)


def by_rules(catalog: Catalog) -> Catalog:
    """The catalog as the rules write it from the same counts: what differs was written by a person."""
    fields = tuple(replace(each, description="", personal="") for each in catalog.fields)
    tree = thaw(replace(catalog, fields=fields))
    tree.forget_decisions()
    return label(replace(settle(freeze(tree, catalog.name)), through=catalog.through))


def _uncounted(profile: FieldProfile) -> FieldProfile:
    by_person = profile.decided_by == "person"
    return FieldProfile(
        path=profile.path,
        parents=0,
        present=0,
        types={},
        type=profile.type if by_person else None,
        decided_by=profile.decided_by,
        description=profile.description,
        personal=profile.personal,
    )


def _is_below(path: Path, above: Collection[Path]) -> bool:
    return any(Path(path.parts[:at]) in above for at in range(1, len(path.parts) + 1))


def _is_written(profile: FieldProfile) -> bool:
    return profile.decided_by == "person" or bool(profile.description or profile.personal)
