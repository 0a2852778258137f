"""Profiles data files: what is in every field, counted without sampling."""

import math

from penstock.catalog.decisions.decide import format_name
from penstock.catalog.decisions.enumeration import enumeration
from penstock.catalog.inputs.files import profile
from penstock.catalog.model import Catalog, FieldProfile, Value
from penstock.schema import format_type

__all__ = ["as_json", "profile"]


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
