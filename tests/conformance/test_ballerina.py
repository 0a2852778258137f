"""Written Ballerina gives what the reference gives: value for value, null for null, reject for reject."""

import base64
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal as Exact
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conformance.ballerina.module import evaluate_module
from tests.conformance.ballerina.values import BallerinaError
from tests.conformance.outcomes import Named, Outcome, every_example, reference, same
from tests.conformance.values import values_of
from tests.schema.strategies import types

from penstock.emitters import Options
from penstock.emitters.ballerina import emitter
from penstock.emitters.ballerina.module import DIGITS
from penstock.errors import UnsupportedOperationError
from penstock.mapping import check
from penstock.mapping.model import FieldMapping, Read, Shape
from penstock.mapping.model import Mapping as Model
from penstock.mapping.typed import TypedMapping
from penstock.mapping.values import Misfit, decode, encode
from penstock.schema import Binary, Decimal, Float, List, Map, Path, Record, Type, Union


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
        case Binary():
            return list(value if isinstance(value, bytes) else base64.b64decode(value))
        case Union(members):
            return in_ballerina(value, next(each for each in members if _is_of(value, each)))
    return encode(value)


def _is_of(value: Any, type_: Type) -> bool:
    try:
        decode(value, type_)
    except Misfit:
        return False
    return True


def as_json(value: Any, type_: Type) -> Any:  # noqa: PLR0911  # one case for each type
    """A result as JSON has it: bytes as base64."""
    match type_:
        case _ if value is None:
            return None
        case Binary():
            return base64.b64encode(bytes(value)).decode()
        case List(element):
            return [as_json(each, element) for each in value]
        case Map(element):
            return {name: as_json(each, element) for name, each in value.items()}
        case Record():
            return {each.name: as_json(value[each.name], each.type) for each in type_.fields if each.name in value}
        case Union(members) if isinstance(value, list) and Binary() in members and value and type(value[0]) is int:
            return as_json(value, Binary())
    return value


def compiled(mapping: TypedMapping) -> Callable[[Mapping[str, Any]], Outcome]:
    """The written module, as a function from records to outcomes; only the first reject is told."""
    source = "\n".join(emitter.emit(mapping, Options()).files.values())
    module = evaluate_module(source)
    name = next(iter(module.functions))

    def run(sources: Mapping[str, Any]) -> Outcome:
        given = [in_ballerina(sources[each.name], each.type) for each in mapping.sources]
        try:
            return Outcome(as_json(module.call(name, *given), mapping.target.type), [])
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


@st.composite
def copies(draw: st.DrawFn) -> tuple[TypedMapping, dict[str, Any]]:
    """A mapping that copies each field of a record, and such a record."""
    type_ = draw(types.filter(lambda each: isinstance(each, Record) and not each.nullable))
    assert isinstance(type_, Record)
    leaves = tuple(FieldMapping(each.name, Read(Path(("record", each.name)))) for each in type_.fields)
    checked = check(Model((Shape("record", type_),), Shape("copy", type_), leaves))
    return checked.typed, draw(values_of(type_))


@given(copies())
@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=50)
def test_copies_of_records(given: tuple[TypedMapping, dict[str, Any]]) -> None:
    mapping, record = given
    try:
        run = compiled(mapping)
    except UnsupportedOperationError:
        return
    assert_same(run({"record": record}), reference(mapping, {"record": record}))
