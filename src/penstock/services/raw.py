"""Records as they stand in a raw file, with every digit."""

from collections.abc import Collection
from itertools import islice

import msgspec

from penstock.catalog.inputs.halves import has_half, raw_page
from penstock.catalog.profiling.records import records_in
from penstock.pipeline.plan.build import records_path
from penstock.pipeline.spec.model import Spec
from penstock.runtime.landing import Landing


def raw_records(spec: Spec, landing: Landing, file: str, positions: Collection[int]) -> dict[int, str]:
    """The records at some positions (from 1) of a raw file, as JSON.

    Raises:
        LandingError: The file cannot be read.
        UnreadableDataError: It is not what it was when it landed.
    """
    path, format_ = records_path(spec, landing.dataset), spec.datasets[landing.dataset].format
    page = landing.read_path(file)
    if has_half(page):
        written = enumerate(raw_page(page, path, format_, file), 1)
        return {position: record.text for position, record in written if position in positions}
    records = records_in(page, path, format_, name=file)
    found = islice(enumerate(records, 1), max(positions, default=0))
    return {position: as_json(record) for position, record in found if position in positions}


def as_json(record: object) -> str:
    """A record that `records_in` read, as JSON."""
    return msgspec.json.encode(_exact(record)).decode()


def _exact(value: object) -> object:
    if isinstance(value, dict):
        return {name: _exact(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_exact(each) for each in value]
    # A number with a fraction is its digits; nothing else is bytes.
    return msgspec.Raw(value) if isinstance(value, bytes) else value
