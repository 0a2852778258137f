"""Copies, and booleans from words."""

from typing import Final

from penstock.mapping.operation import REJECTED, Constant, Example, Spelling, Sql, T, operation

_ALL: Final = ("postgres", "spark", "snowflake", "bigquery")


@operation(
    sql=Sql("{value}", translated=_ALL),
    python="{value}",
    jsonata="{value}",
    ballerina="{value}",
    nulls="total",
    result=lambda arguments: arguments["value"].type,  # type: ignore[union-attr]
    inverse=lambda call: call,
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


def _words(text: str) -> Sql:
    """Spellings for a value that is compared as text."""

    def spelling(within: str, text: str = text) -> Spelling:
        true, false = (within.format(text=text, words=f"{{{each}}}") for each in ("true", "false"))
        value = f"CASE WHEN {true} THEN TRUE WHEN {false} THEN FALSE END"
        return Spelling(value, fails=f"NOT ({true} OR {false})")

    duckdb = spelling("LIST_CONTAINS({words}, {text})")
    spelled = {
        "postgres": spelling("{text} = ANY({words})"),
        "spark": spelling("ARRAY_CONTAINS({words}, {text})", text.replace("VARCHAR", "STRING")),
    }
    return Sql(duckdb.value, duckdb.fails, spelled=spelled)


def _in_words(text: str) -> Spelling:
    """Ballerina's spelling of the same."""
    true, false = (f"{{{each}}}.indexOf({text})" for each in ("true", "false"))
    return Spelling(f"{true} is int", fails=f"{true} is () && {false} is ()")


@operation(
    sql={
        "boolean": Sql("{value}", translated=_ALL),
        "integer": _words("CAST({value} AS VARCHAR)"),
        "*": _words("{value}"),
    },
    jsonata={
        "boolean": "{value}",
        "*": Spelling(
            "($string({value}) in {true})", fails="$not($string({value}) in {true} or $string({value}) in {false})"
        ),
    },
    ballerina={
        "boolean": "{value}",
        "integer": _in_words("{value}.toString()"),
        "*": _in_words("{value}"),
    },
    rejects="is not one of the listed words",
    examples=[
        Example(("true",), True),
        Example(("oui", ["oui"], ["non"]), True),
        Example(("näin", ["joo"], ["näin"]), False),
        Example((1, ["1"], ["0"]), True),
        Example((False,), False),
        Example((None,), None),
        Example(("yes",), REJECTED, "only listed words are read"),
        Example(("True",), REJECTED),
        Example(("",), REJECTED),
        Example((2, ["1"], ["0"]), REJECTED),
    ],
)
def to_boolean(
    value: str | int | bool,
    true: Constant[list[str]] = ("true",),  # type: ignore[assignment]  # a default that nobody can change
    false: Constant[list[str]] = ("false",),  # type: ignore[assignment]
) -> bool:
    """Read a boolean from listed words."""
    if isinstance(value, bool):
        return value
    text = str(value)
    if text not in true and text not in false:
        raise ValueError
    return text in true
