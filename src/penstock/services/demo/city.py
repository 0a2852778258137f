"""The invented city of the demo: its districts, stations, vehicles and prices, the same on every machine."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from penstock.services.demo.dice import chance, number

Text = Mapping[str, str]
"""The same text in each language, by its code."""

LANGUAGES: Final = ("en", "fr")

OPENING: Final = 1_777_874_400
"""The moment at which the demo begins, in seconds since 1970: 2026-05-04 06:00 UTC."""


@dataclass(frozen=True, slots=True)
class VehicleType:
    """A kind of vehicle; a range in metres belongs to those with a motor."""

    id: str
    name: Text
    form_factor: str
    propulsion: str
    range_meters: int | None
    cents_per_minute: int
    accessories: tuple[str, ...]

    @property
    def plan(self) -> str:
        """The id of the plan by which it is paid."""
        return self.id.replace("VehicleType", "PricingPlan")


@dataclass(frozen=True, slots=True)
class Region:
    """A district."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Station:
    """A place with docks; the docks are counted by type of vehicle."""

    id: str
    name: Text
    latitude: float
    longitude: float
    region: str
    post_code: str
    address: str | None
    docks: Mapping[str, int]
    payment: tuple[str, ...]

    @property
    def capacity(self) -> int:
        """All docks."""
        return sum(self.docks.values())


BIKE: Final = "PH:VehicleType:CityBike"
EBIKE: Final = "PH:VehicleType:ElectricBike"
CARGO: Final = "PH:VehicleType:CargoBike"

VEHICLE_TYPES: Final = (
    VehicleType(BIKE, {"en": "City bike", "fr": "Vélo de ville"}, "bicycle", "human", None, 12, ("navigation",)),
    VehicleType(
        EBIKE,
        {"en": "Electric bike", "fr": "Vélo électrique"},
        "bicycle",
        "electric_assist",
        60_000,
        19,
        ("automatic", "navigation"),
    ),
    VehicleType(CARGO, {"en": "Cargo bike", "fr": "Vélo cargo"}, "cargo_bicycle", "electric_assist", 45_000, 31, ()),
)

REGIONS: Final = (
    Region("01", {"en": "Old Harbour", "fr": "Vieux-Port"}),
    Region("02", {"en": "Riverside", "fr": "Rive-Nord"}),
    Region("03", {"en": "The Heights", "fr": "Les Hauteurs"}),
    Region("10", {"en": "University", "fr": "Université"}),
)

PLACES: Final = (
    ("Square", "Place"),
    ("Bridge", "Pont"),
    ("Gate", "Porte"),
    ("Station", "Gare"),
    ("Park", "Parc"),
    ("Market", "Marché"),
    ("Quay", "Quai"),
    ("Garden", "Jardin"),
    ("Street", "Rue"),
    ("Lane", "Allée"),
)
OF: Final = (
    ("Harbour", "du Port"),
    ("Mill", "du Moulin"),
    ("Saint-Éloi", "Saint-Éloi"),
    ("Observatory", "de l'Observatoire"),
    ("Heron", "du Héron"),
    ("Weavers'", "des Tisserands"),
)


@cache
def stations() -> tuple[Station, ...]:
    """The sixty stations, in the order of their ids ("004" … "240": numbers that are text)."""
    names = [(f"{of[0]} {place[0]}", f"{place[1]} {of[1]}") for of in OF for place in PLACES]
    return tuple(_station(place, english, french) for place, (english, french) in enumerate(names))


def _station(place: int, english: str, french: str) -> Station:
    docks = {BIKE: 8 + number(12, "docks", place)}
    if chance(70, "electric", place):
        docks[EBIKE] = 2 + number(8, "electric docks", place)
    if chance(20, "cargo", place):
        docks[CARGO] = 1 + number(3, "cargo docks", place)
    return Station(
        id=f"{4 * (place + 1):03}",
        name={"en": english, "fr": french},
        latitude=round(46.81 + number(60_000, "latitude", place) / 1_000_000, 6),
        longitude=round(-71.21 + number(90_000, "longitude", place) / 1_000_000, 6),
        region=REGIONS[number(len(REGIONS), "region", place)].id,
        post_code=f"{4000 + number(900, 'post code', place):05}",
        address=f"{1 + number(180, 'house', place)} {english}" if chance(80, "address", place) else None,
        docks=docks,
        payment=("key", "creditcard", "phone") if chance(60, "payment", place) else ("key",),
    )
