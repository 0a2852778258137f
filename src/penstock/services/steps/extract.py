"""The first step: the generated extractor asks the provider and lands the raw answers."""

import os
from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from penstock.errors import ExtractionError, ProviderError
from penstock.pipeline.patterns.extract.http_api.environment import (
    auth_of,
    environment_of,
    optional_names,
    variables_of,
)
from penstock.runtime import extractor
from penstock.runtime.events import Noted
from penstock.runtime.wording import count, size
from penstock.services.steps import Done, Progress, Work, for_each_dataset

PROVIDERS_FAULT: Final = {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE}
"""What the handler returns when the provider is not available or its answer is not data."""


def extract(work: Work, datasets: Sequence[str]) -> list[str]:
    """Extract every dataset, in an order in which a fan-out finds what it fans out from.

    Where a range is asked for, only datasets with a cursor are; the others go on to the next step as they are.
    """
    asked = [name for name in datasets if work.span is None or work.spec.datasets[name].cursor]
    if without := [name for name in datasets if name not in asked]:
        work.listen(Noted(f"Not asked, because a range needs a cursor: {', '.join(without)}."))
    good = for_each_dataset(work, "extract", asked, _extract)
    return [name for name in datasets if name in good or name not in asked]


def _extract(work: Work, dataset: str, progress: Progress) -> Done:
    needed = [name for name, _ in variables_of(auth_of(work.spec, work.spec.datasets[dataset]))]
    secrets = extractor.secrets_for(work.project, needed)
    access = {name: os.environ[name] for name in optional_names(work.spec) if name in os.environ}
    answer = extractor.extract(
        work.project,
        dataset,
        environment={**environment_of(work.spec, work.project.root), **access, **secrets},
        write=lambda line: work.log.write(f"extract {dataset}: {line}"),
        progress=lambda page: progress(page.page, None, "pages"),
        log=work.log.log,
        span=work.span,
    )
    if answer.outcome == "failed":
        kind = ProviderError if answer.statusCode in PROVIDERS_FAULT else ExtractionError
        raise kind(dataset, answer.reason, work.log.log)
    if answer.failures:
        told = "\n  ".join(answer.failures)
        work.listen(Noted(f"extract {dataset}: not everything was there:\n  {told}"))
    paused = ", more next time" if answer.outcome == "paused" else ""
    return Done(
        message=f"{count(answer.pages, 'page')}, {size(answer.bytes)}{paused}",
        rows=answer.records,
        files=len(answer.files),
        detail=f"{work.spec.landing.url.rstrip('/')}/{answer.files[-1]}" if answer.files else "",
    )
