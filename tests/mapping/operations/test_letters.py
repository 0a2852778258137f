"""UPPER and LOWER on every character there is, compared with an engine that has Unicode's simple mapping."""

import sys
import unicodedata

import duckdb

from penstock.mapping.operations.letters import WHITE_SPACE, lower, upper

CHARACTERS = [
    each for each in map(chr, range(1, sys.maxunicode + 1)) if unicodedata.category(each) not in {"Cn", "Cs", "Co"}
]


def test_every_character_in_both_cases() -> None:
    with duckdb.connect() as connection:
        rows = connection.execute("SELECT c, upper(c), lower(c) FROM (SELECT unnest(?) AS c)", [CHARACTERS]).fetchall()
    assert [each for each in rows if each != (each[0], upper(each[0]), lower(each[0]))] == []


def test_white_space_is_what_unicode_calls_so() -> None:
    controls = {"\x1c", "\x1d", "\x1e", "\x1f"}
    assert {each for each in CHARACTERS if each.isspace()} - controls == set(WHITE_SPACE)
