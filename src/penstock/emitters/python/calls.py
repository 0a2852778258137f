"""Writes calls of operations: their templates in place, or a copy of their functions."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from penstock.emitters.python import written
from penstock.emitters.python.copying import NotCopyableError, bound_in, names_in
from penstock.emitters.python.expressions import value
from penstock.emitters.python.scope import Scope
from penstock.emitters.python.values import NAMES, fitted, literal
from penstock.errors import UnsupportedOperationError
from penstock.mapping import typed
from penstock.mapping.catalogue import all_operations
from penstock.mapping.evaluate import reject_reason
from penstock.mapping.filters import FILTERS
from penstock.mapping.operation import Spelling, Unsupported, for_type
from penstock.mapping.signature import Parameter
from penstock.mapping.template import Slot, fill, parse_template
from penstock.schema import List, Type

_CONSTANT = re.compile(r"(?:[-+0-9<>=() ]|or|and)+")


@dataclass(slots=True)
class _Call:
    """One call, as its arguments get written."""

    node: typed.Call
    scope: Scope
    inside: Scope
    guards: list[str] = field(default_factory=list)
    """Conditions under which there is no result, in the order in which they are asked."""
    arguments: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lists: set[str] = field(default_factory=set)
    """Parameters whose many values stand in one list."""


def call(node: typed.Call, scope: Scope) -> str:
    """A call as an expression.

    Raises:
        UnsupportedOperationError: the operation cannot be written in Python.
    """
    inside = scope.inside(node.element, is_raw=False) if node.element else scope
    written_call = _Call(node, scope, inside)
    spelling = _spelling(node, scope)
    for parameter in node.operation.signature.parameters:
        _argument(written_call, parameter, _uses(spelling, parameter.name))
    made = _function(written_call) if spelling is None else _template(written_call, spelling)
    if not written_call.guards:
        return made
    if node.operation.nulls == "reject":
        stop = f"{scope.copies.use(written.rejected)}({reject_reason(node)!r})"
        return f"({stop} if {' or '.join(written_call.guards)} else {made})"
    return f"(None if {' or '.join(written_call.guards)} else {made})"


def _spelling(node: typed.Call, scope: Scope) -> Spelling | None:
    first = next(iter(node.arguments.values()), None)
    first = (first[0] if first else None) if isinstance(first, tuple) else first
    found = for_type(node.operation.python, first.type if first else None)
    if isinstance(found, Unsupported) and isinstance(node.operation.python, Mapping):
        return None
    if isinstance(found, Unsupported):
        raise UnsupportedOperationError(node.operation.name, "python", found.reason, scope.path)
    return Spelling(found) if isinstance(found, str) else found


def _uses(spelling: Spelling | None, name: str) -> int:
    if spelling is None:
        return 1
    pieces = (*parse_template(spelling.value), *parse_template(spelling.fails))
    return sum(isinstance(each, Slot) and each.name == name for each in pieces) + bool(spelling.fails)


def _argument(this: _Call, parameter: Parameter, uses: int) -> None:
    given = this.node.arguments[parameter.name]
    nodes = given if isinstance(given, tuple) else (given,)
    name, nulls = parameter.name, this.node.operation.nulls
    if parameter.kind in {"lazy", "each"}:
        this.arguments[name] = tuple(value(each, this.inside.deeper()) for each in nodes)
        return
    if nulls == "skip" and parameter.kind == "value" and _has_many(parameter, nodes):
        _without_nulls(this, parameter, nodes)
        return
    asks = nulls == "reject" or (nulls != "total" and parameter.kind == "value")
    made = [_bound(this, each, asks=asks, uses=uses) for each in nodes]
    this.arguments[name] = tuple(each for each, _ in made)
    conditions = [each for _, each in made if each]
    if conditions:
        this.guards.append(conditions[0] if len(conditions) == 1 else " | ".join(f"({each})" for each in conditions))


def _bound(this: _Call, node: typed.Expression, *, asks: bool, uses: int) -> tuple[str, str]:
    """An argument, and when it is null."""
    made = value(node, this.scope)
    if isinstance(node, typed.Fixed):
        return made, "True" if asks and node.value is None else ""
    if asks and not isinstance(node, typed.ListOf | typed.Build):
        if made.isidentifier():
            return made, f"{made} is None"
        name = this.scope.temporary()
        return name, f"({name} := {made}) is None"
    if uses <= 1 or made.isidentifier():
        return made, ""
    name = this.scope.temporary()
    return name, f"({name} := {made}) is ..."


def _has_many(parameter: Parameter, nodes: tuple[typed.Expression, ...]) -> bool:
    return parameter.variadic or parameter.several or any(isinstance(each.type, List) for each in nodes)


def _without_nulls(this: _Call, parameter: Parameter, nodes: tuple[typed.Expression, ...]) -> None:
    this.lists.add(parameter.name)
    element = this.scope.temporary()
    if not parameter.variadic and not isinstance(nodes[0], typed.ListOf):
        found, condition = _bound(this, nodes[0], asks=True, uses=2)
        this.guards.append(condition)
    else:
        listed = nodes[0].items if isinstance(nodes[0], typed.ListOf) else nodes
        made = "".join(f"{value(each, this.scope)}, " for each in listed)
        found = f"({made})"
        if all(isinstance(each, typed.Fixed) and each.value is not None for each in listed):
            this.arguments[parameter.name] = (f"[{made}]",)
            return
        bound = this.scope.temporary()
        this.guards.append(f"({bound} := {found}) is None")
        found = bound
    this.arguments[parameter.name] = (f"[{element} for {element} in {found} if {element} is not None]",)


def _function(this: _Call) -> str:
    """A call of the operation's own function."""
    operation = this.node.operation
    given = []
    for each in operation.signature.parameters:
        star = "*" if each.variadic and each.name in this.lists else ""
        name = f"{each.name}=" if each.named_only else ""
        given += [f"{name}{star}{_passed(this, each, code)}" for code in this.arguments[each.name]]
    try:
        function = this.scope.copies.use(operation.function, f"{operation.name.lower()}_value")
    except NotCopyableError as problem:
        raise UnsupportedOperationError(operation.name, "python", str(problem), this.scope.path) from None
    return _checked(this, function, given)


def _passed(this: _Call, parameter: Parameter, code: str) -> str:
    if parameter.kind == "lazy":
        return f"lambda: {code}"
    if parameter.kind == "each":
        return f"lambda {this.inside.variables[this.node.element].name}: {code}"
    return code


def _checked(this: _Call, function: str, given: list[str]) -> str:
    """The call of a function; where it may fail, its result fits its type or the row is rejected."""
    copies, node = this.scope.copies, this.node
    made = f"{function}({', '.join(given)})"
    if not node.operation.rejects:
        return made
    if not this.scope.wrapped:
        return fitted(copies, node.type, made)
    tried = fitted(copies, node.type, f"{function}(*given, **named)")
    known = f"{node.operation.name} {tried}"
    if known not in copies.made:
        name = copies.made[known] = copies.fresh(f"{node.operation.name.lower()}_or_reject")
        lines = _trying(this, f"def {name}(*given, **named):", tried)
        copies.definitions.append(lines)
    return f"{copies.made[known]}({', '.join(given)})"


def _trying(this: _Call, head: str, code: str) -> str:
    stop = f"raise {this.scope.copies.use(written.Rejected)}({reject_reason(this.node)!r}) from None"
    return "\n".join(
        (head, "    try:", f"        return {code}", "    except (ValueError, ArithmeticError):", f"        {stop}")
    )


def _template(this: _Call, spelling: Spelling) -> str:
    node, copies = this.node, this.scope.copies
    made = f"({_filled(this, spelling.value)})"
    if spelling.fails:
        failing = _filled(this, spelling.fails)
        if _CONSTANT.fullmatch(failing) and not eval(failing):  # noqa: S307  # a comparison of written numbers
            return made
        return f"({copies.use(written.rejected)}({reject_reason(node)!r}) if {failing} else {made})"
    if not node.operation.rejects:
        return made
    if not this.scope.wrapped:
        return fitted(copies, node.type, made)
    return _wrapped_template(this, spelling)


def _filled(this: _Call, template: str) -> str:
    """A template with its arguments, and with the modules and functions that it names in the written module."""
    space: dict[str, Any] = this.node.operation.function.__globals__
    for name in names_in(fill(template, lambda _: "slot").strip()):
        if name in space:
            template = re.sub(rf"(?<![\w.{{]){name}\b", this.scope.copies.use(space[name], name), template)
    return fill(template, lambda slot: _slot(this, slot))


def _wrapped_template(this: _Call, spelling: Spelling) -> str:
    """A template that may fail, in a function of its own."""
    copies = this.scope.copies
    eager = [each for each in this.node.operation.signature.parameters if each.kind in {"value", "constant"}]
    names = {each.name: [f"{each.name}_{n}" for n, _ in enumerate(this.arguments[each.name])] for each in eager}
    inner = _Call(this.node, this.scope, this.inside, arguments={k: tuple(v) for k, v in names.items()})
    inner.arguments |= {k: v for k, v in this.arguments.items() if k not in names}
    tried = fitted(copies, this.node.type, f"({_filled(inner, spelling.value)})")
    parameters = [name for each in names.values() for name in each]
    known = f"{this.node.operation.name} {tried}"
    if known not in copies.made:
        name = copies.made[known] = copies.fresh(f"{this.node.operation.name.lower()}_or_reject")
        copies.definitions.append(_trying(inner, f"def {name}({', '.join(parameters)}):", tried))
    given = [code for each in eager for code in this.arguments[each.name]]
    return f"{copies.made[known]}({', '.join(given)})"


def _slot(this: _Call, slot: Slot) -> str:
    name, _, part = slot.name.partition(".")
    if name == "element":
        return this.inside.variables[this.node.element].name
    if name == "type" or part == "type":
        return _type_name(this, this.node.type if name == "type" else _node(this, name).type)
    if not slot.filter:
        return slot.between.join(this.arguments[name])
    fixed = _node(this, name)
    assert isinstance(fixed, typed.Fixed), f"{name} is filtered, so it is a constant"
    return _FILTERS.get(slot.filter, lambda given: literal(this.scope.copies, FILTERS[slot.filter](given)))(fixed.value)


def _node(this: _Call, name: str) -> typed.Expression:
    given = this.node.arguments[name]
    return given[0] if isinstance(given, tuple) else given


def _type_name(this: _Call, type_: Type) -> str:
    return this.scope.copies.use(NAMES[type(type_)])


def _pattern(given: Any) -> str:
    return repr(re.escape(given))


_FILTERS: dict[str, Callable[[Any], str]] = {"raw": str, "pattern": _pattern}


@cache
def names_of_templates() -> frozenset[str]:
    """The names that templates bind, which must mean nothing else in a written module."""
    spellings = [each for operation in all_operations().values() for each in _texts(operation.python)]
    return frozenset(name for each in spellings for name in bound_in(fill(each, lambda _: "slot").strip()))


def _texts(spelling: Any) -> Iterator[str]:
    match spelling:
        case str():
            yield spelling
        case Spelling(value=template, fails=fails):
            yield from filter(None, (template, fails))
        case dict():
            for each in spelling.values():
                yield from _texts(each)
