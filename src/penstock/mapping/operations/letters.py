"""Operations on the letters and the white space of texts."""

from typing import Final

from penstock.mapping.operation import Constant, Example, Sql, Unsupported, operation

WHITE_SPACE: Final = (
    "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""What Unicode calls white space, the no-break space included."""

_ASCII_ONLY: Final = Unsupported("its library changes the case of ASCII letters only")

_LONGER: Final = "ŉǰΐΰևẖ-ẚὐὒὔὖᾀ-ᾯᾲ-ᾴᾶᾷᾼῂ-ῄῆῇῌῒΐῖῗῢ-ῤῦῧῲ-ῴῶῷῼﬀ-ﬆﬓ-ﬗ"
"""The letters that JavaScript makes longer in upper case."""

_SUBSCRIPTS: Final = ", ".join(
    f'"{chr(code)}": "{chr(code).title()}"'
    for code in (*range(0x1F80, 0x1F88), *range(0x1F90, 0x1F98), *range(0x1FA0, 0x1FA8), 0x1FB3, 0x1FC3, 0x1FF3)
)
"""Those of them that have one letter as their upper case."""


@operation(
    sql=Sql(
        "UPPER({value})",
        spelled={
            "postgres": "UPPER(REPLACE({value}, 'ß', 'ẞ') COLLATE pg_c_utf8)",
            "spark": "CASE WHEN {value} RLIKE '^[ -~]*$' THEN UPPER({value}) "
            "ELSE ARRAY_JOIN(TRANSFORM(SPLIT(REPLACE({value}, 'ß', 'ẞ'), ''), letter -> "
            "CASE WHEN CHAR_LENGTH(UPPER(letter)) = 1 THEN UPPER(letter) "
            "WHEN CHAR_LENGTH(INITCAP(letter)) = 1 THEN INITCAP(letter) ELSE letter END), '') END",
        },
    ),
    jsonata='$replace($replace($replace({value}, "ß", "ẞ"), /[^' + _LONGER + "]+/, "
    "function($found) {{ $uppercase($found.match) }}), "
    "/[ᾀ-ᾇᾐ-ᾗᾠ-ᾧᾳῃῳ]/, function($found) {{ $lookup({{" + _SUBSCRIPTS + "}}, $found.match) }})",
    ballerina=_ASCII_ONLY,
    examples=[
        Example(("abc-1",), "ABC-1"),
        Example(("",), ""),
        Example((None,), None),
        Example(("éσς",), "ÉΣΣ"),
        Example(("straße ŉ ﬁ",), "STRAẞE ŉ ﬁ", "one letter stays one letter"),
        Example(("ᾳ",), "ᾼ"),
        Example(("e\u0301𐐨😄",), "E\u0301𐐀😄"),
    ],
)
def upper(value: str) -> str:
    """Write a text in upper case, code point by code point, as Unicode's simple mapping says; `ß` becomes `ẞ`."""
    raised = value.upper()
    if len(raised) == len(value):
        return raised
    letters = []
    for each in value.replace("ß", "ẞ"):
        changed = each.upper()
        if len(changed) > 1:
            changed = each.title()
        letters.append(changed if len(changed) == 1 else each)
    return "".join(letters)


@operation(
    sql=Sql(
        "LOWER({value})",
        spelled={
            "postgres": "LOWER({value} COLLATE pg_c_utf8)",
            "spark": "CASE WHEN {value} RLIKE '^[ -~]*$' THEN LOWER({value}) "
            "ELSE ARRAY_JOIN(TRANSFORM(SPLIT({value}, ''), letter -> LEFT(LOWER(letter), 1)), '') END",
        },
    ),
    jsonata='$lowercase($replace($replace({value}, "Σ", "σ"), "İ", "i"))',
    ballerina=_ASCII_ONLY,
    examples=[
        Example(("ABC-1",), "abc-1"),
        Example(("",), ""),
        Example((None,), None),
        Example(("ÉẞΣ",), "éßσ"),
        Example(("ΟΔΟΣ",), "οδοσ", "a letter does not depend on its place"),
        Example(("İ",), "i", "one letter stays one letter"),
        Example(("E\u0301𐐀😄",), "e\u0301𐐨😄"),
    ],
)
def lower(value: str) -> str:
    """Write a text in lower case, code point by code point, as Unicode's simple mapping says."""
    lowered = value.lower()
    if len(lowered) == len(value) and "Σ" not in value:
        return lowered
    return "".join(each.lower()[0] for each in value)


@operation(
    sql=Sql(
        "TRIM({value}, {characters})",
        translated=("postgres", "spark", "snowflake", "bigquery"),
    ),
    python="{value}.strip({characters})",
    jsonata='$replace({value}, /{characters:ends_javascript}/, "")',
    ballerina='re `{characters:ends_ballerina}`.replaceAll({value}, "")',
    examples=[
        Example(("  a b ",), "a b"),
        Example(("\u00a0\u2003é\u3000\t\n",), "é", "the no-break space is white space"),
        Example(("\u200ba",), "\u200ba", "a zero-width space is none"),
        Example(("--a-b-", "-"), "a-b", "other characters may be named"),
        Example(("]^-😄é\u0301é😄\\", "😄é]^\\-"), "\u0301", "each of them is a code point"),
        Example((" \t",), ""),
        Example(("",), ""),
        Example((None,), None),
    ],
)
def trim(value: str, characters: Constant[str] = WHITE_SPACE) -> str:
    """Take white space, or other characters, away at both ends of a text."""
    return value.strip(characters)


@operation(
    sql=Sql(
        r"TRIM(REGEXP_REPLACE({value}, '[\t\n\v\f\r \x{{85}}\x{{a0}}\x{{1680}}\x{{2000}}-\x{{200a}}"
        r"\x{{2028}}\x{{2029}}\x{{202f}}\x{{205f}}\x{{3000}}]+', ' ', 'g'), ' ')",
        spelled={
            "postgres": r"BTRIM(REGEXP_REPLACE({value}, '[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a"
            r"\u2028\u2029\u202f\u205f\u3000]+', ' ', 'g'), ' ')",
            "spark": r"TRIM(REGEXP_REPLACE({value}, '[\\t\\n\\x0b\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a"
            r"\\u2028\\u2029\\u202f\\u205f\\u3000]+', ' '))",
        },
    ),
    jsonata=r"$replace($replace({value}, /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a"
    r'\u2028\u2029\u202f\u205f\u3000]+/, " "), /^ | $/, "")',
    ballerina=r"re `^ | $`.replaceAll(re `[\t\n\u{{b}}\u{{c}}\r \u{{85}}\u{{a0}}\u{{1680}}\u{{2000}}-\u{{200a}}"
    r'\u{{2028}}\u{{2029}}\u{{202f}}\u{{205f}}\u{{3000}}]+`.replaceAll({value}, " "), "")',
    examples=[
        Example((" a \t\n b ",), "a b"),
        Example(("é\u00a0\u2003😄",), "é 😄"),
        Example(("\x1ca\x1c",), "\x1ca\x1c", "a control character is not white space"),
        Example((" ",), ""),
        Example(("",), ""),
        Example((None,), None),
    ],
)
def normalize_space(value: str) -> str:
    """Make one space of each run of white space, and take it away at both ends."""
    import re

    space = "[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
    return re.sub(space, " ", value).strip(" ")
