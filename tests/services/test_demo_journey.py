"""The demo from its beginning to its end: what it leaves behind is compared with the provider's own data."""

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from penstock.pipeline.spec.load import check_file
from penstock.runtime.events import Event, Said, StepFinished, Tabled, Typed
from penstock.services.demo.city import OPENING, stations
from penstock.services.demo.journey import DemoResult, free_folder, run_demo
from penstock.services.demo.trips import trips
from penstock.services.look import query

pytestmark = pytest.mark.slow

LATER = OPENING + 1800


@dataclass(frozen=True)
class Seen:
    result: DemoResult
    events: Sequence[Event]

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        return sorted(query(self.result.project, sql, limit=10_000).rows, key=repr)

    @property
    def commands(self) -> list[str]:
        return [each.command for each in self.events if isinstance(each, Typed)]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    events: list[Event] = []
    folder = tmp_path_factory.mktemp("demo") / "penstock-demo"
    return Seen(run_demo(folder, listen=events.append, engine="duckdb"), events)


def test_the_trips_are_those_of_the_provider(demo: Seen) -> None:
    expected = trips(LATER)
    assert demo.rows("select trip_id, price_amount, note_fr from trips") == sorted(
        ((each["trip_id"], each["price"]["amount"], (each["note"] or {}).get("fr")) for each in expected), key=repr
    )
    assert demo.rows(
        "select t.trip_id, l._position, l.from_station_id, l.to_station_id, l.distance_meters "
        "from trips t join trips__legs l on l._parent_id = t._row_id"
    ) == sorted(
        (
            (each["trip_id"], place, leg["from_station_id"], leg["to_station_id"], leg["distance_meters"])
            for each in expected
            for place, leg in enumerate(each["legs"], 1)
        ),
        key=repr,
    )


def test_the_stations_are_those_of_the_city(demo: Seen) -> None:
    assert demo.rows("select station_id, post_code from station_information") == sorted(
        (each.id, each.post_code) for each in stations()
    )
    assert demo.rows(
        "select p.station_id, c._key, c.value from station_information p "
        "join station_information__vehicle_type_capacity c on c._parent_id = p._row_id"
    ) == sorted(((each.id, kind, docks) for each in stations() for kind, docks in each.docks.items()), key=repr)


def test_the_second_run_asks_only_for_what_changed(demo: Seen) -> None:
    def extracted(step: StepFinished) -> bool:
        return (step.step, step.dataset) == ("extract", "trips")

    (first,) = filter(extracted, demo.result.first.steps)
    (second,) = filter(extracted, demo.result.second.steps)
    last = trips(OPENING)[-1]["updated_at"]
    assert first.rows == len(trips(OPENING)) == 500
    assert second.rows == sum(each["updated_at"] >= last for each in trips(LATER)) < 20
    assert {step.rejected for report in (demo.result.first, demo.result.second) for step in report.steps} == {0}


def test_the_refused_page_was_asked_for_again(demo: Seen) -> None:
    assert any("429" in each.text for each in demo.events if isinstance(each, Said))
    (log, _) = sorted(demo.result.project.runs.glob("*.log"))
    assert "429" in log.read_text(encoding="utf-8")


def test_the_numbers_that_are_shown_are_right(demo: Seen) -> None:
    before, after = (each.rows for each in demo.events if isinstance(each, Tabled) and each.columns[0] == "trips")
    for shown, known in ((before, trips(OPENING)), (after, trips(LATER))):
        refunded = sum(each["note"] is not None for each in known)
        dollars = sum((Decimal(str(each["price"]["amount"])) for each in known), Decimal())
        assert shown[0][:3] == (len(known), refunded, float(dollars))
    assert after != before


def test_it_tells_what_a_user_would_type(demo: Seen) -> None:
    programs = [shlex.split(each)[:2] for each in demo.commands]
    position = 0
    for command in ("init", "build", "run", "show", "query", "run", "query", "status", "init"):
        position = programs.index(["penstock", command], position) + 1


def test_what_it_leaves_is_a_sound_project(demo: Seen) -> None:
    checked = check_file(demo.result.project.spec)
    assert list(checked.findings) == []
    assert checked.spec is not None
    assert (demo.result.project.dbt / "dbt_project.yml").is_file()
    assert list(checked.spec.datasets) == ["trips", "station_information", "station_status", "vehicle_types"]


def test_the_token_is_nowhere_but_in_the_file_for_secrets(demo: Seen) -> None:
    root = demo.result.project.root
    secret = re.fullmatch(r"PEDAL_HARBOUR_TOKEN=(\S+)\n", (root / ".env").read_text(encoding="utf-8"))
    assert secret is not None
    assert (root / ".env").stat().st_mode & 0o077 == 0
    holding = [each for each in root.rglob("*") if each.is_file() and secret[1].encode() in each.read_bytes()]
    assert holding == [root / ".env"]
    assert secret[1] not in repr(demo.events)
    assert ".env" in (root / ".gitignore").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        ([], "demo"),
        (["demo/"], "demo"),
        (["demo/bikes/"], "demo-2"),
        (["demo"], "demo-2"),
        (["demo/bikes/", "demo-2/bikes/"], "demo-3"),
    ],
)
def test_a_folder_that_is_used_is_left_alone(present: list[str], expected: str, tmp_path: Path) -> None:
    for each in present:
        if each.endswith("/"):
            (tmp_path / each).mkdir(parents=True)
        else:
            (tmp_path / each).write_text("mine")
    assert free_folder(tmp_path / "demo") == tmp_path / expected
