"""The pipelines of the journeys, set up as a person would: from one URL, or from a spec that was written by hand."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from tests.providers.sites import BERRIES, INDICATOR, ISSUES

from penstock.services.init import InitRequest


def usgs(folder: Path, url: str) -> InitRequest:
    """A rolling window that is polled: events that left it stay."""
    return InitRequest(folder / "quakes", url=f"{url}/feed/all_week.geojson", provider="usgs", dataset="earthquakes")


def github(folder: Path, url: str) -> InitRequest:
    """Pages by `Link` header."""
    return InitRequest(folder / "work", url=f"{url}{ISSUES}?per_page=3&state=all", provider="github")


def pokeapi(folder: Path, url: str) -> InitRequest:
    """A list with next links, then one more call for each of its records, whose link is in the list."""
    berries = {
        "endpoint": BERRIES,
        "parameters": {"limit": 20},
        "records": "results",
        "key": ["name"],
        "paging": {"kind": "next_url", "path": "next"},
    }
    details = {"endpoint": "{value}", "key": ["id"], "for_each": {"dataset": "berries", "path": "url"}}
    return by_hand(folder / "fruit", "pokeapi", url, {"berries": berries, "berry_details": details})


def gbfs(folder: Path, url: str) -> InitRequest:
    """Several feeds of one provider, each a list below `data`."""
    feeds = {
        "feeds": ("gbfs", "data.en.feeds", "name"),
        "station_information": ("station_information", "data.stations", "station_id"),
        "station_status": ("station_status", "data.stations", "station_id"),
        "vehicle_types": ("vehicle_types", "data.vehicle_types", "vehicle_type_id"),
        "system_pricing_plans": ("system_pricing_plans", "data.plans", "plan_id"),
        "system_alerts": ("system_alerts", "data.alerts", "alert_id"),
    }
    datasets = {
        name: {"endpoint": f"/{feed}", "records": records, "key": [key]} for name, (feed, records, key) in feeds.items()
    }
    return by_hand(folder / "bikes", "gbfs", url, datasets)


def gbfs3(folder: Path, url: str) -> InitRequest:
    """The newer standard: names are lists of texts by language."""
    datasets = {
        "vehicle_status": {"endpoint": "/vehicle_status", "records": "data.vehicles", "key": ["vehicle_id"]},
        "station_information": {"endpoint": "/station_information", "records": "data.stations", "key": ["station_id"]},
    }
    return by_hand(folder / "scooters", "gbfs", url, datasets)


def openfda(folder: Path, url: str) -> InitRequest:
    """Pages by how many records to skip."""
    return InitRequest(
        folder / "drugs", url=f"{url}/drug/event.json?search=serious:1&limit=2", provider="openfda", dataset="events"
    )


def recalls(folder: Path, url: str) -> InitRequest:
    """A page that is the record, with hyphens in its names."""
    return InitRequest(folder / "recalls", url=f"{url}/device/recall.json", provider="openfda", dataset="recalls")


def worldbank(folder: Path, url: str) -> InitRequest:
    """A page is a list of two, the paging and the rows; pages by number."""
    return InitRequest(
        folder / "bank", url=f"{url}{INDICATOR}?format=json&per_page=2", provider="worldbank", dataset="gdp"
    )


def countries(folder: Path, url: str) -> InitRequest:
    """One list of records, with objects whose keys are data."""
    return InitRequest(folder / "atlas", url=f"{url}/v3.1/all", provider="countries", dataset="countries")


def datausa(folder: Path, url: str) -> InitRequest:
    """Spaces in the names of fields, also of those that identify a record."""
    return InitRequest(
        folder / "census",
        url=f"{url}/api/data?drilldowns=Nation&measures=Population",
        provider="datausa",
        dataset="population",
    )


def by_hand(folder: Path, provider: str, url: str, datasets: Mapping[str, Any]) -> InitRequest:
    spec = {
        "penstock": "penstock/1",
        "name": folder.name,
        "provider": {"name": provider, "base_url": url},
        "datasets": dict(datasets),
    }
    file = folder.with_suffix(".yml")
    file.write_text(yaml.safe_dump(spec, sort_keys=False), encoding="utf-8")
    return InitRequest(folder, spec=file)
