"""What the rules of a table say of its columns: keys, lists of values, defaults."""

import json
from collections.abc import Iterator
from typing import Any


def key_columns(tree: Any) -> Iterator[str]:
    """The columns of a primary key, where a part of a table is one."""
    parts = tree.expressions if type(tree).__name__ == "Constraint" else [tree]
    for part in parts:
        if type(part).__name__ == "PrimaryKey":
            for each in part.expressions:
                yield each.this.name if type(each).__name__ == "Ordered" else each.name


def allowed_values(condition: Any) -> tuple[str, tuple[str, ...]]:
    """The column and the texts of `x IN ('a', 'b')` or `x = ANY (ARRAY['a', 'b'])`; else empty."""
    condition = _inside(condition, "Paren")
    kind = type(condition).__name__
    column = _inside(condition.this, "Cast", "Paren") if kind in ("In", "EQ") else None
    if column is None or type(column).__name__ != "Column":
        return "", ()
    listed = condition.expressions if kind == "In" else _of_any(condition.expression)
    values = [_text(each) for each in listed]
    return column.name, tuple(dict.fromkeys(each for each in values if each is not None)) if None not in values else ()


def _inside(tree: Any, *around: str) -> Any:
    """The tree inside of casts or brackets."""
    while type(tree).__name__ in around:
        tree = tree.this
    return tree


def _of_any(tree: Any) -> list[Any]:
    if type(tree).__name__ != "Any":
        return []
    array = _inside(tree.this, "Paren", "Cast")
    return list(array.expressions) if type(array).__name__ == "Array" else []


def _text(tree: Any) -> str | None:
    tree = _inside(tree, "Cast")
    return tree.name if type(tree).__name__ in ("Literal", "National") and not _is_number(tree) else None


def _is_number(tree: Any) -> bool:
    return type(tree).__name__ == "Literal" and not tree.is_string


def default_of(tree: Any) -> str:
    """A default as JSON text, where it is a plain value."""
    tree = _inside(tree, "Paren", "Cast")
    kind = type(tree).__name__
    if kind == "Null":
        return "null"
    if kind == "Boolean":
        return json.dumps(bool(tree.this))
    text = _text(tree)
    if text is not None:
        return json.dumps(text, ensure_ascii=False)
    sign = "-" if kind == "Neg" else ""
    number = tree.this if sign else tree
    return _number(f"{sign}{number.name}") if _is_number(number) else ""


def _number(text: str) -> str:
    try:
        json.loads(text)
    except ValueError:
        try:
            return json.dumps(float(text), allow_nan=False)
        except ValueError:
            return ""
    return text
