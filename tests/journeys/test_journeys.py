"""The main job on real input: a pipeline is written and run against each provider, and its tables are right.

The providers answer over HTTP from recordings (see `tests/providers`); what the tables must hold is computed
from the same files by plain Python (see `expected.py` and `quirks.py`). What a provider does on top of answering
well is in the same journeys, so that each project is set up once.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from tests.journeys import expected, pipelines, quirks
from tests.journeys.expected import Answers
from tests.journeys.travel import assert_holds, counted, run_directly, run_well, set_up
from tests.providers.engine import BUSY, CUT, ERROR_PAGE, UNAVAILABLE, ReplayServer
from tests.providers.recorded import RECORDINGS
from tests.providers.sites import OWN, SHARED, SITES

from penstock.runtime.project import Project
from penstock.services.init import InitRequest

pytestmark = pytest.mark.slow

over_all_recordings = pytest.mark.parametrize("recordings", RECORDINGS)


@dataclass(frozen=True)
class Journey:
    """A provider, the pipeline that is set up for it, and what its tables must hold."""

    name: str
    site: str
    request: Callable[[Path, str], InitRequest]
    expected: Callable[[Path], Answers]


JOURNEYS = (
    Journey("pokeapi", "pokeapi", pipelines.pokeapi, expected.pokeapi),
    Journey("gbfs", "gbfs", pipelines.gbfs, expected.gbfs),
    Journey("gbfs3", "gbfs3", pipelines.gbfs3, quirks.gbfs3),
    Journey("openfda", "openfda", pipelines.openfda, quirks.openfda),
    Journey("recalls", "openfda", pipelines.recalls, quirks.recalls),
    Journey("datausa", "datausa", pipelines.datausa, quirks.datausa),
)
RELATIVE = Journey("pokeapi_relative", "pokeapi_relative", pipelines.pokeapi, expected.pokeapi)


@pytest.mark.parametrize(
    ("journey", "recordings"),
    [
        pytest.param(journey, *which.values, id=f"{journey.name}-{which.id}", marks=which.marks)
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
        run_well(project)
        assert_holds(project, answers)
        if recordings == OWN and journey is not RELATIVE:
            run_well(project)
            assert_holds(project, answers)


@over_all_recordings
def test_usgs_keeps_what_left_the_window_and_takes_no_error_page_for_data(recordings: Path, tmp_path: Path) -> None:
    with ReplayServer(SITES["usgs"], recordings) as server:
        project = set_up(pipelines.usgs(tmp_path, server.url))
        run_well(project)
        assert_holds(project, expected.usgs(server.recordings))
        server.poll = 1
        server.fail(ERROR_PAGE, 1)
        assert [each.exit_code for each in run_directly(project).failures] == [4]
        assert_holds(project, expected.usgs(server.recordings))
        for _ in ("new events", "the same again"):
            run_well(project)
            assert_holds(project, expected.usgs(server.recordings, polls=2))


@over_all_recordings
def test_github_may_stumble(recordings: Path, tmp_path: Path) -> None:
    with ReplayServer(SITES["github"], recordings) as server:
        project = set_up(pipelines.github(tmp_path, server.url))
        before = len(server.requests)
        server.fail(BUSY, 1)
        server.fail(UNAVAILABLE, 2)
        server.fail(CUT, 4)
        run_well(project)
        pages = len(list(server.recordings.glob("response_*.json")))
        assert len(server.requests) - before == pages + 3
        assert_holds(project, expected.github(server.recordings))
        run_well(project)
        assert_holds(project, expected.github(server.recordings))


@over_all_recordings
def test_world_bank_sends_an_error_with_status_200(recordings: Path, tmp_path: Path) -> None:
    with ReplayServer(SITES["worldbank"], recordings) as server:
        project = set_up(pipelines.worldbank(tmp_path, server.url))
        assert "records: '1'" in project.spec.read_text(encoding="utf-8")
        run_well(project)
        answers = quirks.worldbank(server.recordings)
        assert_holds(project, answers)
        spec = project.spec.read_text(encoding="utf-8")
        project.spec.write_text(spec.replace("/MX/", "/XX/"), encoding="utf-8")
        (failure,) = run_directly(project).failures
        assert (failure.exit_code, "no records at '1'" in str(failure)) == (4, True)
        error = (server.recordings / "error.json").read_bytes()
        kept = {file.parts[-5]: file for file in project.root.rglob("landing/**/*") if holds(file, error)}
        assert list(kept) == ["data_profile=refused"]
        assert_holds(project, answers)
        project.spec.write_text(spec, encoding="utf-8")
        run_well(project)
        assert_holds(project, answers)


def holds(file: Path, content: bytes) -> bool:
    return file.is_file() and file.read_bytes() == content


def test_the_program_goes_all_the_way(tmp_path: Path) -> None:
    """`init`, `run` with the default engine (dbt, where it is), `query`: as typed, each a process of its own."""
    with ReplayServer(SITES["gbfs"], OWN) as server:
        request = pipelines.gbfs(tmp_path, server.url)
        penstock(tmp_path, "init", request.folder.name, "--spec", str(request.spec))
        ran = json.loads(penstock(request.folder, "run", "--json"))
        assert ran["status"] == "ok"
        answers = expected.gbfs(server.recordings)
    project = Project.at(request.folder)
    assert_holds(project, answers)
    asked = json.loads(penstock(project.root, "query", "select count(*) as feeds from feeds", "--json"))
    assert str(len(next(iter(answers.values())))) in json.dumps(asked)


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
