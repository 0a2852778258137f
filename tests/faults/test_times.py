"""Two runs at once, a clock that goes backwards, a provider that dies in the middle of a page."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.faults.plant import Plant, command, penstock, project_for, raw_files, tables
from tests.faults.test_kill import wait_for

from penstock.errors import ProviderError
from penstock.runtime.landing import Landing
from penstock.runtime.run_log import RunLog, last_report, new_run
from penstock.services.run import run
from penstock.services.status import pipeline_status

pytestmark = pytest.mark.slow


def test_of_two_runs_at_once_one_is_refused(tmp_path: Path) -> None:
    with Plant() as plant:
        project = project_for(tmp_path / "plant", plant.url, "valves")
        handler = project.handler
        handler.write_text(
            handler.read_text().replace("import argparse\n", "import argparse\nimport time\ntime.sleep(4)\n", 1)
        )
        with subprocess.Popen(command(project), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as first:
            wait_for(project, "extract")
            second = penstock("run", str(project.root), "--engine", "duckdb")
            assert pipeline_status(project.root)[0].status == "running"
        assert (second.returncode, first.returncode) == (4, 0)
        assert "Another run works" in second.stderr
        assert len(tables(project)["main.valves"]) == len(plant.valves())


def test_the_extractors_clock_goes_backwards(tmp_path: Path) -> None:
    """The second run believes to be three days before the first; what it fetches is the newer all the same."""
    with Plant() as plant:
        project = project_for(tmp_path / "plant", plant.url)
        assert run(project.root, engine="duckdb").failures == ()
        plant.look += 1
        clock = project.handler.with_name("landing.py")
        right = "return datetime.datetime.now(datetime.UTC)"
        assert right in clock.read_text()
        clock.write_text(clock.read_text().replace(right, f"{right} - datetime.timedelta(days=3)"))
        for _ in range(2):
            assert run(project.root, engine="duckdb").failures == ()
        times = [each.request_time for each in Landing(project.root / "landing", "plant", "valves").lines()]
        assert times == sorted(set(times))
        found = tables(project)
        assert len(found["main.valves"]) == len({*range(10), *range(1, 11)})
        assert all(
            any(f"'{each['id']}'" in row and f"'{each['bar']}'" in row for row in found["main.valves"])
            for each in plant.valves()
        )
        assert len([row for row in found["main.stock"] if "None" in row]) == len(plant.valves())


def test_the_clock_of_penstock_goes_backwards(tmp_path: Path) -> None:
    """The last run is the one that was started last, whatever the clock says."""
    with Plant() as plant:
        project = project_for(tmp_path / "plant", plant.url, "valves")
    now = datetime.now(UTC)
    for number, moment in enumerate((now, now - timedelta(days=1), now - timedelta(days=2))):
        RunLog(project, new_run("plant", moment)).finish(f"run {number}", moment)
        report = last_report(project)
        assert report is not None
        assert report.status == f"run {number}"


def test_a_provider_that_dies_in_the_middle_of_a_page(tmp_path: Path) -> None:
    with Plant() as plant:
        project = project_for(tmp_path / "plant", plant.url, "valves")
        assert run(project.root, engine="duckdb").failures == ()
        good, landed = tables(project), raw_files(project, "valves")
        plant.look, plant.cut = plant.look + 1, 1
        (failure,) = run(project.root, engine="duckdb").failures
        assert isinstance(failure, ProviderError)
        assert (raw_files(project, "valves"), tables(project)) == (landed, good)
        assert pipeline_status(project.root)[0].status == "failed"
        assert run(project.root, engine="duckdb").failures == ()
        assert len(tables(project)["main.valves"]) == len(good["main.valves"]) + 1
