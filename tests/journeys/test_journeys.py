"""The main job on real input: a pipeline is written and run against each provider, and its tables are right.

The providers answer over HTTP from recordings (see `tests/providers`); what the tables must hold is computed
from the same files by plain Python (see `expected.py`).
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from tests.journeys import expected, pipelines
from tests.journeys.expected import Answers
from tests.providers.engine import BUSY, CUT, ERROR_PAGE, UNAVAILABLE, ReplayServer
from tests.providers.recorded import RECORDINGS
from tests.providers.sites import OWN, SHARED, SITES

from penstock.runtime.http import HttpFetch
from penstock.runtime.project import Project
from penstock.services.init import InitRequest, init
from penstock.services.look import query
from penstock.services.run import Finished, run

pytestmark = pytest.mark.slow

over_all_recordings = pytest.mark.parametrize("recordings", RECORDINGS)


@dataclass(frozen=True)
class Journey:
    """A provider, the pipeline that is set up for it, and what its tables must hold."""

    site: str
    request: Callable[[Path, str], InitRequest]
    expected: Callable[[Path], Answers]


JOURNEYS = (
    Journey("usgs", pipelines.usgs, expected.usgs),
    Journey("github", pipelines.github, expected.github),
    Journey("pokeapi", pipelines.pokeapi, expected.pokeapi),
    Journey("gbfs", pipelines.gbfs, expected.gbfs),
    Journey("openfda", pipelines.openfda, expected.openfda),
)
RELATIVE = Journey("pokeapi_relative", pipelines.pokeapi, expected.pokeapi)


def set_up(request: InitRequest) -> Project:
    """The project as `penstock init` writes it."""
    return Project.at(init(request, HttpFetch(), os.environ).folder)


def run_directly(project: Project) -> Finished:
    """One run without dbt; its failures are seen by the caller."""
    return run(project.root, engine="duckdb")


def assert_holds(project: Project, answers: Answers) -> None:
    """Every query answers exactly the expected rows, in any order."""
    for sql, rows in answers.items():
        found = query(project, sql, limit=100_000)
        assert counted(found.rows) == counted(rows), sql


def counted(rows: Iterable[tuple[object, ...]]) -> Counter[tuple[object, ...]]:
    return Counter(tuple(comparable(value) for value in row) for row in rows)


def comparable(value: object) -> object:
    """Numbers are equal by value, whatever holds them; true is not 1 and "076" is not 76."""
    if isinstance(value, bool):
        return f"boolean {value}"
    return Decimal(str(value)) if isinstance(value, int | float | Decimal) else value


@pytest.mark.parametrize(
    ("journey", "recordings"),
    [
        pytest.param(journey, *which.values, id=f"{journey.site}-{which.id}", marks=which.marks)
        for which in RECORDINGS
        # Links without a host are a matter of the extractor alone: one set is enough.
        for journey in (JOURNEYS if which.values == (SHARED,) else (*JOURNEYS, RELATIVE))
    ],
)
def test_tables_hold_what_the_raw_files_hold(journey: Journey, recordings: Path, tmp_path: Path) -> None:
    with ReplayServer(SITES[journey.site], recordings) as server:
        project = set_up(journey.request(tmp_path, server.url))
        answers = journey.expected(server.recordings)
        assert any(answers.values())
        for _ in ("first run", "second run, which doubles nothing"):
            finished = run_directly(project)
            assert (finished.failures, finished.report.status) == ((), "ok")
            assert {step.rejected for step in finished.report.steps} == {0}
            assert_holds(project, answers)


@over_all_recordings
def test_what_left_the_window_stays(recordings: Path, tmp_path: Path) -> None:
    with ReplayServer(SITES["usgs"], recordings) as server:
        project = set_up(pipelines.usgs(tmp_path, server.url))
        for server.poll in (0, 1, 1):
            assert run_directly(project).failures == ()
            assert_holds(project, expected.usgs(server.recordings, polls=server.poll + 1))


@over_all_recordings
def test_a_provider_that_stumbles_changes_nothing(recordings: Path, tmp_path: Path) -> None:
    with ReplayServer(SITES["github"], recordings) as server:
        project = set_up(pipelines.github(tmp_path, server.url))
        before = len(server.requests)
        server.fail(BUSY, 1)
        server.fail(UNAVAILABLE, 2)
        server.fail(CUT, 4)
        assert run_directly(project).failures == ()
        assert_holds(project, expected.github(server.recordings))
        pages = len(list(server.recordings.glob("response_*.json")))
        assert len(server.requests) - before == pages + 3


@over_all_recordings
def test_an_error_page_is_never_data(recordings: Path, tmp_path: Path) -> None:
    with ReplayServer(SITES["usgs"], recordings) as server:
        project = set_up(pipelines.usgs(tmp_path, server.url))
        run_directly(project)
        server.poll = 1
        server.fail(ERROR_PAGE, 1)
        assert run_directly(project).failures
        assert_holds(project, expected.usgs(server.recordings, polls=1))
        assert run_directly(project).failures == ()
        assert_holds(project, expected.usgs(server.recordings, polls=2))


def test_dbt_makes_the_same_tables(tmp_path: Path) -> None:
    with ReplayServer(SITES["gbfs"], OWN) as server:
        project = set_up(pipelines.gbfs(tmp_path, server.url))
        finished = run(project.root, engine="dbt")
        assert (finished.failures, finished.report.status) == ((), "ok")
        assert_holds(project, expected.gbfs(server.recordings))


def test_the_program_goes_all_the_way(tmp_path: Path) -> None:
    """`init`, `run` with whatever engine is the default, `query`: as typed, each a process of its own."""
    with ReplayServer(SITES["usgs"], OWN) as server:
        url = f"{server.url}/feed/all_week.geojson"
        penstock(tmp_path, "init", "quakes", "--url", url, "--provider", "usgs", "--dataset", "earthquakes")
        ran = json.loads(penstock(tmp_path / "quakes", "run", "--json"))
        assert ran["status"] == "ok"
        answers = expected.usgs(server.recordings)
    project = Project.at(tmp_path / "quakes")
    assert_holds(project, answers)
    asked = json.loads(penstock(project.root, "query", "select count(*) as events from earthquakes", "--json"))
    assert str(len(next(iter(answers.values())))) in json.dumps(asked)
    assert server.url in project.spec.read_text(encoding="utf-8")


def penstock(folder: Path, *arguments: str) -> str:
    """What the program answers; it must end well."""
    program = Path(sys.executable).with_name("penstock")
    done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.parametrize(
    ("one", "other", "are_equal"),
    [
        (2, 2.0, True),
        (2, Decimal("2.00"), True),
        (True, 1, False),
        ("076", 76, False),
        ("2", 2, False),
        (None, "", False),
        (0, None, False),
    ],
)
def test_values_are_compared_by_what_they_are(one: object, other: object, are_equal: bool) -> None:
    assert (counted([(one,)]) == counted([(other,)])) is are_equal


def test_a_row_that_comes_twice_is_seen() -> None:
    assert counted([("a", 1)]) != counted([("a", 1), ("a", 1)])
