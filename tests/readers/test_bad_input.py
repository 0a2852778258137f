"""Whatever is in a document: only errors of ours, and no hang."""

import json
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from penstock.errors import PenstockError
from penstock.readers.registry import readers

KEYWORDS = """
type properties items $ref $defs definitions allOf oneOf anyOf enum const required additionalProperties object array
string number integer null record fields name values symbols logicalType decimal precision openapi components schemas
inputs output inputMetadata parameterType members nullable isArrayType apiVersion kind DataContract schema logicalType
physicalType quality penstock catalog/1 records #/$defs/a # #/ a b 3.0.0 v3.1.0 int|() (string|())[]|() map<int>
"""
MARKS = """
( ) [ ] { } < > , ; : . | & ? * = ' " ` # @ / \\ - \0 é 😄 0 1 1.5 {| |} /// ... && - &a *a <<: ! %YAML --- ~ |- -- /*
*/ CREATE TABLE TYPE AS ENUM t a INT NOT NULL PRIMARY KEY CHECK IN ARRAY STRUCT MAP DEFAULT COMMENT ON DECIMAL(
type record int string readonly map< public distinct error xml json anydata const import @annotation
"""
WORDS, PIECES = KEYWORDS.split(), [*MARKS.split(), "\n", "\t"]

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=5), st.sampled_from(WORDS)
)
documents = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.sampled_from(WORDS), st.text(max_size=3)), inner, max_size=5),
    ),
    max_leaves=25,
)
KINDS = sorted(readers())


def only_our_errors(kind: str, text: str, part: str = "") -> None:
    reader = readers()[kind]
    reader.recognises(text, ".json")
    reader.recognises(text, "")
    try:
        document = reader.read(text, "a document", part)
    except PenstockError as error:
        told = str(error)
        assert "\nHint: " in told
        return
    names = [each.name for each in document.definitions]
    assert len(set(names)) == len(names)
    assert not document.main or document.main in names


BEGINNINGS = {"ddl": "CREATE TABLE t (a ", "ballerina": "type T "}


@pytest.mark.parametrize("kind", KINDS)
@given(text=st.text(max_size=60))
def test_any_text(kind: str, text: str) -> None:
    only_our_errors(kind, text)


@pytest.mark.parametrize("kind", KINDS)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=40), glue=st.sampled_from(["", " "]))
def test_any_words(kind: str, pieces: list[str], glue: str) -> None:
    for front in ("", BEGINNINGS.get(kind, "a: ")):
        only_our_errors(kind, front + glue.join(pieces))


@pytest.mark.parametrize("kind", KINDS)
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    value=documents,
    keys=st.lists(st.tuples(st.sampled_from(WORDS), documents), max_size=4),
    part=st.sampled_from(["", "a", "/a"]),
)
def test_any_json(kind: str, value: Any, keys: list[tuple[str, Any]], part: str) -> None:
    only_our_errors(kind, json.dumps(value), part)
    only_our_errors(kind, json.dumps({**FRONTS.get(kind, {}), **dict(keys)}), part)


FRONTS: dict[str, dict[str, Any]] = {
    "openapi": {"openapi": "3.0.0"},
    "odcs": {"apiVersion": "v3.1.0", "kind": "DataContract"},
    "catalog": {"penstock": "catalog/1", "name": "a", "records": 0, "fields": {}},
    "avro": {"type": "record", "name": "T"},
}
"""What a document begins with, so that it is looked into."""

DEEP = [
    "[",
    "{",
    "(",
    "<",
    '{"a":',
    '{"type":',
    '{"items":',
    "- ",
    "a[",
    "ARRAY<",
    "record {",
    "map<",
    "type T (",
    "(a|",
    "/*",
    "NOT ",
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("opening", DEEP)
def test_deep_nesting(kind: str, opening: str) -> None:
    only_our_errors(kind, opening * 10_000)
    only_our_errors(kind, BEGINNINGS.get(kind, "a: ") + opening * 10_000)


@pytest.mark.parametrize("kind", KINDS)
def test_any_bytes(kind: str) -> None:
    dice = random.Random(7)
    for _ in range(100):
        only_our_errors(kind, dice.randbytes(dice.randrange(200)).decode("utf-8", errors="replace"))
