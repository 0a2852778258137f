"""What the demo says and asks: the datasets that it adds, what the files are for, the queries that it shows."""

from collections.abc import Iterable
from typing import Final

PROJECT: Final = "bikes"
PROVIDER: Final = "pedal_harbour"
VARIABLE: Final = "PEDAL_HARBOUR_TOKEN"
"""The environment variable that holds the provider's token; `init` proposes this name."""

FEEDS: Final = {
    "station_information": ("data.stations", "station_id"),
    "station_status": ("data.stations", "station_id"),
    "vehicle_types": ("data.vehicle_types", "vehicle_type_id"),
}
"""The public feeds that are added to the spec: where the records are, and what identifies one."""

FILES: Final = {
    "penstock.yml": "the spec: where the data comes from; all else is written from it",
    "extract/lambda_handler.py": "asks the provider and lands its answers, here or in AWS Lambda",
    "extract/asking.py": "signs in, keeps to limits, tries again",
    "extract/landing.py": "keeps every answer unchanged, under its MD5",
    "load/landing.sql": "the table of the raw files",
    "README.md": "how it runs, and why it is set up this way",
}
"""What the files of a project are for."""

BUSIEST: Final = """\
select s.name, count(*) as departures, round(sum(l.distance_meters) / 1000, 1) as kilometres
from trips__legs l join station_information s on s.station_id = l.from_station_id
group by all order by departures desc, s.name limit 5"""
"""A nested list of one dataset, joined to another dataset."""

DOCKS: Final = """\
select t.name as vehicle, count(*) as stations, sum(c.value) as docks
from station_information__vehicle_type_capacity c
join vehicle_types t on t.vehicle_type_id = c._key
group by all order by docks desc"""
"""A map whose keys are data has become rows."""

NEWS: Final = """\
select count(*) as trips, count(note_en) as refunded,
  round(sum(price_amount), 2) as dollars, max(ended_at) as last_end
from trips"""
"""What a later run changes."""


def datasets_text(urls: Iterable[tuple[str, str]]) -> str:
    """The public feeds as they are typed into `penstock.yml`, below its last dataset.

    Args:
        urls: name and URL of each feed.
    """
    blocks = []
    for name, url in urls:
        records, key = FEEDS[name]
        blocks.append(
            f"  {name}:\n    endpoint: {url}\n    records: {records}\n    key: [{key}]\n    auth:\n      kind: none\n"
        )
    return "".join(blocks)
