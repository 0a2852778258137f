"""Operations that take elements out of lists. Elements are counted from 0, and a null in a list is an element."""

from penstock.mapping.arguments import type_of
from penstock.mapping.operation import REJECTED, Example, Spelling, Sql, T, operation
from penstock.mapping.results import element_of, same_as
from penstock.mapping.typed import Arguments
from penstock.schema import List, Type, nullable


@operation(
    sql=Sql("({value})[1]", spelled={"spark": "GET({value}, 0)", "postgres": "({value})[1]"}),
    python="({value} or (None,))[0]",
    jsonata="($count({value}) = 0 ? null : $single({value}, function($one, $at) {{ $at = 0 }}))",
    ballerina=Spelling("({value}.length() > 0 ? {value}[0] : ())"),
    result=element_of("value"),
    examples=[
        Example((["é", "b"],), "é"),
        Example(([None, "b"],), None, "a null is an element"),
        Example(([],), None),
        Example((None,), None),
        Example(([[1], [2]],), [1]),
    ],
)
def first(value: list[T]) -> T | None:
    """Take the first element; null where there is none."""
    return value[0] if value else None


@operation(
    sql=Sql(
        "({value})[-1]",
        spelled={"spark": "GET({value}, SIZE({value}) - 1)", "postgres": "({value})[CARDINALITY({value})]"},
    ),
    python="({value} or (None,))[-1]",
    jsonata="($count({value}) = 0 ? null : $single({value}, function($one, $at) {{ $at = $count({value}) - 1 }}))",
    ballerina=Spelling("({value}.length() > 0 ? {value}[{value}.length() - 1] : ())"),
    result=element_of("value"),
    examples=[
        Example((["a", "é"],), "é"),
        Example((["a", None],), None, "a null is an element"),
        Example(([],), None),
        Example((None,), None),
    ],
)
def last(value: list[T]) -> T | None:
    """Take the last element; null where there is none."""
    return value[-1] if value else None


@operation(
    sql=Sql(
        "({value})[CASE WHEN {index} BETWEEN 0 AND 2147483646 THEN {index} + 1 END]",
        spelled={
            "postgres": "({value})[CASE WHEN {index} BETWEEN 0 AND 2147483646 THEN CAST({index} AS INT) + 1 END]",
            "spark": "GET({value}, TRY_CAST({index} AS INT))",
        },
    ),
    python="({value}[{index}] if 0 <= {index} < len({value}) else None)",
    jsonata=(
        "({index} >= 0 and {index} < $count({value}) "
        "? $single({value}, function($one, $at) {{ $at = {index} }}) : null)"
    ),
    ballerina=Spelling("({index} >= 0 && {index} < {value}.length() ? {value}[{index}] : ())"),
    result=element_of("value"),
    examples=[
        Example((["a", "é"], 1), "é", "counted from 0"),
        Example((["a"], 1), None, "there is no such element"),
        Example((["a"], -1), None, "nor is there one before the first"),
        Example((["a"], 9223372036854775807), None),
        Example(([None], 0), None),
        Example(([], 0), None),
        Example((None, 0), None),
        Example((["a"], None), None),
    ],
)
def item_at(value: list[T], index: int) -> T | None:
    """Take the element at a place, which is counted from 0; null where there is none."""
    return value[index] if 0 <= index < len(value) else None


@operation(
    sql=Sql(
        "CASE WHEN {start} >= 0 AND {length} >= 0 THEN LIST_SLICE({value}, LEAST({start}, 2147483646) + 1, "
        "LEAST({start}, 2147483646) + LEAST({length}, 2147483647)) END",
        fails="{start} < 0 OR {length} < 0",
        spelled={
            "postgres": Spelling(
                "CASE WHEN {start} >= 0 AND {length} >= 0 THEN ({value})[CAST(LEAST({start}, 2147483646) AS INT) + 1 : "
                "CAST(LEAST(LEAST({start}, 2147483646) + LEAST({length}, 2147483647), 2147483647) AS INT)] END",
                fails="{start} < 0 OR {length} < 0",
            ),
            "spark": Spelling(
                "CASE WHEN {start} >= 0 AND {length} >= 0 THEN SLICE({value}, "
                "CAST(LEAST({start}, 2147483646) AS INT) + 1, CAST(LEAST({length}, 2147483647) AS INT)) END",
                fails="{start} < 0 OR {length} < 0",
            ),
        },
    ),
    jsonata=Spelling(
        "$kept({value}, function($one, $at) {{ $at >= {start} and $at < {start} + {length} }})",
        fails="{start} < 0 or {length} < 0",
    ),
    ballerina=Spelling(
        "{value}.slice(int:min({start}, {value}.length()), "
        "int:min(int:min({start}, 2147483647) + int:min({length}, 2147483647), {value}.length()))",
        fails="{start} < 0 || {length} < 0",
    ),
    rejects="cannot start before the list, nor have a negative length",
    result=same_as("value"),
    examples=[
        Example((["a", "é", "c"], 1, 1), ["é"]),
        Example((["a", None, "c"], 1), [None, "c"], "to the end"),
        Example((["a"], 0, 5), ["a"], "there are only so many"),
        Example((["a"], 3), [], "there are none"),
        Example((["a"], 0, 0), []),
        Example(([], 0), []),
        Example((None, 0), None),
        Example((["a"], None), None),
        Example((["a"], -1), REJECTED),
        Example((["a"], 0, -1), REJECTED),
    ],
)
def slice_(value: list[T], start: int, length: int = 2_147_483_647) -> list[T]:
    """Take so many elements from a start, which is counted from 0; as many as there are."""
    if start < 0 or length < 0:
        raise ValueError(start, length)
    return value[start : start + length]


@operation(
    sql=Sql(
        "LIST_REVERSE({value})",
        spelled={
            "postgres": "CASE WHEN {value} IS NOT NULL THEN ARRAY(SELECT element_ FROM UNNEST({value}) "
            "WITH ORDINALITY AS items(element_, place_) ORDER BY place_ DESC) END",
            "spark": "REVERSE({value})",
        },
    ),
    python="{value}[::-1]",
    jsonata="$reverse({value})",
    ballerina="{value}.reverse()",
    result=same_as("value"),
    examples=[
        Example((["a", "é", None],), [None, "é", "a"]),
        Example(([],), []),
        Example((None,), None),
        Example(([[1, 2], [3]],), [[3], [1, 2]]),
    ],
)
def reverse(value: list[T]) -> list[T]:
    """Turn a list round."""
    return value[::-1]


def _inner(arguments: Arguments) -> Type:
    outer = type_of(arguments, "value")
    assert isinstance(outer, List), "it takes a list of lists"
    return nullable(outer.element, value=outer.nullable)


@operation(
    sql=Sql(
        "FLATTEN({value})",
        translated=("spark",),
        spelled={
            "postgres": "CAST(ARRAY(SELECT item_.v #>> '{{}}' FROM UNNEST({value}) WITH ORDINALITY AS list_(l, i) "
            "CROSS JOIN LATERAL JSONB_ARRAY_ELEMENTS(list_.l) WITH ORDINALITY AS item_(v, j) "
            "ORDER BY list_.i, item_.j) AS {type})"
        },
    ),
    python="[each for inner in {value} if inner is not None for each in inner]",
    jsonata="($count({value}) = 0 ? [] : ($joined := $reduce({value}, $append, [])[]; $joined))",
    ballerina="from var inner in {value} where inner !is () from var each in inner select each",
    nulls="skip",
    result=_inner,
    examples=[
        Example(([["a", "b"], ["é"]],), ["a", "b", "é"]),
        Example(([["a"], None, [], [None]],), ["a", None], "a null list is left out, a null in a list is not"),
        Example(([[[1]], [[2], [3]]],), [[1], [2], [3]], "one level is taken away"),
        Example(([],), []),
        Example((None,), None),
    ],
)
def flatten(value: list[list[T]]) -> list[T]:
    """Make one list of the elements of all lists in a list."""
    return [each for inner in value for each in inner]
