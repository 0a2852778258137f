"""How a call is spelled in a dialect: the operation's template, translated where it is in another dialect's words."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from penstock.mapping import typed
from penstock.mapping.operation import Operation, Spelling, Sql, Unsupported, for_type
from penstock.mapping.template import Slot, parse_template
from penstock.schema import Type

STRICT: Final = frozenset(
    """ABS AS AT BIGINT BOOLEAN CAST CEIL DATE DATE_PART DECIMAL DOUBLE ENDS_WITH EPOCH_US FLOOR HUGEINT INTEGER LEN
    LENGTH LOWER LTRIM NUMERIC PRECISION REGEXP_REPLACE REPLACE ROUND RTRIM STARTS_WITH STR_SPLIT STRFTIME SUBSTRING
    TEXT TIME TIMESTAMP TIMESTAMPTZ TRANSLATE TRIM TRY TRY_CAST UPPER VARCHAR ZONE""".split()  # noqa: SIM905
)
"""Words of SQL that give null where anything that they are given is null."""


def spelling_of(operation: Operation, first: Type | None, dialect: str) -> Spelling | Unsupported:
    """The spelling of an operation for a first argument of a type."""
    found: Sql | Unsupported = for_type(operation.sql, first)
    if isinstance(found, Unsupported):
        return found
    spelled = found.spelling(dialect)
    if spelled is None:
        return Unsupported("it has no spelling in this dialect")
    spelling, written_in = spelled
    if written_in == dialect:
        return spelling
    return Spelling(translated(spelling.value, dialect), translated(spelling.fails, dialect) if spelling.fails else "")


def first_type(call: typed.Call) -> Type | None:
    """The type of a call's first argument."""
    first = next(iter(call.arguments.values()), None)
    values = typed.as_tuple(first) if first is not None else ()
    return values[0].type if values else None


@cache
def translated(template: str, dialect: str) -> str:
    """A template in DuckDB's words in those of another dialect, by sqlglot; the slots stay."""
    import sqlglot

    slots: dict[str, Slot] = {}

    def mark(each: str | Slot) -> str:
        if isinstance(each, str):
            return each
        name = f"slot_{len(slots)}_"
        slots[name] = each
        return name

    text = "".join(map(mark, parse_template(template)))
    made = sqlglot.parse_one(text, read="duckdb").sql(dialect=dialect)
    made = made.replace("{", "{{").replace("}", "}}")
    return re.sub(r"(?i)slot_\d+_", lambda found: _written(slots[found[0].lower()]), made)


def _written(slot: Slot) -> str:
    return f"{{{slot.name}{f':{slot.filter}' if slot.filter else ''}|{slot.between}}}"


@cache
def is_strict(template: str, names: frozenset[str]) -> bool:
    """Whether a template gives null by itself where one of some arguments is null."""
    pieces = parse_template(template)
    found = {each.name for each in pieces if isinstance(each, Slot)}
    rest = re.sub(r"'(?:[^']|'')*'", "", "".join(each for each in pieces if isinstance(each, str)))
    words = re.findall(r"[A-Za-z_]+", rest)
    return names <= found and all(each.upper() in STRICT for each in words) and "[" not in rest and "||" not in rest


def uses(template: str, name: str) -> int:
    """How often a template writes an argument."""
    return sum(isinstance(each, Slot) and each.name == name and not each.filter for each in parse_template(template))


def fill_pieces(template: str, write: Callable[[Slot, bool], str]) -> str:
    """A template with its slots filled; `write` is told whether an argument stands between parentheses or commas."""
    pieces = parse_template(template)
    made: list[str] = []
    for place, each in enumerate(pieces):
        if isinstance(each, str):
            made.append(each)
            continue
        before, after = (_text(pieces, place - 1).rstrip(), _text(pieces, place + 1).lstrip())
        enclosed = before.endswith(("(", ",", "[")) and after.startswith((")", ",", "]"))
        made.append(write(each, enclosed))
    return "".join(made)


def _text(pieces: tuple[str | Slot, ...], place: int) -> str:
    found: Any = pieces[place] if 0 <= place < len(pieces) else ""
    return found if isinstance(found, str) else "x"


@cache
def is_atom(template: str) -> bool:
    """Whether a filled template needs no parentheses inside something else."""
    text = re.sub(r"'(?:[^']|'')*'", "''", "".join(e if isinstance(e, str) else "x" for e in parse_template(template)))
    if re.fullmatch(r"\w+|''", text):
        return True
    opening = re.match(r"\w*\(", text)
    if not opening or not text.endswith(")"):
        return False
    depth = 0
    for place, each in enumerate(text):
        depth += (each == "(") - (each == ")")
        if depth == 0 and each == ")":
            return place == len(text) - 1
    return False
