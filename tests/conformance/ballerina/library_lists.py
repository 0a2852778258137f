"""lang.array and lang.map, from the comments of the modules (section 11)."""

from typing import Any

from tests.conformance.ballerina.library import lang
from tests.conformance.ballerina.values import (
    BallerinaPanic,
    Function,
    IllTyped,
    deep_equal,
    kind,
    sort_key,
)

# lang.array

lang("array", "length", "list")(len)
lang("array", "reverse", "list")(lambda values: values[::-1])
lang("array", "enumerate", "list")(lambda values: [[index, each] for index, each in enumerate(values)])
lang("array", "map", "list function")(lambda values, function: [function.call(each) for each in values])
lang("array", "filter", "list function")(lambda values, function: [e for e in values if _truth(function.call(e))])
lang("array", "some", "list function")(lambda values, function: any(_truth(function.call(each)) for each in values))
lang("array", "every", "list function")(lambda values, function: all(_truth(function.call(each)) for each in values))


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise IllTyped(f"a condition is {kind(value)}")
    return value


@lang("array", "forEach", "list function")
def _for_each(values: list[Any], function: Function) -> None:
    for each in list(values):
        function.call(each)


@lang("array", "reduce", "list function any")
def _reduce(values: list[Any], function: Function, initial: Any) -> Any:
    for each in values:
        initial = function.call(initial, each)
    return initial


@lang("array", "slice", "list int int?")
def _slice(values: list[Any], start: int, end: int | None = None) -> list[Any]:
    end = len(values) if end is None else end
    if not 0 <= start <= end <= len(values):
        raise BallerinaPanic("{ballerina/lang.array}IndexOutOfRange")
    return values[start:end]


@lang("array", "indexOf", "list any int?")
def _list_index_of(values: list[Any], value: Any, start: int = 0) -> int | None:
    found = (index for index, each in enumerate(values) if index >= start and deep_equal(each, value))
    return next(found, None)


@lang("array", "push", "list any*")
def _push(values: list[Any], *more: Any) -> None:
    values.extend(more)


@lang("array", "sort", "list string? function?")
def _sort(values: list[Any], direction: str = "ascending", key: Function | None = None) -> list[Any]:
    """As the `order by` clause: stable, nil at the end in both directions."""
    keys = [(sort_key(key.call(each) if key else each), each) for each in values]
    return [each for _, each in ordered(keys, descending=direction == "descending")]


def ordered(keys: list[tuple[tuple[int, Any], Any]], *, descending: bool) -> list[tuple[tuple[int, Any], Any]]:
    """Pairs of key and value, sorted by key: those that are last are so in both directions."""
    present = [each for each in keys if each[0][0] == 0]
    kinds = {kind(each[0][1]) for each in present}
    if len(kinds) > 1:
        raise IllTyped(f"sorts {' and '.join(sorted(kinds))}")
    flipped = sorted(present, key=lambda each: each[0], reverse=True) if descending else None
    last = sorted((each for each in keys if each[0][0]), key=lambda each: each[0][0])
    return (flipped if flipped is not None else sorted(present, key=lambda each: each[0])) + last


# lang.map

lang("map", "length", "mapping")(len)
lang("map", "keys", "mapping")(list)
lang("map", "toArray", "mapping")(lambda values: list(values.values()))
lang("map", "hasKey", "mapping string")(lambda values, key: key in values)
lang("map", "entries", "mapping")(lambda values: {key: [key, each] for key, each in values.items()})
lang("map", "map", "mapping function")(lambda values, function: {k: function.call(v) for k, v in values.items()})
lang("map", "filter", "mapping function")(
    lambda values, function: {k: v for k, v in values.items() if _truth(function.call(v))}
)


@lang("map", "get", "mapping string")
def _get(values: dict[str, Any], key: str) -> Any:
    if key not in values:
        raise BallerinaPanic("{ballerina/lang.map}KeyNotFound")
    return values[key]
