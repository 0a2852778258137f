"""Raw files are what landed: before records are counted or become rows, the bytes are held against their MD5."""

from collections.abc import Collection

from penstock.catalog.inputs.halves import has_half, without_halves
from penstock.errors import PenstockError
from penstock.files import write_whole
from penstock.pipeline.plan.build import records_path
from penstock.pipeline.plan.halves import copy_of
from penstock.runtime.duckdb_landing import files_to_read, keep_halves
from penstock.runtime.landing import Landing, check_bytes, landing_root
from penstock.services.steps import Work
from penstock.services.steps.plans import Failures
from penstock.services.steps.warehouse import writing


def check_raw(work: Work, path: str, md5: str) -> None:
    """See that a raw file, named from the landing zone on, holds what landed. Raises `LandingError`.

    With the envelope inside of the file its MD5 is not known, so such a file is only read.
    """
    if work.spec.landing.envelope != "inline":
        check_bytes(landing_root(work.spec.landing.url, work.project.root) / path, md5)


def unreadable_datasets(work: Work, datasets: Collection[str], *, every: bool = False) -> Failures:
    """The datasets with a raw file that is damaged or gone, among those that wait for their tables or `every` one.

    Of a file with halves of characters a copy is made that can be read.
    """
    with writing(work) as connection:
        files = {name: files_to_read(connection, name, every=every) for name in datasets}
    found: Failures = {}
    for name, each in files.items():
        try:
            for path, md5 in each:
                check_raw(work, path, md5)
                _take_out_halves(work, name, path)
        except PenstockError as error:
            found[name] = error
    return found


def _take_out_halves(work: Work, dataset: str, path: str) -> None:
    landing = Landing(landing_root(work.spec.landing.url, work.project.root), work.spec.provider.name, dataset)
    if not landing.has_line(path, has_half):
        return
    form = work.spec.datasets[dataset].format
    text, halves = without_halves(landing.read_path(path), records_path(work.spec, dataset), form, path)
    write_whole(landing.root / copy_of(path), text)
    with writing(work) as connection:
        keep_halves(connection, dataset, path, halves)
