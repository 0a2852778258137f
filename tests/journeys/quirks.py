"""What the tables of the providers with quirks must hold, computed from the raw files by loops (see `expected.py`)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.journeys.expected import Answers, Rows, child, numbered
from tests.providers.sites import joined, read

Record = Mapping[str, Any]


def worldbank(folder: Path) -> Answers:
    rows = joined("page_*.json", 1)(folder)
    names = ("indicator.id", "indicator.value", "country.id", "country.value", "countryiso3code", "date", "value")
    return flat("gdp", rows, *names, "unit", "obs_status", "decimal")


def openfda(folder: Path) -> Answers:
    """Codes and dates of digits stay texts; "2003-04-07" is a date in all records, so it is one."""
    events = joined("drug_event.json", "results")(folder)
    names = [
        *(each for each in ("companynumb", "receivedate", "seriousnessother") if each in events[0]),
        *("safetyreportid", "receiptdate", "serious", "patient.patientonsetage"),
    ]
    drugs = [(each, place, drug) for each in events for place, drug in numbered(each["patient"]["drug"])]
    more = ("drugstartdate", "drugindication") if "drugstartdate" in drugs[0][2] else ()
    drug_names = ("medicinalproduct", "drugadministrationroute", *more)
    answers: dict[str, Rows] = {
        **flat("events", events, *names),
        "select distinct typeof(receiptdate), typeof(patient_patientonsetage) from events": [("VARCHAR", "VARCHAR")],
        child("events", "patient__drug", "p.safetyreportid", "c._position", *(f"c.{each}" for each in drug_names)): [
            (each["safetyreportid"], place, *values(drug, *drug_names)) for each, place, drug in drugs
        ],
        child("events", "patient__reaction", "p.safetyreportid", "c._position", "c.reactionmeddrapt"): [
            (each["safetyreportid"], place, reaction["reactionmeddrapt"])
            for each in events
            for place, reaction in numbered(each["patient"]["reaction"])
        ],
    }
    if "@timestamp" in events[0]:
        answers["select _case_number, cast(_timestamp as varchar), typeof(_timestamp), _version from events"] = [
            (each["@case_number"], each["@timestamp"], "DATE", each["@version"]) for each in events
        ]
    for list_name in ("brand_name", "substance_name"):
        lists = [(each, place, drug.get("openfda", {}).get(list_name, [])) for each, place, drug in drugs]
        if any(found for _, _, found in lists):
            answers[
                "select e.safetyreportid, d._position, l._position, l.value from events e "
                "join events__patient__drug d on d._parent_id = e._row_id "
                f"join events__patient__drug__openfda__{list_name} l on l._parent_id = d._row_id"
            ] = [
                (each["safetyreportid"], place, inner, value)
                for each, place, found in lists
                for inner, value in numbered(found)
            ]
    return answers


def recalls(folder: Path) -> Answers:
    record = read(folder / "recall_enforcement.json")
    columns = ", ".join(each.replace("-", "_") for each in record)
    return {f"select {columns} from recalls": [tuple(record.values())]}


def datausa(folder: Path) -> Answers:
    rows = read(folder / "nation_population.json")["data"]
    names = ("ID Nation", "Nation", "ID Year", "Year", "Population", "Slug Nation")
    return flat("population", rows, *names)


def countries(folder: Path) -> Answers:
    """What holds however the keys that are data are taken."""
    rows = read(folder / "countries.json")
    lists = [each for each in ("capital", "borders", "latlng", "tld", "altSpellings") if each in rows[0]]
    columns = {"altSpellings": "alt_spellings"}
    return {
        **flat("countries", rows, "name.common", "name.official", "cca2", "ccn3", "independent", "area"),
        **{
            child("countries", columns.get(name, name), "p.cca2", "c._position", "c.value"): [
                (each["cca2"], place, value) for each in rows for place, value in numbered(each[name])
            ]
            for name in lists
        },
    }


def countries_with_maps(folder: Path) -> Answers:
    """The keys of currencies, languages and native names are data; translations are fields of a record."""
    rows = read(folder / "countries.json")
    return {
        **countries(folder),
        child("countries", "currencies", "p.cca2", "c._key", "c.name", "c.symbol"): [
            (each["cca2"], code, money["name"], money["symbol"])
            for each in rows
            for code, money in each["currencies"].items()
        ],
        child("countries", "languages", "p.cca2", "c._key", "c.value"): [
            (each["cca2"], code, language) for each in rows for code, language in each["languages"].items()
        ],
        child("countries", "name__native", "p.cca2", "c._key", "c.common", "c.official"): [
            (each["cca2"], code, name["common"], name["official"])
            for each in rows
            for code, name in each["name"]["native"].items()
        ],
        **flat("countries", rows, "cca2", "translations.deu.official", "translations.spa.common"),
    }


def countries_with_columns(folder: Path) -> Answers:
    """Too few records to see that keys are data: each is a field of a record."""
    rows = read(folder / "countries.json")
    names = ("currencies.EUR.name", "currencies.ALD.symbol", "languages.fra", "name.native.bor.common")
    return {**countries(folder), **flat("countries", rows, "cca2", *names)}


def gbfs3(folder: Path) -> Answers:
    def feed(name: str, list_name: str) -> list[Record]:
        found: list[Record] = read(folder / "v3.0" / f"{name}.json")["data"][list_name]
        return found

    vehicles, stations = feed("vehicle_status", "vehicles"), feed("station_information", "stations")
    names = ("vehicle_id", "lat", "lon", "is_reserved", "vehicle_type_id", "current_range_meters", "rental_uris.ios")
    answers: dict[str, Rows] = {
        **flat("vehicle_status", vehicles, *names),
        **flat("station_information", stations, "station_id", "lat", "lon", "is_virtual_station"),
        child("station_information", "name", "p.station_id", "c._position", "c.text", "c.language"): [
            (each["station_id"], place, name["text"], name["language"])
            for each in stations
            for place, name in numbered(each["name"])
        ],
        child("station_information", "vehicle_type_area_capacity", "p.station_id", "c.vehicle_type_id", "c.count"): [
            (each["station_id"], kind["vehicle_type_id"], kind["count"])
            for each in stations
            for kind in each.get("vehicle_type_area_capacity", [])
        ],
    }
    if "last_reported" in vehicles[0]:
        answers["select vehicle_id, epoch(last_reported) from vehicle_status"] = [
            (each["vehicle_id"], datetime.fromisoformat(each["last_reported"]).timestamp()) for each in vehicles
        ]
    return answers


def flat(table: str, records: Iterable[Record], *names: str) -> dict[str, Rows]:
    """The query for values at paths of the records, which are columns, and their values."""
    columns = ", ".join(each.replace(".", "_").replace(" ", "_").lower() for each in names)
    return {f"select {columns} from {table}": [values(each, *names) for each in records]}


def values(record: Record, *names: str) -> tuple[object, ...]:
    """The values at paths; null where there is nothing."""
    found = []
    for name in names:
        at: Any = record
        for step in name.split("."):
            at = at.get(step) if isinstance(at, dict) else None
        found.append(at)
    return tuple(found)
