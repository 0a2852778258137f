"""The project's generated files, kept up to date with the spec and the catalogs while a run goes on."""

from collections.abc import Mapping

from penstock.pipeline.patterns import Context, all_patterns
from penstock.pipeline.plan import Plan, vanished_tables
from penstock.pipeline.writer import remove_files, write_project
from penstock.runtime.events import Noted
from penstock.services.steps import Work


def write_files(work: Work, plans: Mapping[str, Plan], kept: Mapping[str, Plan]) -> None:
    """Write what is out of date; where that clashes with the owner's edits, theirs are used and it is told.

    Files of tables that the `kept` plans had and these have not are removed, unless their owner edited them.
    """
    for each in remove_files(work.project.root, _gone(work, plans, kept)):
        if each.status == "kept":
            work.listen(
                Noted(
                    f"{each.path}: no field becomes this table any more; you edited the file, so it stays.\n"
                    "Hint: delete it, or let it read what is there."
                )
            )
    for file in write_project(work.project.root, Context(work.spec, plans)):
        if file.status == "conflict":
            work.listen(
                Noted(
                    f"{file.path}: your edits and what Penstock would write do not fit together; yours is used.\n"
                    f"Hint: the new text is in {file.conflict}; take from it what you want, then run again."
                )
            )


def _gone(work: Work, plans: Mapping[str, Plan], kept: Mapping[str, Plan]) -> set[str]:
    """The files that only tables of before need."""
    old = {name: plan for name, plan in kept.items() if name in plans and vanished_tables(plan, plans.values())}
    return _paths(Context(work.spec, {**plans, **old})) - _paths(Context(work.spec, plans)) if old else set()


def _paths(context: Context) -> set[str]:
    return {path for pattern in all_patterns() for path in pattern.render(context)}
