"""Patterns of the subset say the same to every engine; others are refused."""

import re

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penstock.errors import PatternError, UnsupportedOperationError
from penstock.mapping import patterns
from penstock.mapping.patterns.deterministic import is_deterministic


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("(?=a)", "look-around"),
        ("(?!a)", "look-around"),
        ("(?<=a)b", "look-around"),
        ("(?P<n>a)", "named groups"),
        ("(?i)a", "flags"),
        (r"(a)\1", r"\\1 is not of the subset"),
        (r"\bword", r"\\b is not of the subset"),
        (r"\p{L}", r"\\p is not of the subset"),
        ("a**", "a repetition is repeated"),
        ("(?:a*)*", "may be empty"),
        ("(a)*", "a group that is repeated"),
        ("(a)|b", "one of several options"),
        ("*a", "nothing that"),
        ("a{2", "must count"),
        ("a{}", "must count"),
        ("a{3,2}", "count upwards"),
        ("a{0}", "count upwards"),
        ("a{999}", "count upwards"),
        ("[a", "not closed"),
        ("[]", "empty"),
        ("[[:alpha:]]", "must be written"),
        ("[z-a]", "a range"),
        (r"[\d-z]", "a range"),
        ("(a", "not closed"),
        ("a)", "closes nothing"),
        ("a\\", "backslash"),
        ("(a)" * 10, "more than 9 groups"),
        ("(?:" * 300 + ")" * 300, "too deep"),
    ],
)
def test_what_targets_understand_differently_is_refused(text: str, problem: str) -> None:
    with pytest.raises(PatternError, match=problem):
        patterns.parse(text)


@pytest.mark.parametrize(
    ("text", "engine", "written"),
    [
        ("^a.b$", patterns.PYTHON, r"\Aa[^\u000a]b\Z"),
        ("^a.b$", patterns.RE2, r"\Aa[^\x{a}]b\z"),
        ("^a.b$", patterns.JAVA, r"\Aa[^\u000a]b\z"),
        (r"\d+/\w*", patterns.POSTGRES, r"[0-9]+\/[0-9A-Z\_a-z]*"),
        (r"\s", patterns.PYTHON, r"[\u0009-\u000d ]"),
        (r"[^\]a-c]{2,}?", patterns.PYTHON, r"[^\]a-c]{2,}?"),
        ("(?:a|bc)?", patterns.JAVASCRIPT, "(?:[a]|[b][c])?"),
        ("😄+", patterns.JAVASCRIPT, r"(?:\ud83d[\ude04-\ude04])+"),
        ("[a😀-😄]", patterns.JAVASCRIPT, r"(?:[a]|\ud83d[\ude00-\ude04])"),
        ("/", patterns.JAVASCRIPT, r"[\/]"),
        ("`", patterns.JAVASCRIPT, r"[\`]"),
    ],
)
def test_written_for_an_engine(text: str, engine: patterns.Engine, written: str) -> None:
    assert patterns.written(text, engine) == written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[0-9]+", True),
        (r"(\w+)@(\w+)", True),
        ("a(?:bc)?", True),
        ("(?:a|b)*c", True),
        ("^(.*)-(.*)$", True),
        ("(.*)-(.*)", False),
        ("a|ab", False),
        ("a*(?:ab)?", False),
        ("a+?b", False),
        ("^(?:a|ab)c?$", False),
    ],
)
def test_where_the_longest_match_is_the_first(text: str, expected: bool) -> None:  # a table
    assert is_deterministic(patterns.parse(text)) is expected
    if not expected:
        with pytest.raises(UnsupportedOperationError, match="the longest match"):
            patterns.written(text, patterns.POSTGRES)


_ATOMS = st.sampled_from(["a", "b", "é", "😄", ".", "[ab]", "[^a]", r"\d", r"\s", "(?:ab|b)", "^", "$", r"\.", "\n"])
_PATTERNS = st.lists(st.tuples(_ATOMS, st.sampled_from(["", "*", "+", "?", "{2}", "+?"])), min_size=1, max_size=4).map(
    lambda parts: "".join(atom + ("" if atom in {"^", "$"} else times) for atom, times in parts)
)
_TEXTS = st.text(st.sampled_from("ab.é😄\n 1"), max_size=8)


@given(_PATTERNS, _TEXTS)
def test_duckdb_finds_what_python_finds(pattern: str, text: str) -> None:
    found = re.search(patterns.written(pattern, patterns.PYTHON), text)
    query = "SELECT CASE WHEN regexp_matches($1, $2) THEN regexp_extract($1, $2) END"
    written = patterns.written(pattern, patterns.RE2)
    with duckdb.connect() as connection:
        assert connection.execute(query.replace("$2", f"'{written}'"), [text]).fetchone() == (found and found[0],)


@given(st.text())
def test_any_text_is_a_pattern_or_refused(text: str) -> None:
    try:
        pattern = patterns.written(text, patterns.PYTHON)
    except PatternError:
        return
    re.compile(pattern)


@given(st.text(min_size=1), st.text())
def test_a_literal_finds_itself(text: str, around: str) -> None:
    assert re.search(patterns.literal(text, patterns.PYTHON), around + text + around)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("$2 $1", r"\g<2> \g<1>"),
        ("$$1", "$1"),
        ("a\\b", r"a\\b"),
        ("$10", r"\g<1>0"),
    ],
)
def test_replacements(text: str, written: str) -> None:
    assert patterns.replacement(text, r"\g<{}>", "\\") == written
