"""Brings a value into the form in which the type that takes it is kept: a field's type may be a wider one."""

from penstock.emitters.sql.dialects.base import NOTHINGS, same_shape, verbatim
from penstock.emitters.sql.pieces import Piece, case, is_not_null
from penstock.emitters.sql.scope import Scope
from penstock.schema import Decimal, Enum, Float, Integer, Json, List, Map, Record, Text, Type, Union

_NUMBERS = (Integer, Decimal, Float)


def fit(value: Piece, before: Type, after: Type, scope: Scope) -> Piece:  # noqa: PLR0911  # a case for each kind
    """A value of a type as one of a type that takes it; null stays null."""
    if same_shape(before, after) or (isinstance(before, Text | Enum) and isinstance(after, Text | Enum)):
        return value
    dialect = scope.statement.dialect
    if before in NOTHINGS:
        return verbatim(dialect.null(after))
    if isinstance(after, Json | Union):
        return value if isinstance(before, Json | Union) else dialect.as_json(value, before)
    if isinstance(before, _NUMBERS) and isinstance(after, _NUMBERS):
        return dialect.widen(value, before, after)
    if isinstance(before, List) and isinstance(after, List):
        return _list(value, before, after, scope)
    if isinstance(before, Record) and isinstance(after, Record):
        return _record(value, before, after, scope)
    if isinstance(before, Map) and isinstance(after, Map):
        return dialect.cast(value, after)
    return value


def _list(value: Piece, before: List, after: List, scope: Scope) -> Piece:
    if before.element in NOTHINGS:
        return scope.statement.dialect.cast(value, after)
    inside, name = scope.inside("element", before.element)
    element = inside.variable("element")
    body = fit(element, before.element, after.element, inside)
    if body == element:
        return value
    return scope.statement.dialect.each(scope.keep(value), name, inside.close(body), after.element)


def _record(value: Piece, before: Record, after: Record, scope: Scope) -> Piece:
    held = before.by_name()
    names = [each.name for each in before.fields]
    alike = [each.name for each in after.fields] == names and all(
        same_shape(held[each.name].type, each.type) for each in after.fields
    )
    if alike:
        return value
    dialect, value = scope.statement.dialect, scope.keep(value)
    fields = []
    for each in after.fields:
        mine = held.get(each.name)
        if mine is None:
            fields.append((each.name, verbatim(dialect.null(each.type)), each.type))
            continue
        inner = dialect.member(value, each.name, "field", mine.type)
        fields.append((each.name, fit(inner, mine.type, each.type, scope), each.type))
    return case([(is_not_null(value), dialect.record(fields))])
