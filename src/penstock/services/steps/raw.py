"""Raw files are what landed: before records are counted or become rows, the bytes are held against their MD5."""

from collections.abc import Collection

from penstock.errors import LandingError
from penstock.runtime.duckdb_warehouse import files_to_read
from penstock.runtime.landing import check_bytes, landing_root
from penstock.services.steps import Work
from penstock.services.steps.warehouse import writing


def check_raw(work: Work, path: str, md5: str) -> None:
    """See that a raw file, named from the landing zone on, holds what landed. Raises `LandingError`.

    With the envelope inside of the file its MD5 is not known, so such a file is only read.
    """
    if work.spec.landing.envelope != "inline":
        check_bytes(landing_root(work.spec.landing.url, work.project.root) / path, md5)


def damaged_datasets(work: Work, datasets: Collection[str], *, every: bool = False) -> dict[str, LandingError]:
    """The datasets with a raw file that is damaged or gone, among those that wait for their tables or `every` one."""
    with writing(work) as connection:
        files = {name: files_to_read(connection, name, every=every) for name in datasets}
    found: dict[str, LandingError] = {}
    for name, each in files.items():
        try:
            for path, md5 in each:
                check_raw(work, path, md5)
        except LandingError as error:
            found[name] = error
    return found
