"""Writes calls of operations, from their templates."""

import json
import re
from dataclasses import dataclass, field

from penstock.emitters.jsonata.expressions import Scope, may_reject, value
from penstock.emitters.jsonata.names import literal
from penstock.emitters.jsonata.written import DEFINITIONS
from penstock.errors import UnsupportedOperationError
from penstock.mapping import patterns, typed
from penstock.mapping.evaluate import reject_reason
from penstock.mapping.filters import FILTERS, Written
from penstock.mapping.operation import Spelling, Unsupported, for_type
from penstock.mapping.signature import Parameter
from penstock.mapping.template import Slot, fill
from penstock.schema import Decimal, Float, List


@dataclass(slots=True)
class _Call:
    """One call, as its arguments get written."""

    node: typed.Call
    scope: Scope
    inside: Scope
    steps: list[str] = field(default_factory=list)
    """What stands before the result: a variable, or a condition with what there is instead of the result."""
    arguments: dict[str, tuple[str, ...]] = field(default_factory=dict)


def call(node: typed.Call, scope: Scope) -> str:
    """A call as an expression.

    Raises:
        UnsupportedOperationError: the operation cannot be written in JSONata.
    """
    if isinstance(node.type, Decimal):
        raise UnsupportedOperationError("decimal", "jsonata", "it has no exact decimals", scope.path)
    if node.operation.stops is not None:
        return _one_by_one(node, scope, node.operation.stops)
    spelling = _spelling(node, scope)
    this = _Call(node, scope, scope.inside(node.element, is_raw=False) if node.element else scope)
    for parameter in node.operation.signature.parameters:
        _argument(this, parameter)
    if spelling.fails:
        failing = fill(spelling.fails, lambda slot: _slot(this, slot))
        this.steps.append(f"{failing} ? {scope.names.call('reject', json.dumps(reject_reason(node)))} : ")
    made = fill(spelling.value, lambda slot: _slot(this, slot))
    scope.names.used |= {each for each in re.findall(r"\$(\w+)\(", spelling.value) if each in DEFINITIONS}
    made = scope.names.call("or_null", made) if node.type.nullable and "[" in spelling.value else made
    for step in reversed(this.steps):
        made = f"({step}{made})"
    return f"({made})"


def _spelling(node: typed.Call, scope: Scope) -> Spelling:
    first = next(iter(node.arguments.values()), None)
    first = (first[0] if first else None) if isinstance(first, tuple) else first
    found = for_type(node.operation.jsonata, first.type if first else None)
    if isinstance(found, Unsupported):
        raise UnsupportedOperationError(node.operation.name, "jsonata", found.reason, scope.path)
    return Spelling(found) if isinstance(found, str) else found


def _argument(this: _Call, parameter: Parameter) -> None:
    given = this.node.arguments[parameter.name]
    nodes = given if isinstance(given, tuple) else (given,)
    name, nulls = parameter.name, this.node.operation.nulls
    if parameter.kind == "lazy":
        this.arguments[name] = tuple(value(each, this.scope) for each in nodes)
    elif parameter.kind == "each":
        this.arguments[name] = tuple(_for_each(this, each) for each in nodes)
    elif nulls == "skip" and parameter.kind == "value" and has_many(parameter, nodes):
        _without_nulls(this, nodes, name)
    else:
        asks = nulls == "reject" or (nulls != "total" and parameter.kind == "value")
        bound = [_bound(this, each) for each in nodes]
        this.arguments[name] = tuple(bound)
        if asks:
            _ask(this, [each for each, node in zip(bound, nodes, strict=True) if not _is_there(node)])


def _is_there(node: typed.Expression) -> bool:
    return isinstance(node, typed.Fixed) and node.value is not None


def _bound(this: _Call, node: typed.Expression) -> str:
    """An argument as a variable; a reject is the result of the call."""
    made = value(node, this.scope)
    if isinstance(node, typed.Fixed):
        return made
    name = made
    if not re.fullmatch(r"\$\w+", made):
        name = this.scope.names.fresh("v")
        this.steps.append(f"{name} := {made}; ")
    if may_reject(node, this.scope):
        this.steps.append(f'$type({name}) = "function" ? {name} : ')
    return name


def _ask(this: _Call, bound: list[str]) -> None:
    if bound:
        reject = this.scope.names.call("reject", json.dumps(reject_reason(this.node)))
        instead = reject if this.node.operation.nulls == "reject" else "null"
        this.steps.append(f"{' or '.join(f'{each} = null' for each in bound)} ? {instead} : ")


def _without_nulls(this: _Call, nodes: tuple[typed.Expression, ...], name: str) -> None:
    names = this.scope.names
    if len(nodes) == 1 and not isinstance(nodes[0], typed.ListOf) and isinstance(nodes[0].type, List):
        bound = _bound(this, nodes[0])
        _ask(this, [bound])
        this.arguments[name] = (names.call("there", bound),)
        return
    listed = nodes[0].items if len(nodes) == 1 and isinstance(nodes[0], typed.ListOf) else nodes
    bound_all = [_bound(this, each) for each in listed]
    this.arguments[name] = (names.call("there", f"[{', '.join(bound_all)}]"),)


def _for_each(this: _Call, node: typed.Expression) -> str:
    """An expression for each element; where it may be a reject, that is looked for first."""
    made = value(node, this.inside)
    if may_reject(node, this.inside):
        first = next(iter(this.arguments.values()))[0]
        element, bad = this.inside.variables[this.node.element], this.scope.names.fresh("bad")
        all_ = this.scope.names.call("for_all", first, f"function({element}) {{ {made} }}")
        this.steps.append(f"{bad} := {this.scope.names.call('first_reject', all_)}; ")
        this.steps.append(f"$exists({bad}) ? {bad} : ")
    return made


def _one_by_one(node: typed.Call, scope: Scope, stops: str) -> str:
    """Arguments from left to right, up to the one that decides."""
    nodes = [each for given in node.arguments.values() for each in (given if isinstance(given, tuple) else (given,))]
    names = [scope.names.fresh("v") for _ in nodes]
    any_null = " or ".join(f"{each} = null" for each in names)
    last = {"not_null": "null", "true": f"{any_null} ? null : false", "false": f"{any_null} ? null : true"}[stops]
    decides = {"not_null": "{} != null", "true": "{} = true", "false": "{} = false"}[stops]
    made = last
    for name, each in zip(reversed(names), reversed(nodes), strict=True):
        condition = decides.format(name)
        if may_reject(each, scope):
            condition += f' or $type({name}) = "function"'
        made = f"({name} := {value(each, scope)}; {condition} ? {name} : {made})"
    return made


def _slot(this: _Call, slot: Slot) -> str:
    name, _, _ = slot.name.partition(".")
    if name == "element":
        return this.inside.variables[this.node.element]
    if slot.name == "type":
        return "number" if isinstance(this.node.type, Float) else this.node.type.name
    if not slot.filter:
        return slot.between.join(this.arguments[name])
    given = this.node.arguments[name]
    fixed = given[0] if isinstance(given, tuple) else given
    assert isinstance(fixed, typed.Fixed), f"{name} is filtered, so it is a constant"
    if slot.filter == "pattern":
        return re.sub(r"([\\^$.|?*+()\[\]{}/])", r"\\\1", fixed.value)
    if slot.filter == "raw":
        return str(fixed.value)
    if slot.filter == "javascript_pattern" and patterns.may_be_empty(patterns.parse(fixed.value)):
        reason = "it takes no pattern that finds the empty text"
        raise UnsupportedOperationError(this.node.operation.name, "jsonata", reason, this.scope.path)
    made = FILTERS[slot.filter](fixed.value)
    return made if isinstance(made, Written) else literal(made, this.scope.path)


def has_many(parameter: Parameter, nodes: tuple[typed.Expression, ...]) -> bool:
    """Whether an argument holds several values, of which nulls may be left out."""
    return parameter.variadic or parameter.several or any(isinstance(each.type, List) for each in nodes)
