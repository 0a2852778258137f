"""Parses SQL of an unknown dialect into statements."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from penstock.errors import DocumentFormatError

if TYPE_CHECKING:
    from sqlglot import exp

CLUES: Final = {
    "bigquery": r"\b(INT64|FLOAT64|BIGNUMERIC)\b|\bOPTIONS\s*\(",
    "snowflake": r"\bTIMESTAMP_(NTZ|TZ|LTZ)\b|\bVARIANT\b|\bTRANSIENT\b",
    "tsql": r"\[\w+\]\.\[\w+\]|\b(NVARCHAR|DATETIME2|DATETIMEOFFSET|UNIQUEIDENTIFIER)\b|\bIDENTITY\s*\(",
    "mysql": r"\bENGINE\s*=|\bAUTO_INCREMENT\b|\bUNSIGNED\b",
    "spark": r"\bUSING\s+(DELTA|PARQUET|ICEBERG|ORC)\b|\bSTRUCT\s*<\s*`?\w+`?\s*:",
    "clickhouse": r"\b(Nullable|LowCardinality)\s*\(",
    "duckdb": r"\b(STRUCT|MAP|UNION)\s*\(|\bHUGEINT\b",
    "postgres": r"::|\b(JSONB|BYTEA|(BIG|SMALL)?SERIAL|TIMESTAMPTZ|CHARACTER VARYING|COMMENT\s+ON|CREATE\s+TYPE)\b",
}
"""Words by which a dialect is known; the first that is found is tried first."""

OTHERS: Final = (
    "",
    "postgres",
    "duckdb",
    "snowflake",
    "bigquery",
    "mysql",
    "spark",
    "tsql",
    "oracle",
    "sqlite",
    "trino",
)

DEFINING: Final = frozenset({"CREATE", "ALTER", "COMMENT"})
"""How the statements begin that are looked at; a dump holds many others."""

DEEPEST: Final = 100
"""How deep brackets may be nested."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A parsed statement; the tree is missing where the dialect does not understand it."""

    tree: "exp.Expr | None"
    line: int
    is_table: bool
    problem: str = ""


def parse(text: str, place: str) -> tuple[list[Statement], str]:
    """The statements of a text that define something, and the dialect that understands most of its tables.

    Raises:
        DocumentFormatError: no dialect understands any; says at which line.
    """
    # A line with GO ends a batch of SQL Server.
    text = re.sub(r"(?im)^[ \t]*GO[ \t]*$", ";", text)
    tried: list[tuple[int, list[Statement], str]] = []
    for dialect in _dialects(text):
        with _quiet():
            found = _statements(text, dialect, place)
        failures = sum(each.is_table and bool(each.problem) for each in found)
        if not failures:
            return found, dialect
        tried.append((failures, found, dialect))
    _, best, dialect = min(tried, key=lambda each: each[0])
    if any(each.is_table and not each.problem for each in best):
        return best, dialect
    failed = next(each for each in tried[0][1] if each.is_table and each.problem)
    hint = "keep the CREATE TABLE statements in the words of one dialect."
    raise DocumentFormatError(place, f"line {failed.line}", f"is no SQL that is known: {failed.problem}", hint)


def _dialects(text: str) -> list[str]:
    likely = [dialect for dialect, clue in CLUES.items() if re.search(clue, text, re.IGNORECASE)]
    return list(dict.fromkeys([*likely, *OTHERS]))


@contextmanager
def _quiet() -> Iterator[None]:
    logger = logging.getLogger("sqlglot")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def _statements(text: str, dialect: str, place: str) -> list[Statement]:
    from sqlglot.dialects.dialect import Dialect
    from sqlglot.errors import SqlglotError

    language = Dialect.get_or_raise(dialect or None)
    try:
        tokens = language.tokenize(text)
    except SqlglotError as error:
        return [Statement(None, 1, is_table=True, problem=_first_line(error))]
    chunks = (each for each in _chunks(tokens) if each[0].text.upper() in DEFINING)
    return [_statement(language, each, text, place) for each in chunks]


def _chunks(tokens: list[Any]) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for token in tokens:
        if token.token_type.name == "SEMICOLON":
            if chunk:
                yield chunk
            chunk = []
        else:
            chunk.append(token)
    if chunk:
        yield chunk


def _statement(language: Any, tokens: list[Any], text: str, place: str) -> Statement:
    from sqlglot import exp
    from sqlglot.errors import ErrorLevel, SqlglotError

    line = tokens[0].line
    if _depth(tokens) > DEEPEST:
        raise DocumentFormatError(place, f"line {line}", "is nested too deep", "flatten the types.")
    words = [each.text.upper() for each in tokens[:8]]
    is_table = words[0] == "CREATE" and "TABLE" in words
    try:
        trees = language.parser(error_level=ErrorLevel.RAISE).parse(tokens, text)
    except (SqlglotError, RecursionError, ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        return Statement(None, line, is_table, _first_line(error) or "it cannot be parsed")
    tree = trees[0] if trees else None
    if tree is None or isinstance(tree, exp.Command):
        return Statement(None, line, is_table, f"the statement that begins with {' '.join(words[:3])}")
    return Statement(tree, line, is_table)


def _depth(tokens: list[Any]) -> int:
    depth = deepest = 0
    for token in tokens:
        if token.text in ("(", "[", "<", "{"):
            depth += 1
            deepest = max(deepest, depth)
        elif token.text in (")", "]", ">", "}"):
            depth -= 1
    return deepest


def _first_line(error: Exception) -> str:
    # sqlglot marks the place with codes for the terminal.
    return re.sub(r"\x1b\[\d+m", "", str(error)).partition("\n")[0].rstrip(". ")[:200]
