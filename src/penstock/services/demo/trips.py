"""The trips of the demo: the provider's own data, behind a token, in pages, with corrections after the fact."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from penstock.services.demo.city import OPENING, VEHICLE_TYPES, Station, VehicleType, stations
from penstock.services.demo.dice import chance, choice, number

Trip = dict[str, Any]
"""A JSON object."""

BEFORE_OPENING: Final = 500
"""Trips that are known when the demo begins."""

EVERY: Final = 173
"""Seconds between the ends of two trips."""

CORRECTION_AFTER: Final = 1200
"""Seconds after which a trip that was charged wrongly is corrected."""


@lru_cache(maxsize=4)
def trips(moment: int) -> Sequence[Trip]:
    """All trips that are known at a moment, those that changed last at the end."""
    last = BEFORE_OPENING + (moment - OPENING) // EVERY
    places = stations()
    known = [_trip(each, moment, places) for each in range(1, last + 1)]
    return sorted(known, key=lambda trip: (trip["updated_at"], trip["trip_id"]))


def _trip(turn: int, moment: int, places: Sequence[Station]) -> Trip:
    ended = OPENING - (BEFORE_OPENING - turn) * EVERY - number(60, "ended", turn)
    legs = _legs(turn, ended, places)
    corrected = ended + CORRECTION_AFTER
    is_corrected = chance(10, "refund", turn) and corrected <= moment
    return {
        "trip_id": f"{turn:07}",
        "rider": {"type": choice(("member", "casual"), "rider", turn), "plan_id": legs[0]["plan_id"]},
        "started_at": legs[0]["started_at"],
        "ended_at": _time(ended),
        "updated_at": _time(corrected if is_corrected else ended),
        "legs": legs,
        "price": _price(legs, is_refunded=is_corrected),
        "tags": [tag for tag in ("rain", "first-ride", "gift") if chance(15, "tag", tag, turn)],
        "note": {"en": "Refunded: dock fault", "fr": "Remboursé : borne en panne"} if is_corrected else None,
    }


def _legs(turn: int, ended: int, places: Sequence[Station]) -> list[Trip]:
    """One leg, or two where the rider changed vehicles at a station; some end outside of stations."""
    count = 2 if chance(20, "legs", turn) else 1
    minutes = [3 + number(40, "minutes", turn, each) for each in range(count)]
    stops = [choice(places, "stop", turn, each).id for each in range(count + 1)]
    found: list[Trip] = []
    for each in range(count):
        kind: VehicleType = choice(VEHICLE_TYPES, "kind", turn, each)
        is_last = each == count - 1
        found.append(
            {
                "leg": each + 1,
                "vehicle_type_id": kind.id,
                "plan_id": kind.plan,
                "from_station_id": stops[each],
                "to_station_id": None if is_last and chance(8, "outside", turn) else stops[each + 1],
                "started_at": _time(ended - 60 * sum(minutes[each:])),
                "minutes": minutes[each],
                "distance_meters": number(60_000, "distance", turn, each) / 10,
            }
        )
    return found


def _price(legs: Sequence[Trip], *, is_refunded: bool) -> Trip:
    rates = {each.id: each.cents_per_minute for each in VEHICLE_TYPES}
    rides = [(leg["vehicle_type_id"], leg["minutes"] * rates[leg["vehicle_type_id"]]) for leg in legs]
    items = [("unlock", 125), *rides]
    if is_refunded:
        items.append(("refund", -sum(cents for _, cents in items)))
    return {
        "currency": "CAD",
        "amount": sum(cents for _, cents in items) / 100,
        "items": [{"code": code, "amount": cents / 100} for code, cents in items],
    }


def _time(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
