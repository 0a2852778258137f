"""Written Python modules give what the reference gives: value for value, null for null, reject for reject."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from tests.conformance.outcomes import Named, Outcome, assert_same, every_example, reference
from tests.conformance.whole import records, whole_mapping

from penstock.emitters import Options
from penstock.emitters.python import emitter
from penstock.errors import UnsupportedOperationError
from penstock.mapping.typed import TypedMapping
from penstock.mapping.values import encode


def compiled(mapping: TypedMapping) -> Callable[[Mapping[str, Any]], Outcome]:
    """The written module, as a function from records to outcomes."""
    text = emitter.emit(mapping, Options()).text
    assert "import penstock" not in text
    assert "from penstock" not in text
    module: dict[str, Any] = {}
    exec(compile(text, "<written>", "exec"), module)

    def run(sources: Mapping[str, Any]) -> Outcome:
        try:
            return Outcome(module["map_record"](*sources.values()), [])
        except module["RejectedRecord"] as problem:
            return Outcome(None, problem.rejects)

    return run


@pytest.mark.parametrize("each", every_example(), ids=lambda each: each.name)
def test_examples(each: Named) -> None:
    try:
        run = compiled(each.case.mapping)
    except UnsupportedOperationError as problem:
        pytest.skip(problem.reason)
    record = {name: encode(value) for name, value in each.case.record.items()}
    assert_same(run(record), reference(each.case.mapping, each.case.record))


WHOLE = whole_mapping()
RUN = compiled(WHOLE)


@settings(max_examples=500, deadline=None)
@given(records())
def test_a_whole_mapping(record: Any) -> None:
    assert_same(RUN({"order": record}), reference(WHOLE, {"order": record}))
