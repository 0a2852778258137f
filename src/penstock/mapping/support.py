"""Which operations a target can do, read from their spellings: the matrix of the manual comes from here."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final

from penstock.mapping import typed
from penstock.mapping.examples import case_of
from penstock.mapping.operation import Operation, Sql, Unsupported, for_type

TARGETS: Final = ("python", "sql", "jsonata", "ballerina")

DIALECTS: Final = ("duckdb", "postgres", "spark", "snowflake", "bigquery")
"""The dialects of the target `sql`."""


def support(operation: Operation, target: str, dialect: str = "duckdb") -> str | None:
    """Why a target cannot do an operation; None where it can, for values of some type at least.

    An operation that is rewritten as others can be done where they can.
    """
    reasons = tuple(_reasons(operation, target, dialect))
    if None in reasons:
        return None
    return "; ".join(dict.fromkeys(each for each in reasons if each)) or "it has no examples"


def limit(operation: Operation, target: str, dialect: str = "duckdb") -> str | None:
    """Why a target can do an operation for values of some types only; None where it can for all, or for none."""
    reasons = tuple(_reasons(operation, target, dialect))
    if None not in reasons:
        return None
    spelled = getattr(operation, target)
    by_type = spelled.values() if isinstance(spelled, Mapping) and target != "python" else ()
    told = [*reasons, *(each.reason for each in by_type if isinstance(each, Unsupported))]
    return "; ".join(dict.fromkeys(each for each in told if each)) or None


def _reasons(operation: Operation, target: str, dialect: str) -> Iterator[str | None]:
    """For each example why a target cannot do it; None where it can."""
    for example in operation.examples:
        calls = calls_in(case_of(operation, example).mapping.root)
        yield next((found for each in calls if (found := gap(each, target, dialect))), None)


def gap(call: typed.Call, target: str, dialect: str = "duckdb") -> str | None:
    """Why a target cannot do one call; None where it can."""
    operation = call.operation
    spellings: Mapping[str, Any] = {
        "python": operation.python,
        "sql": operation.sql,
        "jsonata": operation.jsonata,
        "ballerina": operation.ballerina,
    }
    first = next((typed.as_tuple(each) for each in call.arguments.values()), ())
    found = for_type(spellings[target], first[0].type if first else None)
    if isinstance(found, Unsupported):
        return None if target == "python" and isinstance(operation.python, Mapping) else found.reason
    if isinstance(found, Sql) and found.spelling(dialect) is None:
        return f"it has no spelling in {dialect}"
    return None


def calls_in(node: Any) -> Iterator[typed.Call]:
    """Every call within a typed node."""
    if isinstance(node, typed.Call):
        yield node
        yield from calls_in(tuple(node.arguments.values()))
    elif isinstance(node, tuple):
        for each in node:
            yield from calls_in(each)
    elif is_dataclass(node) and type(node).__module__ == typed.__name__:
        for each in fields(node):
            yield from calls_in(getattr(node, each.name))
