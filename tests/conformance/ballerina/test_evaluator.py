"""The evaluator of Ballerina: small programs whose results the specification and its examples say."""

from decimal import Decimal
from typing import Any

import pytest
from tests.conformance.ballerina.module import evaluate_module
from tests.conformance.ballerina.values import BallerinaError, BallerinaPanic, IllTyped, UnsupportedSyntax

D = Decimal
MAX = 9223372036854775807


def value_of(expression: str, before: str = "") -> Any:
    module = evaluate_module(f"import ballerina/time;\n{before}\nfunction f() returns any|error => {expression};")
    return module.call("f")


EXPRESSIONS: list[tuple[str, Any]] = [
    # Literals.
    ("1", 1),
    ("0xFF", 255),
    ("1.5", 1.5),
    ("1f", 1.0),
    ("1.50d", D("1.50")),
    ('"\\u{e9}\\t\\""', 'é\t"'),
    ("()", None),
    ("null", None),
    ("-9223372036854775808", -MAX - 1),
    # Arithmetic.
    ("1 + 2 * 3", 7),
    ("(1 + 2) * 3", 9),
    ("7 / 2", 3),
    ("-7 / 2", -3),
    ("-7 % 2", -1),
    ("7 % -2", 1),
    ("1 - 2 - 3", -4),
    ("1d / 3d", D("0.3333333333333333333333333333333333")),
    ("1.10d + 2d", D("3.10")),
    ("1.10d * 2", D("2.20")),
    ("2 * 1.10d", D("2.20")),
    ("0.1 + 0.2", 0.30000000000000004),
    ("-7.5d % 2d", D("-1.5")),
    ('"a" + "b"', "ab"),
    ("() + 1", None),
    # Comparison and logic.
    ("1 < 2 && 2 <= 2", True),
    ("1.0d == 1.00d", True),
    ('"a" < "b"', True),
    ('"Z" < "a"', True),
    ('"\\u{ffff}" < "\\u{1f600}"', True),
    ("true || 1 / 0 == 1", True),
    ("false && 1 / 0 == 1", False),
    ("!true", False),
    ("[1, {a: 2}] == [1, {a: 2}]", True),
    ("() == ()", True),
    ("1 != 2", True),
    ("() is ()", True),
    ("1 is int", True),
    ("1 is float", False),
    ("1 is string|int", True),
    ("1.0d is decimal ? 1 : 2", 1),
    ("1 !is string", True),
    ('"a" is "a"|"b"', True),
    ("{a: 1} is record {| int a; |}", True),
    ("{a: 1, b: 2} is record {| int a; |}", False),
    ("{a: 1, b: 2} is record { int a; }", True),
    ("{} is record {| int a?; |}", True),
    ('[1, "a"] is [int, string]', True),
    ("[1, 2] is int[]", True),
    ("[1, ()] is int[]", False),
    ("[1, ()] is (int?)[]", True),
    ('{a: "b"} is map<string>', True),
    ('error("a") is error', True),
    # Choices.
    ("true ? 1 : 2", 1),
    ("false ? 1 : true ? 2 : 3", 2),
    ("() ?: 5", 5),
    ("() ?: () ?: 6", 6),
    ("let int x = 2, int y = x + 1 in x * y", 6),
    # Conversions.
    ("<float>1", 1.0),
    ("<decimal>1", D(1)),
    ("<int>2.5", 2),
    ("<int>3.5d", 4),
    ("<int>-2.5d", -2),
    ("<int?>()", None),
    # Structures.
    ('{a: 1, "b c": 2, [\'d\' + "e"]: 3}'.replace("'d'", '"d"'), {"a": 1, "b c": 2, "de": 3}),
    ("[1, ...[2, 3], 4]", [1, 2, 3, 4]),
    ("{a: 1, ...{b: 2}}", {"a": 1, "b": 2}),
    ("[1, 2][1]", 2),
    ("{a: {b: 1}}.a.b", 1),
    ('{"a": 1}["b"]', None),
    ('"abc"[1]', "b"),
    ("string `a${1 + 1}b${true}c`", "a2btruec"),
    ("string `//${1}`", "//1"),
    ('string ` $ ${"`"} `', " $ ` "),
    # Queries.
    ("from int i in [1, 2, 3] where i > 1 select i * 10", [20, 30]),
    ("from int i in 1 ... 3 select i", [1, 2, 3]),
    ("from int i in 0 ..< 3 limit 2 select i", [0, 1]),
    ("from int i in [1, 2] from int j in [3, 4] select i * j", [3, 4, 6, 8]),
    ("from int i in [1, 2] let int j = i * i where j > 1 select j", [4]),
    ("from var [k, v] in {a: 1, b: 2}.entries() select k + v.toString()", ["a1", "b2"]),
    ('from string s in ["b", "a"] order by s select s', ["a", "b"]),
    ("from int? i in [2, (), 1] order by i descending select i", [2, 1, None]),
    ("from int? i in [2, (), 1] order by i ascending select i", [1, 2, None]),
    ('from var p in [[1, "b"], [0, "c"], [1, "a"]] order by p[0], p[1] descending select p[1]', ["c", "b", "a"]),
    ('from string c in "aé" select c', ["a", "é"]),
    ("map from var [k, v] in {a: 1}.entries() select [k, v + 1]", {"a": 2}),
    # lang.string
    ('"😄é".length()', 2),
    ('"hello".substring(1, 3)', "el"),
    ('"hello".substring(2)', "llo"),
    ('"hello".indexOf("l")', 2),
    ('"hello".indexOf("z")', None),
    ('"hello".indexOf("l", 3)', 3),
    ('"hello".lastIndexOf("l")', 3),
    ('"hello".includes("ell")', True),
    ('"hello".startsWith("he") && "hello".endsWith("lo")', True),
    ('"aé".toUpperAscii() + "AÉ".toLowerAscii()', "AéaÉ"),
    ('" \\t\\u{a0}a \\n".trim()', "\u00a0a"),
    ('"a😄".toCodePointInts()', [97, 128516]),
    ("string:fromCodePointInts([97, 128516])", "a😄"),
    ('string:\'join("-", "a", "b")', "a-b"),
    ('string:\'join(",", ...["a", "b"])', "a,b"),
    ('"7".padStart(3, "0") + "-7".padZero(4)', "007-007"),
    # lang.int and its like
    ('int:fromString("-12")', -12),
    ('decimal:fromString("1.50")', D("1.50")),
    ('decimal:fromString("1e2")', D("1E+2")),
    ('float:fromString("1.5")', 1.5),
    ('boolean:fromString("TRUE")', True),
    ("2.5d.round() + 3.5d.round()", D(6)),
    ("2.345d.round(2)", D("2.34")),
    ("2.355d.round(2)", D("2.36")),
    ("(-2.5d).abs().floor()", D(2)),
    ("2.1d.ceiling()", D(3)),
    ("2.5.round()", 2.0),
    ("int:sum(1, 2, 3)", 6),
    ("int:max(1, ...[5, 2])", 5),
    ("decimal:min(1.5d, 1.2d)", D("1.2")),
    ("int:abs(-3)", 3),
    # lang.array and lang.map
    ("[3, 1, 2].sort()", [1, 2, 3]),
    ('[3, 1, 2].sort("descending")', [3, 2, 1]),
    ("[1, 2, 3].map(i => i * 2)", [2, 4, 6]),
    ("[1, 2, 3].filter(i => i > 1)", [2, 3]),
    ("[1, 2, 3].reduce(function (int total, int n) returns int => total + n, 0)", 6),
    ("[1, 2, 3].slice(1)", [2, 3]),
    ("[1, 2, 3].slice(0, 2)", [1, 2]),
    ("[1, 2].indexOf(2)", 1),
    ("[1, 2].indexOf(3)", None),
    ("[1, 2].length()", 2),
    ("[1, 2].reverse()", [2, 1]),
    ("{a: 1, b: 2}.keys()", ["a", "b"]),
    ('{a: 1}.hasKey("a")', True),
    ('{a: 1}.get("a")', 1),
    ("{a: 1, b: 2}.toArray()", [1, 2]),
    # lang.value
    ("1.20d.toString()", "1.20"),
    ("1.0.toString()", "1.0"),
    ("true.toString()", "true"),
    ('"a".toString()', "a"),
    ("().toString()", ""),
    ("1.0.toFixedString(())", "1.0"),
    ("1e21f.toFixedString(())", "1000000000000000000000.0"),
    ('"1.5".fromJsonString()', D("1.5")),
    ('"{\\"a\\": [1, null, 1.50]}".fromJsonString()', {"a": [1, None, D("1.50")]}),
    ("1.ensureType(float)", 1.0),
    # Regular expressions.
    ('re `,`.split("a,,b")', ["a", "", "b"]),
    ('re `[|]`.split("é|b")', ["é", "b"]),
    ('re `a(b)?`.replaceAll("abxa", "-")', "-x-"),
    ('re `[0-9]+`.find("ab12c") is ()', False),
    ('re `^a.c$`.isFullMatch("abc")', True),
    ('re `a.c`.isFullMatch("a\\nc")', False),
    ('"abc".includesMatch(re `b`)', True),
    ('re `\\s`.isFullMatch("\\u{a0}")', False),
    # time
    ('time:utcToString(check time:utcFromString("2024-02-29T10:00:00.5+02:00"))', "2024-02-29T08:00:00.5Z"),
]


@pytest.mark.parametrize(("expression", "value"), EXPRESSIONS, ids=[each[0] for each in EXPRESSIONS])
def test_expressions(expression: str, value: Any) -> None:
    made = value_of(expression)
    assert (made, type(made)) == (value, type(value))
    if isinstance(value, D):
        assert str(made) == str(value)


PANICS = [
    f"{MAX} + 1",
    f"-{MAX} - 2",
    f"{MAX} * 2",
    f"(-{MAX} - 1) / -1",
    "1 / 0",
    "1 % 0",
    "1d / 0d",
    "[1][1]",
    "[1][-1]",
    '"abc".substring(2, 9)',
    '"abc".substring(2, 1)',
    "[1].slice(2)",
    '{a: 1}.get("b")',
    '<int>(<any>"a")'.replace("<any>", ""),
    "<int>1e30",
    'checkpanic error("no")',
]


@pytest.mark.parametrize("expression", PANICS)
def test_panics(expression: str) -> None:
    with pytest.raises(BallerinaPanic):
        value_of(expression)


ERRORS = [
    'int:fromString("1.5")',
    'int:fromString(" 1")',
    'int:fromString("9223372036854775808")',
    'decimal:fromString("1,5")',
    'decimal:fromString("")',
    'boolean:fromString("yes")',
    "string:fromCodePointInts([55296])",
    '"{".fromJsonString()',
    '"a".ensureType(int)',
    "trap (1 / 0)",
    'error("no")',
    'check error("no")',
    'from int i in [1] select check int:fromString("x")',
    '1 + check int:fromString("x")',
    '() ?: check error("no")',
]


@pytest.mark.parametrize("expression", ERRORS)
def test_returned_errors(expression: str) -> None:
    with pytest.raises(BallerinaError):
        value_of(expression)


REFUSED = [
    "missing",
    "missing()",
    '"a".missing()',
    "1.toUpperAscii()",
    "string:missing()",
    "http:get()",
    "1 + 1d",
    '1d / "a"',
    "1 / 1d",
    '1 == "a"',
    '1 < "a"',
    "1 ? 2 : 3",
    "{a: 1}.b",
    "{a: 1, a: 2}",
    "1?.a",
    "int:fromString(1)",
    '"a".substring("b")',
    "[1].length(2)",
    "xml `<a/>`",
    "string `${()}`",
    "error(1)",
    "let int x = 1.5 in x",
    "let int order = 1 in 2",
    "{from: 1}",
    "{'a: 1}.from",
    "re `(?=a)`",
    "re `\\p{L}`",
    "1e21.toString()",
    "{name:value}",
]


@pytest.mark.parametrize("expression", REFUSED)
def test_what_does_not_compile_or_is_not_known_is_refused(expression: str) -> None:
    with pytest.raises((IllTyped, UnsupportedSyntax)):
        value_of(expression)
