"""Raw files that are gone or damaged for good are given up: the manifest says so, and the tables follow it."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.faults.plant import Plant, penstock, project_for, raw_files, segments, tables
from tests.pipeline.patterns.extract.loopback import Provider, provider
from tests.services.pipelines import Pipeline, pipeline

from penstock.errors import InputError, LandingError, NotLandedError, NotLostError
from penstock.runtime.events import Event, Noted
from penstock.runtime.landing import Landing
from penstock.runtime.losses import find_loss, give_up
from penstock.runtime.project import Project
from penstock.services.replay import replay
from penstock.services.run import run

pytestmark = pytest.mark.slow

MODES = ["merge", "append", "snapshot"]

A, B, C = {"id": 1, "v": 1, "tags": ["x"]}, {"id": 2, "v": 2, "tags": ["y", "z"]}, {"id": 3, "v": 3, "tags": []}


@pytest.fixture
def site() -> Iterator[Provider]:
    with provider() as one:
        yield one


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-5])


def file_with(shop: Pipeline, *records: dict[str, Any]) -> Path:
    """The raw file with exactly these records."""
    raw = shop.root.rglob("data_profile=raw/**/*.json")
    files = [each for each in raw if "metadata" not in each.name]
    (found,) = [each for each in files if json.loads(each.read_bytes())["data"] == list(records)]
    return found


def lines_of(shop: Pipeline) -> list[Any]:
    return list(Landing(shop.root / "landing", "acme", "items").lines())


def ids(shop: Pipeline) -> list[int]:
    return [row[0] for row in shop.rows("select id from items order by _requested_at, _position")]


def tags(shop: Pipeline) -> list[str]:
    return [row[0] for row in shop.rows("select value from items__tags order by 1")]


@pytest.mark.parametrize("damage", [cut, Path.unlink])
@pytest.mark.parametrize(
    ("mode", "engine"), [*((mode, "duckdb") for mode in MODES), ("merge", "dbt"), ("append", "dbt")]
)
def test_what_is_given_up_leaves_the_tables(
    site: Provider, tmp_path: Path, damage: Callable[[Path], None], mode: str, engine: str
) -> None:
    shop = pipeline(tmp_path, site, key=["id"], mode=mode)
    for record in (A, B, C):
        shop.fetch(record)
    before = lines_of(shop)
    lost = file_with(shop, B)
    damage(lost)
    (failure,) = replay(tmp_path, engine=engine).failures
    assert isinstance(failure, LandingError)
    assert "penstock replay --accept-lost" in str(failure)
    assert ids(shop) == [1, 2, 3]

    told: list[Event] = []
    assert replay(tmp_path, lost=[lost], engine=engine, listen=told.append).failures == ()
    assert any(isinstance(each, Noted) and lost.name in each.text and "given up" in each.text for each in told)
    assert (ids(shop), tags(shop)) == ([1, 3], ["x"])
    *same, line = lines_of(shop)
    assert same == before
    assert (line.event, line.outcome, line.path, line.run) == ("lost", "lost", before[2].path, before[2].run)
    assert ("damaged" in line.reason) == (damage is cut)
    assert line.request_time > before[-1].request_time
    assert len(list(tmp_path.rglob(f"data_profile=lost/**/{lost.name}"))) == (damage is cut)
    assert not lost.exists()
    # From now on every run and replay goes well, and a lost database makes no difference.
    good = shop.tables()
    assert replay(tmp_path, engine=engine).failures == ()
    (tmp_path / "warehouse.duckdb").unlink()
    shop.run(first="load")
    assert shop.tables() == good


@pytest.mark.parametrize("mode", MODES)
def test_a_file_that_was_never_read_is_given_up(site: Provider, tmp_path: Path, mode: str) -> None:
    """Neither the profile nor the tables wait for it, and the catalog counts the rest."""
    shop = pipeline(tmp_path, site, key=["id"], mode=mode)
    shop.fetch(A)
    shop.says(B)
    shop.run(last="extract")
    lost = file_with(shop, B)
    lost.unlink()
    shop.says(C)
    (failure,) = run(tmp_path, engine="duckdb").failures
    assert isinstance(failure, LandingError)
    assert replay(tmp_path, lost=[lost], engine="duckdb").failures == ()
    assert shop.run().failures == ()
    assert ids(shop) == [1, 3]
    assert shop.catalog()["records"] == 2


def test_an_equal_answer_that_came_later_takes_the_place(site: Provider, tmp_path: Path) -> None:
    """A repeat of a lost answer is none."""
    shop = pipeline(tmp_path, site, mode="append")
    landing = Landing(tmp_path / "landing", "acme", "items")
    shop.fetch(A)
    first = file_with(shop, A)
    second = first.with_name("later.json")
    shutil.copy(first, second)  # as if it had landed on another day
    run_of_second = shop.fetch(A) and lines_of(shop)[-1].run
    (segment,) = landing.manifest.rglob(f"{run_of_second}-*.ndjson")
    segment.write_text(segment.read_text().replace(first.name, second.name))
    (tmp_path / "warehouse.duckdb").unlink()
    shop.run(first="load")
    assert [Path(each.path).name for each in landing.changes()] == [first.name]
    first.unlink()
    assert replay(tmp_path, lost=[first], engine="duckdb").failures == ()
    assert shop.rows("select id, _file like '%later.json' from items") == [(1, True)]
    assert [Path(each.path).name for each in landing.changes()] == [second.name]


def test_the_same_answer_lands_again_behind_a_loss(site: Provider, tmp_path: Path) -> None:
    shop = pipeline(tmp_path, site, mode="append")
    shop.fetch(A)
    lost = file_with(shop, A)
    cut(lost)
    assert replay(tmp_path, lost=[lost], engine="duckdb").failures == ()
    assert ids(shop) == []
    shop.fetch(A)
    assert ids(shop) == [1]
    assert lost.exists()
    assert replay(tmp_path, engine="duckdb").failures == ()
    assert ids(shop) == [1]


def test_a_run_with_a_lost_page_closes_nothing(tmp_path: Path) -> None:
    """What was on the lost page of a complete run is not known to have vanished."""
    with Plant() as plant:
        project = project_for(tmp_path / "plant", plant.url, "stock")
        assert run(project.root, engine="duckdb").failures == ()
        assert all("None" in row for row in tables(project)["main.stock"])
        first = set(raw_files(project, "stock"))
        plant.look += 1
        assert run(project.root, engine="duckdb").failures == ()
        lost = min(set(raw_files(project, "stock")) - first)
        lost.unlink()
        assert replay(project.root, lost=[lost], engine="duckdb").failures == ()
        assert all("None" in row for row in tables(project)["main.stock"])


def test_a_replay_that_dies_behind_the_line_is_finished_by_the_next_run(site: Provider, tmp_path: Path) -> None:
    shop = pipeline(tmp_path, site, key=["id"])
    for record in (A, B):
        shop.fetch(record)
    lost = file_with(shop, B)
    cut(lost)
    landing = Landing(tmp_path / "landing", "acme", "items")
    loss = find_loss(landing, lost.relative_to(landing.root).as_posix(), has_md5=True)
    assert loss is not None
    give_up([loss], datetime(2000, 1, 1, tzinfo=UTC))
    times = [each.request_time for each in landing.lines()]
    assert times == sorted(set(times))
    shop.run(first="load")
    assert (ids(shop), tags(shop)) == ([1], ["x"])
    assert replay(tmp_path, lost=[lost], engine="duckdb").failures == ()
    assert len([each for each in landing.lines() if each.event == "lost"]) == 1


def test_a_loss_is_taken_back_with_its_segment(site: Provider, tmp_path: Path) -> None:
    shop = pipeline(tmp_path, site, key=["id"])
    for record in (A, B):
        shop.fetch(record)
    good = shop.tables()
    lost = file_with(shop, B)
    copy = shutil.copy(lost, tmp_path / "copy.json")
    cut(lost)
    assert replay(tmp_path, lost=[lost], engine="duckdb").failures == ()
    shutil.move(copy, lost)
    (segment,) = (tmp_path / "landing").rglob("*-lost-*.ndjson")
    segment.unlink()
    shop.run(first="load")
    assert shop.tables() == good


def test_a_line_that_was_deleted_by_hand_takes_its_rows_out_in_a_replay_of_everything(
    site: Provider, tmp_path: Path
) -> None:
    shop = pipeline(tmp_path, site, key=["id"])
    for record in (A, B):
        shop.fetch(record)
    project, gone = Project.at(tmp_path), file_with(shop, B)
    for segment in (project.root / "landing").rglob("data_profile=manifest/**/*.ndjson"):
        kept = [each for each in segment.read_text().splitlines(keepends=True) if gone.stem not in each]
        segment.write_text("".join(kept))
    shop.run(first="load")
    assert ids(shop) == [1, 2]
    told: list[Event] = []
    assert replay(tmp_path, engine="duckdb", listen=told.append).failures == ()
    assert any(isinstance(each, Noted) and gone.name in each.text for each in told)
    assert ids(shop) == [1]


def test_without_any_manifest_nothing_is_forgotten(site: Provider, tmp_path: Path) -> None:
    shop = pipeline(tmp_path, site, key=["id"])
    shop.fetch(A)
    shutil.rmtree(tmp_path / "landing" / "data_profile=manifest")
    assert replay(tmp_path, engine="duckdb").failures == ()
    assert ids(shop) == [1]


def test_what_is_there_or_never_landed_is_not_given_up(site: Provider, tmp_path: Path) -> None:
    shop = pipeline(tmp_path, site, key=["id"])
    shop.fetch(A)
    before, good = lines_of(shop), file_with(shop, A)
    with pytest.raises(NotLostError, match="so it is not lost"):
        replay(tmp_path, lost=[good])
    for other in (tmp_path / "penstock.yml", good.with_name("0.json"), Path("../x")):
        with pytest.raises(NotLandedError, match="Hint: name the raw file"):
            replay(tmp_path, lost=[other])
    good.unlink()
    with pytest.raises(InputError, match="leave out --since"):
        replay(tmp_path, lost=[good], since="2026-11-20")
    assert lines_of(shop) == before


def test_the_command_says_what_it_gave_up(tmp_path: Path) -> None:
    with Plant() as plant:
        project = project_for(tmp_path / "plant", plant.url, "valves", "readings")
        assert run(project.root, engine="duckdb").failures == ()
        lost = raw_files(project, "valves")[0]
        lost.unlink()
        named = f"landing/{lost.relative_to(project.root / 'landing')}"
        done = penstock("replay", str(project.root), "--accept-lost", named, "--engine", "duckdb")
        assert done.returncode == 0, done.stderr
        assert "1 given up" in done.stderr + done.stdout
        assert lost.name in done.stderr + done.stdout
        assert len(tables(project)["main.valves"]) < len(plant.valves())
        assert len(tables(project)["main.readings"]) == len(plant.readings())
        assert any("-lost-" in each.name for each in segments(project, "valves"))
