"""How a command ends that ran steps: the document, where rows set aside are looked at, each error once."""

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from penstock.errors import PenstockError
    from penstock.runtime.run_log import RunReport
    from penstock.services.steps.working import Finished


def conclude(finished: "Finished", project: Path, *, as_json: bool) -> None:
    """Print what a program asked for, or point a person to the rows that were set aside; then the failures."""
    from penstock.cli.output import errors, print_json

    if as_json:
        print_json(as_document(finished))
    elif pointer := set_aside(finished.report, project):
        errors().print(pointer, markup=False)
    fail(finished)


def fail(finished: "Finished") -> None:
    """Say what failed, each error once, and leave with its exit code."""
    from penstock.cli.output import errors

    failures = _different(finished.failures)
    for failure in failures:
        errors().print(f"Error: {failure}", markup=False)
    if failures:
        raise typer.Exit(failures[0].exit_code)


def as_document(finished: "Finished") -> dict[str, Any]:
    """The JSON of a run; where something failed, `errors` has the reasons, in the form of `error` elsewhere."""
    from penstock.services.run import as_document as document_of

    told = [{"type": type(each).__name__, "message": str(each)} for each in _different(finished.failures)]
    return document_of(finished.report) | ({"errors": told} if told else {})


def set_aside(report: "RunReport", project: Path) -> str:
    """How many rows of which datasets are set aside, and the command that shows why; empty where there are none."""
    from penstock.runtime.wording import count

    rejected = {each.dataset: each.rejected for each in report.steps if each.rejected}
    if not rejected:
        return ""
    listed = ", ".join(f"{count(number, 'row')} of {dataset}" for dataset, number in rejected.items())
    verb = "is" if list(rejected.values()) == [1] else "are"
    where = "" if project == Path() else f" {quote(str(project))}"
    return f"{listed} {verb} set aside: penstock rejects{where} shows why"


def _different(failures: "Sequence[PenstockError]") -> "list[PenstockError]":
    """One of each: a failure of all datasets together is told for every one of them."""
    return list({str(each): each for each in failures}.values())
