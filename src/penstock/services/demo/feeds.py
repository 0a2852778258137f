"""The public feeds of the demo provider: GBFS, the standard of shared mobility, version 2.3.

A feed is a function of the moment and the language; `FEEDS` holds those of each version of the standard.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from penstock.services.demo.city import CARGO, OPENING, REGIONS, VEHICLE_TYPES, Station, VehicleType, stations
from penstock.services.demo.dice import chance, choice, number

Data = dict[str, Any]
"""A JSON object."""

Feed = Callable[[int, str], Data]
"""The `data` of a feed at a moment (seconds since 1970) in a language."""

MEMBER_PLAN: Final = "PH:PricingPlan:Member"

SLOT: Final = 300
"""Seconds between two looks of the provider at its stations."""


def system_information(_moment: int, language: str) -> Data:
    """Who runs the system."""
    return {
        "system_id": "penstock_demo",
        "language": language,
        "name": {"en": "Pedal Harbour", "fr": "Vélo du Port"}[language],
        "short_name": "PH",
        "operator": "Pedal Harbour Cooperative",
        "start_date": "2019-04-01",
        "timezone": "America/Toronto",
        "feed_contact_email": "feeds@pedal-harbour.example",
        "rental_apps": {
            "android": {"store_uri": "https://apps.example/android/ph", "discovery_uri": "pedalharbour://"},
            "ios": {"store_uri": "https://apps.example/ios/ph", "discovery_uri": "pedalharbour://"},
        },
    }


def station_information(_moment: int, language: str) -> Data:
    """Where the stations are and what they can hold."""
    return {"stations": [_information(each, language) for each in stations()]}


def _information(station: Station, language: str) -> Data:
    found: Data = {
        "station_id": station.id,
        "name": station.name[language],
        "lat": station.latitude,
        "lon": station.longitude,
        "region_id": station.region,
        "post_code": station.post_code,
        "rental_methods": list(station.payment),
        "capacity": station.capacity,
        "vehicle_type_capacity": dict(station.docks),
        "rental_uris": {"web": f"https://pedal-harbour.example/{language}/stations/{station.id}"},
    }
    # An optional field of the standard is left out, not null.
    return found | ({"address": station.address} if station.address else {})


def station_status(moment: int, _language: str) -> Data:
    """What stands at the stations now."""
    return {"stations": [_status(each, moment) for each in stations()]}


def _status(station: Station, moment: int) -> Data:
    # A few stations report less often than the others.
    slot = moment // (SLOT * choice((1, 1, 1, 2), "slow", station.id))
    bikes = {kind: number(docks + 1, "bikes", station.id, kind, slot) for kind, docks in station.docks.items()}
    free = {kind: docks - bikes[kind] for kind, docks in station.docks.items()}
    shared = [kind for kind in free if kind != CARGO]
    return {
        "station_id": station.id,
        "num_bikes_available": sum(bikes.values()),
        "vehicle_types_available": [{"vehicle_type_id": kind, "count": count} for kind, count in bikes.items()],
        "num_bikes_disabled": number(3, "broken", station.id, slot),
        "num_docks_available": sum(free.values()),
        "vehicle_docks_available": [
            {"vehicle_type_ids": shared, "count": sum(free[kind] for kind in shared)},
            *([{"vehicle_type_ids": [CARGO], "count": free[CARGO]}] if CARGO in free else []),
        ],
        "is_installed": True,
        "is_renting": not chance(4, "closed", station.id, slot),
        "is_returning": True,
        "last_reported": moment - number(SLOT, "reported", station.id, slot),
    }


def vehicle_types(_moment: int, language: str) -> Data:
    """Which kinds of vehicle there are."""
    return {"vehicle_types": [_vehicle_type(each, language) for each in VEHICLE_TYPES]}


def _vehicle_type(kind: VehicleType, language: str) -> Data:
    found: Data = {
        "vehicle_type_id": kind.id,
        "name": kind.name[language],
        "form_factor": kind.form_factor,
        "propulsion_type": kind.propulsion,
        "vehicle_accessories": list(kind.accessories),
        "default_pricing_plan_id": kind.plan,
        "pricing_plan_ids": [MEMBER_PLAN, kind.plan],
    }
    return found if kind.range_meters is None else found | {"max_range_meters": float(kind.range_meters)}


def system_regions(_moment: int, language: str) -> Data:
    """The districts."""
    return {"regions": [{"region_id": each.id, "name": each.name[language]} for each in REGIONS]}


def system_pricing_plans(_moment: int, language: str) -> Data:
    """What a ride costs: so much to start, then by the minute, more after half an hour."""
    member = {"en": "Member", "fr": "Membre"}[language]
    member_plan = {"plan_id": MEMBER_PLAN, "name": member, "currency": "CAD", "price": 99.0, "is_taxable": True}
    return {"plans": [member_plan | {"description": member}, *(_plan(each, language) for each in VEHICLE_TYPES)]}


def _plan(kind: VehicleType, language: str) -> Data:
    rate = kind.cents_per_minute
    return {
        "plan_id": kind.plan,
        "name": kind.name[language],
        "currency": "CAD",
        "price": 1.25,
        "is_taxable": True,
        "description": {"en": "By the minute", "fr": "À la minute"}[language],
        "per_min_pricing": [
            {"start": 0, "rate": rate / 100, "interval": 1, "end": 30},
            {"start": 30, "rate": rate * 2 / 100, "interval": 1},
        ],
    }


def system_alerts(_moment: int, language: str) -> Data:
    """What riders should know."""
    works = {"en": "Closed for works", "fr": "Fermé pour travaux"}[language]
    race = {"en": "Harbour race on Sunday", "fr": "Course du port dimanche"}[language]
    hours = [(OPENING - 7200, OPENING + 7200), (OPENING + 86_400, OPENING + 93_600)]
    alerts: list[Data] = [
        {"alert_id": "A-01", "type": "station_closure", "station_ids": ["076", "120"], "summary": works},
        {"alert_id": "A-02", "type": "other", "region_ids": ["01"], "summary": race, "url": "https://race.example/"},
    ]
    times = [[{"start": start, "end": end} for start, end in hours], [{"start": hours[1][0]}]]
    return {
        "alerts": [
            alert | {"times": when, "last_updated": OPENING - 3600} for alert, when in zip(alerts, times, strict=True)
        ]
    }


def free_bike_status(moment: int, _language: str) -> Data:
    """Vehicles that stand outside of stations; their ids change so that nobody can be followed."""
    return {"bikes": [_bike(place, moment) for place in range(25)]}


def _bike(place: int, moment: int) -> Data:
    kind = choice(VEHICLE_TYPES, "free", place)
    slot = moment // SLOT
    found: Data = {
        "bike_id": f"{number(16**8, 'bike', place, slot):08x}",
        "lat": round(46.81 + number(60_000, "bike latitude", place, slot) / 1_000_000, 6),
        "lon": round(-71.21 + number(90_000, "bike longitude", place, slot) / 1_000_000, 6),
        "is_reserved": chance(10, "reserved", place, slot),
        "is_disabled": chance(5, "disabled", place, slot),
        "vehicle_type_id": kind.id,
        "last_reported": moment - number(SLOT, "bike reported", place, slot),
    }
    if kind.range_meters is None:
        return found
    return found | {"current_range_meters": number(kind.range_meters * 10, "range", place, slot) / 10}


FEEDS: Final[Mapping[str, Mapping[str, Feed]]] = {
    "2.3": {
        each.__name__: each
        for each in (
            system_information,
            vehicle_types,
            station_information,
            station_status,
            free_bike_status,
            system_regions,
            system_pricing_plans,
            system_alerts,
        )
    },
}
"""The feeds of each version of the standard, by name."""
