"""Many examples as one mapping of one record, so that an engine runs all of them in one query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from penstock.mapping import Outcome, evaluate, typed
from penstock.mapping.examples import RESULT, Case, case_of
from penstock.mapping.model import Shape
from penstock.mapping.operation import Operation
from penstock.schema import Field, Path, Record


@dataclass(frozen=True)
class Batch:
    mapping: typed.TypedMapping
    record: dict[str, Any]
    expected: Mapping[str, Outcome]
    """What the reference says, under the field of the combined mapping."""
    labels: Mapping[str, str]


def batch_of(operation: Operation, numbers: Sequence[int] | None = None) -> Batch:
    """The examples of an operation, or some of them, as one mapping."""
    chosen = range(len(operation.examples)) if numbers is None else numbers
    cases = {f"r{number}": case_of(operation, operation.examples[number]) for number in chosen}
    labels = {name: repr(operation.examples[int(name[1:])]) for name in cases}
    return combined(cases, labels)


def combined(cases: Mapping[str, Case], labels: Mapping[str, str]) -> Batch:
    source: list[Field] = []
    target: list[Field] = []
    leaves: list[typed.Field] = []
    record: dict[str, Any] = {}
    for name, case in cases.items():
        type_ = case.mapping.sources[0].type
        assert isinstance(type_, Record)
        source += [replace(each, name=f"{name}_{each.name}") for each in type_.fields]
        record |= {f"{name}_{key}": value for key, value in case.record["record"].items()}
        leaf = case.mapping.root.fields[0]
        leaves.append(replace(_renamed(leaf, f"{name}_"), name=name, path=Path((name,))))
        assert isinstance(case.mapping.target.type, Record)
        target.append(replace(case.mapping.target.type.fields[0], name=name))
    shape = Record(tuple(target))
    mapping = typed.TypedMapping(
        "batch", (Shape("record", Record(tuple(source))),), Shape("target", shape), typed.Build(tuple(leaves), shape)
    )
    expected = {name: evaluate(case.mapping, case.record) for name, case in cases.items()}
    return Batch(mapping, record, expected, labels)


def expected_value(outcome: Outcome) -> Any:
    assert outcome.record is not None
    return outcome.record.get(RESULT)


def _renamed(node: Any, prefix: str) -> Any:
    """A typed node that reads the fields of `record` under longer names."""
    if isinstance(node, typed.Member) and isinstance(node.value, typed.Variable) and node.value.name == "record":
        return replace(node, name=prefix + node.name)
    if isinstance(node, tuple):
        return tuple(_renamed(each, prefix) for each in node)
    if isinstance(node, Mapping) and not isinstance(node, dict | str):
        return {key: _renamed(each, prefix) for key, each in node.items()}
    if isinstance(node, dict):
        return {key: _renamed(each, prefix) for key, each in node.items()}
    if is_dataclass(node) and type(node).__module__ == typed.__name__ and not isinstance(node, typed.Fixed):
        return replace(node, **{each.name: _renamed(getattr(node, each.name), prefix) for each in fields(node)})  # type: ignore[type-var]
    return node
