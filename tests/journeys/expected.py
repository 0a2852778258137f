"""What the tables must hold, computed from the raw files by loops: nothing of Penstock is used here.

Each function answers queries with their rows. Where the raw files hold no element of a list at all,
there is nothing to ask: no table can be made of it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.providers.sites import joined, read

Rows = list[tuple[object, ...]]
Answers = Mapping[str, Rows]


def usgs(folder: Path, polls: int = 1) -> Answers:
    """The events of all polls by id; the newest poll has the last word."""
    events: dict[str, Any] = {}
    for poll in range(1, polls + 1):
        events |= {each["id"]: each for each in read(folder / f"poll_{poll}.geojson")["features"]}
    names = ("mag", "place", "time", "updated", "felt", "code", "status", "types", "nst", "dmin", "gap")
    return {
        f"select id, {', '.join(f'properties_{each}' for each in names)} from earthquakes": [
            (each["id"], *(each["properties"][name] for name in names)) for each in events.values()
        ],
        child("earthquakes", "geometry__coordinates", "p.id", "c._position", "c.value"): [
            (each["id"], place, value)
            for each in events.values()
            for place, value in numbered(each["geometry"]["coordinates"])
        ],
    }


def github(folder: Path) -> Answers:
    issues = joined("response_*.json", "response")(folder)
    answers: dict[str, Rows] = {
        "select id, number, title, body, state, user_login, comments, epoch(created_at) from issues": [
            (
                *(each[name] for name in ("id", "number", "title", "body", "state")),
                *(each["user"]["login"], each["comments"]),
                datetime.fromisoformat(each["created_at"]).timestamp(),
            )
            for each in issues
        ]
    }
    if any(each["labels"] for each in issues):
        answers[child("issues", "labels", "p.number", "c._position", "c.id", "c.name", "c.description")] = [
            (each["number"], place, label["id"], label["name"], label["description"])
            for each in issues
            for place, label in numbered(each["labels"])
        ]
        answers[child("issues", "assignees", "p.number", "c.login")] = [
            (each["number"], user["login"]) for each in issues for user in each["assignees"]
        ]
    return answers


def pokeapi(folder: Path) -> Answers:
    listed = joined("berry/page_*.json", "results")(folder)
    details = read(folder / "berry" / "details.json")
    return {
        "select name from berries": [(each["name"],) for each in listed],
        "select id, name, size, growth_time, firmness_name, item_name from berry_details": [
            (
                *(each[name] for name in ("id", "name", "size", "growth_time")),
                *((each[name] or {}).get("name") for name in ("firmness", "item")),
            )
            for each in details
        ],
        child("berry_details", "flavors", "p.id", "c._position", "c.flavor_name", "c.potency"): [
            (each["id"], place, flavor["flavor"]["name"], flavor["potency"])
            for each in details
            for place, flavor in numbered(each["flavors"])
        ],
    }


def gbfs(folder: Path) -> Answers:
    def feed(name: str, *steps: str) -> Any:
        data = read(folder / "v2.3" / f"{name}.json")["data"]
        for step in steps:
            data = data[step]
        return data

    stations, status = feed("station_information", "stations"), feed("station_status", "stations")
    plans, alerts = feed("system_pricing_plans", "plans"), feed("system_alerts", "alerts")
    return {
        "select name from feeds": [(each["name"],) for each in feed("gbfs", "en", "feeds")],
        "select station_id, name, lat, lon from station_information": [
            tuple(each[name] for name in ("station_id", "name", "lat", "lon")) for each in stations
        ],
        child("station_information", "vehicle_type_capacity", "p.station_id", "c._key", "c.value"): [
            (each["station_id"], key, value)
            for each in stations
            for key, value in each.get("vehicle_type_capacity", {}).items()
        ],
        "select station_id, is_renting, last_reported, num_bikes_available from station_status": [
            tuple(each[name] for name in ("station_id", "is_renting", "last_reported", "num_bikes_available"))
            for each in status
        ],
        child(
            "station_status", "vehicle_types_available", "p.station_id", "c._position", "c.vehicle_type_id", "c.count"
        ): [
            (each["station_id"], place, kind["vehicle_type_id"], kind["count"])
            for each in status
            for place, kind in numbered(each["vehicle_types_available"])
        ],
        "select s.station_id, d._position, d.count, i._position, i.value from station_status s "
        "join station_status__vehicle_docks_available d on d._parent_id = s._row_id "
        "join station_status__vehicle_docks_available__vehicle_type_ids i on i._parent_id = d._row_id": [
            (each["station_id"], place, docks["count"], inner, kind)
            for each in status
            for place, docks in numbered(each["vehicle_docks_available"])
            for inner, kind in numbered(docks["vehicle_type_ids"])
        ],
        "select vehicle_type_id, form_factor, max_range_meters from vehicle_types": [
            (each["vehicle_type_id"], each["form_factor"], each.get("max_range_meters"))
            for each in feed("vehicle_types", "vehicle_types")
        ],
        "select plan_id, price, is_taxable from system_pricing_plans": [
            (each["plan_id"], each["price"], each["is_taxable"]) for each in plans
        ],
        child("system_pricing_plans", "per_min_pricing", "p.plan_id", "c.start", "c.rate"): [
            (each["plan_id"], step["start"], step["rate"]) for each in plans for step in each.get("per_min_pricing", [])
        ],
        child("system_alerts", "times", "p.alert_id", "c.start"): [
            (each["alert_id"], time["start"]) for each in alerts for time in each.get("times", [])
        ],
        child("system_alerts", "station_ids", "p.alert_id", "c.value"): [
            (each["alert_id"], station) for each in alerts for station in each.get("station_ids", [])
        ],
    }


def child(parent: str, table: str, *columns: str) -> str:
    """The query for a child table `c` with its parent `p`."""
    return f"select {', '.join(columns)} from {parent} p join {parent}__{table} c on c._parent_id = p._row_id"


def numbered(elements: Iterable[Any]) -> Iterable[tuple[int, Any]]:
    """The elements of a list with their positions."""
    return enumerate(elements, 1)
