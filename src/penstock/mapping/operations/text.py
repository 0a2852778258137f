"""Operations on text. Texts are sequences of code points."""

from penstock.mapping.operation import Constant, Example, Sql, operation


@operation(
    sql=Sql(
        "STR_SPLIT({value}, {separator})",
        translated=("bigquery", "snowflake", "spark"),
        spelled={"postgres": "CASE WHEN {value} = '' THEN ARRAY[''] ELSE STRING_TO_ARRAY({value}, {separator}) END"},
    ),
    python="{value}.split({separator})",
    jsonata="$split({value}, {separator})",
    ballerina="re `{separator:pattern}`.split({value})",
    examples=[
        Example(("a,b", ","), ["a", "b"]),
        Example(("a,,b", ","), ["a", "", "b"], "empty parts are kept"),
        Example(("é|😄", "|"), ["é", "😄"], "the separator is text, not a pattern"),
        Example(("", ","), [""], "an empty text has one empty part"),
        Example((None, ","), None),
    ],
)
def split(value: str, separator: Constant[str] = ",") -> list[str]:
    """Cut a text at every separator. The separator must not be empty."""
    return value.split(separator)


@operation(
    sql=Sql(
        "CONCAT_WS({separator}, {values})",
        translated=("spark", "postgres"),
    ),
    nulls="skip",
    aliases=("ADDITION",),
    examples=[
        Example(("a", "b"), "ab"),
        Example(("é", "😄"), "é 😄", named={"separator": " "}),
        Example(("a", None, "c"), "a-c", "nulls are left out", named={"separator": "-"}),
        Example(("", ""), ""),
        Example((None, None), "", "of nothing it is an empty text"),
    ],
)
def concat(*values: str, separator: Constant[str] = "") -> str:
    """Join texts, with a separator between them. Nulls are left out."""
    return separator.join(values)
