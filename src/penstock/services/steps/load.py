"""The third step: the landing tables learn of every page that landed."""

from collections.abc import Sequence
from functools import cache

from penstock.runtime.duckdb_warehouse import LoadResult, load_landing
from penstock.runtime.landing import landing_root
from penstock.runtime.wording import count
from penstock.services.steps import Done, Progress, Work, for_each_dataset
from penstock.services.steps.warehouse import writing


def load(work: Work, datasets: Sequence[str]) -> list[str]:
    """Load the manifests, then say for every dataset what is new and what waits."""

    @cache
    def load_all() -> LoadResult:
        root = landing_root(work.spec.landing.url, work.project.root)
        with writing(work) as connection:
            return load_landing(connection, work.spec, str(root))

    def load_one(_work: Work, dataset: str, _progress: Progress) -> Done:
        result = load_all()
        new, waiting = result.files[dataset], result.waiting[dataset]
        late = f", {waiting - new} from before" if waiting > new else ""
        return Done(f"{count(new, 'file')}{late}", files=new, detail=f"landing.{dataset}")

    return for_each_dataset(work, "load", datasets, load_one)
