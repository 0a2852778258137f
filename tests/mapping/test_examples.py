"""Every example of every operation says what the reference does."""

from typing import Any

import pytest

from penstock.mapping import all_operations, evaluate
from penstock.mapping.examples import RESULT, case_of
from penstock.mapping.operation import REJECTED, Example, Operation

EXAMPLES = [
    pytest.param(each, example, id=f"{each.name}-{number}")
    for each in all_operations().values()
    for number, example in enumerate(each.examples)
]


@pytest.mark.parametrize(("operation", "example"), EXAMPLES)
def test_reference(operation: Operation, example: Example) -> None:
    case = case_of(operation, example)
    outcome = evaluate(case.mapping, case.record)
    if example.result is REJECTED:
        assert outcome.record is None
        assert operation.rejects, "says why"
        return
    assert outcome.rejects == ()
    assert outcome.record is not None
    assert same_value(outcome.record[RESULT], example.result)


def same_value(one: Any, other: Any) -> bool:
    """Equal and of one type: 1 is not true, nor 1.0."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same_value, one, other))
    return type(one) is type(other) and bool(one == other)


@pytest.mark.parametrize("each", all_operations().values(), ids=lambda each: each.name)
def test_examples_show_the_edges(each: Operation) -> None:
    given = [*(argument for example in each.examples for argument in example.arguments)]
    assert None in given
    if each.rewrite is None and each.rejects:
        assert any(example.result is REJECTED for example in each.examples)
    assert each.manual
