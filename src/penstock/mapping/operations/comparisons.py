"""Comparisons of two values of one type; numbers of two types are compared as numbers."""

from typing import Any, Final

from penstock.mapping.operation import Example, Ordered, Scalar, Several, Sql, operation

_EVERYWHERE: Final = ("postgres", "spark", "snowflake", "bigquery")


@operation(
    sql=Sql("({value} = {other})", translated=_EVERYWHERE),
    python="({value} == {other})",
    jsonata="({value} = {other})",
    ballerina="({value} == {other})",
    examples=[
        Example(("a", "a"), True),
        Example(("é", "e\u0301"), False, "texts are equal when their code points are"),
        Example(("a", "a "), False, "spaces count"),
        Example(("", ""), True),
        Example((1, 2), False),
        Example((1, 1.0), True, "numbers of two types are compared as numbers"),
        Example((None, "a"), None),
        Example(("a", None), None),
        Example((None, None), None),
    ],
)
def equal(value: Scalar, other: Scalar) -> bool:
    """Say whether two values are equal."""
    return value == other


@operation(
    sql=Sql("({value} <> {other})", translated=_EVERYWHERE),
    python="({value} != {other})",
    jsonata="({value} != {other})",
    ballerina="({value} != {other})",
    aliases=("NOTEQUAL",),
    examples=[
        Example(("a", "b"), True),
        Example(("é", "e\u0301"), True, "texts are equal when their code points are"),
        Example(("", ""), False),
        Example((True, True), False),
        Example((None, "a"), None),
        Example(("a", None), None),
    ],
)
def not_equal(value: Scalar, other: Scalar) -> bool:
    """Say whether two values differ."""
    return value != other


def _in_units(value: str) -> str:
    """A text for JSONata, whose order is that of 16-bit units: characters beyond them are put last."""
    return (
        f"$replace({value}, /\\uffff|[\\ud800-\\udbff]/, function($found) {{{{ "
        '$found.match = "\\uffff" ? "\\uffff\\u0000" : "\\uffff" & $found.match }})'
    )


def _in_order(sign: str) -> dict[str, Any]:
    """The spellings of an order; JSONata and PostgreSQL have another one for texts than that of code points."""
    plain = f"({{value}} {sign} {{other}})"
    collated = f'({{value}} COLLATE "C" {sign} {{other}})'
    units = f"({_in_units('{value}')} {sign} {_in_units('{other}')})"
    text = Sql(plain, translated=("spark", "snowflake", "bigquery"), spelled={"postgres": collated})
    return {
        "sql": {"text": text, "enum": text, "*": Sql(plain, translated=_EVERYWHERE)},
        "python": plain,
        "jsonata": {"text": units, "enum": units, "*": plain},
        "ballerina": {"timestamp": f"(microsOf({{value}}) {sign} microsOf({{other}}))", "*": plain},
    }


@operation(
    **_in_order("<"),
    examples=[
        Example((1, 2), True),
        Example((2, 1.5), False, "numbers of two types are compared as numbers"),
        Example(("B", "a"), True, "texts are in the order of their code points"),
        Example(("z", "é"), True),
        Example(("\uff5e", "😄"), True),
        Example(("", "a"), True),
        Example((None, 1), None),
        Example((1, None), None),
    ],
)
def less_than(value: Ordered, other: Ordered) -> bool:
    """Say whether a value comes before another."""
    return value < other


@operation(
    **_in_order("<="),
    examples=[
        Example((1, 1), True),
        Example(("b", "a"), False),
        Example(("a", "a\u0301"), True),
        Example(("", ""), True),
        Example((None, 1), None),
        Example((1, None), None),
    ],
)
def less_than_or_equal(value: Ordered, other: Ordered) -> bool:
    """Say whether a value comes before another, or is equal to it."""
    return value <= other


@operation(
    **_in_order(">"),
    examples=[
        Example((2, 1), True),
        Example(("a", "B"), True, "texts are in the order of their code points"),
        Example(("é", "z"), True),
        Example(("", ""), False),
        Example((None, 1), None),
        Example((1, None), None),
    ],
)
def greater_than(value: Ordered, other: Ordered) -> bool:
    """Say whether a value comes after another."""
    return value > other


@operation(
    **_in_order(">="),
    examples=[
        Example((1, 1), True),
        Example(("😄", "é"), True),
        Example(("", "a"), False),
        Example((None, 1), None),
        Example((1, None), None),
    ],
)
def greater_than_or_equal(value: Ordered, other: Ordered) -> bool:
    """Say whether a value comes after another, or is equal to it."""
    return value >= other


@operation(
    sql=Sql(
        "LIST_CONTAINS({options}, {value})",
        spelled={
            "postgres": "CASE WHEN {value} IS NOT NULL AND {options} IS NOT NULL "
            "THEN COALESCE({value} = ANY({options}), FALSE) END",
            "spark": "CASE WHEN {value} IS NOT NULL AND {options} IS NOT NULL "
            "THEN COALESCE(ARRAY_CONTAINS({options}, {value}), FALSE) END",
        },
    ),
    python="({value} in {options})",
    jsonata="({value} in {options})",
    ballerina="({options}.indexOf({value}) != ())",
    examples=[
        Example(("b", "a", "b"), True),
        Example(("b", ["a", "é"]), False),
        Example(("e\u0301", "é"), False),
        Example(("", ""), True),
        Example((2, [1, None]), False, "nulls among the options are equal to nothing"),
        Example((2, [None, 2]), True),
        Example(("a", []), False),
        Example((None, "a"), None),
        Example((None, ["a", None]), None),
    ],
)
def in_(value: Scalar, options: Several[Scalar]) -> bool:
    """Say whether a value is one of a list."""
    return value in options
