"""The project's generated files, kept up to date with the spec and the catalogs while a run goes on."""

from collections.abc import Mapping

from penstock.pipeline.patterns import Context
from penstock.pipeline.plan import Plan
from penstock.pipeline.writer import write_project
from penstock.runtime.events import Noted
from penstock.services.steps import Work


def write_files(work: Work, plans: Mapping[str, Plan]) -> None:
    """Write what is out of date; where that clashes with the owner's edits, theirs are used and it is told."""
    for file in write_project(work.project.root, Context(work.spec, plans)):
        if file.status == "conflict":
            work.listen(
                Noted(
                    f"{file.path}: your edits and what Penstock would write do not fit together; yours is used.\n"
                    f"Hint: the new text is in {file.conflict}; take from it what you want, then run again."
                )
            )
