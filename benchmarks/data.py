"""Writes the data of the benchmarks: orders as nested NDJSON, always the same for a size.

A record has about 60 values in nested records, a list of records (`lines`) and a list of texts (`tags`).
A few percent of the optional values are null or missing. The first file is clean: it decides the types. In the others
`WRONG` of the records hold a value of a wrong type, which every way that is compared by its tables has to set aside.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

PAGE_RECORDS = 5_000
WRONG = 0.004
START = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "harbour", "island", "juniper", "kelp", "larch")
CITIES = ("Göteborg", "Porto", "Gdańsk", "Lyon", "Kraków", "Brno", "Tartu", "Łódź")


def pages(megabytes: int, folder: Path) -> list[Path]:
    """The NDJSON files of about `megabytes` in all, in order; written when they are not there yet."""
    done = folder / "done"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_pages(megabytes * 1_000_000, folder)
        done.touch()
    return sorted(folder.glob("*.ndjson"))


def write_pages(size: int, folder: Path, records: int = PAGE_RECORDS) -> None:
    written = number = 0
    while written < size:
        lines = [json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in page(number, records)]
        data = ("\n".join(lines) + "\n").encode()
        (folder / f"{number:05}.ndjson").write_bytes(data)
        written += len(data)
        number += 1


def page(number: int, records: int) -> Iterator[dict[str, Any]]:
    random = Random(hashlib.md5(str(number).encode()).digest())
    first = number * records + 1
    for identifier in range(first, first + records):
        record = order(identifier, random)
        if number > 0 and random.random() < WRONG:
            spoil(record, random)
        yield record


def order(identifier: int, random: Random) -> dict[str, Any]:
    created = START + timedelta(seconds=identifier * 37)
    record: dict[str, Any] = {
        "id": identifier,
        "reference": f"R-{random.getrandbits(64):016x}",
        "created_at": stamp(created),
        "updated_at": stamp(created + timedelta(seconds=random.randrange(1, 90_000))),
        "day": created.date().isoformat(),
        "kind": random.choice(("sale", "return", "exchange", "repair")),
        "status": random.choice(("open", "packed", "sent", "closed")),
        "code": f"{random.randrange(1000):03}",
        "active": random.random() < 0.7,
        "quantity": random.randrange(1, 500),
        "total": money(random),
        "priority": random.randrange(5),
        "channel": random.choice(("web", "shop", "phone")),
        "campaign": random.choice(WORDS),
        "warehouse": random.choice(CITIES),
        "customer": customer(random),
        "shipping": shipping(created, random),
        "payment": payment(created, random),
        "device": device(random),
        "metrics": {f"m{index:02}": round(random.uniform(0, 1000), 3) for index in range(1, 9)},
        "lines": [line(random) for _ in range(random.choice((1, 1, 2, 2, 3)))],
        "tags": random.sample(WORDS, random.randrange(4)),
    }
    sometimes(record, "note", f"{random.choice(WORDS)} / {random.choice(WORDS)} {random.choice(WORDS)}", random)
    return record


def customer(random: Random) -> dict[str, Any]:
    name = f"{random.choice(WORDS).title()} {random.choice(WORDS).title()}"
    result = {
        "id": random.randrange(1, 50_000),
        "name": name,
        "email": f"{name.lower().replace(' ', '.')}@example.org",
        "segment": random.choice(("private", "business", "public")),
        "score": round(random.random(), 4),
        "vip": random.random() < 0.05,
        "since": (START - timedelta(days=random.randrange(3000))).date().isoformat(),
        "address": address(random) | {"lat": coordinate(random), "lon": coordinate(random)},
    }
    return sometimes(result, "phone", f"+46 {random.randrange(10_000_000, 99_999_999)}", random)


def address(random: Random) -> dict[str, Any]:
    return {
        "street": f"{random.choice(WORDS).title()} {random.randrange(1, 200)}",
        "city": random.choice(CITIES),
        "zip": f"{random.randrange(100_000):05}",
        "country": random.choice(("SE", "PT", "PL", "FR", "CZ", "EE")),
    }


def shipping(created: datetime, random: Random) -> dict[str, Any]:
    return {
        "carrier": random.choice(WORDS),
        "service": random.choice(("parcel", "express", "pallet")),
        "cost": money(random),
        "weight_g": random.randrange(50, 30_000),
        "eta": stamp(created + timedelta(days=random.randrange(1, 9))),
        "tracking": f"T{random.getrandbits(48):012x}",
        "address": address(random),
    }


def payment(created: datetime, random: Random) -> dict[str, Any]:
    result = {
        "method": random.choice(("card", "invoice", "transfer")),
        "currency": random.choice(("SEK", "EUR", "PLN", "CZK")),
        "amount": money(random),
        "tax": money(random),
        "captured": random.random() < 0.9,
        "captured_at": stamp(created + timedelta(minutes=random.randrange(500))),
        "installments": random.randrange(1, 12),
    }
    return sometimes(result, "fee", money(random), random)


def device(random: Random) -> dict[str, Any]:
    return {
        "os": random.choice(("linux", "android", "ios", "windows")),
        "browser": random.choice(WORDS),
        "width": random.randrange(320, 3840),
        "height": random.randrange(480, 2160),
        "locale": random.choice(("sv-SE", "pl-PL", "fr-FR", "cs-CZ")),
        "mobile": random.random() < 0.6,
        "ip": ".".join(str(random.randrange(256)) for _ in range(4)),
    }


def line(random: Random) -> dict[str, Any]:
    return {
        "sku": f"{random.randrange(100_000):05}-{random.choice('ABCDEF')}",
        "name": random.choice(WORDS),
        "quantity": random.randrange(1, 20),
        "price": money(random),
        "discount": round(random.random() * 0.4, 3),
        "taxable": random.random() < 0.8,
    }


def sometimes(record: dict[str, Any], name: str, value: Any, random: Random) -> dict[str, Any]:
    """Sets an optional value: null in 3 of 100 records, missing in 3 more."""
    chance = random.random()
    if chance >= 0.03:
        record[name] = None if chance < 0.06 else value
    return record


def spoil(record: dict[str, Any], random: Random) -> None:
    """Puts a value of a wrong type into one of three places."""
    place = random.randrange(3)
    if place == 0:
        record["quantity"] = random.choice(("many", 2.75, True))
    elif place == 1:
        record["customer"]["score"] = random.choice(("high", [0.5]))
    else:
        record["lines"][0]["price"] = random.choice(("n/a", {"amount": 1}))


def money(random: Random) -> float:
    return random.randrange(100, 900_000) / 100


def coordinate(random: Random) -> float:
    return round(random.uniform(-60, 60), 5)


def stamp(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
