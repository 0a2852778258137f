"""How deep expressions are nested, found without walking down any of them."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeVar

from penstock.mapping import typed
from penstock.mapping.check.problem import LeafError
from penstock.mapping.model import Build, Call, Expression, ForEach

DEEPEST: Final = 64
"""How many operations, records and loops may stand inside one another in a leaf."""

T = TypeVar("T")


def check_depth(value: Expression) -> None:
    """Nothing, where an expression is not nested too deep.

    Raises:
        LeafError: it is.
    """
    _refuse_deeper([value], _inside)


def check_typed_depth(value: typed.Expression) -> None:
    """The same for what an expression means, where an operation may stand for many.

    Raises:
        LeafError: it is too deep.
    """
    _refuse_deeper([value], inside_typed)


def _refuse_deeper(level: list[T], inside: Callable[[T], Iterable[T]]) -> None:
    for _ in range(DEEPEST + 1):
        level = [inner for each in level for inner in inside(each)]
        if not level:
            return
    raise too_deep()


def too_deep() -> LeafError:
    """The problem of a leaf that is nested too deep."""
    advice = "split it into fields; a long list of cases is a table for MAP_VALUES"
    return LeafError("too_deep", f"the expression is nested more than {DEEPEST} deep", advice)


def _inside(value: Expression) -> Iterator[Expression]:
    match value:
        case Call(arguments=arguments):
            yield from (each.value for each in arguments)
        case Build(fields=fields):
            yield from (each.value for each in fields)
        case ForEach():
            yield value.items
            yield value.body


def inside_typed(value: Any) -> Iterator[Any]:
    """What stands directly inside of an expression; steps of paths and widening do not count."""
    while isinstance(value, typed.Widen | typed.Member):
        value = value.value
    match value:
        case typed.Call():
            yield from (inner for each in value.arguments.values() for inner in typed.as_tuple(each))
        case typed.Build():
            yield from (each.value for each in value.fields)
        case typed.ForEach():
            yield value.items
            yield value.body
        case typed.ListOf():
            yield from value.items
