"""Operations on lists. Elements are counted from 0, and a null in a list is an element."""

from typing import Any, Final

from penstock.mapping.model import Argument, Call, Constant, Expression, Read
from penstock.mapping.operation import Constant as Fixed
from penstock.mapping.operation import Each, Example, Ordered, Scalar, Sql, T, operation
from penstock.mapping.results import same_as
from penstock.schema import Path

_ELEMENT: Final = Read(Path(("element",)))


def _is(text: str) -> Call:
    return Call("EQUAL", (Argument(_ELEMENT), Argument(Constant(text))))


@operation(
    sql=Sql(
        "LIST_FILTER({value}, lambda {element}: {keep})",
        spelled={
            "spark": "FILTER({value}, {element} -> {keep})",
            "postgres": "CASE WHEN {value} IS NOT NULL THEN ARRAY(SELECT {element} FROM UNNEST({value}) "
            "WITH ORDINALITY AS items({element}, place_) WHERE {keep} ORDER BY place_) END",
        },
    ),
    python="[{element} for {element} in {value} if {keep}]",
    jsonata="$kept({value}, function({element}) {{ {keep} }})",
    ballerina="from var {element} in {value} where {keep} select {element}",
    result=same_as("value"),
    examples=[
        Example((["a", "", None, "é"], _is("é")), ["é"], "where the condition is null the element is left out"),
        Example((["a", None], Call("IS_NULL", (Argument(_ELEMENT),))), [None]),
        Example((["a"], Constant(value=False)), []),
        Example(([], Constant(value=True)), []),
        Example((None, Constant(value=True)), None),
    ],
)
def filter_(value: list[T], keep: Each[T, bool]) -> list[T]:
    """Keep the elements for which a condition is true."""
    return [each for each in value if keep(each)]


def _by_one_key(call: Call) -> Expression | None:
    """Without a key the elements are their own; by several keys it is sorted by the last one first."""
    keys = [each for each in call.arguments[1:] if not each.name]
    others = tuple(each for each in call.arguments[1:] if each.name)
    if not call.arguments or len(keys) == 1:
        return None
    element = call.element or "element"
    value = call.arguments[0]
    for each in reversed(keys or [Argument(Read(Path((element,))))]):
        value = Argument(Call("SORT", (value, each, *others), element))
    return value.value


_SPARK_ORDER: Final = (
    "CASE WHEN l.k = r.k OR (l.k IS NULL AND r.k IS NULL) THEN l.i - r.i WHEN l.k IS NULL THEN 1 "
    "WHEN r.k IS NULL THEN -1 WHEN (l.k < r.k) = {descending} THEN 1 ELSE -1 END"
)


@operation(
    sql=Sql(
        "LIST_TRANSFORM(LIST_SORT(LIST_TRANSFORM({value}, lambda {element}, place_: {{"
        "'n': ({keys} IS NULL) <> {descending}, 'k': {keys}, "
        "'i': CASE WHEN {descending} THEN -place_ ELSE place_ END, 'e': {element}}}), "
        "CASE WHEN {descending} THEN 'DESC' ELSE 'ASC' END), lambda sorted_: sorted_.e)",
        spelled={
            "postgres": "CASE WHEN {value} IS NOT NULL THEN ARRAY(SELECT {element} FROM UNNEST({value}) "
            "WITH ORDINALITY AS items({element}, place_) ORDER BY CASE WHEN NOT {descending} THEN {keys:ordered} END "
            "NULLS LAST, CASE WHEN {descending} THEN {keys:ordered} END DESC NULLS LAST, place_) END",
            "spark": "TRANSFORM(ARRAY_SORT(TRANSFORM({value}, ({element}, place_) -> "
            "STRUCT({keys} AS k, place_ AS i, {element} AS e)), (l, r) -> " + _SPARK_ORDER + "), sorted_ -> sorted_.e)",
        },
    ),
    jsonata="$in_order({value}, function({element}) {{ {keys} }}, {descending})",
    rewrite=_by_one_key,
    result=same_as("value"),
    ballerina="from var {element} in {value} order by {keys:ordered} select {element}",
    examples=[
        Example((["b", "é", "B", "a"],), ["B", "a", "b", "é"], "texts are in the order of their code points"),
        Example(([3, None, 1],), [1, 3, None], "nulls come last"),
        Example(([3, None, 1],), [3, 1, None], "downwards, too", named={"descending": True}),
        Example(
            (["bb", "a", "cc", "dd", "e"], Call("STRING_LENGTH", (Argument(_ELEMENT),))),
            ["a", "e", "bb", "cc", "dd"],
            "what is equal keeps its order",
        ),
        Example(
            (["bb", "a", "cc", "e"], Call("STRING_LENGTH", (Argument(_ELEMENT),))),
            ["bb", "cc", "a", "e"],
            named={"descending": True},
        ),
        Example(
            (["bb", "e", "aa", "a"], Call("STRING_LENGTH", (Argument(_ELEMENT),)), _ELEMENT),
            ["a", "e", "aa", "bb"],
            "by the first key, then by the second",
        ),
        Example((["😄", "\uff5e"],), ["\uff5e", "😄"]),
        Example(([],), []),
        Example((None,), None),
    ],
)
def sort(value: list[T], *keys: Each[T, Ordered], descending: Fixed[bool] = False) -> list[T]:
    """Sort a list by keys, or by its elements themselves. Nulls come last; what is equal keeps its order."""
    result = list(value)
    for key in reversed(keys):
        worked_out = [(key(each), each) for each in result]
        known = [each for each in worked_out if each[0] is not None]
        known.sort(key=lambda pair: pair[0], reverse=descending)
        result = [each for _, each in known] + [each for found, each in worked_out if found is None]
    return result


def _by_itself(call: Call) -> Expression | None:
    if len(call.arguments) != 1:
        return None
    element = call.element or "element"
    return Call("DISTINCT", (call.arguments[0], Argument(Read(Path((element,))))), element)


@operation(
    sql=Sql(
        "LIST_TRANSFORM([LIST_TRANSFORM({value}, lambda {element}: {{'k': {key}}})], lambda keys_: "
        "LIST_FILTER({value}, lambda element_, place_: LIST_POSITION(keys_, keys_[place_]) = place_))[1]",
        spelled={
            "postgres": "CASE WHEN {value} IS NOT NULL THEN ARRAY(SELECT {element} FROM (SELECT {element}, place_, "
            "ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY place_) AS turn_ FROM UNNEST({value}) "
            "WITH ORDINALITY AS items({element}, place_)) AS turns WHERE turn_ = 1 ORDER BY place_) END",
            "spark": "TRANSFORM(ARRAY(TRANSFORM({value}, {element} -> STRUCT({key} AS k))), keys_ -> "
            "FILTER({value}, (element_, place_) -> ARRAY_POSITION(keys_, keys_[place_]) = place_ + 1))[0]",
        },
    ),
    jsonata="$first_of({value}, function({element}) {{ {key} }})",
    rewrite=_by_itself,
    result=same_as("value"),
    examples=[
        Example((["b", "a", "b", "é", "e\u0301"],), ["b", "a", "é", "e\u0301"], "the first of equals is kept"),
        Example(([None, 1, None, 1],), [None, 1], "nulls are equal here"),
        Example(
            (["bb", "a", "cc", "d"], Call("STRING_LENGTH", (Argument(_ELEMENT),))),
            ["bb", "a"],
            "the first for each key",
        ),
        Example(([],), []),
        Example((None,), None),
    ],
)
def distinct(value: list[T], key: Each[T, Scalar]) -> list[T]:
    """Leave out the elements whose key, by default the element itself, was there before."""
    found: dict[Any, T] = {}
    for each in value:
        found.setdefault(key(each), each)
    return list(found.values())


@operation(
    sql=Sql("LEN({value})", spelled={"postgres": "CARDINALITY({value})", "spark": "CAST(SIZE({value}) AS BIGINT)"}),
    python="len({value})",
    jsonata="$count({value})",
    ballerina="{value}.length()",
    aliases=("STRING_LENGTH",),
    examples=[
        Example((["a", None],), 2, "nulls count"),
        Example(([],), 0),
        Example((None,), None),
        Example((["é"],), 1),
        Example(([[1], [2, 3]],), 2),
    ],
)
def length(value: list[T]) -> int:
    """Count the elements of a list."""
    return len(value)
