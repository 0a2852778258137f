"""Operations on lists."""

from penstock.mapping.model import Argument, Call, Constant, Read
from penstock.mapping.operation import Each, Example, Sql, T, operation
from penstock.schema import Path


@operation(
    sql=Sql(
        "LIST_FILTER({value}, lambda {element}: {keep})",
        spelled={"spark": "FILTER({value}, {element} -> {keep})"},
    ),
    python="[{element} for {element} in {value} if {keep}]",
    jsonata="[$filter({value}, function({element}) {{ {keep} }})]",
    ballerina="from var {element} in {value} where {keep} select {element}",
    examples=[
        Example(
            (["a", "", None, "é"], Call("EQUAL", (Argument(Read(Path(("element",)))), Argument(Constant("é"))))),
            ["é"],
            "where the condition is null the element is left out",
        ),
        Example(([], Constant(value=True)), []),
        Example((None, Constant(value=True)), None),
    ],
)
def filter_(value: list[T], keep: Each[T, bool]) -> list[T]:
    """Keep the elements for which a condition is true."""
    return [each for each in value if keep(each)]


@operation(
    sql=Sql("LEN({value})", translated=("spark",), spelled={"postgres": "CARDINALITY({value})"}),
    python="len({value})",
    jsonata="$count({value})",
    ballerina="{value}.length()",
    examples=[
        Example((["a", None],), 2, "nulls count"),
        Example(([],), 0),
        Example((None,), None),
        Example((["é"],), 1),
    ],
)
def length(value: list[T]) -> int:
    """Count the elements of a list."""
    return len(value)
