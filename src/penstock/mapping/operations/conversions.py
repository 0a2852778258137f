"""Operations that change the type of a value and nothing else."""

from penstock.mapping.operation import Example, Sql, T, operation


@operation(
    sql=Sql("{value}", translated=("postgres", "spark", "snowflake", "bigquery")),
    python="{value}",
    jsonata="{value}",
    ballerina="{value}",
    nulls="total",
    result=lambda arguments: arguments["value"].type,  # type: ignore[union-attr]
    examples=[
        Example(("a",), "a"),
        Example(("",), ""),
        Example((None,), None),
        Example(("é😄",), "é😄"),
        Example(([1, None],), [1, None]),
    ],
)
def direct(value: T) -> T:
    """Copy a value as it is."""
    return value
