"""The first step: the generated extractor asks the provider and lands the raw answers."""

from collections.abc import Sequence
from http import HTTPStatus

from penstock.errors import HandlerError
from penstock.pipeline.patterns.extract.http_api.environment import environment_of, secret_names
from penstock.runtime import extractor
from penstock.runtime.wording import count, size
from penstock.services.steps import Done, Progress, Work, for_each_dataset


def extract(work: Work, datasets: Sequence[str]) -> list[str]:
    """Extract every dataset, in an order in which a fan-out finds what it fans out from."""
    return for_each_dataset(work, "extract", datasets, _extract)


def _extract(work: Work, dataset: str, progress: Progress) -> Done:
    secrets = extractor.secrets_for(work.project, secret_names(work.spec))
    answer = extractor.extract(
        work.project,
        dataset,
        environment={**environment_of(work.spec, work.project.root), **secrets},
        write=lambda line: work.log.write(f"extract {dataset}: {line}"),
        progress=lambda page: progress(page.page, None, "pages"),
        log=work.log.log,
    )
    if answer.statusCode != HTTPStatus.OK:
        raise HandlerError(dataset, answer.reason or f"the extractor ended with {answer.statusCode}", work.log.log)
    paused = ", more next time" if answer.outcome == "paused" else ""
    return Done(
        message=f"{count(answer.pages, 'page')}, {size(answer.bytes)}{paused}",
        rows=answer.records,
        files=len(answer.files),
        detail=answer.files[-1] if answer.files else "",
    )
