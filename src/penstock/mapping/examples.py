"""An operation's example as a whole mapping of one record, so that every target can run it."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin

from penstock.mapping.check import check
from penstock.mapping.check.constants import type_of
from penstock.mapping.check.mapping import type_of_expression
from penstock.mapping.check.problem import LeafError
from penstock.mapping.model import (
    Argument,
    Build,
    Call,
    Constant,
    Expression,
    FieldMapping,
    ForEach,
    Mapping,
    Read,
    Shape,
)
from penstock.mapping.operation import Example, Operation
from penstock.mapping.signature import SIMPLE, Parameter
from penstock.mapping.typed import TypedMapping
from penstock.schema import Field, List, Map, Path, Record, Text, Type, nullable, parse_type

RESULT = "result"


@dataclass(frozen=True, slots=True)
class Case:
    """A mapping with one field `result`, and the record that is mapped."""

    mapping: TypedMapping
    record: dict[str, Any]


def case_of(operation: Operation, example: Example) -> Case:
    """The case of one example: arguments that may vary are read from the source, constants stand in the mapping.

    Raises:
        ValueError: the example is not one that the operation takes; says why.
    """
    values: dict[str, Any] = {}
    fields: list[Field] = []
    arguments: list[Argument] = []
    for position, (parameter, given) in enumerate(_given(operation, example)):
        value: Expression
        if isinstance(given, Read | Constant | Call | Build | ForEach):
            value = given
        elif parameter.kind == "constant":
            value = Constant(given)
        else:
            name = f"{parameter.name}_{position}"
            values[name] = given
            fields.append(Field(name, nullable(_type(parameter, given, example.types, position))))
            value = Read(Path(("record", name)))
        arguments.append(Argument(value, parameter.name if parameter.named_only else ""))
    call = Call(operation.name, tuple(arguments), "element")
    return Case(_typed(Record(tuple(fields)), call), {"record": values})


def _given(operation: Operation, example: Example) -> Iterator[tuple[Parameter, Any]]:
    parameters = operation.signature.parameters
    for position, each in enumerate(example.arguments):
        parameter = parameters[min(position, len(parameters) - 1)]
        if any(each.variadic or each.several for each in parameters[:position]):
            parameter = next(each for each in parameters if each.variadic or each.several)
        yield parameter, each
    for name, each in example.named.items():
        yield next(parameter for parameter in parameters if parameter.name == name), each


def _type(parameter: Parameter, given: Any, types: tuple[str, ...], position: int) -> Type:
    if position < len(types) and types[position]:
        return parse_type(types[position])
    if given is not None:
        return type_of(given)
    return _of_null(parameter.annotation)


def _of_null(annotation: Any) -> Type:
    """A type for an example's null: the first that the parameter takes."""
    if isinstance(annotation, TypeVar):
        return SIMPLE[annotation.__constraints__[0]][0]() if annotation.__constraints__ else Text()
    if isinstance(annotation, UnionType):
        return _of_null(get_args(annotation)[0])
    if get_origin(annotation) in {list, dict}:
        inner = _of_null(get_args(annotation)[-1])
        return List(inner) if get_origin(annotation) is list else Map(inner)
    return SIMPLE[annotation][0]() if annotation in SIMPLE else Text()


def _typed(source: Record, call: Call) -> TypedMapping:
    """The mapping, whose target takes whatever the call gives: its type is found by checking with one that fits."""
    leaf = FieldMapping(RESULT, call)
    found = _result_type(source, call)
    target = Shape("target", Record((Field(RESULT, nullable(found), optional=True),)))
    checked = check(Mapping((Shape("record", source),), target, (leaf,)))
    if not checked.is_valid:
        raise ValueError("; ".join(f"{each.code} {each.message}" for each in checked.findings))
    return checked.typed


def _result_type(source: Record, call: Call) -> Type:
    try:
        return type_of_expression(call, (Shape("record", source),))
    except LeafError as problem:
        raise ValueError(str(problem)) from None
