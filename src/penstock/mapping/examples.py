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
from penstock.schema import NOTHING, Field, List, Map, Path, Record, Text, Type, nullable, parse_type

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
    every = list(_given(operation, example))
    for position, (parameter, given) in enumerate(every):
        value: Expression
        if isinstance(given, Read | Constant | Call | Build | ForEach):
            value = given
        elif parameter.kind == "constant":
            value = Constant(given)
        else:
            name = f"{parameter.name}_{position}"
            values[name] = given
            fields.append(Field(name, nullable(_type(every, position, example.types))))
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


def _type(every: list[tuple[Parameter, Any]], position: int, types: tuple[str, ...]) -> Type:
    """The type of an argument; of a null that of another argument for the same type variable, if there is one."""
    if position < len(types) and types[position]:
        return parse_type(types[position])
    parameter, given = every[position]
    annotation = parameter.annotation
    if parameter.several and sum(other is parameter for other, _ in every) > 1:
        annotation = get_args(annotation)[0]
    if given is None and isinstance(annotation, TypeVar):
        kin = (value for other, value in every if other.annotation is parameter.annotation and value is not None)
        given = next(kin, None)
    return _complete(type_of(given), _of_null(annotation))


def _complete(found: Type, taken: Type) -> Type:
    """The type of an example's value; what the value leaves open is what the parameter takes."""
    if isinstance(found, List) and isinstance(taken, List):
        return List(_complete(found.element, taken.element), nullable=found.nullable)
    return nullable(taken, value=found.nullable) if found in {NOTHING, nullable(NOTHING)} else found


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
