"""Conditions. What is not needed for the result is not worked out, and rejects nothing."""

from collections.abc import Sequence
from typing import Any, Final

from penstock.mapping.model import Argument, Call, Constant, Expression
from penstock.mapping.operation import Example, Lazy, Sql, T, operation
from penstock.mapping.results import widest_of
from penstock.mapping.typed import Arguments
from penstock.schema import Boolean, Type, nullable

_EVERYWHERE: Final = ("postgres", "spark", "snowflake", "bigquery")


def _three_valued(arguments: Arguments) -> Type:
    return nullable(Boolean(), value=widest_of("conditions")(arguments).nullable)


@operation(
    sql=Sql("({conditions| AND })", translated=_EVERYWHERE),
    jsonata="(false in [{conditions}] ? false : null in [{conditions}] ? null : true)",
    ballerina="({conditions| && })",
    nulls="total",
    stops="false",
    result=_three_valued,
    examples=[
        Example((True, True), True),
        Example((True, False), False),
        Example((None, False), False, "one that is false decides"),
        Example((False, None), False),
        Example((True, None, True), None, "else one that is null does"),
        Example((None,), None),
        Example((True,), True),
    ],
)
def and_(*conditions: Lazy[bool]) -> bool | None:
    """Say whether all conditions are true. After one that is false no other is worked out."""
    result: bool | None = True
    for each in conditions:
        condition = each()
        if condition is False:
            return False
        result = None if condition is None else result
    return result


@operation(
    sql=Sql("({conditions| OR })", translated=_EVERYWHERE),
    jsonata="(true in [{conditions}] ? true : null in [{conditions}] ? null : false)",
    ballerina="({conditions| || })",
    nulls="total",
    stops="true",
    result=_three_valued,
    examples=[
        Example((False, True), True),
        Example((False, False), False),
        Example((None, True), True, "one that is true decides"),
        Example((True, None), True),
        Example((False, None, False), None, "else one that is null does"),
        Example((None,), None),
        Example((False,), False),
    ],
)
def or_(*conditions: Lazy[bool]) -> bool | None:
    """Say whether any condition is true. After one that is true no other is worked out."""
    result: bool | None = False
    for each in conditions:
        condition = each()
        if condition is True:
            return True
        result = None if condition is None else result
    return result


@operation(
    sql=Sql("(NOT {value})", translated=_EVERYWHERE),
    python="(not {value})",
    jsonata="$not({value})",
    ballerina="!{value}",
    examples=[Example((True,), False), Example((False,), True), Example((None,), None)],
)
def not_(value: bool) -> bool:
    """Say whether a condition is false."""
    return not value


@operation(
    sql=Sql("CASE WHEN {condition} THEN {then} ELSE {otherwise} END", translated=_EVERYWHERE),
    python="({then} if {condition} else {otherwise})",
    jsonata="({condition} ? {then} : {otherwise})",
    ballerina="{condition:condition} ? {then} : {otherwise}",
    nulls="total",
    reached={"then": "{condition}", "otherwise": "({condition}) IS NOT TRUE"},
    result=widest_of("then", "otherwise"),
    examples=[
        Example((True, "é", "b"), "é"),
        Example((False, "a", "b"), "b"),
        Example((None, "a", "b"), "b", "a null condition is not true"),
        Example((True, None, "b"), None),
        Example((True, "", "b"), ""),
        Example((False, 1, 1.5), 1.5, "of numbers of two types it is the wider one"),
    ],
)
def if_(condition: bool, then: Lazy[T], otherwise: Lazy[T]) -> T:
    """Take one of two values. Only the one that is taken is worked out."""
    return then() if condition else otherwise()


def _nested(call: Call) -> Expression:
    branches = [each.value for each in call.arguments if not each.name]
    named = {each.name: each.value for each in call.arguments if each.name}
    otherwise = named.pop("otherwise", None)
    if len(branches) % 2 and otherwise is None:
        otherwise = branches.pop()
    if not branches or len(branches) % 2 or named:
        raise ValueError("CASE takes conditions, each with its value behind it, and a last value for all else")
    return _branches(branches, otherwise or Constant(None))


def _branches(branches: Sequence[Expression], otherwise: Expression) -> Expression:
    result = otherwise
    for position in range(len(branches) - 2, -1, -2):
        result = Call("IF", (Argument(branches[position]), Argument(branches[position + 1]), Argument(result)))
    return result


@operation(
    rewrite=_nested,
    examples=[
        Example((True, "a", True, "b", "c"), "a", "the first that is true"),
        Example((False, "a", None, "b", "é"), "é", "or else the last value", types=("", "", "boolean")),
        Example((False, "a"), None, "or else null"),
        Example((False, "a", True, ""), ""),
        Example((None, "a"), None, types=("boolean",)),
    ],
)
def case(*branches: Lazy[Any], otherwise: Lazy[Any] | None = None) -> Any:
    """Take the value of the first condition that is true.

    Conditions stand each before its value; a last value stands for all else, without it that is null. Only what is
    needed is worked out.
    """
    values = list(branches)
    last = values.pop() if len(values) % 2 else otherwise
    for condition, value in zip(values[::2], values[1::2], strict=True):
        if condition():
            return value()
    return last() if last else None
