"""Single values as lists, and JSON in texts."""

import json
from decimal import Decimal
from typing import Any

from penstock.mapping.arguments import type_of
from penstock.mapping.check.problem import LeafError
from penstock.mapping.operation import REJECTED, Example, Spelling, Sql, T, Unsupported, operation
from penstock.mapping.typed import Arguments
from penstock.schema import Json, List, Type, nullable


def _wrapped(arguments: Arguments) -> Type:
    type_ = type_of(arguments)
    if isinstance(type_, List):
        raise LeafError("argument_type", "TO_ARRAY wraps a single value, and this is a list", "leave TO_ARRAY out")
    return List(nullable(type_, value=False))


@operation(
    sql=Sql(
        "CASE WHEN {value} IS NULL THEN CAST([] AS {type}) ELSE [{value}] END",
        spelled={
            "postgres": "CASE WHEN {value} IS NULL THEN CAST(ARRAY[] AS {type}) ELSE ARRAY[{value}] END",
            "spark": "CASE WHEN {value} IS NULL THEN CAST(ARRAY() AS {type}) ELSE ARRAY({value}) END",
        },
    ),
    python="([] if {value} is None else [{value}])",
    jsonata="({value} = null ? [] : [{value}])",
    nulls="total",
    result=_wrapped,
    examples=[
        Example(("é",), ["é"]),
        Example(("",), [""]),
        Example((0,), [0]),
        Example((None,), [], "null is an empty list"),
    ],
)
def to_array(value: T) -> list[T]:
    """Make a list of a single value; of null an empty one."""
    return [] if value is None else [value]


def read_json(text: str) -> Any:
    """A JSON value as Python has it, decimals exact."""

    def refuse(constant: str) -> Any:
        raise ValueError(constant)

    return json.loads(text, parse_float=Decimal, parse_constant=refuse)


@operation(
    sql=Sql(
        "TRY_CAST({value} AS JSON)",
        fails="NOT JSON_VALID({value})",
        spelled={
            "postgres": Spelling(
                "CASE WHEN PG_INPUT_IS_VALID({value}, 'jsonb') THEN CAST({value} AS JSONB) END",
                fails="NOT PG_INPUT_IS_VALID({value}, 'jsonb')",
            ),
            "spark": Spelling("TRY_PARSE_JSON({value})", fails="TRY_PARSE_JSON({value}) IS NULL"),
        },
    ),
    python="read_json({value})",
    jsonata=Unsupported("its $eval reads more than JSON"),
    rejects="is not JSON",
    result=lambda _: Json(nullable=True),
    examples=[
        Example(('{"a": [1, "é"]}',), {"a": [1, "é"]}),
        Example(('"x"',), "x"),
        Example(("[]",), []),
        Example((None,), None),
        Example(("",), REJECTED),
        Example(("{'a': 1}",), REJECTED),
        Example(("[1, 2",), REJECTED),
    ],
)
def parse_json(value: str) -> Any:
    """Read a JSON value from text."""
    return read_json(value)
