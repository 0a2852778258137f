"""Names fall into words, and words are compared by their letters."""

from collections import Counter
from itertools import combinations

import pytest

from penstock.matching.names import abbreviates, distance, singular, words
from penstock.matching.segments import Segments, segments
from penstock.matching.words import alike


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("customerIDs", ("customer", "ids")),
        ("customer_ids", ("customer", "ids")),
        ("Customer IDs", ("customer", "ids")),
        ("HTTPServerName", ("http", "server", "name")),
        ("line2Total", ("line", "2", "total")),
        ("order-total.net", ("order", "total", "net")),
        ("Größe", ("gro", "ß", "e")),
        ("naïveCafé", ("naive", "cafe")),
        ("价格", ("价", "格")),
        ("цена", ("цена",)),
        ("", ()),
        ("__", ()),
    ],
)
def test_words(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("orders", "order"),
        ("cities", "city"),
        ("boxes", "box"),
        ("branches", "branch"),
        ("classes", "class"),
        ("status", "status"),
        ("address", "address"),
        ("basis", "basis"),
        ("ids", "ids"),
        ("bus", "bus"),
    ],
)
def test_singular(word: str, expected: str) -> None:
    assert singular(word) == expected


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("customer", "customer", 1.0, 1.0),
        ("quantity", "qty", 0.5, 0.9),
        ("cust", "customer", 0.7, 0.9),
        ("customer", "costumer", 0.6, 0.95),
        ("describe", "description", 0.4, 0.9),
        ("price", "weather", 0.0, 0.1),
        ("1", "12", 0.0, 0.0),
        ("start", "status", 0.0, 0.6),
        ("end", "and", 0.0, 0.0),
    ],
)
def test_words_are_alike(one: str, other: str, least: float, most: float) -> None:
    assert least <= alike(one, other) <= most


def test_the_order_of_words_does_not_matter() -> None:
    for one, other in combinations(["name", "naming", "nm", "number", "nbr", "no", "num", "numbers", "date"], 2):
        assert alike(one, other) == alike(other, one)
        assert distance(one, other) == distance(other, one)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("", "abc", 3), ("kitten", "sitting", 3)],
)
def test_distance(one: str, other: str, expected: int) -> None:
    assert distance(one, other) == expected


def test_only_a_shorter_word_abbreviates() -> None:
    assert abbreviates("addr", "address") > abbreviates("adrs", "address") > 0
    assert abbreviates("address", "addr") == abbreviates("x", "xylophone") == abbreviates("ddr", "address") == 0


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("replicationcontroller", ("replication", "controller")),
        ("orderlineno", ("order", "line", "no")),
        ("dischtime", ("disch", "time")),
        ("order", ("order",)),
        ("ordering", ("ordering",)),
        ("timetable", ("timetable",)),
    ],
)
def test_words_written_together(word: str, expected: tuple[str, ...]) -> None:
    known: Segments = segments(
        [["replication", "controller"], ["order", "line", "no"], ["line", "no"], ["start", "time"]], [["discharge"]]
    )
    assert known.split(word) == expected


def test_a_word_is_split_by_others_alone() -> None:
    assert Segments(Counter(), frozenset(), frozenset()).split("replicationcontroller") == ("replicationcontroller",)
