"""Masks what is personal in records that are shown, by what the catalogs of a project know of their fields."""

import json
from collections.abc import Mapping
from functools import cache

from penstock.catalog.model import FieldProfile
from penstock.catalog.personal.labels import NONE, label
from penstock.catalog.personal.masking import is_personal, mask_example, mask_value
from penstock.runtime.project import Project
from penstock.schema import ITEM, KEY, Path, parse_path
from penstock.services.catalogs import catalog_store

Known = Mapping[Path, FieldProfile]


class Masks:
    """Masks the values of a project's records."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._fields = cache(self._read)

    def text(self, dataset: str, record: str) -> str:
        """A record as JSON text, as it may be shown."""
        return json.dumps(self.record(dataset, json.loads(record)), ensure_ascii=False) if record else ""

    def value(self, dataset: str, path: str, value: str | None) -> str | None:
        """The JSON of a value at a path in a record, as it may be shown."""
        if value is None:
            return None
        try:
            shown = self.record(dataset, json.loads(value), parse_path(path))
        except ValueError:
            return str(mask_example(value))
        return json.dumps(shown, ensure_ascii=False)

    def record(self, dataset: str, record: object, path: Path = Path()) -> object:  # noqa: B008  # frozen
        """A record of a dataset, or the value at a path in it, as it may be shown."""
        if isinstance(record, dict):
            return {name: self.record(dataset, each, path / name) for name, each in record.items()}
        if isinstance(record, list):
            return [self.record(dataset, each, path / ITEM) for each in record]
        profile = _at(self._fields(dataset), path)
        if profile and profile.personal == NONE:
            return record
        return mask_value(record, profile.personal) if profile and is_personal(profile) else mask_example(record)

    def _read(self, dataset: str) -> Known:
        catalog = catalog_store(self._project, dataset).read()
        return label(catalog).by_path() if catalog else {}


def _at(known: Known, path: Path) -> FieldProfile | None:
    """What is known of a path; where the keys of a map are data, it stands under `*`."""
    here = Path()
    for part in path.parts:
        here = next((each for each in (here / part, here / KEY) if each in known), here / part)
    return known.get(here)
