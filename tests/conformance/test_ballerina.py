"""Written Ballerina gives what the reference gives: value for value, null for null, reject for reject."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal as Exact
from typing import Any

import pytest
from tests.conformance.ballerina.module import evaluate_module
from tests.conformance.ballerina.values import BallerinaError
from tests.conformance.outcomes import Named, Outcome, every_example, reference, same

from penstock.emitters import Options
from penstock.emitters.ballerina import emitter
from penstock.emitters.ballerina.module import DIGITS
from penstock.errors import UnsupportedOperationError
from penstock.mapping.typed import TypedMapping
from penstock.mapping.values import encode
from penstock.schema import Binary, Decimal, Float, List, Map, Record, Type


def in_ballerina(value: Any, type_: Type) -> Any:  # noqa: PLR0911  # one case for each type
    """A value as a Ballerina function gets it: dates as text, nil for a required key that is missing."""
    match type_:
        case _ if value is None:
            return None
        case Decimal() if not isinstance(value, bool | str):
            return Exact(repr(value)) if isinstance(value, float) else Exact(value)
        case Float() if not isinstance(value, bool | str):
            return float(value)
        case List(element):
            return [in_ballerina(each, element) for each in value]
        case Map(element):
            return {name: in_ballerina(each, element) for name, each in value.items()}
        case Record():
            fields = type_.by_name()
            given = {name: in_ballerina(value[name], fields[name].type) for name in value if name in fields}
            return {**{each.name: None for each in type_.fields if not each.optional}, **given}
        case Binary() if isinstance(value, bytes):
            return list(value)
    return encode(value)


def compiled(mapping: TypedMapping) -> Callable[[Mapping[str, Any]], Outcome]:
    """The written module, as a function from records to outcomes; only the first reject is told."""
    source = "\n".join(emitter.emit(mapping, Options()).files.values())
    module = evaluate_module(source)
    name = next(iter(module.functions))

    def run(sources: Mapping[str, Any]) -> Outcome:
        given = [in_ballerina(sources[each.name], each.type) for each in mapping.sources]
        try:
            return Outcome(module.call(name, *given), [])
        except BallerinaError as problem:
            return Outcome(None, [(problem.value.message, "")])

    return run


def assert_same(found: Outcome, expected: Outcome) -> None:
    """Equal, or rejected with the first of the reasons."""
    first = [(f"{path}: {reason}", "") for path, reason in expected.rejects[:1]]
    assert found.rejects == first, f"{found} is not {expected}"
    assert same(found.record, expected.record), f"{found.record!r} is not {expected.record!r}"


def _decimals(value: Any) -> Iterator[Exact]:
    if isinstance(value, Exact):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from _decimals(each)


@pytest.mark.parametrize("each", every_example(), ids=lambda each: each.name)
def test_examples(each: Named) -> None:
    try:
        run = compiled(each.case.mapping)
    except UnsupportedOperationError as problem:
        pytest.skip(problem.reason)
    if any(len(each.as_tuple().digits) > DIGITS for each in _decimals(each.case.record)):
        pytest.skip(f"a decimal of Ballerina holds {DIGITS} digits")
    assert_same(run(each.case.record), reference(each.case.mapping, each.case.record))
