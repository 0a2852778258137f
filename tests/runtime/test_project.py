"""The project folder, its lock, its files and its run log."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from penstock.errors import NotAProjectError, ProjectBusyError
from penstock.runtime.events import Noted, StepFinished, StepStarted
from penstock.runtime.lock import only_run
from penstock.runtime.project import Project
from penstock.runtime.run_log import RunLog, last_report, new_run

NOW = datetime(2026, 11, 21, 21, 0, tzinfo=UTC)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "penstock.yml").write_text("penstock: penstock/1\n")
    return Project.at(tmp_path)


def test_a_project_is_found_by_its_folder_or_its_spec(project: Project) -> None:
    assert Project.at(project.spec) == project
    with pytest.raises(NotAProjectError, match="penstock init"):
        Project.at(project.root / "nowhere")


def test_a_second_run_is_refused_and_a_dead_one_gives_its_lock_back(project: Project) -> None:
    hold = (
        "import sys, pathlib; from penstock.runtime.lock import only_run\n"
        "from penstock.runtime.project import Project\n"
        f"with only_run(Project(pathlib.Path({str(project.root)!r}))):\n  print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold], stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(ProjectBusyError, match="Another run"), only_run(project):
            pass
        other.kill()
    with only_run(project):
        pass


def test_the_run_log_is_up_to_date_after_every_step(project: Project) -> None:
    assert last_report(project) is None
    log = RunLog(project, new_run("bikes", NOW))
    step = StepFinished("extract", "stations", "ok", "1 page, 3 kB", 0.2, rows=7, files=1)
    for event in (StepStarted("extract", "stations"), step, Noted("take care")):
        log.hear(event)
    unfinished = last_report(project)
    assert unfinished is not None
    assert (unfinished.status, unfinished.finished, unfinished.steps) == ("running", None, (step,))
    assert log.finish("ok", NOW) == last_report(project)
    assert "take care" in log.log.read_text()
