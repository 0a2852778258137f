"""The parameters of an operation, read from its function, and which types they take."""

import inspect
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal as Exact
from functools import cache
from typing import Any, Final, Literal, TypeVar

from penstock.schema import (
    Binary,
    Boolean,
    Date,
    Decimal,
    Enum,
    Float,
    Integer,
    Json,
    List,
    Map,
    Record,
    Text,
    Time,
    Timestamp,
    Type,
    nullable,
    widen,
)

Kind = Literal["value", "constant", "lazy", "each"]

MISSING: Final = inspect.Parameter.empty


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter."""

    name: str
    kind: Kind
    annotation: Any
    """What one argument must be; for `each` what the expression gives."""
    element: Any = None
    """For `each`: what the elements are."""
    default: Any = MISSING
    variadic: bool = False
    """Takes all arguments that are left."""
    several: bool = False
    """Takes a list, or all arguments that are left as its elements."""
    named_only: bool = False

    @property
    def is_required(self) -> bool:
        """Whether an argument must be given."""
        return self.default is MISSING and not self.variadic


@dataclass(frozen=True, slots=True)
class Signature:
    """What an operation takes and gives."""

    parameters: tuple[Parameter, ...]
    result: Any

    def __str__(self) -> str:
        return f"({', '.join(map(_written, self.parameters))}) -> {format_annotation(self.result)}"


@cache
def signature_of(function: Callable[..., Any]) -> Signature:
    """The signature of an operation's function."""
    hints = typing.get_type_hints(function, include_extras=True)
    parameters = inspect.signature(function).parameters.values()
    return Signature(tuple(_parameter(each, hints[each.name]) for each in parameters), hints["return"])


def _parameter(parameter: inspect.Parameter, annotation: Any) -> Parameter:
    variadic = parameter.kind is inspect.Parameter.VAR_POSITIONAL
    named_only = parameter.kind is inspect.Parameter.KEYWORD_ONLY
    kind: Kind = "value"
    element: Any = None
    several = False
    if typing.get_origin(annotation) is typing.Annotated:
        annotation, mark = typing.get_args(annotation)
        kind, several = ("constant" if mark == "constant" else "value"), mark == "several"
    elif typing.get_origin(annotation) is Callable:
        given, annotation = typing.get_args(annotation)
        kind, element = ("each", given[0]) if given else ("lazy", None)
    return Parameter(parameter.name, kind, annotation, element, parameter.default, variadic, several, named_only)


SIMPLE: Final[Mapping[Any, tuple[type[Type], ...]]] = {
    str: (Text, Enum),
    int: (Integer,),
    Exact: (Decimal, Integer),
    float: (Float, Integer, Decimal),
    bool: (Boolean,),
    date: (Date,),
    datetime: (Timestamp,),
    time: (Time,),
    bytes: (Binary,),
}
"""The types that an annotation takes; the first is what the function sees."""

NUMBERS: Final = (Integer, Decimal, Float)


def takes(annotation: Any, type_: Type, known: dict[Any, Type]) -> bool:
    """Whether an argument of a type may be given; `known` learns what type variables stand for.

    Null is not looked at: that is the operation's null class.
    """
    plain = nullable(type_, value=False)
    if isinstance(annotation, TypeVar):
        return _takes_variable(annotation, plain, known)
    if annotation in {Any, object}:
        return True
    if _is_union(annotation):
        return any(takes(each, plain, known) for each in typing.get_args(annotation) if each is not types.NoneType)
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is list:
        return isinstance(plain, List) and takes(arguments[0], plain.element, known)
    if origin is dict:
        return isinstance(plain, Map | Record) and (
            not isinstance(plain, Map) or takes(arguments[1], plain.value, known)
        )
    return isinstance(plain, SIMPLE[annotation])


def _is_union(annotation: Any) -> bool:
    return typing.get_origin(annotation) in {types.UnionType, typing.Union}


def _takes_variable(variable: TypeVar, type_: Type, known: dict[Any, Type]) -> bool:
    if variable.__constraints__ and not any(
        isinstance(type_, SIMPLE[each][0]) or (each is str and isinstance(type_, Enum))
        for each in variable.__constraints__
    ):
        return False
    before = known.get(variable)
    after = type_ if before is None else widen(before, type_)
    if before is not None and after.name in {"union", "json"} and Json not in {type(before), type(type_)}:
        return False
    known[variable] = nullable(after, value=False)
    return True


def stands_for(annotation: Any, known: Mapping[Any, Type]) -> Type | None:
    """The type that an annotation says, with what its variables stand for; None where it leaves that open."""
    if isinstance(annotation, TypeVar):
        return known.get(annotation)
    if _is_union(annotation):
        options = [each for each in typing.get_args(annotation) if each is not types.NoneType]
        only = stands_for(options[0], known) if len(options) == 1 else None
        return nullable(only, value=types.NoneType in typing.get_args(annotation)) if only else None
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in {list, dict}:
        inner = stands_for(arguments[-1], known)
        return inner and (List(inner) if origin is list else Map(inner))
    return SIMPLE[annotation][0]() if annotation in SIMPLE else None


def format_annotation(annotation: Any) -> str:
    """An annotation as the manual prints it."""
    if isinstance(annotation, TypeVar):
        return _variable(annotation)
    if _is_union(annotation):
        return " | ".join(map(format_annotation, typing.get_args(annotation)))
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is list:
        return f"list[{format_annotation(arguments[0])}]"
    if origin is dict:
        return f"map[{format_annotation(arguments[1])}]"
    if annotation is types.NoneType:
        return "null"
    return SIMPLE[annotation][0].name if annotation in SIMPLE else "any"


def _variable(variable: TypeVar) -> str:
    if not variable.__constraints__:
        return "any"
    return "number" if variable.__constraints__ == (int, Exact, float) else variable.__name__.lower()


def _written(parameter: Parameter) -> str:
    star = "*" if parameter.variadic or parameter.several else ""
    default = "" if parameter.default is MISSING else f" = {parameter.default!r}"
    each = " for each element" if parameter.kind == "each" else ""
    return f"{star}{parameter.name}: {format_annotation(parameter.annotation)}{each}{default}"
