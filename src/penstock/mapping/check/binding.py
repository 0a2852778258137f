"""Which argument is given for which parameter of an operation."""

from collections.abc import Sequence

from penstock.errors import hint_for
from penstock.mapping.check.problem import LeafError
from penstock.mapping.model import Argument, Expression
from penstock.mapping.operation import Operation
from penstock.mapping.signature import Parameter, Signature


def bind(operation: Operation, arguments: Sequence[Argument]) -> dict[str, tuple[Expression, ...]]:
    """The expressions for each parameter that any are given for; those by position first, then those by name.

    Raises:
        LeafError: there are too few or too many, or one has a name that is none.
    """
    parameters = operation.signature.parameters
    bound = _positional(operation, [each.value for each in arguments if not each.name])
    known = {each.name for each in parameters}
    for each in arguments:
        if not each.name:
            continue
        if each.name not in known:
            problem = f"{operation.name} has no parameter {each.name!r}"
            raise LeafError("unknown_parameter", problem, hint_for(each.name, known))
        if each.name in bound:
            raise LeafError("wrong_arity", f"{operation.name} is given {each.name!r} twice", str(operation.signature))
        bound[each.name] = (each.value,)
    for parameter in parameters:
        if (parameter.is_required or parameter.variadic) and parameter.name not in bound:
            raise LeafError(
                "wrong_arity", f"{operation.name} needs {parameter.name!r}", f"{operation.name}{operation.signature}"
            )
    return bound


def _positional(operation: Operation, values: list[Expression]) -> dict[str, tuple[Expression, ...]]:
    found = at_positions(operation.signature, len(values))
    if len(found) < len(values):
        raise LeafError(
            "wrong_arity",
            f"{operation.name} is given {len(values)} arguments, which is too many",
            f"{operation.name}{operation.signature}",
        )
    bound: dict[str, tuple[Expression, ...]] = {}
    for parameter, value in zip(found, values, strict=True):
        bound[parameter.name] = (*bound.get(parameter.name, ()), value)
    return bound


def at_positions(signature: Signature, count: int) -> list[Parameter]:
    """The parameters that so many arguments without a name are for, as far as there are any."""
    found: list[Parameter] = []
    for parameter in signature.parameters:
        left = count - len(found)
        if not left or parameter.named_only:
            break
        found += [parameter] * _count(signature, parameter, left)
    return found


def _count(signature: Signature, parameter: Parameter, left: int) -> int:
    if not (parameter.variadic or parameter.several):
        return 1
    behind = signature.parameters[signature.parameters.index(parameter) + 1 :]
    return max(1, left - sum(each.is_required and not each.named_only for each in behind))
