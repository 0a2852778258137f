"""A run against a real provider on loopback: what fails is said with its exit code, and nothing is lost or doubled."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from penstock.errors import (
    ExtractionError,
    InputError,
    LandingError,
    MissingSecretError,
    PlanError,
    ProjectBusyError,
    ProviderError,
    SpecError,
    UnknownDatasetError,
    UnknownStepError,
    WarehouseError,
)
from penstock.pipeline.patterns import Context
from penstock.pipeline.spec.load import load_spec
from penstock.pipeline.writer import write_project
from penstock.runtime.events import Event, Noted, StepFinished, StepProgressed
from penstock.runtime.lock import is_locked, only_run
from penstock.runtime.project import Project
from penstock.runtime.run_log import last_report
from penstock.services.demo.provider import DemoProvider
from penstock.services.run import as_document, run
from penstock.services.status import pipeline_status
from penstock.services.steps.working import Finished

TOKEN = "BIKES_TOKEN"


@pytest.fixture
def provider() -> Iterator[DemoProvider]:
    with DemoProvider(busy=False) as running:
        yield running


@pytest.fixture
def project(tmp_path: Path, provider: DemoProvider) -> Path:
    spec = f"""\
penstock: penstock/1
name: bikes
provider:
  name: harbour
  base_url: {provider.url}
  retries: 0
datasets:
  status:
    endpoint: {provider.feed_url("station_status")}
    records: data.stations
    key: [station_id]
  trips:
    endpoint: /v1/trips
    records: trips
    key: [trip_id]
    auth:
      kind: bearer
      token_env: {TOKEN}
    paging:
      kind: page_number
"""
    (tmp_path / "penstock.yml").write_text(spec)
    (tmp_path / ".env").write_text(f"{TOKEN}={provider.token}\n")
    write_project(tmp_path, Context(load_spec(tmp_path / "penstock.yml")))
    return tmp_path


def change(project: Path, old: str, new: str) -> None:
    spec = project / "penstock.yml"
    assert old in spec.read_text()
    spec.write_text(spec.read_text().replace(old, new))


def counts(project: Path) -> dict[str, int]:
    with duckdb.connect(project / "warehouse.duckdb", read_only=True) as connection:
        names = connection.execute("select table_name from information_schema.tables where table_schema = 'main'")
        return {name: len(connection.table(f'"{name}"')) for (name,) in names.fetchall()}


def test_a_run_tells_its_steps_and_keeps_a_report(project: Path) -> None:
    events: list[Event] = []
    finished = run(project, engine="duckdb", listen=events.append)
    assert finished.failures == ()
    assert last_report(Project.at(project)) == finished.report
    steps = [(each.step, each.dataset, each.status) for each in events if isinstance(each, StepFinished)]
    names = ("extract", "profile", "load", "normalise")
    assert steps == [(step, dataset, "ok") for step in names for dataset in ("status", "trips")]
    pages = [each.done for each in events if isinstance(each, StepProgressed) and each.step == "extract"]
    assert pages == [1, 1, 2, 3, 4, 5, 6]
    document = as_document(finished.report)
    assert document["status"] == "ok"
    assert counts(project)["trips"] == 500


def test_a_repeated_run_doubles_nothing(project: Path) -> None:
    run(project, engine="duckdb")
    before = counts(project)
    assert run(project, engine="duckdb").failures == ()
    assert run(project, engine="duckdb", first="profile").failures == ()
    assert counts(project) == before


def test_steps_and_datasets_can_be_chosen(project: Path) -> None:
    finished = run(project, first="extract", last="profile", datasets=["status"], engine="duckdb")
    assert [(each.step, each.dataset) for each in finished.report.steps] == [
        ("extract", "status"),
        ("profile", "status"),
    ]
    finished = run(project, first="load", engine="duckdb")
    assert counts(project)["status"] == 60
    assert [each.message for each in finished.report.steps if each.dataset == "trips"][-1] == "nothing has landed yet"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"datasets": ["trip"]}, UnknownDatasetError),
        ({"first": "exctract"}, UnknownStepError),
        ({"first": "load", "last": "extract"}, InputError),
    ],
)
def test_wrong_names_are_refused_before_anything_runs(
    project: Path, arguments: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error, match="Hint:"):
        run(project, **arguments)  # type: ignore[arg-type]  # a table of arguments
    assert last_report(Project.at(project)) is None


def test_rows_of_a_dataset_are_known_when_the_last_run_did_not_count_them(project: Path) -> None:
    run(project, engine="duckdb")
    run(project, last="extract")
    (before,) = pipeline_status(project)
    assert before.rows == 560
    (project / ".env").unlink()
    run(project, engine="duckdb")
    (after,) = pipeline_status(project)
    assert (after.status, after.rows) == ("failed", 560)


def statuses(finished: Finished, step: str) -> dict[str, str]:
    return {each.dataset: each.status for each in finished.report.steps if each.step == step}


def test_a_dataset_that_cannot_be_planned_stops_no_other(project: Path) -> None:
    change(project, "key: [trip_id]", "key: [trip_number]")
    finished = run(project, engine="duckdb")
    assert statuses(finished, "normalise") == {"status": "ok", "trips": "failed"}
    assert [type(each) for each in finished.failures] == [PlanError]
    assert counts(project)["status"] == 60


def test_a_raw_file_that_is_gone_stops_no_other_dataset(project: Path) -> None:
    run(project, engine="duckdb", last="profile")
    for page in project.glob("landing/data_profile=raw/*/dataset_name=trips/*/*.json"):
        page.unlink()
    finished = run(project, engine="duckdb", first="load")
    assert statuses(finished, "normalise") == {"status": "ok", "trips": "failed"}
    assert [type(each) for each in finished.failures] == [LandingError]
    assert counts(project) == {**counts(project), "status": 60}


def test_a_damaged_manifest_is_no_fault_of_penstock(project: Path) -> None:
    run(project, engine="duckdb", last="profile")
    for segment in project.glob("landing/data_profile=manifest/*/dataset_name=trips/*/*.ndjson"):
        segment.write_text("no manifest\n" + segment.read_text())
    finished = run(project, engine="duckdb", first="load")
    assert {type(each) for each in finished.failures} == {WarehouseError}


def test_a_spec_with_errors_is_refused(project: Path) -> None:
    change(project, "kind: page_number", "kind: page_numbr")
    with pytest.raises(SpecError, match="penstock check"):
        run(project)


def test_a_missing_secret_is_named_and_the_other_datasets_go_on(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / ".env").unlink()
    monkeypatch.delenv(TOKEN, raising=False)
    finished = run(project, engine="duckdb")
    assert [type(each) for each in finished.failures] == [MissingSecretError]
    assert TOKEN in str(finished.failures[0])
    assert counts(project)["status"] == 60


def test_the_provider_is_down_and_comes_back(project: Path, provider: DemoProvider) -> None:
    run(project, engine="duckdb")
    before = counts(project)
    change(project, provider.url, "http://127.0.0.1:9")
    finished = run(project, engine="duckdb")
    assert {type(each) for each in finished.failures} == {ProviderError}
    assert {each.exit_code for each in finished.failures} == {4}
    assert (finished.report.status, counts(project)) == ("failed", before)
    change(project, "http://127.0.0.1:9", provider.url)
    assert run(project, engine="duckdb").failures == ()
    assert counts(project) == before


def test_an_extractor_that_was_broken_by_its_owner_says_how(project: Path) -> None:
    handler = project / "extract" / "lambda_handler.py"
    handler.write_text(
        handler.read_text().replace("import argparse\n", "import argparse\nraise ValueError('my mistake')\n")
    )
    finished = run(project, engine="duckdb")
    assert {type(each) for each in finished.failures} == {ExtractionError}
    assert "ValueError: my mistake" in str(finished.failures[0])


def test_a_records_path_that_is_not_there_names_it(project: Path) -> None:
    change(project, "records: trips", "records: journeys")
    finished = run(project, engine="duckdb")
    assert [each.exit_code for each in finished.failures] == [4]
    assert "journeys" in str(finished.failures[0])


def test_the_token_is_in_no_file_but_env(project: Path, provider: DemoProvider) -> None:
    run(project, engine="duckdb")
    found = [
        path.name for path in project.rglob("*") if path.is_file() and provider.token.encode() in path.read_bytes()
    ]
    assert found == [".env"]


def test_a_second_run_at_once_is_refused(project: Path) -> None:
    with only_run(Project.at(project)), pytest.raises(ProjectBusyError):
        run(project)


def test_an_edited_file_that_clashes_is_used_and_told(project: Path) -> None:
    handler = project / "extract" / "lambda_handler.py"
    edited = handler.read_text().replace('records=("trips",),', 'records=("trips",),  # mine')
    handler.write_text(edited)
    change(project, "records: trips", "records: trips  # theirs\n    parameters: {per_page: 50}")
    events: list[Event] = []
    finished = run(project, engine="duckdb", listen=events.append)
    assert finished.failures == ()
    told = [each.text for each in events if isinstance(each, Noted)]
    if handler.read_text() == edited:
        assert any("lambda_handler.py" in text and "yours is used" in text for text in told)
    else:
        assert "# mine" in handler.read_text()


@pytest.mark.parametrize("moment", [0.4, 0.9, 1.4, 2.0])
def test_a_run_that_is_killed_is_continued(project: Path, moment: float) -> None:
    command = [sys.executable, "-m", "penstock", "run", str(project), "--engine", "duckdb"]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        time.sleep(moment)
        os.killpg(process.pid, signal.SIGKILL)
    while is_locked(Project.at(project)):  # the extractor that it started ends with its next page
        time.sleep(0.02)
    (status,) = pipeline_status(project)
    assert status.status in {"died", "never run", "ok"}
    finished = run(project, engine="duckdb")
    assert finished.failures == ()
    assert {name: counts(project)[name] for name in ("status", "trips")} == {"status": 60, "trips": 500}


def test_the_program_ends_with_the_exit_code_of_the_failure(project: Path, provider: DemoProvider) -> None:
    change(project, provider.url, "http://127.0.0.1:9")
    command = [sys.executable, "-m", "penstock", "run", str(project), "--engine", "duckdb", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 4
    assert json.loads(done.stdout)["status"] == "failed"
    assert "Hint:" in done.stderr
