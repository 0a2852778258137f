r"""Regular expressions of the mapper: a closed subset that means the same on every target.

Characters, `.`, classes, `\d` `\w` `\s` and their opposites (of ASCII), groups, `|`, `^` `$` (of the whole text),
and `*` `+` `?` `{m,n}`, also with `?` behind. No look-around, no reference back to a group, no flags.
"""

from penstock.mapping.patterns.model import Pattern, captures, may_be_empty
from penstock.mapping.patterns.read import parse
from penstock.mapping.patterns.write import (
    BALLERINA,
    JAVA,
    JAVASCRIPT,
    POSTGRES,
    PYTHON,
    RE2,
    Engine,
    at_both_ends,
    literal,
    replacement,
    written,
)

__all__ = [
    "BALLERINA",
    "JAVA",
    "JAVASCRIPT",
    "POSTGRES",
    "PYTHON",
    "RE2",
    "Engine",
    "Pattern",
    "at_both_ends",
    "captures",
    "literal",
    "may_be_empty",
    "parse",
    "replacement",
    "written",
]
