"""Profiles data files: what is in every field, counted without sampling."""

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO

from penstock.catalog.decisions.decide import format_name
from penstock.catalog.decisions.enumeration import enumeration
from penstock.catalog.evolution.renewal import by_rules
from penstock.catalog.file.document import dump_catalog, load_catalog, read_text, to_document
from penstock.catalog.file.merge import Merged, adopt, merge_catalogs
from penstock.catalog.inputs.files import profile
from penstock.catalog.model import Catalog, FieldProfile, Value
from penstock.catalog.personal.masking import Examples
from penstock.errors import PipelineCatalogError
from penstock.schema import format_type

__all__ = ["as_json", "profile", "profile_into"]


def profile_into(
    file: Path,
    sources: Sequence[str],
    *,
    name: str = "",
    records: str = "",
    counts_only: bool = False,
    examples: Examples = "masked",
    stdin: IO[bytes] | None = None,
) -> Merged:
    """The catalog of data for a file, which is not written yet: what a person wrote into the file stays.

    A type in the file that the rules would not have decided from its counts is a person's decision.

    Raises:
        PipelineCatalogError: the file is the catalog of a pipeline.
        CatalogFormatError: the file is there and is not a catalog.
        NoDataError, UnreadableDataError, MissingExtraError: as `profile`.
    """
    mine = read_text(file) if file.is_file() else ""
    last, known = "", None
    if mine.strip():
        theirs = load_catalog(mine, str(file))
        if theirs.through:
            raise PipelineCatalogError(file)
        last = dump_catalog(by_rules(theirs))
        known = adopt(last, mine, str(file))
    called = name or (known.name if known else "")
    catalog = profile(
        sources, name=called, records=records, counts_only=counts_only, examples=examples, known=known, stdin=stdin
    )
    if known is None:
        return Merged(dump_catalog(catalog), catalog, to_document(catalog))
    return merge_catalogs(last, mine, replace(catalog, name=called), str(file), examples)


def as_json(catalog: Catalog) -> dict[str, object]:
    """The document of `penstock profile --json`; null where nothing was measured."""
    return {
        "name": catalog.name,
        "records": catalog.records,
        "fields": [_field(each) for each in catalog.fields],
    }


def _field(profile: FieldProfile) -> dict[str, object]:
    minimum, maximum = _span(profile)
    return {
        "path": str(profile.path),
        "types": dict(profile.types),
        "type": format_type(profile.type) if profile.type else "json",
        "presence": profile.present / profile.parents if profile.parents else 0.0,
        "nullable": "null" in profile.types,
        "distinct": profile.distinct,
        "min": minimum,
        "max": maximum,
        "examples": list(profile.values.shown),
        "format": format_name(profile),
        "enum": enumeration(profile),
        "description": profile.description,
        "personal": profile.personal or None,
    }


def _span(profile: FieldProfile) -> tuple[Value | None, Value | None]:
    spans = [each for each in (profile.integers, profile.numbers) if each is not None]
    if spans:
        low, high = min(each.minimum for each in spans), max(each.maximum for each in spans)
        return low if math.isfinite(low) else None, high if math.isfinite(high) else None
    return (profile.texts.minimum, profile.texts.maximum) if profile.texts else (None, None)
