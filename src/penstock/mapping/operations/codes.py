"""Operations on codes: values of which a table says what they stand for."""

from collections.abc import Mapping
from typing import Any, Final

from penstock.mapping.arguments import constant_of
from penstock.mapping.check.constants import type_of
from penstock.mapping.model import Argument, Call
from penstock.mapping.model import Constant as Fixed
from penstock.mapping.operation import REJECTED, Constant, Example, Spelling, Sql, T, operation
from penstock.mapping.typed import Arguments
from penstock.schema import Enum, List, Type, nullable

POLICIES: Final = ("reject", "null")


def _meant(arguments: Arguments) -> Type:
    """Texts are an enumeration of what the table says."""
    table, default = constant_of(arguments, "table"), constant_of(arguments, "default")
    values = [*table.values(), *([] if default is None else [default])]
    is_null = None in values or (default is None and constant_of(arguments, "unmapped") == "null")
    listed = tuple(dict.fromkeys(each for each in values if each is not None))
    if listed and all(isinstance(each, str) for each in listed):
        return Enum(listed, nullable=is_null)
    found = type_of(values)
    assert isinstance(found, List), "the type of a list"
    return nullable(found.element, value=is_null or found.element.nullable)


def _is_policy(word: str) -> None:
    if word not in POLICIES:
        raise ValueError(f"it is one of {', '.join(POLICIES)}, not {word!r}")


def _is_table(table: Mapping[str, Any]) -> None:
    if not table:
        raise ValueError("the table is empty")


def _turned_round(call: Call) -> Call | None:
    """With a table of texts that are all different, and no value for all else."""
    given = dict(zip(("value", "table"), (each.value for each in call.arguments if not each.name), strict=False))
    given |= {each.name: each.value for each in call.arguments if each.name}
    table = given.get("table")
    if not isinstance(table, Fixed) or not isinstance(table.value, dict) or "default" in given:
        return None
    values = list(table.value.values())
    if not all(isinstance(each, str) for each in values) or len(set(values)) < len(values):
        return None
    turned = Argument(Fixed({value: key for key, value in table.value.items()}), "table")
    return Call("MAP_VALUES", (*call.arguments[:1], turned))


def _spellings(key: str) -> Sql:
    """With the key as text."""
    fails = "{unmapped} = 'reject' AND {default} IS NULL AND "
    at = f"ARRAY_POSITION({{table:map_keys}}, {key})"
    return Sql(
        f"CASE WHEN LIST_CONTAINS({{table:map_keys}}, {key}) "
        f"THEN CAST(({{table:map_values}})[LIST_POSITION({{table:map_keys}}, {key})] AS {{type}}) "
        f"WHEN {key} IS NOT NULL THEN CAST({{default}} AS {{type}}) END",
        fails=f"{fails} NOT LIST_CONTAINS({{table:map_keys}}, {key})",
        spelled={
            "postgres": Spelling(
                f"CASE WHEN {key} = ANY({{table:map_keys}}) THEN CAST(({{table:map_values}})[{at}] AS {{type}}) "
                f"WHEN {key} IS NOT NULL THEN CAST({{default}} AS {{type}}) END",
                fails=f"{fails} {key} <> ALL({{table:map_keys}})",
            ),
            "spark": Spelling(
                f"CASE WHEN ARRAY_CONTAINS({{table:map_keys}}, {key}) "
                f"THEN CAST(GET({{table:map_values}}, CAST({at} AS INT) - 1) AS {{type}}) "
                f"WHEN {key} IS NOT NULL THEN CAST({{default}} AS {{type}}) END",
                fails=f"{fails} NOT ARRAY_CONTAINS({{table:map_keys}}, {key})",
            ),
        },
    )


@operation(
    sql={"integer": _spellings("CAST({value} AS VARCHAR(20))"), "*": _spellings("{value}")},
    jsonata=Spelling(
        "($string({value}) in $keys({table}) ? $lookup({table}, $string({value})) : {default})",
        fails='{unmapped} = "reject" and {default} = null and $not($string({value}) in $keys({table}))',
    ),
    rejects="is not in the table",
    accepts={"unmapped": _is_policy, "table": _is_table},
    result=_meant,
    inverse=_turned_round,
    examples=[
        Example(("M", {"M": "male", "F": "female"}), "male"),
        Example(("é", {"é": "😄", "e\u0301": "x"}), "😄"),
        Example(("", {"": "none"}), "none"),
        Example((2, {"1": "one", "2": "two"}), "two", "whole numbers, too"),
        Example(("b", {"a": 1, "b": 2}), 2),
        Example(("b", {"a": 1, "b": None}), None, "the table may say null"),
        Example(("x", {"a": "b"}), "?", "what is not in the table", named={"default": "?"}),
        Example(("x", {"a": "b"}), None, named={"unmapped": "null"}),
        Example((None, {"a": "b"}), None),
        Example((None, {"a": "b"}), None, "a null is not looked up", named={"default": "?"}),
        Example(("x", {"a": "b"}), REJECTED),
        Example(("A", {"a": "b"}), REJECTED, "equal is meant"),
    ],
)
def map_values(
    value: str | int,
    table: Constant[dict[str, T]],
    *,
    default: Constant[Any] = None,
    unmapped: Constant[str] = "reject",
) -> T | None:
    """Take what a table says for a value.

    A value that is not in it becomes the `default`; without one it rejects the row, or becomes null where `unmapped`
    is `null`.
    """
    key = str(value)
    if key not in table and default is None and unmapped == "reject":
        raise ValueError(key)
    found: T | None = table.get(key, default)
    return found
