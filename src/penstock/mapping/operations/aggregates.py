"""One value of many: of a list, or of several arguments. Nulls are left out; of nothing the result is null."""

from collections.abc import Mapping
from decimal import Decimal, localcontext
from typing import Final

from penstock.mapping.model import Argument, Call, Constant, Expression
from penstock.mapping.operation import REJECTED, Example, Measure, N, Several, Spelling, Sql, T, operation
from penstock.mapping.operation import Constant as Fixed
from penstock.mapping.results import element_of
from penstock.mapping.typed import Arguments
from penstock.schema import Decimal as DecimalType
from penstock.schema import Type

_MOST_DIGITS: Final = 37
"""Spark adds decimals of so many digits without losing any behind the point."""

_TYPE_NAMES: Final = frozenset({"int", "integer", "float", "decimal", "number"})

_ITEMS: Final = "FROM UNNEST({values}) AS items(item_)"


def _total(arguments: Arguments) -> Type:
    element = element_of("values")(arguments)
    if isinstance(element, DecimalType):
        return DecimalType(min(_MOST_DIGITS, element.precision + 10), element.scale, nullable=True)
    return element


def _without_type(call: Call) -> Expression | None:
    """Older mappings name a type behind the values."""
    last = call.arguments[-1].value if len(call.arguments) > 1 else None
    if not isinstance(last, Constant) or last.value not in _TYPE_NAMES:
        return None
    return Call(call.operation, call.arguments[:-1])


def _exact_sum(accumulated: str) -> Sql:
    """Of integers and decimals; Spark adds them up as a type of its own."""
    valid = "PG_INPUT_IS_VALID(CAST(SUM(item_) AS TEXT), '{type}')"
    return Sql(
        "TRY_CAST(TRY(LIST_SUM({values})) AS {type})",
        fails="TRY_CAST(TRY(LIST_SUM({values})) AS {type}) IS NULL AND LIST_COUNT({values}) > 0",
        spelled={
            "postgres": Spelling(
                f"(SELECT CASE WHEN {valid} THEN CAST(SUM(item_) AS {{type}}) END {_ITEMS})",
                fails=f"(SELECT NOT {valid} {_ITEMS})",
            ),
            "spark": _spark_sum(accumulated, "{} IS NULL"),
        },
    )


def _spark_sum(accumulated: str, failed: str) -> Spelling:
    added = (
        f"AGGREGATE({{values}}, CAST(0 AS {accumulated}), (sum_, item_) -> CASE WHEN item_ IS NULL THEN sum_ "
        f"ELSE CAST(TRY_ADD(sum_, TRY_CAST(item_ AS {accumulated})) AS {accumulated}) END)"
    )
    total = f"TRY_CAST({added} AS {{type}})"
    some = "EXISTS({values}, item_ -> item_ IS NOT NULL)"
    return Spelling(f"CASE WHEN {some} THEN {total} END", fails=f"{some} AND ({failed.format(total)})")


_LARGEST: Final = "1.797693134862315e308"

_SUM: Final[Mapping[str, Sql]] = {
    "list(integer)": _exact_sum("DECIMAL(37, 0)"),
    "list(decimal)": _exact_sum("{type}"),
    "list(float)": Sql(
        "LIST_SUM({values})",
        fails="NOT ISFINITE(LIST_SUM({values}))",
        spelled={
            "postgres": Spelling(
                f"(SELECT CASE WHEN SUM(ABS(CAST(item_ AS NUMERIC))) <= {_LARGEST} THEN (SELECT SUM(item_) {_ITEMS}) "
                f"END {_ITEMS})",
                fails=f"(SELECT SUM(ABS(CAST(item_ AS NUMERIC))) > {_LARGEST} {_ITEMS})",
            ),
            "spark": _spark_sum("DOUBLE", "ABS({0}) = DOUBLE('Infinity') OR ISNAN({0})"),
        },
    ),
}


@operation(
    sql=_SUM,
    jsonata={
        "list(decimal)": Spelling("($count({values}[$ != null]) = 0 ? null : $sum({values}[$ != null]))"),
        "*": Spelling(
            "($count({values}[$ != null]) = 0 ? null : $sum({values}[$ != null]))",
            fails="$abs($sum({values}[$ != null])) > 9007199254740991",
        ),
    },
    nulls="skip",
    rejects="has a result that is too large",
    aliases=("SUMMATION",),
    rewrite=_without_type,
    result=_total,
    ballerina={
        "list(integer)": "sumOfInts({values})",
        "list(decimal)": "sumOfDecimals({values})",
        "list(float)": "sumOfFloats({values})",
    },
    examples=[
        Example(([1, 2, 3],), 6),
        Example((1, 2, None), 3, "nulls are left out"),
        Example(([Decimal("0.10"), Decimal("0.20"), None],), Decimal("0.30"), "decimals are exact"),
        Example(([0.5, 1.25],), 1.75),
        Example(([1e16, 1.0, -1e16],), 0.0, "floats are added from left to right"),
        Example((1, Decimal("0.5")), Decimal("1.5")),
        Example(([9223372036854775807, 1, -1],), 9223372036854775807, "only the result must be an integer of 64 bits"),
        Example(([],), None, "of nothing there is no sum"),
        Example(([None],), None),
        Example((None,), None),
        Example(([9223372036854775807, 1],), REJECTED),
        Example(([1.7e308, 1.7e308],), REJECTED),
    ],
)
def sum_(values: Several[N]) -> N | None:
    """Add up numbers, floats from left to right. A sum of decimals may have 10 digits more, up to 37 in all."""
    if not values:
        return None
    with localcontext(prec=100):
        total = values[0]
        for each in values[1:]:
            total += each
    return total


def _divided(call: Call) -> Expression:
    named = tuple(each for each in call.arguments if each.name == "scale")
    plain = _without_type(Call("SUM", tuple(each for each in call.arguments if each.name != "scale")))
    values = plain.arguments if isinstance(plain, Call) else tuple(e for e in call.arguments if e.name != "scale")
    return Call("DIVIDE", (Argument(Call("SUM", values)), Argument(Call("COUNT", values)), *named))


@operation(
    rewrite=_divided,
    examples=[
        Example(([1, 2],), Decimal("1.500000000"), "of integers it is a decimal"),
        Example(([1, None, 3],), Decimal("2.000000000"), "nulls do not count"),
        Example((2, 3, 3), Decimal("2.67"), named={"scale": 2}),
        Example(([0, 1, 0, 0, 0, 0, 0, 0],), Decimal("0.12"), "halves go to the even digit", named={"scale": 2}),
        Example(([Decimal("0.10"), Decimal("0.25")],), Decimal("0.175000000")),
        Example(([1.0, 2.0],), 1.5, "of floats it is a float"),
        Example(([],), None),
        Example((None,), None),
    ],
)
def average(values: Several[N], *, scale: Fixed[int] = 9) -> Decimal | float | None:
    """Divide the sum of numbers by how many there are.

    Of integers and decimals the result is a decimal with `scale` digits, halves to the even digit, as of DIVIDE.
    """
    total = sum_(values)
    if total is None or isinstance(total, float):
        return None if total is None else total / len(values)
    with localcontext(prec=100):
        return (Decimal(total) / len(values)).quantize(Decimal(1).scaleb(-scale))


@operation(
    sql=Sql(
        "LIST_COUNT({values})",
        spelled={
            "postgres": f"CASE WHEN {{values}} IS NOT NULL THEN (SELECT COUNT(item_) {_ITEMS}) END",
            "spark": "CAST(SIZE(FILTER({values}, item_ -> item_ IS NOT NULL)) AS BIGINT)",
        },
    ),
    jsonata="$count({values}[$ != null])",
    ballerina="(from var item in {values} where item !is () select item).length()",
    nulls="skip",
    examples=[
        Example((["a", None, "é"],), 2),
        Example(("a", None), 1),
        Example(([None],), 0),
        Example(([],), 0),
        Example((None,), None),
        Example((["", ""],), 2),
    ],
)
def count(values: Several[T]) -> int:
    """Count the values that are not null."""
    return len(values)


def _first_in_ballerina(direction: str) -> dict[str, str]:
    sorted_ = f"from var item in {{values}} where item !is () order by item {direction} limit 1 select item"
    words = {"integer": "Int", "decimal": "Decimal", "float": "Float", "date": "Text"}
    return {f"list({type_})": f"first{word}({sorted_})" for type_, word in words.items()}


@operation(
    sql=Sql(
        "LIST_MIN({values})",
        spelled={"postgres": f"(SELECT MIN(item_) {_ITEMS})", "spark": "ARRAY_MIN({values})"},
    ),
    python="min({values}, default=None)",
    nulls="skip",
    rewrite=_without_type,
    result=element_of("values"),
    ballerina=_first_in_ballerina("ascending"),
    examples=[
        Example(([3, None, 1, 2],), 1, "nulls are left out"),
        Example((3, 2.5), 2.5, "numbers of two types are made one"),
        Example(([Decimal("0.10"), Decimal("-0.20")],), Decimal("-0.20")),
        Example(([],), None),
        Example(([None],), None),
        Example((None,), None),
    ],
)
def minimum(values: Several[Measure]) -> Measure | None:
    """Take the smallest of numbers, or the earliest of dates or timestamps."""
    return min(values, default=None)


@operation(
    sql=Sql(
        "LIST_MAX({values})",
        spelled={"postgres": f"(SELECT MAX(item_) {_ITEMS})", "spark": "ARRAY_MAX({values})"},
    ),
    python="max({values}, default=None)",
    nulls="skip",
    rewrite=_without_type,
    result=element_of("values"),
    ballerina=_first_in_ballerina("descending"),
    examples=[
        Example(([3, None, 1, 2],), 3, "nulls are left out"),
        Example((3, 2.5), 3.0, "numbers of two types are made one"),
        Example(([Decimal("0.10"), Decimal("-0.20")],), Decimal("0.10")),
        Example(([],), None),
        Example(([None],), None),
        Example((None,), None),
    ],
)
def maximum(values: Several[Measure]) -> Measure | None:
    """Take the largest of numbers, or the latest of dates or timestamps."""
    return max(values, default=None)
