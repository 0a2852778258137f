"""Conditions. What is not needed for the result is not worked out, and rejects nothing."""

from penstock.mapping.operation import Example, Lazy, Sql, T, operation
from penstock.mapping.typed import Arguments
from penstock.schema import Type, nullable, widen


def _either(arguments: Arguments) -> Type:
    then, otherwise = arguments["then"], arguments["otherwise"]
    assert not isinstance(then, tuple)
    assert not isinstance(otherwise, tuple)
    return nullable(widen(then.type, otherwise.type), value=then.type.nullable or otherwise.type.nullable)


@operation(
    sql=Sql(
        "CASE WHEN {condition} THEN {then} ELSE {otherwise} END",
        translated=("postgres", "spark", "snowflake", "bigquery"),
    ),
    python="({then} if {condition} else {otherwise})",
    jsonata="({condition} ? {then} : {otherwise})",
    ballerina="{condition:condition} ? {then} : {otherwise}",
    nulls="total",
    reached={"then": "{condition}", "otherwise": "({condition}) IS NOT TRUE"},
    result=_either,
    examples=[
        Example((True, "é", "b"), "é"),
        Example((False, "a", "b"), "b"),
        Example((None, "a", "b"), "b", "a null condition is not true"),
        Example((True, None, "b"), None),
        Example((True, "", "b"), ""),
    ],
)
def if_(condition: bool, then: Lazy[T], otherwise: Lazy[T]) -> T:
    """Take one of two values. Only the one that is taken is worked out."""
    return then() if condition else otherwise()
