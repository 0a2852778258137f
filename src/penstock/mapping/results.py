"""Types of results that annotations cannot say: what operations give as their `result`."""

from collections.abc import Callable

from penstock.mapping.arguments import type_of
from penstock.mapping.typed import Arguments, Expression, Fixed, as_tuple
from penstock.schema import Enum, List, Text, Type, nullable, widest


def same_as(name: str) -> Callable[[Arguments], Type]:
    """The type of a parameter's argument."""
    return lambda arguments: type_of(arguments, name)


def element_of(name: str) -> Callable[[Arguments], Type]:
    """The type of the elements of a list; null, too, as there may be no such element."""

    def found(arguments: Arguments) -> Type:
        type_ = type_of(arguments, name)
        return nullable(type_.element if isinstance(type_, List) else type_)

    return found


def as_listed(value: Expression) -> Type:
    """The type of an argument; of a fixed text that it is this one, so that it fits where it is listed."""
    if isinstance(value, Fixed) and isinstance(value.value, str) and isinstance(value.type, Text):
        return Enum((value.value,))
    return value.type


def widest_of(*names: str, is_null: Callable[[list[Type]], bool] | None = None) -> Callable[[Arguments], Type]:
    """The common type of the arguments of some parameters; null where `is_null` of them, by default where any is."""

    def found(arguments: Arguments) -> Type:
        types = [as_listed(each) for name in names for each in as_tuple(arguments[name])]
        common = widest(types)
        return common if is_null is None else nullable(common, value=is_null(types))

    return found
