"""A project where a run works, a database that another program has open, one that is no database."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.faults.plant import Plant, penstock, project_for

from penstock.runtime.project import Project
from penstock.services.run import run

pytestmark = pytest.mark.slow

A_RUN = """
import sys
from pathlib import Path
import duckdb
from penstock.runtime.lock import only_run
from penstock.runtime.project import Project
with only_run(Project.at(Path(sys.argv[1]))), duckdb.connect(sys.argv[1] + "/warehouse.duckdb"):
    print("ready", flush=True)
    sys.stdin.read()
"""

A_PROGRAM = """
import sys, duckdb
with duckdb.connect(sys.argv[1] + "/warehouse.duckdb"):
    print("ready", flush=True)
    sys.stdin.read()
"""


@contextmanager
def working(project: Project, program: str) -> Iterator[int]:
    """Another process that does what `program` says, until the end of the block; its id."""
    options = [sys.executable, "-c", program, str(project.root)]
    with subprocess.Popen(options, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        yield process.pid
        process.communicate(b"")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    with Plant() as plant:
        project = project_for(tmp_path / "plant", plant.url, "valves")
        assert run(project.root, engine="duckdb").failures == ()
    return project


@pytest.mark.parametrize("command", [["replay"], ["rejects", "--retry"], ["run"]])
def test_while_a_run_works_nothing_else_writes(project: Project, command: list[str]) -> None:
    with working(project, A_RUN):
        refused = penstock(command[0], str(project.root), "--engine", "duckdb", *command[1:])
    assert (refused.returncode, "Another run works in" in refused.stderr) == (4, True), refused.stderr


@pytest.mark.parametrize(
    "command",
    [["run", "--from", "load"], ["run", "--from", "normalise"], ["replay"], ["rejects", "--retry"], ["rejects"]],
)
def test_a_database_that_another_program_has_open(project: Project, command: list[str]) -> None:
    logs = set(project.runs.glob("*.log"))
    with working(project, A_PROGRAM) as process:
        engine = [] if command == ["rejects"] else ["--engine", "duckdb"]
        refused = penstock(command[0], str(project.root), *engine, *command[1:])
    assert refused.returncode == 4, refused.stderr
    assert "Another program has the database" in refused.stderr
    assert f"process {process}" in refused.stderr
    assert "move it away" not in refused.stderr
    for log in set(project.runs.glob("*.log")) - logs:
        assert "Another program has the database" in log.read_text()
    assert penstock(command[0], str(project.root), *engine, *command[1:]).returncode == 0


@pytest.mark.parametrize("command", [["run", "--from", "load"], ["rejects"]])
def test_a_file_that_is_no_database(project: Project, command: list[str]) -> None:
    (project.root / "warehouse.duckdb").write_bytes(b"no database" * 1000)
    refused = penstock(command[0], str(project.root), *command[1:])
    assert refused.returncode == 1, refused.stderr
    assert "is damaged" in refused.stderr
    assert "penstock replay" in refused.stderr
    assert penstock("replay", str(project.root), "--engine", "duckdb").returncode == 0
    assert penstock("rejects", str(project.root)).returncode == 0
