"""The second step: what is new in the landing zone is counted into the catalog, once."""

from collections.abc import Sequence
from dataclasses import replace

from penstock.catalog.file import read_catalog, write_catalog
from penstock.catalog.profile import Profiler
from penstock.catalog.records import records_in
from penstock.catalog.renewal import uncounted, without_empty
from penstock.catalog.update import settle, update
from penstock.pipeline.plan.build import records_path
from penstock.runtime.landing import Landing, landing_root
from penstock.runtime.wording import count
from penstock.services.steps import Done, Progress, Work, for_each_dataset


def profile(work: Work, datasets: Sequence[str]) -> list[str]:
    """Count the new pages of every dataset."""
    return for_each_dataset(work, "profile", datasets, _profile)


def _profile(work: Work, dataset: str, progress: Progress) -> Done:
    file = work.project.catalog(dataset)
    old = read_catalog(file) if file.is_file() else None
    if old and dataset in work.counts_anew:
        old = uncounted(old)
    root = landing_root(work.spec.landing.url, work.project.root)
    landing = Landing(root, work.spec.provider.name, dataset)
    fetches = list(landing.changes(after=old.through if old else ""))
    profiler = Profiler(dataset)
    path, format_ = records_path(work.spec, dataset), work.spec.datasets[dataset].format
    for done, fetch in enumerate(fetches):
        progress(done, len(fetches), "files")
        profiler.add(records_in(landing.read(fetch), path, format_, name=fetch.path))
    if not fetches:
        return Done("nothing new", detail=_name(work, dataset) if old else "")
    # The catalog and how far it has counted are one file, so a run that dies counts nothing twice.
    new = replace(profiler.catalog(), through=fetches[-1].request_time)
    known = update(old, new) if old else settle(new)
    write_catalog(file, without_empty(known) if dataset in work.counts_anew else known)
    added = f", {len(known.fields) - len(old.fields)} new" if old and len(known.fields) > len(old.fields) else ""
    return Done(f"{count(len(known.fields), 'field')}{added}", new.records, len(fetches), detail=_name(work, dataset))


def _name(work: Work, dataset: str) -> str:
    return str(work.project.catalog(dataset).relative_to(work.project.root))
