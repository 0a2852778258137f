"""The thesaurus: its files keep their form and do not contradict themselves, and it answers what they say."""

from collections import Counter
from importlib.resources import files
from itertools import combinations, product

import pytest

from penstock.matching.names import singular, words
from penstock.matching.thesaurus import Thesaurus, parse_thesaurus, thesaurus

TEXTS = {
    each.name: each.read_text(encoding="utf-8").splitlines()
    for each in files("penstock.matching.thesaurus").iterdir()
    if each.name.endswith(".txt")
}
KINDS = "=~<!"


def lines(name: str) -> list[tuple[str, list[str]]]:
    """The kind and the terms of each line of a file."""
    return [(line[0], line[2:].replace(": ", ", ", 1).split(", ")) for line in TEXTS[name] if not line.startswith("#")]


ALL = [line for name in sorted(TEXTS) for line in lines(name)]


def of_kind(kind: str) -> list[list[str]]:
    return [terms for each, terms in ALL if each == kind]


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_each_file_says_its_form_and_is_sorted(name: str) -> None:
    assert all(line.startswith("# ") for line in TEXTS[name][:3])
    ordered = [(KINDS.index(kind), terms) for kind, terms in lines(name)]
    assert ordered == sorted(ordered)


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_each_line_has_terms_as_names_give_them(name: str) -> None:
    for kind, terms in lines(name):
        assert len(terms) >= 2, terms
        assert len(terms) == len(set(terms)), terms
        for term in terms:
            assert " ".join(map(singular, words(term))) == term, (kind, terms)


@pytest.mark.parametrize("kind", ["~", "<"])
def test_a_colon_stands_after_the_first_term_of_short_forms_and_broader_terms_only(kind: str) -> None:
    texts = [line for text in TEXTS.values() for line in text if not line.startswith("#")]
    assert all(line.count(": ") == (line[0] in "~<") for line in texts)
    assert any(line.startswith(kind) for line in texts)


def test_no_term_is_in_two_lines_of_synonyms() -> None:
    counts = Counter(term for terms in of_kind("=") for term in terms)
    assert [term for term, count in counts.items() if count > 1] == []


def test_a_short_form_has_one_line_and_is_not_used_as_a_term() -> None:
    shorts = Counter(terms[0] for terms in of_kind("~"))
    assert [short for short, count in shorts.items() if count > 1] == []
    used = {term for kind, terms in ALL for term in terms[kind == "~" :]}
    assert used & set(shorts) == set()


def pairs(kind: str) -> list[frozenset[int]]:
    """The pairs of groups that lines of opposites or broader terms speak of."""
    groups = thesaurus().groups
    found = (
        pair
        for terms in of_kind(kind)
        for pair in (combinations(terms, 2) if kind == "!" else product(terms[:1], terms[1:]))
    )
    return [frozenset(map(groups.__getitem__, pair)) for pair in found]


@pytest.mark.parametrize("kind", ["<", "!"])
def test_no_pair_is_said_twice_or_is_of_synonyms(kind: str) -> None:
    counts = Counter(pairs(kind))
    names = {number: term for term, number in thesaurus().groups.items()}
    assert [[names[each] for each in pair] for pair, count in counts.items() if count > 1 or len(pair) == 1] == []


def test_no_pair_is_broader_and_opposed() -> None:
    assert set(pairs("<")) & set(pairs("!")) == set()


@pytest.fixture
def small() -> Thesaurus:
    return parse_thesaurus(
        [
            "# a comment",
            "",
            "! begin, finish",
            "< animal: cat",
            "= start, begin",
            "= end, finish",
            "= day of birth, birth day",
            "~ dob: day of birth",
            "~ st: street, start",
            "~ beg: begin",
            "~ fin: end",
        ]
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("start", "start", 1.0),
        ("zebra", "zebra", 1.0),
        ("start", "begin", 0.95),
        ("dob", "birth day", 0.95),
        ("beg", "start", 0.95),
        ("st", "begin", 0.7),
        ("st", "street", 0.7),
        ("st", "beg", 0.7),
        ("animal", "cat", 0.5),
        ("start", "end", 0.0),
        ("start", "zebra", 0.0),
        ("zebra", "lion", 0.0),
        ("", "start", 0.0),
    ],
)
def test_how_alike_terms_are_in_either_order(small: Thesaurus, one: str, other: str, expected: float) -> None:
    assert small.alike(one, other) == expected
    assert small.alike(other, one) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("begin", "finish", True),
        ("start", "end", True),
        ("beg", "fin", True),
        ("start", "begin", False),
        ("st", "end", False),
        ("start", "zebra", False),
        ("zebra", "zebra", False),
    ],
)
def test_opposites_hold_for_synonyms_and_sure_short_forms(
    small: Thesaurus, one: str, other: str, expected: bool
) -> None:
    assert small.opposed(one, other) is expected
    assert small.opposed(other, one) is expected


def test_short_forms_are_written_out(small: Thesaurus) -> None:
    assert small.expansions("dob") == (("day", "of", "birth"),)
    assert small.expansions("st") == (("street",), ("start",))
    assert small.expansions("street") == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (("cat", "day", "of", "birth"), ("cat", "day of birth")),
        (("birth", "day", "start"), ("birth day", "start")),
        (("day", "of"), ("day", "of")),
        ((), ()),
    ],
)
def test_phrases_in_names_become_one_term(small: Thesaurus, name: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert small.terms(name) == expected
    assert small.phrases[("birth", "day")] == small.groups["day of birth"]


def test_an_empty_thesaurus_knows_nothing() -> None:
    empty = parse_thesaurus([])
    assert (empty.alike("net", "nett"), empty.opposed("net", "gross"), empty.terms(("a", "b"))) == (
        0,
        False,
        ("a", "b"),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [("colour", "color"), ("qty", "quantity"), ("zip", "postal code"), ("surname", "last name"), ("kg", "kilogram")],
)
def test_the_one_that_ships_knows_general_words(one: str, other: str) -> None:
    assert thesaurus().alike(one, other) == 0.95
    assert not thesaurus().opposed(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("net", "gross"),
        ("start", "end"),
        ("debit", "credit"),
        ("monday", "sunday"),
        ("lat", "lon"),
        ("billing", "shipping"),
    ],
)
def test_the_one_that_ships_keeps_apart_what_differs(one: str, other: str) -> None:
    assert thesaurus().opposed(one, other)
    assert thesaurus().alike(one, other) == 0
