"""What a call of an operation means for the types of its arguments."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal as Exact
from typing import Any, TypeVar

from penstock.errors import MappingError
from penstock.mapping import typed
from penstock.mapping.check.binding import bind
from penstock.mapping.check.constants import fixed
from penstock.mapping.check.convert import convert
from penstock.mapping.check.narrowing import facts
from penstock.mapping.check.problem import LeafError
from penstock.mapping.check.scope import Scope
from penstock.mapping.model import Call, Constant, Expression
from penstock.mapping.operation import Operation
from penstock.mapping.signature import Parameter, format_annotation, stands_for, takes
from penstock.mapping.template import slots
from penstock.mapping.values import Misfit, decode
from penstock.schema import Json, List, Type, nullable, widest

Resolve = Callable[[Expression, Scope, Type | None], typed.Expression]
"""What an expression means in a scope, where a type may be wanted."""


@dataclass(slots=True)
class _Binding:
    """The arguments of one call, as they become known."""

    operation: Operation
    call: Call
    scope: Scope
    resolve: Resolve
    known: dict[Any, Type] = field(default_factory=dict)
    arguments: dict[str, typed.Expression | tuple[typed.Expression, ...]] = field(default_factory=dict)
    element: typed.Variable | None = None


def resolve_call(call: Call, operation: Operation, scope: Scope, resolve: Resolve) -> typed.Expression:
    """A call of one operation with typed arguments.

    Raises:
        LeafError: the arguments are not what the operation takes.
    """
    rewritten = _rewritten(call, operation)
    if rewritten is not None:
        return resolve(rewritten, scope, None)
    given = bind(operation, call.arguments)
    binding = _Binding(operation, call, scope, resolve)
    for parameter in operation.signature.parameters:
        binding.arguments[parameter.name] = _argument(binding, parameter, given.get(parameter.name, ()))
    _accept(binding)
    _widen(binding)
    result = _result(binding)
    element = binding.element
    return typed.Call(
        operation, binding.arguments, element.name if element else "", element.type if element else None, result
    )


def _rewritten(call: Call, operation: Operation) -> Expression | None:
    try:
        return operation.rewrite(call) if operation.rewrite else None
    except ValueError as problem:
        raise LeafError("wrong_arity", str(problem), f"{operation.name}{operation.signature}") from None


def _argument(
    binding: _Binding, parameter: Parameter, given: tuple[Expression, ...]
) -> typed.Expression | tuple[typed.Expression, ...]:
    if not given and not parameter.variadic:
        default = parameter.default
        return fixed(list(default) if isinstance(default, tuple) else default, None)
    values = tuple(_value(binding, parameter, each, alone=len(given) == 1) for each in given)
    if parameter.variadic:
        return values
    if parameter.several and not (len(values) == 1 and isinstance(values[0].type, List)):
        return typed.ListOf(values, List(widest(each.type for each in values)))
    return values[0]


def _value(binding: _Binding, parameter: Parameter, given: Expression, *, alone: bool) -> typed.Expression:
    name = binding.operation.name
    if parameter.kind == "constant" and not isinstance(given, Constant):
        raise LeafError("not_constant", f"{parameter.name!r} of {name} must be a constant", 'write {"value": …}')
    scope = _inside(binding, parameter) if parameter.kind == "each" else _where(binding, parameter)
    value = binding.resolve(given, scope, _wanted(binding, parameter, given))
    annotation = parameter.annotation
    if parameter.several and not (alone and isinstance(value.type, List)):
        annotation = annotation.__args__[0]
    if not takes(annotation, value.type, binding.known) and not _is_null(value):
        taken = format_annotation(parameter.annotation)
        raise LeafError(
            "argument_type",
            f"{parameter.name!r} of {name} takes {taken}, not {value.type.name}",
            binding.operation.manual,
        )
    return value


def _is_null(value: typed.Expression) -> bool:
    return isinstance(value, typed.Fixed) and value.value is None


def _accept(binding: _Binding) -> None:
    """Show the constants to the operation."""
    values = {name: each.value for name, each in binding.arguments.items() if isinstance(each, typed.Fixed)}
    for name, accept in binding.operation.accepts.items():
        try:
            if name == "*":
                accept(values)
            elif name in values:
                accept(values[name])
        except (MappingError, ValueError) as problem:
            text, _, suggestion = str(problem).partition("\nHint: ")
            where = f"{name!r} of {binding.operation.name}" if name != "*" else binding.operation.name
            raise LeafError("bad_constant", f"{where}: {text}", suggestion) from None


def _wanted(binding: _Binding, parameter: Parameter, given: Expression) -> Type | None:
    """The type that a constant is read as: of the other arguments that it goes with, where it has a value of that."""
    if not isinstance(given, Constant):
        return None
    annotation = parameter.annotation
    if parameter.several and not isinstance(given.value, list):
        annotation = annotation.__args__[0]
    known = None if annotation is Exact else stands_for(annotation, binding.known)
    if known is None or _fits(given.value, known):
        return known
    return None if any(map(_is_variable, (annotation, *getattr(annotation, "__args__", ())))) else known


def _is_variable(annotation: Any) -> bool:
    return isinstance(annotation, TypeVar)


def _fits(value: Any, type_: Type) -> bool:
    try:
        decode(value, nullable(type_))
    except Misfit:
        return False
    return True


def _where(binding: _Binding, parameter: Parameter) -> Scope:
    """The scope of an argument; where it is worked out under a condition, with what that says of types."""
    condition = binding.operation.reached.get(parameter.name)
    if condition is None:
        return binding.scope
    given = bind(binding.operation, binding.call.arguments)
    known = [
        fact
        for name in slots(condition)
        for each in given.get(name, ())
        for fact in facts(each, holds=condition == f"{{{name}}}")
        if condition in {f"{{{name}}}", f"({{{name}}}) IS NOT TRUE"}
    ]
    return binding.scope.knowing(known)


def _inside(binding: _Binding, parameter: Parameter) -> Scope:
    if not binding.call.element:
        raise LeafError(
            "missing_element", f"{binding.operation.name} needs a name for the elements", 'add "as": "item"'
        )
    element = stands_for(parameter.element, binding.known) or Json(nullable=True)
    if binding.element is None:
        scope, binding.element = binding.scope.inside(binding.call.element, element)
        return scope
    return binding.scope.holding(binding.call.element, binding.element)


def _widen(binding: _Binding) -> None:
    """Bring the arguments of one type variable to its type, and others to what the function sees."""
    for parameter in binding.operation.signature.parameters:
        value = binding.arguments[parameter.name]
        wanted = _seen_as(parameter.annotation, binding.known)
        if wanted is None or parameter.kind == "constant":
            continue
        binding.arguments[parameter.name] = (
            tuple(convert(each, wanted) for each in value) if isinstance(value, tuple) else convert(value, wanted)
        )


def _seen_as(annotation: Any, known: dict[Any, Type]) -> Type | None:
    if isinstance(annotation, TypeVar):
        return known.get(annotation)
    return stands_for(annotation, known) if getattr(annotation, "__args__", None) or annotation is float else None


def _result(binding: _Binding) -> Type:
    operation = binding.operation
    if operation.result is not None:
        declared: Type | None = operation.result(binding.arguments)
    else:
        declared = stands_for(operation.signature.result, binding.known)
    if declared is None:
        declared = Json(nullable=True)
    if operation.nulls != "propagate":
        return declared
    eager = [each.name for each in operation.signature.parameters if each.kind == "value"]
    may_be_null = any(each.type.nullable for name in eager for each in typed.as_tuple(binding.arguments[name]))
    return nullable(declared, value=declared.nullable or may_be_null)
