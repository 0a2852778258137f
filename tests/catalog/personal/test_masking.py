from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penstock.catalog.decisions.decide import decide
from penstock.catalog.evolution.update import settle
from penstock.catalog.model import Catalog, FieldProfile, Integers, Texts
from penstock.catalog.personal.masking import (
    IN_LOGS,
    Examples,
    mask_example,
    mask_text,
    mask_value,
    mask_within,
    masked,
)
from penstock.catalog.profiling.node import thaw
from penstock.catalog.profiling.profile import profile_documents


@pytest.mark.parametrize(
    ("value", "kind", "mask"),
    [
        ("ada.lovelace@example.org", "email", "a***@e***.org"),
        ("ada@example", "email", "a***@***.***"),
        ("a@b@example.co.uk", "email", "a***@e***.uk"),
        ("no address", "email", "xx xxxxxxx"),
        ("+49 170 1234567", "phone", "+99 999 9999999"),
        ("Ada Lovelace-Byron", "name", "Xxx Xxxxxxxx-Xxxxx"),
        ("李 Жанна é", "name", "x Xxxxx x"),
        ("٣٤", "name", "99"),
        ("a\u0301\n😀", "name", "xx x"),
        ("1985-03-02", "birth_date", "9999-99-99"),
        (1985, "birth_date", 9999),
        (-70, "id", -99),
        (0, "id", 0),
        (1.5, "id", "9.9"),
        (True, "id", True),
        (None, "id", None),
        ("", "name", ""),
    ],
)
def test_masks(value: object, kind: str, mask: object) -> None:
    assert mask_value(value, kind) == mask
    assert mask_value(mask, kind) == mask


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("confirmed", "confirmed"),
        ("2021-01-01T10:00:00Z", "2021-01-01T10:00:00Z"),
        ("see ada@example.org", "see a***@e***.org"),
        ("https://ada:pw@example.org/x", "https://ada:p***@e***.org/x"),
        ("from 10.1.2.3", "from 99.9.9.9"),
        ("IBAN DE89370400440532013000!", "IBAN XX99999999999999999999!"),
        ("card 4111-1111-1111-1111", "card 9999-9999-9999-9999"),
    ],
)
def test_masks_within(text: str, mask: str) -> None:
    assert mask_within(text) == mask
    assert mask_example(text) == mask


def test_logs_keep_addresses_of_machines() -> None:
    said = "http://127.0.0.1:8080 20261121T210000Z-3f9c near b'\"ada@example.org\"'"
    assert mask_within(said, IN_LOGS) == said.replace("ada@example.org", "a***@e***.org")


def test_free_text_is_masked_as_a_whole() -> None:
    assert mask_example("Please call Ada at home") == "Xxxxxx xxxx Xxx xx xxxx"
    assert mask_example("x" * 61) == "x" * 61
    assert mask_example("Ada " * 16) == "Xxx " * 16
    assert mask_example(7) == 7


@given(st.text())
def test_masking_again_changes_nothing(text: str) -> None:
    for mask in (
        mask_text,
        lambda each: str(mask_value(each, "email")),
        mask_within,
        lambda each: str(mask_example(each)),
    ):
        once = mask(text)
        assert mask(once) == once
    assert not any(each.isalpha() and each not in "xX" for each in mask_text(text))


PEOPLE = [
    {"customer": {"name": f"Ada{at} Lovelace", "email": f"ada{at}@example.org", "phone": 491701234560 + at,
                  "born": f"1985-03-0{at % 9 + 1}"}, "status": "open", "score": at / 4}
    for at in range(40)
]  # fmt: skip


@pytest.mark.parametrize("examples", ["none", "masked", "plain"])
def test_what_a_catalog_shows(examples: Examples) -> None:
    catalog = settle(profile_documents(PEOPLE, "orders"))
    shown = {str(each.path): each for each in masked(catalog, examples).fields}
    labels = {path: each.personal for path, each in shown.items() if each.personal}
    assert labels == {"customer.name": "name", "customer.email": "email", "customer.phone": "phone",
                      "customer.born": "birth_date"}  # fmt: skip
    email, status, phone = shown["customer.email"], shown["status"], shown["customer.phone"]
    expected: dict[str, tuple[Any, ...]] = {
        "none": ((), (), Integers(100000000000, 999999999999), None),
        "masked": (("a***@e***.org",), ("open",), Integers(100000000000, 999999999999), None),
        "plain": (
            catalog.fields[2].values.shown,
            ("open",),
            Integers(491701234560, 491701234599),
            Texts("1985-03-01", "1985-03-09"),
        ),
    }
    assert (email.values.shown, status.values.shown, phone.integers, shown["customer.born"].texts) == expected[examples]
    assert masked(masked(catalog, examples), examples) == masked(catalog, examples)


def test_a_person_overrules_a_label() -> None:
    catalog = settle(profile_documents(PEOPLE, "orders"))
    said = {"customer.name": "none", "status": "health"}
    fields = tuple(replace(each, personal=said.get(str(each.path), "")) for each in catalog.fields)
    shown = {str(each.path): each for each in masked(replace(catalog, fields=fields)).fields}
    assert shown["customer.name"].values.shown == catalog.fields[1].values.shown
    assert shown["status"].values.shown == ("xxxx",)
    assert shown["status"].values.counts == {}


@given(st.lists(st.integers() | st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_a_mask_does_not_change_what_is_decided(numbers: list[float]) -> None:
    catalog = profile_documents([{"phone": each} for each in numbers])
    assert shape_type(masked(catalog)) == shape_type(catalog)


def shape_type(catalog: Catalog) -> object:
    return decide(thaw(catalog).children["phone"])


def test_numbers_without_an_end_are_left() -> None:
    catalog = profile_documents([{"phone": b"1e999"}])
    assert isinstance(masked(catalog).fields[0], FieldProfile)
