"""A wrong spelling that is planted on purpose in Python, Ballerina or JSONata is found: the harness can fail."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from tests.conformance import test_ballerina, test_jsonata, test_python
from tests.conformance.outcomes import Named, Outcome, assert_same, every_example, reference, same
from tests.conformance.test_faults import planted

from penstock.emitters import Options
from penstock.emitters.jsonata import emitter as jsonata
from penstock.mapping.operation import Spelling
from penstock.mapping.typed import TypedMapping
from penstock.mapping.values import encode

Run = Callable[[Named, TypedMapping], None]


def in_python(each: Named, wrong: TypedMapping) -> None:
    record = {name: encode(value) for name, value in each.case.record.items()}
    assert_same(test_python.compiled(wrong)(record), reference(each.case.mapping, each.case.record))


def in_ballerina(each: Named, wrong: TypedMapping) -> None:
    expected = reference(each.case.mapping, each.case.record)
    test_ballerina.assert_same(test_ballerina.compiled(wrong)(each.case.record), expected)


FAULTS = [
    pytest.param(in_python, "STRING_LENGTH", {"python": "len({value}.encode())"}, id="python-bytes"),
    pytest.param(in_python, "ADD", {"rejects": "is something else"}, id="python-another-reason"),
    pytest.param(in_python, "IF", {"reached": {}, "python": "{otherwise}"}, id="python-another-branch"),
    pytest.param(in_python, "EQUAL", {"nulls": "total"}, id="python-nulls"),
    pytest.param(in_python, "REVERSE", {"python": "{value}"}, id="python-order"),
    pytest.param(
        in_ballerina, "CONTAINS", {"ballerina": "{value}.startsWith({text})"}, id="ballerina-another-function"
    ),
    pytest.param(in_ballerina, "LENGTH", {"ballerina": "{value}.length() + 1"}, id="ballerina-another-number"),
    pytest.param(in_ballerina, "FILTER", {"ballerina": "{value}"}, id="ballerina-keeps-all"),
    pytest.param(in_ballerina, "EQUAL", {"nulls": "total"}, id="ballerina-nulls"),
    pytest.param(in_ballerina, "DIVIDE", {"rejects": "is something else"}, id="ballerina-another-reason"),
]


@pytest.mark.parametrize(("check", "name", "change"), FAULTS)
def test_a_wrong_spelling_is_found(check: Run, name: str, change: Mapping[str, Any]) -> None:
    cases = [each for each in every_example() if each.operation.name == name]
    for each in cases:
        check(each, each.case.mapping)
    assert any(_is_found(check, each, planted(each.case.mapping, name, change)) for each in cases)


def _is_found(check: Run, each: Named, wrong: TypedMapping) -> bool:
    assert wrong != each.case.mapping
    try:
        check(each, wrong)
    except AssertionError:
        return True
    return False


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "change"),
    [
        pytest.param("STRING_LENGTH", {"jsonata": "$length({value}) + 1"}, id="another-number"),
        pytest.param("CONTAINS", {"jsonata": "$contains({text}, {value})"}, id="the-other-way-round"),
        pytest.param("MAP_VALUES", {"jsonata": Spelling("$lookup({table}, $string({value}))")}, id="silent-null"),
        pytest.param("TO_BOOLEAN", {"rejects": "is something else"}, id="another-reason"),
    ],
)
def test_a_wrong_spelling_is_found_in_jsonata(name: str, change: Mapping[str, Any]) -> None:
    cases = [each for each in every_example() if each.operation.name == name]
    texts = [jsonata.emit(planted(each.case.mapping, name, change), Options()).text for each in cases]
    inputs = [encode(next(iter(each.case.record.values()))) for each in cases]
    found = test_jsonata.run_all([(text, [given]) for text, given in zip(texts, inputs, strict=True)])
    pairs = zip(cases, (outcome for (outcome,) in found), strict=True)
    assert all(isinstance(outcome, Outcome) for (outcome,) in found), found
    assert any(not _agrees(outcome, reference(each.case.mapping, each.case.record)) for each, outcome in pairs)


def _agrees(outcome: Any, expected: Outcome) -> bool:
    return outcome.rejects == expected.rejects and same(outcome.record, expected.record)
