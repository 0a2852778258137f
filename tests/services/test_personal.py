"""No personal value of the data is in anything that is made to be looked at, unless that is asked for."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.pipeline.patterns.extract.loopback import Provider, provider
from tests.services.pipelines import pipeline

from penstock.cli.app import run_program
from penstock.cli.output import console, errors

CANARIES: dict[str, Any] = {
    "email": "augusta.canary@lovelace.example",
    "phone": "+49 151 23456789",
    "full_name": "Augusta Canarybird",
    "iban": "DE89370400440532013000",
    "credit_card": "4111111111111111",
    "street": "Canary Row 17",
    "ssn": "078-05-1120",
    "client_ip": "203.0.113.77",
    "date_of_birth": "1815-12-10",
    "passport_number": "C01X00T47",
    "password": "tweet-tweet-9",
    "tax_id": 4717174711,
    "contact": {"name": "Canarina Tweety", "mobile": 4915123456789},
    "note": "my address is augusta.canary@lovelace.example",
    "comment": "Augusta Canarybird wants a window seat on every trip please",
    "link": "https://canary:secretbird@example.org/x",
    "code": "C-1",
}
SECRETS = [
    *(value for value in CANARIES.values() if isinstance(value, str) and value != "C-1"),
    *("augusta.canary", "Canarybird", "secretbird", "Tweety", "4717174711", "4915123456789"),
]


@pytest.fixture
def site() -> Iterator[Provider]:
    with provider() as one:
        yield one


@pytest.fixture
def data(tmp_path: Path) -> Path:
    file = tmp_path / "bookings.ndjson"
    file.write_text("".join(f"{json.dumps({'id': at, **CANARIES})}\n" for at in range(30)), encoding="utf-8")
    return file


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def printed(*arguments: str) -> str:
        console.cache_clear()
        errors.cache_clear()
        assert run_program(arguments) == 0
        both = capsys.readouterr()
        return both.out + both.err

    return printed


def found(text: str) -> list[str]:
    return [each for each in SECRETS if each in text]


def test_nothing_personal_is_shown(data: Path, call: Callable[..., str]) -> None:
    catalog, page = data.with_name("bookings.yml"), data.with_name("bookings.html")
    shown = {
        "text": call("profile", str(data)),
        "json": call("profile", str(data), "--json"),
        "files": call("profile", str(data), "-o", str(catalog), "--html", str(page)),
        **{name: call("schema", str(data), "--as", name) for name in ("catalog", "odcs", "json-schema", "html")},
        "again": call("schema", str(catalog), "--as", "html"),
        "catalog.yml": catalog.read_text(encoding="utf-8"),
        "page.html": page.read_text(encoding="utf-8"),
    }
    assert {name: leaks for name, text in shown.items() if (leaks := found(text))} == {}
    assert "a***@l***.example" in shown["catalog.yml"]
    assert "C-1" in shown["catalog.yml"]


def test_plain_values_are_shown_when_asked_for(data: Path, call: Callable[..., str]) -> None:
    assert set(found(call("profile", str(data), "--examples", "plain"))) >= {"augusta.canary", "Canarybird"}


def test_no_values_are_shown_when_asked_for(data: Path, call: Callable[..., str]) -> None:
    text = call("profile", str(data), "--examples", "none")
    assert "C-1" not in text
    assert "***" not in text
    assert found(text) == []


PLACES_OF_DATA = ("landing", "warehouse.duckdb")
"""What a pipeline is there to keep: the raw answers and the tables."""


def test_a_pipeline_shows_nothing_personal(tmp_path: Path, site: Provider) -> None:
    shop = pipeline(tmp_path, site, key=["id"])
    shop.fetch(*({"id": at, **CANARIES} for at in range(9)))
    shop.fetch({"id": 9, **CANARIES, "email": None, "phone": 7})
    files = [each for each in shop.root.rglob("*") if each.is_file()]
    looked_at = [each for each in files if each.relative_to(shop.root).parts[0] not in PLACES_OF_DATA]
    assert {"items.yml", "penstock.yml"} <= {each.name for each in looked_at}
    assert {".penstock", "catalog", "dbt"} <= {each.relative_to(shop.root).parts[0] for each in looked_at}
    leaks = {str(each): found(each.read_text(encoding="utf-8", errors="replace")) for each in looked_at}
    assert {name: secrets for name, secrets in leaks.items() if secrets} == {}
    assert "personal: email" in (shop.root / "catalog" / "items.yml").read_text(encoding="utf-8")


def test_a_label_that_a_person_wrote_masks_at_the_next_run(tmp_path: Path, site: Provider) -> None:
    shop = pipeline(tmp_path, site, key=["id"])
    shop.fetch({"id": 1, "diagnosis": "melancholia"})
    file = shop.root / "catalog" / "items.yml"
    text = file.read_text(encoding="utf-8")
    assert "melancholia" in text
    file.write_text(text.replace("  diagnosis:\n", "  diagnosis:\n    personal: health\n"), encoding="utf-8")
    shop.run()
    assert "melancholia" not in file.read_text(encoding="utf-8")
    assert "examples: [xxxxxxxxxxx]" in file.read_text(encoding="utf-8")


def test_a_trace_masks_unless_plain_values_are_asked_for(
    tmp_path: Path, site: Provider, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = pipeline(tmp_path, site, key=["id"])
    shop.fetch({"id": 1, **CANARIES})
    shown = {}
    for plain in ([], ["--plain"]):
        capsys.readouterr()
        assert run_program(["trace", "items", "1", "-p", str(shop.root), *plain]) == 0
        shown[bool(plain)] = found(capsys.readouterr().out)
    assert shown[False] == []
    assert shown[True]
