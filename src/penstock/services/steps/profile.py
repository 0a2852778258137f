"""The second step: what is new in the landing zone is counted into the catalog, once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import groupby

from penstock.catalog.evolution.history import update_by_day
from penstock.catalog.evolution.renewal import recounted, uncounted
from penstock.catalog.file.merge import Conflict
from penstock.catalog.file.store import CatalogStore
from penstock.catalog.inputs.documents import add_page
from penstock.catalog.inputs.halves import add_whole_records, has_half
from penstock.catalog.model import Catalog
from penstock.catalog.personal.masking import masked
from penstock.catalog.profiling.profile import Profiler
from penstock.pipeline.plan.build import records_path
from penstock.runtime.landing import Fetch, Landing, landing_root
from penstock.runtime.wording import count
from penstock.services.catalogs import catalog_store
from penstock.services.steps import Done, Progress, Work, for_each_dataset
from penstock.services.steps.raw import check_raw


def profile(work: Work, datasets: Sequence[str]) -> list[str]:
    """Count the new pages of every dataset."""
    return for_each_dataset(work, "profile", datasets, _profile)


def _profile(work: Work, dataset: str, progress: Progress) -> Done:
    store = catalog_store(work.project, dataset)
    old, anew = store.read(), dataset in work.counts_anew
    if old and anew:
        old = uncounted(old)
    root = landing_root(work.spec.landing.url, work.project.root)
    landing = Landing(root, work.spec.provider.name, dataset)
    fetches = list(landing.changes(after=old.through if old else ""))
    if not fetches:
        if old and (store.is_edited or masked(old, work.spec.catalog.examples) != old):
            _write(work, dataset, store, old, old)  # what a person has decided or labelled; or less is shown
        return Done("nothing new", detail=_name(work, dataset) if old else "")
    days = list(_count(work, dataset, landing, fetches, progress))
    left_out = sum(skipped for *_, skipped in days)
    # The catalog and how far it has counted are one file, so a run that dies counts nothing twice.
    known = replace(update_by_day(old, [(day, counted) for day, counted, _ in days]), through=fetches[-1].request_time)
    known = recounted(known, old) if old and anew else known
    conflicts = _write(work, dataset, store, known, old)
    added = f", {len(known.fields) - len(old.fields)} new" if old and len(known.fields) > len(old.fields) else ""
    edits = f", {count(len(conflicts), 'edit')} did not fit" if conflicts else ""
    records = sum(each.records for _, each, _ in days)
    halves = f", {count(left_out, 'record')} with half of a character left out" if left_out else ""
    message = f"{count(len(known.fields), 'field')}{added}{edits}{halves}"
    return Done(message, records, len(fetches), left_out, detail=_name(work, dataset))


def _count(
    work: Work, dataset: str, landing: Landing, fetches: Sequence[Fetch], progress: Progress
) -> Iterator[tuple[str, Catalog, int]]:
    """Each UTC day with the profile of its pages, and the records that were left out of it."""
    path, format_ = records_path(work.spec, dataset), work.spec.datasets[dataset].format
    for day, group in groupby(enumerate(fetches), key=lambda each: each[1].request_time[:10]):
        profiler, left_out = Profiler(dataset), 0
        for done, fetch in group:
            progress(done, len(fetches), "files")
            check_raw(work, fetch.path, fetch.md5)
            page = landing.read(fetch)
            if has_half(page):
                left_out += add_whole_records(profiler, page, path, format_, fetch.path)
            else:
                add_page(profiler, BytesIO(page), path, format_, fetch.path)
        yield day, profiler.catalog(), left_out


def _write(work: Work, dataset: str, store: CatalogStore, known: Catalog, old: Catalog | None) -> tuple[Conflict, ...]:
    """Write the catalog; what did not fit goes to the log."""
    conflicts = store.write(known, old, work.spec.catalog.examples)
    for each in conflicts:
        work.log.write(f"{_name(work, dataset)}: {each}")
    return conflicts


def _name(work: Work, dataset: str) -> str:
    return str(work.project.catalog(dataset).relative_to(work.project.root))
