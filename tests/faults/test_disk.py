"""A disk that is full, a folder that may not be written to, raw files and databases that are damaged."""

import os
import re
import resource
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from tests.faults.plant import Plant, command, half_files, penstock, project_for, raw_files, segments, tables

from penstock.errors import LandingError
from penstock.runtime.project import Project
from penstock.services.run import run
from penstock.services.status import pipeline_status

pytestmark = pytest.mark.slow

Damage = Callable[[Path], object]


@pytest.mark.parametrize("kilobytes", [0.1, 1, 2])
def test_no_room_to_write(tmp_path: Path, kilobytes: float) -> None:
    """No file may grow beyond a limit, which stops a write as a full disk does; works without being root."""
    with Plant() as plant:
        project = project_for(tmp_path / "plant", plant.url)
        done = subprocess.run(
            command(project), capture_output=True, text=True, check=False, preexec_fn=lambda: limit(kilobytes)
        )
        assert done.returncode in {1, 4}
        assert "Error: " in done.stderr
        assert "Hint: " in done.stderr
        assert "Traceback" not in done.stderr
        assert re.search("too large|database", done.stderr)
        assert half_files(project) == []
        assert pipeline_status(project.root)[0].status in {"failed", "died", "never run"}
        assert run(project.root, engine="duckdb").failures == ()
        assert len(tables(project)["main.valves"]) == len(plant.valves())
        assert len(tables(project)["main.readings"]) == len(plant.readings())


@pytest.mark.parametrize("room", [6, 60, 500])
def test_a_full_disk(tmp_path: Path, room: int) -> None:
    """A disk of its own in memory, filled up to some kilobytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    options = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(options, capture_output=True, check=False).returncode != 0:
        pytest.skip("a disk in memory can only be mounted by root")
    try:
        with Plant() as plant:
            project = project_for(disk / "plant", plant.url)
            filler = disk / "filler"
            filler.write_bytes(b"\0" * (shutil.disk_usage(disk).free - room * 1024))
            done = penstock("run", str(project.root), "--engine", "duckdb")
            assert done.returncode in {1, 4}
            assert "no space left" in done.stderr.lower()
            assert "Hint: " in done.stderr
            assert "Traceback" not in done.stderr
            assert half_files(project) == []
            assert pipeline_status(project.root)[0].status in {"failed", "died", "never run"}
            filler.unlink()
            assert run(project.root, engine="duckdb").failures == ()
            assert len(tables(project)["main.valves"]) == len(plant.valves())
            assert len(tables(project)["main.readings"]) == len(plant.readings())
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def limit(kilobytes: float) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(kilobytes * 1024), int(kilobytes * 1024)))


@pytest.mark.parametrize("place", ["landing", "catalog", ".penstock/runs", "."])
def test_a_folder_that_may_only_be_read(tmp_path: Path, place: str) -> None:
    with Plant() as plant:
        project = project_for(tmp_path / "plant", plant.url, "valves")
        (project.root / place).mkdir(parents=True, exist_ok=True)
        with ReadOnly(project.root / place):
            done = unprivileged(project)
        assert done.returncode in {1, 4}, done.stderr
        assert "ermission denied" in done.stderr
        assert "Hint: " in done.stderr
        assert "Traceback" not in done.stderr
        assert run(project.root, engine="duckdb").failures == ()
        assert len(tables(project)["main.valves"]) == len(plant.valves())


class ReadOnly:
    """Takes the right to write away from a folder for a while."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mode = stat.S_IMODE(folder.stat().st_mode)

    def __enter__(self) -> None:
        self.folder.chmod(0o555)

    def __exit__(self, *error: object) -> None:
        self.folder.chmod(self.mode)


def unprivileged(project: Project) -> "subprocess.CompletedProcess[str]":
    """A run that has no more rights than others: root may write everywhere, so it drops what makes it so."""
    options = command(project)
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root may write everywhere, and setpriv is not there to give that up")
        options = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", *options]
    return subprocess.run(options, capture_output=True, text=True, check=False)


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    place = data.index(b"bar") + 6
    data[place] = ord("9") if data[place] != ord("9") else ord("8")
    file.write_bytes(data)


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


@pytest.mark.parametrize("damage", [flip, truncate, Path.unlink])
@pytest.mark.parametrize("engine", ["profile", "normalise"])
def test_a_raw_file_that_changed_after_it_landed(tmp_path: Path, damage: Damage, engine: str) -> None:
    """It is found before a record of it is counted or becomes a row; other datasets go on; it can be mended."""
    with Plant() as plant:
        project = project_for(tmp_path / "plant", plant.url)
        before = "extract" if engine == "profile" else "load"
        assert run(project.root, last=before, engine="duckdb").failures == ()
        file = raw_files(project, "valves")[0]
        whole = file.read_bytes()
        damage(file)
        finished = run(project.root, first=engine, engine="duckdb")
        (failure,) = finished.failures
        assert isinstance(failure, LandingError)
        assert str(file) in str(failure)
        assert "Hint: " in str(failure)
        assert pipeline_status(project.root)[0].status == "failed"
        assert "main.valves" not in tables(project)
        assert len(tables(project)["main.stock"]) == len(plant.valves())
        file.write_bytes(whole)
        assert run(project.root, first="profile", engine="duckdb").failures == ()
        assert len(tables(project)["main.valves"]) == len(plant.valves())


def test_a_damaged_raw_file_without_a_copy(tmp_path: Path) -> None:
    """Moved away it lands again where the provider still says the same; else its line can be taken out."""
    with Plant() as plant:
        project = project_for(tmp_path / "plant", plant.url, "valves")
        assert run(project.root, last="extract", engine="duckdb").failures == ()
        damaged = raw_files(project, "valves")[0]
        truncate(damaged)
        assert run(project.root, first="profile", engine="duckdb").failures
        shutil.move(damaged, tmp_path / "damaged.json")
        assert run(project.root, engine="duckdb").failures == ()
        assert len(tables(project)["main.valves"]) == len(plant.valves())

        plant.look += 1
        assert run(project.root, last="extract", engine="duckdb").failures == ()
        lost = max(raw_files(project, "valves"), key=lambda each: each.stat().st_mtime)
        lost.unlink()
        plant.look += 1
        assert run(project.root, engine="duckdb").failures
        for segment in segments(project, "valves"):
            lines = segment.read_text().splitlines(keepends=True)
            segment.write_text("".join(each for each in lines if lost.stem not in each))
        assert run(project.root, engine="duckdb").failures == ()
        found = tables(project)["main.valves"]
        assert all(any(f"'{each['id']}'" in row for row in found) for each in plant.valves())


def overwrite_head(file: Path) -> None:
    file.write_bytes(b"\0" * 4096 + file.read_bytes()[4096:])


def cut_in_half(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def fill_middle(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[:12288] + b"\xff" * (len(data) - 12288))


def leave_wal(file: Path) -> None:
    file.with_name(f"{file.name}.wal").write_bytes(b"half of a log")


@pytest.mark.parametrize("damage", [overwrite_head, cut_in_half, fill_middle, leave_wal])
def test_a_damaged_database_is_made_again_from_the_landing_zone(tmp_path: Path, damage: Damage) -> None:
    with Plant() as plant:
        project = project_for(tmp_path / "plant", plant.url)
        assert run(project.root, engine="duckdb").failures == ()
        good = tables(project)
        database = project.root / "warehouse.duckdb"
        damage(database)
        done = penstock("run", str(project.root), "--engine", "duckdb", "--from", "load")
        if done.returncode == 0 and damage is leave_wal:
            assert tables(project) == good
            return
        if done.returncode == 0:
            # DuckDB tells of what is missing only when it is read, and this run had nothing to read there.
            with pytest.raises(duckdb.Error):
                tables(project)
        else:
            assert "Hint: " in done.stderr
            assert "Traceback" not in done.stderr
            assert "warehouse.duckdb" in done.stderr
            assert pipeline_status(project.root)[0].status in {"failed", "died"}
        for each in project.root.glob("warehouse.duckdb*"):
            each.rename(tmp_path / each.name)
        assert run(project.root, first="load", engine="duckdb").failures == ()
        assert tables(project) == good
