"""The third step: the landing tables learn of every page that landed."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from penstock.runtime.duckdb_landing import LoadResult, load_landing
from penstock.runtime.events import Noted
from penstock.runtime.landing import landing_root
from penstock.runtime.wording import count
from penstock.services.steps import Done, Progress, Work, for_each_dataset
from penstock.services.steps.warehouse import writing

SHOWN: Final = 5
"""Files that are named."""


def load(work: Work, datasets: Sequence[str]) -> list[str]:
    """Load the manifests, then say for every dataset what is new and what waits."""

    @cache
    def load_all() -> LoadResult:
        root = landing_root(work.spec.landing.url, work.project.root)
        with writing(work) as connection:
            result = load_landing(connection, work.spec, str(root), forget=work.forgets)
        for dataset, files in result.forgotten.items():
            _tell(work, dataset, files)
        return result

    def load_one(_work: Work, dataset: str, _progress: Progress) -> Done:
        result = load_all()
        new, waiting = result.files[dataset], result.waiting[dataset]
        late = f", {waiting - new} from before" if waiting > new else ""
        gone = f", {len(result.forgotten[dataset])} given up" if result.forgotten[dataset] else ""
        return Done(f"{count(new, 'file')}{late}{gone}", files=new, detail=f"landing.{dataset}")

    return for_each_dataset(work, "load", datasets, load_one)


def _tell(work: Work, dataset: str, files: Sequence[str]) -> None:
    if files:
        listed = "\n".join(f"  {each}" for each in files[:SHOWN])
        more = f"\n  and {len(files) - SHOWN} more" if len(files) > SHOWN else ""
        told = f"{dataset}: given up, or no longer in the manifest; its records leave the tables:"
        work.listen(Noted(f"{told}\n{listed}{more}"))
