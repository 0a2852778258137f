"""Reports of runs: in the order of time, whatever the clock says, and kept where a run was killed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from penstock.runtime.events import StepFinished
from penstock.runtime.project import Project
from penstock.runtime.run_log import RunLog, new_run, reports

NOW = datetime(2026, 11, 21, 21, 0, tzinfo=UTC)


def project(folder: Path) -> Project:
    (folder / "penstock.yml").touch()
    return Project(folder)


def test_the_latest_report_comes_first_when_the_clock_goes_backwards(tmp_path: Path) -> None:
    place = project(tmp_path)
    made = [RunLog(place, new_run("bikes", NOW - timedelta(hours=each))).report.run for each in range(3)]
    assert made == sorted(set(made))
    assert [each.run for each in reports(place)] == made[::-1]


def test_a_run_that_was_killed_has_no_end(tmp_path: Path) -> None:
    place = project(tmp_path)
    RunLog(place, new_run("bikes", NOW)).hear(StepFinished("extract", "stations", "ok", "1 page", 0.5, rows=7))
    (killed,) = reports(place)
    assert (killed.status, killed.finished, killed.steps[0].rows) == ("running", None, 7)


def test_a_damaged_report_says_so_and_hides_no_other(tmp_path: Path) -> None:
    place = project(tmp_path)
    RunLog(place, new_run("bikes", NOW)).finish("ok", NOW)
    (place.runs / "20261122T210000.000000Z.json").write_text('{"run": ')
    (place.runs / "notes.json").write_text("{}")
    assert [each.status for each in reports(place)] == ["unreadable", "ok"]
    RunLog(place, new_run("bikes", NOW))
    assert [each.status for each in reports(place)] == ["running", "unreadable", "ok"]


def test_what_a_killed_run_left_half_written_is_removed(tmp_path: Path) -> None:
    place = project(tmp_path)
    RunLog(place, new_run("bikes", NOW)).finish("ok", NOW)
    left = place.runs / ".20261121T210000.000000Z.json.abc.tmp"
    left.write_text("{")
    RunLog(place, new_run("bikes", NOW + timedelta(hours=1)))
    assert not left.exists()
    assert [each.status for each in reports(place)] == ["running", "ok"]


def test_a_run_goes_on_where_its_log_cannot_be_written(tmp_path: Path) -> None:
    place = project(tmp_path)
    log = RunLog(place, new_run("bikes", NOW))
    log.log.mkdir()
    log.write("told to nobody")
    assert log.finish("failed", NOW).status == "failed"
    assert [each.status for each in reports(place)] == ["failed"]
