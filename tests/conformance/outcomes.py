"""What every engine must give for a case, and when two outcomes are the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from penstock.mapping import all_operations, evaluate
from penstock.mapping.examples import Case, case_of
from penstock.mapping.operation import Operation
from penstock.mapping.typed import TypedMapping
from penstock.mapping.values import encode

Rejects = list[tuple[str, str]]


@dataclass(frozen=True)
class Outcome:
    """A record as JSON has it, or the paths and reasons of what was rejected."""

    record: Any
    rejects: Rejects


@dataclass(frozen=True)
class Named:
    """A case under a name that says which example it is."""

    name: str
    operation: Operation
    case: Case


def every_example() -> tuple[Named, ...]:
    """Every example of every operation."""
    return tuple(_examples())


def _examples() -> Iterator[Named]:
    for operation in all_operations().values():
        for number, example in enumerate(operation.examples):
            yield Named(f"{operation.name}-{number}", operation, case_of(operation, example))


def reference(mapping: TypedMapping, sources: Mapping[str, Any]) -> Outcome:
    """What the reference gives."""
    outcome = evaluate(mapping, {name: encode(each) for name, each in sources.items()})
    return Outcome(encode(outcome.record), [(str(each.path), each.reason) for each in outcome.rejects])


def same(one: Any, other: Any) -> bool:
    """Equal as JSON: numbers by their exact value, a missing key like null; true is not 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        return all(same(one.get(name), other.get(name)) for name in {*one, *other})
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if _is_number(one) and _is_number(other):
        return Decimal(one) == Decimal(other)
    return type(one) is type(other) and bool(one == other)


def assert_same(found: Outcome, expected: Outcome) -> None:
    """Fails with both outcomes where they differ."""
    assert found.rejects == expected.rejects, f"{found} is not {expected}"
    assert same(found.record, expected.record), f"{found.record!r} is not {expected.record!r}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
