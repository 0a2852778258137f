"""JSON and YAML are read strictly, and the same."""

from typing import Any

import pytest

from penstock.errors import DocumentFormatError
from penstock.readers.structured import at_pointer, load, outline


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('{"a": "x", "b": {"c": 1}, "d": 3, "e": [1]} {"g": 1}', {"a": "x", "b": "{", "d": "", "e": "["}),
        ('{"a": {"b": "c"', {"a": "{"}),
        ('{"a\\"b": "}", "c": true}', {'a\\"b': "}", "c": ""}),
        ("a: x # note\n'b c': \"y\"\nd:\n  e: 1\n- f: 1\n", {"a": "x", "b c": "y", "d": ""}),
        ("[{}]", {}),
        ("", {}),
        ("{" * 10_000, {}),
    ],
)
def test_the_outline_of_a_document(head: str, expected: dict[str, str]) -> None:
    assert outline(head) == expected


VALUES: list[tuple[str, Any]] = [
    ('{"a": [1, 1.5, true, null, "é"]}', {"a": [1, 1.5, True, None, "é"]}),
    ("a: [1, 1.5, true, null, é, ~, 1e3]", {"a": [1, 1.5, True, None, "é", None, 1000.0]}),
    ("on: no\ny: 010\nz: 12:30\n200: 2021-01-01\n", {"on": "no", "y": "010", "z": "12:30", "200": "2021-01-01"}),
    ("a: &x {b: 1}\nc: {<<: *x, d: 2}\ne: {<<: [*x], b: 3}", {"a": {"b": 1}, "c": {"b": 1, "d": 2}, "e": {"b": 3}}),
    ("a: '1'\nb: !!str 1\nc:\n", {"a": "1", "b": "1", "c": None}),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_values(text: str, expected: Any) -> None:
    assert load(text, "x") == expected


LAUGHS = "\n".join(["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "line 1: is not JSON"),
        ('{\n"a": 1,\n"a": 2}', "the key is there twice"),
        ("a: 1\na: 2", "line 2: the key 'a' is there twice"),
        ("? [a]\n: 1", "a key is no text"),
        ("a: [", "is neither JSON nor YAML"),
        ("a: 1\n---\nb: 1", "is neither JSON nor YAML"),
        ("a: !!int x", "is not a number"),
        ('{"a": NaN}', "NaN is not JSON"),
        ('{"a": ' + "9" * 5000 + "}", "is not JSON"),
        ("[" * 300 + "]" * 300, "nested deeper"),
        ("[" * 100_000, "nested deeper"),
        ("- " * 5000, "nested deeper"),
        ("\n".join(" " * each + "a:" for each in range(300)), "nested deeper"),
        ("- &a [*a]", "an alias leads to what holds it"),
        (LAUGHS, "too large when its aliases are written out"),
    ],
)
def test_bad_documents(text: str, says: str) -> None:
    with pytest.raises(DocumentFormatError, match="Hint: ") as caught:
        load(text, "x")
    assert says in str(caught.value)


def test_pointers() -> None:
    document = {"a/b": [{"~": 1}], "": 2}
    assert at_pointer(document, "/a~1b/0/~0") == 1
    assert at_pointer(document, "/") == 2
    assert at_pointer(document, "") == document
    for wrong in ("/x", "/a~1b/1", "/a~1b/x", "/a~1b/0/~0/x", "/a~1b/-1"):
        with pytest.raises(KeyError):
            at_pointer(document, wrong)
