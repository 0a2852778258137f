"""kill -9 at any moment: the next run goes on, and at the end the tables are those of a run that nobody disturbed."""

import os
import random
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest
from tests.faults.plant import MODES, Plant, command, half_files, project_for, segments, tables

from penstock.catalog.file.document import read_catalog
from penstock.errors import ProjectBusyError
from penstock.runtime.landing import Landing
from penstock.runtime.lock import is_locked
from penstock.runtime.project import Project
from penstock.services.run import run
from penstock.services.status import pipeline_status

pytestmark = pytest.mark.slow

STEPS = ("extract", "profile", "load", "normalise")
LENGTH = {"extract": 1.2, "profile": 0.15, "load": 0.25, "normalise": 0.8}
"""Seconds that a step may take: the kill comes at a random moment of it."""


def test_kills_lose_and_double_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    moments = random.Random(20261121)
    with Plant() as plant:
        project = project_for(tmp_path / "plant", plant.url)
        kills: Counter[str] = Counter()
        for number in range(25):
            step = STEPS[number % 4]
            kills[kill_in(project, step, moments.uniform(0, LENGTH[step]), command(project))] += 1
            wait_until_free(project)
            assert pipeline_status(project.root)[0].status in {"died", "ok"}, log_of(project, set())[-2000:]
            plant.look += 1
        for _ in ("the run that was begun", "one that asks for everything again"):
            assert run(project.root, engine="duckdb").failures == ()
            assert pipeline_status(project.root)[0].status == "ok"
        assert_right(project, plant)
    with capsys.disabled():
        print(f"\nkill -9 without dbt: {dict(kills)}")
    assert sum(kills[step] for step in STEPS) >= 15


def test_kills_of_dbt_lose_and_double_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("dbt.adapters.duckdb", reason="dbt is not installed")
    moments = random.Random(7)
    with Plant() as plant:
        project = project_for(tmp_path / "plant", plant.url)
        kills: Counter[str] = Counter()
        for _ in range(3):
            assert run(project.root, last="load", engine="duckdb").failures == ()
            options = command(project, "--from", "load", engine="dbt")
            kills[kill_in(project, "normalise", moments.uniform(2, 9), options)] += 1
            wait_until_free(project)
            plant.look += 1
        assert run(project.root, last="load", engine="duckdb").failures == ()
        assert run(project.root, engine="dbt").failures == ()
        assert_right(project, plant)
    with capsys.disabled():
        print(f"\nkill -9 with dbt: {dict(kills)}")


def test_a_program_that_outlives_its_run_keeps_others_out(tmp_path: Path) -> None:
    """Only Penstock is killed; the extractor that it started waits for the provider a little longer."""
    with Plant() as plant:
        project = project_for(tmp_path / "plant", plant.url, "valves")
        handler = project.handler
        handler.write_text(
            handler.read_text().replace("import argparse\n", "import argparse\nimport time\ntime.sleep(3)\n", 1)
        )
        with subprocess.Popen(command(project), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            wait_for(project, "extract")
            time.sleep(0.3)
            process.kill()
        assert pipeline_status(project.root)[0].status == "running"
        with pytest.raises(ProjectBusyError):
            run(project.root, engine="duckdb")
        wait_until_free(project)
        assert pipeline_status(project.root)[0].status == "died"
        assert run(project.root, engine="duckdb").failures == ()


def kill_in(project: Project, step: str, delay: float, options: list[str]) -> str:
    """Run, wait for a step and some more, kill; the step that was on then, or that the run was over."""
    before = set(project.runs.glob("*.log"))
    with subprocess.Popen(
        options, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        wait_for(project, step, before, process)
        try:
            process.wait(delay)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
    started = [line.split()[1] for line in log_of(project, before).splitlines() if line.endswith(": started")]
    return started[-1] if process.returncode == -signal.SIGKILL and started else "over"


def wait_for(
    project: Project, step: str, before: set[Path] | None = None, process: "subprocess.Popen[bytes] | None" = None
) -> None:
    """Until the log of the run that is not in `before` says that the step has started."""
    for _ in range(12_000):
        if f" {step} " in log_of(project, before or set()) or (process is not None and process.poll() is not None):
            return
        time.sleep(0.005)
    pytest.fail(f"the run does not come to the step {step}")


def log_of(project: Project, before: set[Path]) -> str:
    return "".join(each.read_text() for each in sorted(set(project.runs.glob("*.log")) - before))


def wait_until_free(project: Project) -> None:
    """The extractor that the dead run started ends with its next word."""
    for _ in range(3000):
        if not is_locked(project):
            return
        time.sleep(0.02)
    pytest.fail("a program of the dead run goes on for ever")


def assert_right(project: Project, plant: Plant) -> None:
    """The keyed tables hold what the provider has; all tables and counts are those of an undisturbed run over raw."""
    found = tables(project)
    assert_landed_once(project)
    assert half_files(project) == []
    bars = {each["id"]: each["bar"] for each in plant.valves()}
    newest = {row for row in found["main.valves"] if any(f"'{name}'" in row for name in bars)}
    assert all(any(f"'{name}'" in row and f"'{bar}'" in row for row in newest) for name, bar in bars.items())
    open_stock = [row for row in found["main.stock"] if "None" in row]
    assert len(open_stock) == len(bars)
    before = {name: read_catalog(project.catalog(name)) for name in MODES}
    (project.root / "warehouse.duckdb").unlink()
    for name in MODES:
        project.catalog(name).unlink()
        project.plan(name).unlink()
    assert run(project.root, first="profile", engine="duckdb").failures == ()
    again = tables(project)
    assert {name: len(rows) for name, rows in found.items()} == {name: len(rows) for name, rows in again.items()}
    assert found == again
    after = {name: read_catalog(project.catalog(name)) for name in MODES}
    assert {name: each.records for name, each in before.items()} == {name: each.records for name, each in after.items()}


def assert_landed_once(project: Project) -> None:
    """Each run that is complete has each of its pages once; every page that counts is there, whole."""
    for name in MODES:
        landing = Landing(project.root / "landing", "plant", name)
        lines = list(landing.lines())
        assert [each.request_time for each in lines] == sorted({each.request_time for each in lines})
        pages = Counter((each.run, each.page) for each in lines if each.event == "fetch")
        assert set(pages.values()) == {1}
        assert all(len(landing.read(each)) == each.bytes for each in lines if each.outcome == "landed")
        assert segments(project, name)
