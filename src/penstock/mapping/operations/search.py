"""Operations that look for one text in another, as it is or as a pattern."""

import re
from typing import Any

from penstock.mapping import patterns
from penstock.mapping.operation import Constant, Example, Spelling, Sql, operation


@operation(
    sql=Sql(
        "CONTAINS({value}, {text})",
        translated=("snowflake",),
        spelled={
            "postgres": "STRPOS({value}, {text}) > 0",
            "spark": "CONTAINS({value}, {text})",
            "bigquery": "STRPOS({value}, {text}) > 0",
        },
    ),
    python="({text} in {value})",
    jsonata="$contains({value}, {text})",
    ballerina="{value}.includes({text})",
    examples=[
        Example(("one two", "e t"), True),
        Example(("É", "é"), False),
        Example(("e\u0301", "e"), True, "compared code point by code point"),
        Example(("a😄", "😄"), True),
        Example(("a", ""), True, "every text contains the empty one"),
        Example(("", ""), True),
        Example(("a%", "_%"), False, "nothing is a placeholder"),
        Example((None, "a"), None),
        Example(("a", None), None),
    ],
)
def contains(value: str, text: str) -> bool:
    """Say whether a text contains another."""
    return text in value


@operation(
    sql=Sql(
        "STARTS_WITH({value}, {text})",
        translated=("postgres", "bigquery"),
        spelled={"spark": "STARTSWITH({value}, {text})", "snowflake": "STARTSWITH({value}, {text})"},
    ),
    python="{value}.startswith({text})",
    jsonata="($substring({value}, 0, $length({text})) = {text})",
    ballerina="{value}.startsWith({text})",
    examples=[
        Example(("one two", "one"), True),
        Example(("one", "one two"), False),
        Example(("one two", "two"), False, "not anywhere else"),
        Example(("😄é", "😄"), True),
        Example(("e\u0301", "é"), False, "compared code point by code point"),
        Example(("a", ""), True),
        Example(("", "a"), False),
        Example((None, "a"), None),
        Example(("a", None), None),
    ],
)
def starts_with(value: str, text: str) -> bool:
    """Say whether a text starts with another."""
    return value.startswith(text)


@operation(
    sql=Sql(
        "ENDS_WITH({value}, {text})",
        translated=("bigquery",),
        spelled={
            "postgres": "RIGHT({value}, LENGTH({text})) = {text}",
            "spark": "ENDSWITH({value}, {text})",
            "snowflake": "ENDSWITH({value}, {text})",
        },
    ),
    python="{value}.endswith({text})",
    jsonata="($length({text}) <= $length({value}) "
    "and $substring({value}, $length({value}) - $length({text})) = {text})",
    ballerina="{value}.endsWith({text})",
    examples=[
        Example(("one two", "two"), True),
        Example(("two", "one two"), False),
        Example(("one two", "one"), False, "not anywhere else"),
        Example(("é😄", "😄"), True),
        Example(("e\u0301", "\u0301"), True, "compared code point by code point"),
        Example(("a", ""), True),
        Example(("", "a"), False),
        Example((None, "a"), None),
        Example(("a", None), None),
    ],
)
def ends_with(value: str, text: str) -> bool:
    """Say whether a text ends with another."""
    return value.endswith(text)


@operation(
    sql=Sql("NULLIF(STRPOS({value}, {text}), 0) - 1", translated=("postgres", "spark", "snowflake", "bigquery")),
    jsonata="($contains({value}, {text}) ? $length($substringBefore({value}, {text})) : null)",
    ballerina="{value}.indexOf({text})",
    examples=[
        Example(("abcabc", "c"), 2, "the first, counted from 0"),
        Example(("😄e\u0301é", "é"), 3, "counted in code points"),
        Example(("abc", "d"), None, "there is none"),
        Example(("abc", ""), 0),
        Example(("", "a"), None),
        Example((None, "a"), None),
        Example(("a", None), None),
    ],
)
def index_of(value: str, text: str) -> int | None:
    """Say where a text begins in another, counted from 0; null where it is not there."""
    found = value.find(text)
    return None if found < 0 else found


@operation(
    sql=Sql("REPLACE({value}, {text}, {replacement})", translated=("postgres", "spark", "snowflake", "bigquery")),
    python="({value}.replace({text}, {replacement}) if {text} else {value})",
    jsonata='({text} = "" ? {value} : $replace({value}, {text}, {replacement}))',
    ballerina="replaceText({value}, {text}, {replacement})",
    examples=[
        Example(("a-b-c", "-", "+"), "a+b+c"),
        Example(("aaa", "aa", "b"), "ba", "from left to right"),
        Example(("é.😄", ".", "$1\\1"), "é$1\\1😄", "nothing is a pattern"),
        Example(("e\u0301", "e", "a"), "a\u0301"),
        Example(("abc", "b", ""), "ac"),
        Example(("abc", "", "x"), "abc", "of the empty text there is nothing to replace"),
        Example(("", "a", "b"), ""),
        Example((None, "a", "b"), None),
        Example(("a", None, "b"), None),
        Example(("a", "a", None), None),
    ],
)
def replace(value: str, text: str, replacement: str) -> str:
    """Put a text in the place of all occurrences of another."""
    return value.replace(text, replacement) if text else value


def _not_empty(pattern: str) -> None:
    if patterns.may_be_empty(patterns.parse(pattern)):
        raise ValueError("it finds the empty text, so there is something to replace everywhere")


def _known_groups(constants: dict[str, Any]) -> None:
    groups = patterns.captures(patterns.parse(constants["pattern"]))
    asked = [int(each) for each in re.findall(r"\$([0-9])", constants["replacement"].replace("$$", ""))]
    if any(each > groups for each in asked):
        raise ValueError(f"the replacement asks for a group, and the pattern has {groups}")
    if re.search(r"\$(?![1-9])", constants["replacement"].replace("$$", "")):
        raise ValueError("a $ stands before the number of a group; the sign itself is $$")


@operation(
    sql=Sql(
        "REGEXP_REPLACE({value}, {pattern:duckdb_pattern}, {replacement:backslash_replacement}, 'g')",
        spelled={
            "postgres": "REGEXP_REPLACE({value}, {pattern:postgres_pattern}, {replacement:backslash_replacement}, 'g')",
            "spark": "REGEXP_REPLACE({value}, {pattern:java_pattern}, {replacement:java_replacement})",
            "bigquery": "REGEXP_REPLACE({value}, {pattern:duckdb_pattern}, {replacement:backslash_replacement})",
        },
    ),
    python="re.sub({pattern:python_pattern}, {replacement:python_replacement}, {value})",
    jsonata="$replace({value}, /{pattern:javascript_pattern}/, {replacement:dollar_replacement})",
    ballerina="re `{pattern:ballerina_pattern}`.replaceAll({value}, {replacement:without_groups})",
    aliases=("REPLACE_ALL",),
    accepts={"pattern": _not_empty, "*": _known_groups},
    examples=[
        Example(("a1b22", "[0-9]+", "#"), "a#b#"),
        Example(("Smith, John", r"^(\w+), (\w+)$", "$2 $1"), "John Smith", "$1 is what the first group found"),
        Example(("5 €", r"(\d) €", "$$$1\\"), "$5\\", "a dollar is written twice"),
        Example(("é٣3", r"\d", "x"), "é٣x", "classes are of ASCII"),
        Example(("a😄b", "[^ab]", "-"), "a-b", "a character is a code point"),
        Example(("a\u00a0b c", r"\s", ""), "a\u00a0bc"),
        Example(("x\ny\n", ".$", "z"), "x\ny\n", "$ is the end of the text, and . is not a line's end"),
        Example(("aXbX", "X", ""), "ab"),
        Example(("", "a", "b"), ""),
        Example((None, "a", "b"), None),
    ],
)
def replace_regex(value: str, pattern: Constant[str], replacement: Constant[str]) -> str:
    """Put a text in the place of all matches of a pattern, which must not match the empty text.

    In the replacement `$1` is what the first group of the pattern found, and `$$` a dollar.
    """
    found = patterns.written(pattern, patterns.PYTHON)
    return re.sub(found, patterns.replacement(replacement, r"\g<{}>", "\\"), value)


def _known_group(constants: dict[str, Any]) -> None:
    groups = patterns.captures(patterns.parse(constants["pattern"]))
    if not 0 <= constants["group"] <= groups:
        raise ValueError(f"there is no group {constants['group']}: the pattern has {groups}, and 0 is all of it")


@operation(
    sql=Sql(
        "CASE WHEN REGEXP_MATCHES({value}, {pattern:duckdb_pattern}) "
        "THEN REGEXP_EXTRACT({value}, {pattern:duckdb_pattern}, {group:raw}) END",
        spelled={
            "postgres": "REGEXP_SUBSTR({value}, {pattern:postgres_pattern}, 1, 1, '', {group:raw})",
            "spark": "CASE WHEN {value} RLIKE {pattern:java_pattern} "
            "THEN REGEXP_EXTRACT({value}, {pattern:java_pattern}, {group:raw}) END",
        },
    ),
    python="(found_[{group}] if (found_ := re.search({pattern:python_pattern}, {value})) else None)",
    jsonata=Spelling(
        "({group} = 0 ? $match({value}, /{pattern:javascript_pattern}/, 1).match "
        ": $match({value}, /{pattern:javascript_pattern}/, 1).groups[{group} - 1])"
    ),
    ballerina="groupOf(re `{pattern:ballerina_pattern}`, {value}, {group})",
    accepts={"pattern": patterns.parse, "*": _known_group},
    examples=[
        Example(("order 42, 43", "[0-9]+"), "42", "the first match"),
        Example(("order 42", r"(\w+) (\d+)", 2), "42", "or what a group of it found"),
        Example(("abc", "[0-9]+"), None, "there is none"),
        Example(("abc", "[0-9]*"), "", "the empty text is a match, too"),
        Example(("2024-02-29", r"^(\d{4})-(\d{2})", 2), "02"),
        Example(("xé😄y", "é(.)", 1), "😄", "a character is a code point"),
        Example(("e\u0301", "e."), "e\u0301"),
        Example(("", "a"), None),
        Example((None, "a"), None),
    ],
)
def regex_extract(value: str, pattern: Constant[str], group: Constant[int] = 0) -> str | None:
    """Take the first match of a pattern, or of one of its groups; null where nothing matches."""
    found = re.search(patterns.written(pattern, patterns.PYTHON), value)
    return found[group] if found else None
