"""Operations that take texts apart and put them together. Texts are sequences of code points."""

from penstock.mapping.model import Argument, Call, Expression
from penstock.mapping.operation import REJECTED, Constant, Example, Spelling, Sql, operation


def _not_empty(separator: str) -> None:
    if not separator:
        raise ValueError("it is empty, so there is nothing to cut at")


@operation(
    sql=Sql(
        "STR_SPLIT({value}, {separator})",
        translated=("bigquery", "snowflake"),
        spelled={
            "postgres": "CASE WHEN {value} = '' THEN ARRAY[''] ELSE STRING_TO_ARRAY({value}, {separator}) END",
            "spark": "SPLIT({value}, {separator:literal_pattern}, -1)",
        },
    ),
    python="{value}.split({separator})",
    jsonata="$split({value}, {separator})",
    ballerina="re `{separator:pattern}`.split({value})",
    accepts={"separator": _not_empty},
    examples=[
        Example(("a,b", ","), ["a", "b"]),
        Example(("a,,b,", ","), ["a", "", "b", ""], "empty parts are kept"),
        Example(("é|😄", "|"), ["é", "😄"], "the separator is text, not a pattern"),
        Example(("", ","), [""], "an empty text has one empty part"),
        Example((None, ","), None),
    ],
)
def split(value: str, separator: Constant[str] = ",") -> list[str]:
    """Cut a text at every separator. The separator must not be empty."""
    return value.split(separator)


def _part(call: Call) -> Expression:
    names = ("value", "separator", "index")
    given = dict(zip(names, (each for each in call.arguments if not each.name), strict=False))
    given |= {each.name: each for each in call.arguments if each.name in names}
    if len(given) < len(names) or len(call.arguments) > len(names):
        raise ValueError("SPLIT_PART needs a text, a separator and an index")
    parts = Call("SPLIT", (Argument(given["value"].value), Argument(given["separator"].value)))
    return Call("ITEM_AT", (Argument(parts), Argument(given["index"].value)))


@operation(
    rewrite=_part,
    examples=[
        Example(("a-é-c", "-", 1), "é", "parts are counted from 0"),
        Example(("a-b", "-", 2), None, "there is no such part"),
        Example(("a-b", "-", -1), None),
        Example(("", "-", 0), "", "an empty text has one empty part"),
        Example((None, "-", 0), None),
        Example(("a-b", "-", None), None, types=("", "", "integer")),
    ],
)
def split_part(value: str, separator: Constant[str], index: int) -> str | None:
    """Take one part of a text that is cut at every separator; null where there is no such part."""
    parts = value.split(separator)
    return parts[index] if 0 <= index < len(parts) else None


@operation(
    sql=Sql("CONCAT_WS({separator}, {values})", translated=("spark", "postgres")),
    python="{separator}.join({values})",
    jsonata="$join({values}, {separator})",
    ballerina="string:'join({separator}, ...from string? part in [{values}] where part is string select part)",
    nulls="skip",
    aliases=("ADDITION",),
    examples=[
        Example(("a", "b"), "ab"),
        Example(("é", "😄"), "é 😄", named={"separator": " "}),
        Example(("e", "\u0301"), "e\u0301", "combining characters stay code points of their own"),
        Example(("a", None, "c"), "a-c", "nulls are left out", named={"separator": "-"}),
        Example(("", ""), ""),
        Example((None, None), "", "of nothing it is an empty text"),
    ],
)
def concat(*values: str, separator: Constant[str] = "") -> str:
    """Join texts, with a separator between them. Nulls are left out."""
    return separator.join(values)


@operation(
    sql=Sql(
        "CASE WHEN {value} IS NOT NULL THEN COALESCE(ARRAY_TO_STRING({value}, {separator}), '') END",
        spelled={
            "postgres": "ARRAY_TO_STRING({value}, {separator})",
            "spark": "ARRAY_JOIN({value}, {separator})",
        },
    ),
    jsonata="$join({value}, {separator})",
    ballerina="string:'join({separator}, ...from string? part in {value} where part is string select part)",
    nulls="skip",
    examples=[
        Example((["a", "é", "😄"], ", "), "a, é, 😄"),
        Example((["a", None, "c"],), "ac", "nulls are left out"),
        Example((["", ""], "-"), "-"),
        Example(([], ","), ""),
        Example(([None], ","), ""),
        Example((None, ","), None),
    ],
)
def join_strings(value: list[str], separator: Constant[str] = "") -> str:
    """Join the texts of a list, with a separator between them. Nulls are left out."""
    return separator.join(value)


@operation(
    sql=Sql(
        "CASE WHEN {start} >= 0 AND {length} >= 0 THEN SUBSTRING({value}, "
        "CAST(LEAST({start}, 2147483646) AS INT) + 1, CAST(LEAST({length}, 2147483647) AS INT)) END",
        fails="{start} < 0 OR {length} < 0",
        translated=("postgres", "spark", "snowflake", "bigquery"),
    ),
    python=Spelling("{value}[{start} : {start} + {length}]", fails="{start} < 0 or {length} < 0"),
    jsonata=Spelling("$substring({value}, {start}, {length})", fails="{start} < 0 or {length} < 0"),
    ballerina=Spelling("partOf({value}, {start}, {length})", fails="{start} < 0 || {length} < 0"),
    rejects="cannot start before the text, nor have a negative length",
    examples=[
        Example(("reservation", 0, 3), "res"),
        Example(("a😄é", 1), "😄é", "to the end, and counted in code points"),
        Example(("e\u0301a", 1, 1), "\u0301", "a combining character is a code point of its own"),
        Example(("abc", 2, 5), "c", "there are only so many"),
        Example(("abc", 7, 1), "", "there are none"),
        Example(("abc", 9223372036854775807, 9223372036854775807), ""),
        Example(("", 0, 1), ""),
        Example(("abc", 1, 0), ""),
        Example((None, 0, 1), None),
        Example(("abc", None, 1), None),
        Example(("abc", 1, None), None),
        Example(("abc", -1, 1), REJECTED),
        Example(("abc", 1, -1), REJECTED),
    ],
)
def substring(value: str, start: int, length: int = 2_147_483_647) -> str:
    """Take so many code points of a text from a start, which is counted from 0; as many as there are."""
    if start < 0 or length < 0:
        raise ValueError(start, length)
    return value[start : start + length]


@operation(
    sql=Sql(
        "CASE WHEN STRPOS({value}, {separator}) > 0 "
        "THEN LEFT({value}, CAST(STRPOS({value}, {separator}) AS INT) - 1) END",
        translated=("postgres", "spark", "snowflake", "bigquery"),
    ),
    jsonata="($contains({value}, {separator}) ? $substringBefore({value}, {separator}) : null)",
    ballerina=Spelling(
        "({value}.indexOf({separator}) is int ? {value}.substring(0, {value}.indexOf({separator}) ?: 0) : ())"
    ),
    examples=[
        Example(("a-b-c", "-"), "a"),
        Example(("é😄|x", "|"), "é😄"),
        Example(("abc", "-"), None, "there is no such part"),
        Example(("-b", "-"), ""),
        Example(("", "-"), None),
        Example((None, "-"), None),
        Example(("a-b", None), None),
    ],
)
def substring_before(value: str, separator: str) -> str | None:
    """Take what comes before the first match of a text; null where there is none."""
    before, found, _ = value.partition(separator) if separator else ("", True, value)
    return before if found else None


@operation(
    sql=Sql(
        "CASE WHEN STRPOS({value}, {separator}) > 0 "
        "THEN SUBSTRING({value}, CAST(STRPOS({value}, {separator}) + LENGTH({separator}) AS INT)) END",
        translated=("postgres", "spark", "snowflake", "bigquery"),
    ),
    jsonata="($contains({value}, {separator}) ? $substringAfter({value}, {separator}) : null)",
    ballerina=Spelling(
        "({value}.indexOf({separator}) is int "
        "? {value}.substring(({value}.indexOf({separator}) ?: 0) + {separator}.length()) : ())"
    ),
    examples=[
        Example(("a-b-c", "-"), "b-c"),
        Example(("é::😄", "::"), "😄"),
        Example(("abc", "-"), None, "there is no such part"),
        Example(("a-", "-"), ""),
        Example(("", "-"), None),
        Example((None, "-"), None),
        Example(("a-b", None), None),
    ],
)
def substring_after(value: str, separator: str) -> str | None:
    """Take what comes after the first match of a text; null where there is none."""
    _, found, after = value.partition(separator) if separator else ("", True, value)
    return after if found else None


@operation(
    sql=Sql("LENGTH({value})", translated=("postgres", "spark", "snowflake", "bigquery")),
    python="len({value})",
    jsonata="$length({value})",
    ballerina="{value}.length()",
    aliases=("LENGTH",),
    examples=[
        Example(("abc",), 3),
        Example((" é😄",), 3, "counted in code points"),
        Example(("e\u0301 ",), 3, "a combining character is a code point of its own"),
        Example(("",), 0),
        Example((None,), None),
    ],
)
def string_length(value: str) -> int:
    """Count the code points of a text."""
    return len(value)
