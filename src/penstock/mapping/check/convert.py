"""Widens values where a wider type is wanted, which changes no value."""

from dataclasses import replace

from penstock.mapping import typed
from penstock.schema import Decimal, Enum, Float, Integer, List, Text, Type, nullable

WIDENED = "widened"
"""What the elements of a list are called where each is widened."""

_NUMBERS = (Integer, Decimal, Float)


def convert(value: typed.Expression, wanted: Type) -> typed.Expression:
    """A value as a wider number where that is wanted; else as it is. Null stays null."""
    type_ = value.type
    if isinstance(value, typed.Fixed) and value.value is None:
        return typed.Fixed(None, nullable(wanted))
    if isinstance(type_, _NUMBERS) and isinstance(wanted, _NUMBERS):
        target = nullable(wanted, value=type_.nullable)
        return value if type_ == target else typed.Widen(value, target)
    if isinstance(type_, List) and isinstance(wanted, List):
        return _list(value, type_, wanted)
    return value


def _list(value: typed.Expression, type_: List, wanted: List) -> typed.Expression:
    if isinstance(value, typed.ListOf):
        items = tuple(convert(each, wanted.element) for each in value.items)
        return replace(value, items=items, type=replace(type_, element=_element(wanted.element, type_.element)))
    element = typed.Variable(WIDENED, type_.element)
    body = convert(element, wanted.element)
    if body is element:
        return value
    return typed.ForEach(value, element.name, element.type, body, replace(type_, element=body.type))


def _element(wanted: Type, element: Type) -> Type:
    return nullable(wanted, value=element.nullable)


def same_family(one: Type, other: Type) -> bool:
    """Whether values of both types are handled alike: a text and a listed text, but not an integer and a text."""
    return one.name == other.name or {type(one), type(other)} <= {Text, Enum}
