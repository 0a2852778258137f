"""Recorded answers of real APIs: profiled, loaded and normalised, compared with plain Python."""

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path as File
from typing import Any

import pytest
from tests.catalog.recorded import FOLDER, needs_recordings
from tests.pipeline.plan.landed import records_in as plain_records
from tests.pipeline.plan.place import Place
from tests.pipeline.plan.plain import expected, found

from penstock.catalog.decisions.shape import shape_of
from penstock.catalog.profiling.profile import Profiler
from penstock.catalog.profiling.records import records_in
from penstock.pipeline.plan import PageKind
from penstock.schema import parse_path


@dataclass(frozen=True)
class Recording:
    files: str
    records: str = ""
    page: PageKind = "list"


RECORDINGS = [
    Recording("usgs_earthquakes/poll_*.geojson", "features"),
    Recording("countries/countries.json"),
    Recording("datausa_population/nation_population.json", "data"),
    Recording("openfda/drug_event.json", "results"),
    Recording("openfda/recall_enforcement.json", "", "object"),
    Recording("pokeapi/berry/page_*.json", "results"),
    Recording("worldbank_indicator/page_*.json", "1"),
    Recording("github_issues/response_*.json", "response"),
    Recording("gbfs/v2.3/station_information.json", "data.stations"),
    Recording("gbfs/v2.3/station_status.json", "data.stations"),
    Recording("gbfs/v2.3/system_hours.json", "data.rental_hours"),
    Recording("gbfs/v2.3/gbfs.json", "", "object"),
    Recording("gbfs/v2.3/system_alerts.json", "data.alerts"),
    Recording("gbfs/v2.3/system_pricing_plans.json", "data.plans"),
    Recording("gbfs/v2.3/vehicle_types.json", "data.vehicle_types"),
    Recording("gbfs/v3.0/station_information.json", "data.stations"),
    Recording("gbfs/v3.0/vehicle_status.json", "data.vehicles"),
    Recording("gbfs/v3.0/system_information.json", "data", "object"),
    Recording("gbfs/v3.0/vehicle_types.json", "data.vehicle_types"),
]


@needs_recordings
@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda each: f"{each.files} {each.records}")
def test_recorded_answers(recording: Recording, tmp_path: File) -> None:
    texts = [each.read_text(encoding="utf-8") for each in sorted(FOLDER.glob(recording.files))]
    profiler = Profiler("d")
    for text in texts:
        profiler.add(records_in(text.encode(), parse_path(recording.records), "json"))
    place = Place(tmp_path, shape_of(profiler.catalog()), recording.page, records=recording.records, mode="append")
    plain = [plain_records(json.loads(text, parse_float=_number), recording.records) for text in texts]
    place.landing.run("d", texts, records=recording.records, counts=[len(each) for each in plain])
    records: list[Any] = [record for each in plain for record in each]
    result = place.build()
    assert (result.records, result.rejected) == (len(records), 0)
    assert len(records) > 0
    assert found(place.connection, place.plan) == expected(place.plan, records)


def _number(text: str) -> float:
    value = float(text)
    assert Decimal(repr(value)) == Decimal(text)
    return value
