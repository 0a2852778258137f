"""The manual of the operations, from their code."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from penstock.mapping import all_operations
from penstock.mapping.catalogue import named
from penstock.mapping.model import Call, Constant, Read
from penstock.mapping.operation import REJECTED, Example, Operation
from penstock.mapping.support import DIALECTS, limit, support
from penstock.mapping.values import encode

COLUMNS = ("python", *DIALECTS, "jsonata", "ballerina")
"""The targets in the order of the manual; SQL by its dialects."""

NULLS = {
    "propagate": "A null argument gives null.",
    "skip": "Null arguments count as if they were not there.",
    "total": "Null arguments are values like others.",
    "reject": "A null argument rejects the row.",
}
"""What each null class means."""


def manual(name: str = "") -> tuple[Operation, ...]:
    """The operations of a name, or of an older name of theirs; without one all of them.

    Raises:
        UnknownOperationError: there is none.
    """
    return named(name.upper()) if name else tuple(all_operations().values())


def as_document(operations: Sequence[Operation]) -> dict[str, Any]:
    """The answer of `penstock operations --json`."""
    return {"operations": [_as_json(each) for each in operations]}


def _as_json(operation: Operation) -> dict[str, Any]:
    return {
        "name": operation.name,
        "signature": signature(operation),
        "text": operation.manual,
        "nulls": operation.nulls,
        "rejects": operation.rejects or None,
        "aliases": list(operation.aliases),
        "invertible": operation.inverse is not None,
        "examples": [
            {
                "arguments": [_plain(argument) for argument in each.arguments],
                "named": {name: _plain(argument) for name, argument in each.named.items()},
                "rejected": each.result is REJECTED,
                "result": None if each.result is REJECTED else _plain(each.result),
                "note": each.note,
            }
            for each in operation.examples
        ],
        "targets": {
            target: {"supported": gap is None, "gap": gap, "limit": part}
            for (target, gap), part in zip(targets(operation).items(), limits(operation).values(), strict=True)
        },
    }


def targets(operation: Operation) -> dict[str, str | None]:
    """Every target and dialect, with the reason why the operation cannot be written for it; None where it can."""
    return {name: support(operation, "sql" if name in DIALECTS else name, name) for name in COLUMNS}


def limits(operation: Operation) -> dict[str, str | None]:
    """Every target and dialect, with the reason why it can do the operation for values of some types only."""
    return {name: limit(operation, "sql" if name in DIALECTS else name, name) for name in COLUMNS}


def signature(operation: Operation) -> str:
    """The name with its parameters and its result."""
    return f"{operation.name}{operation.signature}"


def example_text(operation: Operation, example: Example) -> str:
    """An example as a line: `SPLIT("a,b", ",") = ["a", "b"]`."""
    given = [_shown(each) for each in example.arguments]
    given += [f"{name}={_shown(each)}" for name, each in example.named.items()]
    result = "the row is rejected" if example.result is REJECTED else _shown(example.result)
    note = f"  ({example.note})" if example.note else ""
    return f"{operation.name}({', '.join(given)}) = {result}{note}"


def _shown(value: Any) -> str:
    if isinstance(value, Read):
        return str(value.path)
    if isinstance(value, Constant):
        return _shown(value.value)
    if isinstance(value, Call):
        arguments = (
            f"{each.name}={_shown(each.value)}" if each.name else _shown(each.value) for each in value.arguments
        )
        return f"{value.operation}({', '.join(arguments)})"
    return json.dumps(_plain(value), ensure_ascii=False, default=str).replace("\u00a0", "\\u00a0")


def _plain(value: Any) -> Any:
    """A value as JSON has it; an expression and an exact number as text."""
    if isinstance(value, Read | Call):
        return _shown(value)
    if isinstance(value, Constant):
        return _plain(value.value)
    if isinstance(value, Decimal):
        return float(value) if Decimal(repr(float(value))) == value else str(value)
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return encode(value)
