"""Which argument is given for which parameter of an operation."""

from collections.abc import Sequence

from penstock.errors import hint_for
from penstock.mapping.check.problem import LeafError
from penstock.mapping.model import Argument, Expression
from penstock.mapping.operation import Operation
from penstock.mapping.signature import Parameter


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
    bound: dict[str, tuple[Expression, ...]] = {}
    left = list(values)
    for parameter in operation.signature.parameters:
        if not left or parameter.named_only:
            break
        count = _count(operation, parameter, len(left))
        bound[parameter.name], left = tuple(left[:count]), left[count:]
    if left:
        raise LeafError(
            "wrong_arity",
            f"{operation.name} is given {len(values)} arguments, which is too many",
            f"{operation.name}{operation.signature}",
        )
    return bound


def _count(operation: Operation, parameter: Parameter, left: int) -> int:
    if not (parameter.variadic or parameter.several):
        return 1
    behind = operation.signature.parameters[operation.signature.parameters.index(parameter) + 1 :]
    return max(1, left - sum(each.is_required and not each.named_only for each in behind))
