"""Comparisons of two values of one type."""

from penstock.mapping.operation import Example, Sql, T, operation


@operation(
    sql=Sql("{value} = {other}", translated=("postgres", "spark", "snowflake", "bigquery")),
    python="{value} == {other}",
    jsonata="{value} = {other}",
    ballerina="{value} == {other}",
    examples=[
        Example(("a", "a"), True),
        Example(("é", "e\u0301"), False, "texts are equal when their code points are"),
        Example(("", ""), True),
        Example((1, 2), False),
        Example((None, "a"), None),
    ],
)
def equal(value: T, other: T) -> bool:
    """Say whether two values are equal."""
    return value == other
