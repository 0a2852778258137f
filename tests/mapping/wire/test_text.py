"""JSON text in and out."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.mapping.strategies import constants

from penstock.errors import WireFormatError
from penstock.mapping.wire.text import DEEPEST, check_depth, format_json, parse_json

BAD = {
    "duplicate keys": ('{"a": 1, "b": 2, "a": 3}', "'a'.*twice"),
    "a fence": ("```\n{}\n```", "not JSON"),
    "a trailing comma": ("[1,]", "line 1, column"),
    "not a number": ("[NaN]", "not a number"),
    "a number without end": (f"[{'9' * 5000}]", "not a number"),
    "a number beyond reach": ("[1e999999]", "not a number"),
    "half a pair": ('["\\ud800"]', "surrogate"),
    "half a pair in a key": ('{"\\udfff": 1}', "surrogate"),
    "10,000 levels": ("[" * 10_000 + "]" * 10_000, "nested more than"),
    "10,000 objects": ('{"a":' * 10_000, "nested more than"),
    "empty": ("", "not JSON"),
    "not UTF-8": (b"\xff", "UTF-8"),
}


@pytest.mark.parametrize(("text", "problem"), BAD.values(), ids=BAD)
def test_refuses(text: str | bytes, problem: str) -> None:
    with pytest.raises(WireFormatError, match=problem):
        parse_json(text)


def test_data_parsed_elsewhere_are_not_deeper() -> None:
    value: Any = 1
    for _ in range(10_000):
        value = [value]
    with pytest.raises(WireFormatError, match="nested more than"):
        check_depth(value)


def test_depth_up_to_the_limit() -> None:
    text = "[" * DEEPEST + "]" * DEEPEST
    assert format_json(parse_json(text).value).split() == ["[" * 1] * (DEEPEST - 1) + ["[]"] + ["]"] * (DEEPEST - 1)


@pytest.mark.parametrize(
    ("text", "value", "repairs"),
    [
        ('```json\n{"a": 1,}\n```', {"a": 1}, 2),
        ('{"a": [1, 2 , ] , }', {"a": [1, 2]}, 1),
        ('{"a": ",]"}', {"a": ",]"}, 0),
        ('{"a": "```"}', {"a": "```"}, 0),
    ],
)
def test_mends_what_models_write(text: str, value: Any, repairs: int) -> None:
    parsed = parse_json(text, from_model=True)
    assert (parsed.value, len(parsed.repairs)) == (value, repairs)


def test_a_model_may_not_write_a_key_twice() -> None:
    with pytest.raises(WireFormatError, match="twice"):
        parse_json('{"a": 1, "a": 1}', from_model=True)


def test_numbers_are_exact() -> None:
    assert parse_json(b"\xef\xbb\xbf[1.10, 12345678901234567890.5, 1E+5]").value == [
        Decimal("1.10"), Decimal("12345678901234567890.5"), Decimal("1E+5")]  # fmt: skip
    assert format_json(parse_json("[1.10, 1E+5, 2]").value) == "[1.10, 1E+5, 2]\n"


@given(constants)
def test_round_trip(value: Any) -> None:
    text = format_json(value)
    assert parse_json(text).value == value
    json.loads(text)


@given(st.text(alphabet='[]{}",:\\ 1eE.-+tn`\n', max_size=30), st.booleans())
def test_any_text_is_json_or_an_error_of_ours(text: str, from_model: bool) -> None:
    try:
        parse_json(text, from_model=from_model)
    except WireFormatError:
        return
