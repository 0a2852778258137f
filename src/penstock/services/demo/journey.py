"""The demo: what a user does from an API to tables, against a small provider on this machine, told step by step."""

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from shlex import quote
from shutil import which
from typing import Final

from penstock.pipeline.patterns import Context
from penstock.pipeline.spec.load import load_spec
from penstock.pipeline.writer import write_project
from penstock.runtime.events import Listener, Said, Tabled, Typed, ignore
from penstock.runtime.http import HttpFetch
from penstock.runtime.project import Project
from penstock.runtime.run_log import RunReport
from penstock.services.demo.provider import DemoProvider
from penstock.services.demo.story import (
    BUSIEST,
    DOCKS,
    FEEDS,
    FILES,
    NEWS,
    PROJECT,
    PROVIDER,
    VARIABLE,
    datasets_text,
)
from penstock.services.init import InitRequest, plan_init, write_new_project
from penstock.services.look import list_tables, query
from penstock.services.run import run

FINISHED: Final = "main"
"""The schema of the finished tables."""


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demo leaves behind."""

    project: Project
    first: RunReport
    second: RunReport
    """The run half an hour (of the provider's time) later."""


def run_demo(
    folder: Path, *, listen: Listener = ignore, engine: str | None = None, environment: Mapping[str, str] = os.environ
) -> DemoResult:
    """Start the demo provider, then write, run and query a pipeline in `folder`, or in the next free one beside it.

    Args:
        folder: where the project is made; the provider is gone at the end, the project stays.
        listen: hears what is said, typed and shown, and the steps of the runs.
        engine: `dbt` or `duckdb`; by default dbt where it is installed.
        environment: for git; the token needs not be in it.

    Raises:
        PenstockError: a step failed, which should not happen.
    """
    with DemoProvider() as provider:
        guide = _Guide(free_folder(folder) / PROJECT, provider, listen, engine)
        guide.write(environment)
        guide.add_feeds()
        guide.keep_token()
        first = guide.run()
        guide.look()
        second = guide.come_back()
    guide.say_goodbye()
    return DemoResult(Project.at(guide.folder), first, second)


def free_folder(folder: Path) -> Path:
    """The folder itself, or `folder-2`, `folder-3`, … where there is something already."""
    names = (folder if turn == 1 else folder.with_name(f"{folder.name}-{turn}") for turn in count(1))
    return next(each for each in names if not each.exists() or (each.is_dir() and not any(each.iterdir())))


def how_to_activate(programs: Path, found: str | None) -> str:
    """The command after which a shell finds `penstock`; empty where it does, or where there is no such command."""
    script = programs / "activate"
    return "" if found or not script.is_file() else f". {quote(str(script))}"


@dataclass(frozen=True, slots=True)
class _Guide:
    folder: Path
    provider: DemoProvider
    listen: Listener
    engine: str | None

    def write(self, environment: Mapping[str, str]) -> None:
        """One call to the URL, then the project."""
        self._say(
            f"A bike-share provider has been started on this machine: {self.provider.url}. It has public feeds "
            "(GBFS 2.3), and trips in pages that need a token. A pipeline begins with one URL:"
        )
        url = f"{self.provider.trips_url}?since=2026-05-03"
        place = quote(str(self.folder.parent))
        self._type(f"mkdir {place}; cd {place}")
        self._type(f"export {VARIABLE}=…")
        self._type(f"penstock init {PROJECT} --url {quote(url)} --provider {PROVIDER} --dataset trips")
        request = InitRequest(self.folder, url=url, provider=PROVIDER, dataset="trips")
        proposal = plan_init(request, HttpFetch(), {**environment, VARIABLE: self.provider.token})
        reasons = [(each.name, each.value, " ".join(each.evidence)) for each in proposal.decisions]
        self._show(("proposed", "value", "because"), reasons)
        created = write_new_project(request, proposal, environment)
        self._say("The pipeline has been written: plain files that are yours and run without Penstock.")
        self._show(("file", "what it is"), [(each, FILES[each]) for each in created.files if each in FILES])

    def add_feeds(self) -> None:
        """The spec is changed as a user would, and the files are written again."""
        text = datasets_text((name, self.provider.feed_url(name)) for name in FEEDS)
        self._say(f"Three public feeds of the same provider are added to penstock.yml, under datasets:\n\n{text}")
        self._type(f"cd {PROJECT}")
        project = Project.at(self.folder)
        with project.spec.open("a", encoding="utf-8") as file:
            file.write(text)
        self._type("penstock build")
        write_project(project.root, Context(load_spec(project.spec)))

    def keep_token(self) -> None:
        """Secrets stand in a file that git ignores, and in no other."""
        self._type(f'echo "{VARIABLE}=${VARIABLE}" > .env')
        file = self.folder / ".env"
        file.touch(mode=0o600)
        file.write_text(f"{VARIABLE}={self.provider.token}\n", encoding="utf-8")

    def run(self) -> RunReport:
        """All steps for all datasets."""
        self._type("penstock run")
        finished = run(self.folder, engine=self.engine, listen=self.listen)
        if finished.failures:
            raise finished.failures[0]
        return finished.report

    def look(self) -> None:
        """Tables, and questions that need their nested parts."""
        if self.provider.has_refused:
            self._say("The provider refused a page of trips once (429); the extractor waited and asked again.")
        self._say(
            "Nested lists have become tables with keys between them, and a map whose keys are data has become rows. "
            "These are the finished tables; those of landing and staging, and what was set aside, stand beside them:"
        )
        self._type("penstock show")
        tables = [each for each in list_tables(Project.at(self.folder)) if each.schema == FINISHED]
        self._show(("table", "rows", "columns"), [(each.name, each.rows, each.columns) for each in tables])
        for sql in (BUSIEST, DOCKS, NEWS):
            self._ask(sql)

    def come_back(self) -> RunReport:
        """A second run brings what is new."""
        self.provider.move_on()
        self._say(
            "Half an hour passes at the provider: trips end, a wrong charge is refunded. "
            "The next run asks only for the trips that changed since:"
        )
        report = self.run()
        self._ask(NEWS)
        return report

    def say_goodbye(self) -> None:
        """Where to look next."""
        self._say(
            f"That was all. The provider has stopped; the pipeline stays in {self.folder}: the answers as they came in "
            "landing/, what was counted in catalog/, the models of the tables in dbt/, the log of each run in "
            ".penstock/runs/."
        )
        self._type(f"cd {quote(str(self.folder))}")
        if activate := how_to_activate(Path(sys.executable).parent, which("penstock")):
            self._type(activate)
        self._type("penstock status")
        self._type("penstock query 'from trips__legs limit 3'")
        self._say("Then with an API of your own:")
        self._type("penstock init NAME --url URL")

    def _ask(self, sql: str) -> None:
        self._type(f"penstock query {quote(sql)}")
        found = query(Project.at(self.folder), sql)
        self._show(found.columns, found.rows)

    def _show(self, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
        self.listen(Tabled(columns, tuple(rows)))

    def _say(self, text: str) -> None:
        self.listen(Said(text))

    def _type(self, command: str) -> None:
        self.listen(Typed(command))
