"""Builds tables again from the raw files that landed: all, or those of some days; or a database that is lost."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from penstock.errors import InputError
from penstock.pipeline.spec.load import load_spec
from penstock.runtime.events import Listener, Noted, ignore
from penstock.runtime.losses import give_up
from penstock.runtime.project import Project
from penstock.runtime.reopening import is_damage, read_landing, reopen
from penstock.services.look import warehouse_path
from penstock.services.losses import losses_of
from penstock.services.run import chosen_of
from penstock.services.steps import Work
from penstock.services.steps.load import load
from penstock.services.steps.normalise import normalise
from penstock.services.steps.profile import profile
from penstock.services.steps.warehouse import writing
from penstock.services.steps.working import Finished, work_in


def replay(
    folder: Path,
    *,
    since: str | None = None,
    datasets: Collection[str] = (),
    catalog: bool = False,
    lost: Collection[Path] = (),
    engine: str | None = None,
    listen: Listener = ignore,
) -> Finished:
    """Build the tables of the datasets (none named: all) again from their raw files; nothing is fetched.

    With `since`, a UTC day such as `2026-11-21`, only the records of the fetches of that day and later go through the
    tables again; else the tables are built from everything that the manifest says has landed, and what it does not name
    any more leaves them. With `catalog` the catalogs are counted anew first; what people wrote in them stays. A
    database that is damaged is moved aside when everything is replayed. Raw files that are `lost` are given up: the
    manifest says so from now on.

    Raises:
        InputError: The project, the spec, the day or a dataset's name is wrong; nothing was changed.
        ProjectBusyError: A run works in the project.
    """
    project = Project.at(folder)
    spec = load_spec(project.spec)
    chosen = chosen_of(spec, datasets)
    day = _day(since)
    if lost and day:
        raise InputError("Files are given up in a replay of everything.\nHint: leave out --since.")
    losses = losses_of(project, spec, lost, chosen)

    def do(work: Work) -> None:
        give_up(losses, datetime.now(UTC))
        if day is None and not datasets:
            _move_damaged(work)
        names: list[str] = chosen
        if catalog:
            names = profile(replace(work, counts_anew=frozenset(names)), names)
        # They wait before they are built, so that a replay that dies is finished by the next run.
        with writing(work) as connection:
            for name in names:
                reopen(connection, name, spec.datasets[name].writing_mode, day)
        names = load(work if day else replace(work, forgets=frozenset(names)), names)
        normalise(work if day else replace(work, starts_over=frozenset(names)), names)

    return work_in(project, spec, do, engine, listen)


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text!r} is no day.\nHint: write it as 2026-11-21; days are UTC.") from None


def _move_damaged(work: Work) -> None:
    """Move a database aside that cannot be read; one that is in use or may not be opened is none."""
    import duckdb

    path = warehouse_path(work.project)
    if not path.is_file():
        return
    try:
        with duckdb.connect(path) as connection:
            read_landing(connection)
    except duckdb.Error as error:
        if not is_damage(error):
            return
        aside = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
        path.replace(aside)
        log = path.with_name(f"{path.name}.wal")
        if log.exists():
            log.replace(aside.with_name(f"{aside.name}.wal"))
        work.listen(Noted(f"{path} is damaged and was moved to {aside.name}; a new one is made from the raw files."))
