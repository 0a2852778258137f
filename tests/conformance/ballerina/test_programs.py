"""The evaluator of Ballerina: functions with statements, whose results the specification says."""

from decimal import Decimal
from typing import Any

import pytest
from tests.conformance.ballerina.module import evaluate_module
from tests.conformance.ballerina.values import IllTyped, UnsupportedSyntax

D = Decimal
MAX = 9223372036854775807


PROGRAMS: list[tuple[str, list[Any], Any]] = [
    (
        """
        function f(int[] values) returns int {
            int total = 0;
            foreach int each in values {
                if each < 0 {
                    continue;
                } else if each > 100 {
                    break;
                }
                total += each;
            }
            return total;
        }
        """,
        [[1, -5, 2, 200, 7]],
        3,
    ),
    (
        """
        function f(int n) returns int {
            int left = n;
            int result = 1;
            while left > 1 {
                result = result * left;
                left -= 1;
            }
            return result;
        }
        """,
        [5],
        120,
    ),
    (
        """
        type Person record {| string name; Address address?; |};
        type Address record { string city?; };
        isolated function f(Person p) returns string? => p?.address?.city;
        """,
        [{"name": "a", "address": {}}],
        None,
    ),
    (
        """
        enum Color { RED = "red", GREEN }
        const LIMIT = 3;
        function f(string s) returns Color|error => s is Color ? s : error(string `no colour: ${s}${LIMIT}`);
        """,
        ["GREEN"],
        "GREEN",
    ),
    (
        """
        # Adds.
        # + values - what is added
        # + return - the sum
        public isolated function f(int... values) returns int => int:sum(...values);
        """,
        [1, 2],
        3,
    ),
    (
        """
        function f(string[] xs) returns map<int> {
            map<int> made = {};
            foreach var x in xs {
                made[x] = (made[x] ?: 0) + 1;
            }
            return made;
        }
        """,
        [["a", "b", "a"]],
        {"a": 2, "b": 1},
    ),
    (
        """
        function half(int n) returns int|error => n % 2 == 0 ? n / 2 : error("odd");
        function f(int n) returns string|error {
            int|error made = half(n);
            if made is error {
                return made.message();
            }
            return made.toString();
        }
        """,
        [3],
        "odd",
    ),
    (
        """
        type Base record { int a = 7; };
        type Full record { *Base; string 'type; };
        function f(json j) returns Full|error => j.cloneWithType(Full);
        """,
        [{"type": "x"}],
        {"type": "x", "a": 7},
    ),
    ("function f(int n) returns int => n == 0 ? 0 : f(n - 1);", [50], 0),
    ("function f(int[] xs) returns int[] { xs.push(9); int[] ys = [...xs]; ys[0] = 5; return ys; }", [[1]], [5, 9]),
]


@pytest.mark.parametrize(("source", "arguments", "value"), PROGRAMS)
def test_programs(source: str, arguments: list[Any], value: Any) -> None:
    assert evaluate_module(source).call("f", *arguments) == value


REFUSED_PROGRAMS = [
    ("function f(int x) returns int => x;", ["a"]),
    ("function f(int x) returns string => x;", [1]),
    ("function f(int x) returns int => x;", []),
    ("function f(int x) returns int { int x = 1; return x; }", [1]),
    ("function f(int x) returns int { x; return x; }", [1]),
    ("function f(int x) returns int { int:abs(x); return x; }", [1]),
    ("function f(int x) { y = x; }", [1]),
    ("function f(int x) returns Missing => x;", [1]),
    ("function f() returns int => 1; function f() returns int => 2;", []),
    ("function f() returns int => 1; # behind", []),
    ('function f() returns time:Utc|error => time:utcFromString("");', []),
    ("function f() returns int => 1", []),
]


@pytest.mark.parametrize(("source", "arguments"), REFUSED_PROGRAMS)
def test_programs_that_do_not_compile_are_refused(source: str, arguments: list[Any]) -> None:
    with pytest.raises((IllTyped, UnsupportedSyntax)):
        evaluate_module(source).call("f", *arguments)
