"""Operations on values that may be missing."""

from datetime import date
from typing import Any, Final

from penstock.mapping.arguments import type_of
from penstock.mapping.operation import REJECTED, Constant, Example, Lazy, Scalar, Sql, T, operation
from penstock.mapping.results import same_as, widest_of
from penstock.mapping.typed import Arguments
from penstock.schema import Type, nullable

_EVERYWHERE: Final = ("postgres", "spark", "snowflake", "bigquery")


@operation(
    sql=Sql("({value} IS NULL)", translated=_EVERYWHERE),
    python="({value} is None)",
    jsonata="({value} = null)",
    ballerina="({value} is ())",
    nulls="total",
    examples=[
        Example((None,), True),
        Example(("",), False, "an empty text is a value"),
        Example(("é",), False),
        Example((0,), False),
        Example(([],), False),
    ],
)
def is_null(value: Any) -> bool:
    """Say whether a value is null or missing."""
    return value is None


_TEXT: Final = Sql("(COALESCE({value}, '') = '')", translated=_EVERYWHERE)


@operation(
    sql={
        "list": Sql(
            "(COALESCE(LEN({value}), 0) = 0)",
            spelled={
                "postgres": "(COALESCE(CARDINALITY({value}), 0) = 0)",
                "spark": "(COALESCE(SIZE({value}), 0) <= 0)",
            },
        ),
        "*": _TEXT,
    },
    python="(not {value})",
    jsonata={
        "list": "($count({value}[$ != null]) = 0 and $count({value}) = 0)",
        "*": '({value} = null or {value} = "")',
    },
    ballerina={"list": "(({value} ?: []).length() == 0)", "*": '(({value} ?: "") == "")'},
    nulls="total",
    examples=[
        Example((None,), True),
        Example(("",), True),
        Example((" ",), False),
        Example(("é",), False),
        Example(([],), True),
        Example(([None],), False, "a null in a list is an element"),
    ],
)
def is_empty(value: str | list[Any]) -> bool:
    """Say whether there is nothing in a text or list, or it is null."""
    return not value


@operation(
    sql=Sql("COALESCE({values})", translated=_EVERYWHERE),
    jsonata="[{values}][$ != null][0]",
    ballerina="{values| ?: }",
    nulls="total",
    stops="not_null",
    result=widest_of("values", is_null=lambda types: all(each.nullable for each in types)),
    examples=[
        Example((None, "é", "b"), "é", "the first that is not null"),
        Example(("", "b"), "", "an empty text is a value"),
        Example((None, None), None),
        Example((None, 1, 2.5), 1.0, "numbers of two types are made one"),
    ],
)
def coalesce(*values: Lazy[T]) -> T | None:
    """Take the first value that is not null. Those behind it are not worked out."""
    return next((each for each in (value() for value in values) if each is not None), None)


@operation(
    sql=Sql("COALESCE({value}, {default})", translated=_EVERYWHERE),
    python="({default} if {value} is None else {value})",
    jsonata="({value} = null ? {default} : {value})",
    ballerina="({value} ?: {default})",
    nulls="total",
    result=widest_of("value", "default", is_null=lambda types: types[1].nullable),
    examples=[
        Example(("é", "b"), "é"),
        Example((None, "b"), "b"),
        Example(("", "b"), "", "an empty text is a value"),
        Example((None, 0), 0),
        Example((None, 0.5), 0.5),
        Example((date(2024, 2, 29), "1970-01-01"), date(2024, 2, 29)),
        Example((False, True), False),
    ],
)
def default(value: T, default: Constant[T]) -> T:
    """Take a fixed value in the place of one that is null or missing."""
    return default if value is None else value


def _may_be_null(arguments: Arguments) -> Type:
    return nullable(type_of(arguments, "value"))


@operation(
    sql=Sql("CASE WHEN {value} IN ({sentinels}) THEN NULL ELSE {value} END", translated=_EVERYWHERE),
    python="(None if {value} in ({sentinels},) else {value})",
    jsonata="({value} in [{sentinels}] ? null : {value})",
    ballerina="([{sentinels}].indexOf({value}) is int ? () : {value})",
    result=_may_be_null,
    examples=[
        Example(("N/A", "N/A"), None),
        Example(("é", "N/A", "-"), "é"),
        Example(("-", "N/A", "-"), None, "any of several"),
        Example(("n/a", "N/A"), "n/a", "equal is meant"),
        Example(("", ""), None),
        Example((0, 0), None),
        Example((0.5, -1.0, 0.5), None),
        Example((date(1900, 1, 1), "1900-01-01"), None),
        Example((None, "a"), None),
    ],
)
def null_if(value: Scalar, *sentinels: Constant[Scalar]) -> Scalar | None:
    """Make null of the values that stand for a missing one."""
    return None if value in sentinels else value


@operation(
    sql=Sql("{value}", translated=_EVERYWHERE),
    python="{value}",
    jsonata="{value}",
    ballerina="{value}",
    nulls="reject",
    rejects="there is no value",
    result=lambda arguments: nullable(same_as("value")(arguments), value=False),
    examples=[
        Example(("é",), "é"),
        Example(("",), "", "an empty text is a value"),
        Example((None,), REJECTED),
    ],
)
def require(value: T) -> T:
    """Take a value as it is; reject the row where it is null or missing."""
    return value
