"""Writes calls of operations: their templates with the arguments in place, guarded as their null class says."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from penstock.emitters.sql.dialects.base import verbatim
from penstock.emitters.sql.pieces import (
    ATOM,
    NAME,
    OPEN,
    FieldReject,
    Made,
    Piece,
    Reason,
    all_of,
    any_of,
    case,
    guarded,
    guarded_fields,
    is_not_null,
    is_null,
    reason_text,
    sql,
)
from penstock.emitters.sql.scope import Scope
from penstock.emitters.sql.spelling import fill_pieces, first_type, is_atom, is_strict, spelling_of, uses
from penstock.mapping import typed
from penstock.mapping.evaluate import reject_reason
from penstock.mapping.filters import FILTERS
from penstock.mapping.operation import Spelling, Unsupported
from penstock.mapping.signature import Parameter
from penstock.mapping.template import Slot
from penstock.schema import List

Write = Callable[[typed.Expression, Scope], Made]
"""Writes any expression."""


@dataclass(slots=True)
class _Writing:
    """A call, as its arguments become known."""

    call: typed.Call
    scope: Scope
    write: Write
    spelling: Spelling
    arguments: dict[str, list[Piece]] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)
    rejects: list[FieldReject] = field(default_factory=list)
    """The fields of records that are arguments."""
    guards: list[Piece] = field(default_factory=list)
    """What must hold for the result not to be null."""
    guarding: set[str] = field(default_factory=set)
    passed: list[Piece] = field(default_factory=list)
    """The values after which the next lazy argument is worked out."""
    element: str = ""


def write_call(call: typed.Call, scope: Scope, write: Write) -> Made:
    """A call as SQL.

    Raises:
        UnsupportedOperationError: the operation has no spelling in the dialect.
    """
    spelling = spelling_of(call.operation, first_type(call), scope.statement.dialect.name)
    if isinstance(spelling, Unsupported):
        raise scope.unsupported(call.operation.name, spelling.reason)
    this = _Writing(call, scope, write, spelling)
    for parameter in call.operation.signature.parameters:
        _parameter(this, parameter)
    return _result(this)


def _parameter(this: _Writing, parameter: Parameter) -> None:
    nodes = typed.as_tuple(this.call.arguments[parameter.name])
    if parameter.kind == "constant":
        this.arguments[parameter.name] = [_constant(this, each) for each in nodes]
        return
    if parameter.kind == "each":
        this.arguments[parameter.name] = [_body(this, each) for each in nodes]
        return
    pieces = this.arguments.setdefault(parameter.name, [])
    for each in nodes:
        pieces.append(_lazy(this, parameter, each) if parameter.kind == "lazy" else _value(this, parameter, each))
    if parameter.kind == "value":
        _guard(this, parameter, nodes, pieces)


def _constant(this: _Writing, node: typed.Expression) -> Piece:
    assert isinstance(node, typed.Fixed), "a constant"
    return verbatim(this.scope.statement.dialect.plain(node.value))


def _value(this: _Writing, parameter: Parameter, node: typed.Expression) -> Piece:
    made = this.write(node, this.scope)
    this.reasons += guarded(made.reasons, this.guards)
    this.rejects += guarded_fields(made.rejects, this.guards)
    piece = made.value
    if this.call.operation.nulls == "skip" and _has_null_elements(parameter, node):
        piece = this.scope.statement.dialect.without_nulls(piece)
    return this.scope.keep(piece) if _is_used_again(this, parameter, node) else piece


def _has_null_elements(parameter: Parameter, node: typed.Expression) -> bool:
    return not parameter.variadic and isinstance(node.type, List) and node.type.element.nullable


def _is_used_again(this: _Writing, parameter: Parameter, node: typed.Expression) -> bool:
    value, fails = this.spelling.value, this.spelling.fails
    count = uses(value, parameter.name) + uses(fails.replace(value, ""), parameter.name)
    count += sum(uses(each, parameter.name) for each in this.call.operation.reached.values())
    asks = node.type.nullable and this.call.operation.nulls != "total"
    if asks and (fails or this.call.operation.nulls == "reject"):
        count += 1
    if asks and not is_strict(value, frozenset({parameter.name})):
        count += 1
    loops = any(each.kind == "each" for each in this.call.operation.signature.parameters)
    return count > 1 or (loops and isinstance(node.type, List))


def _guard(this: _Writing, parameter: Parameter, nodes: tuple[typed.Expression, ...], pieces: list[Piece]) -> None:
    nulls = this.call.operation.nulls
    asked = [piece for piece, node in zip(pieces, nodes, strict=True) if node.type.nullable]
    if not asked or nulls == "total" or (nulls == "skip" and parameter.variadic):
        return
    if nulls == "reject":
        condition = any_of(map(is_null, asked))
        this.reasons += guarded([_own_reason(this.call, condition)], this.guards)
        return
    this.guards += map(is_not_null, asked)
    this.guarding.add(parameter.name)


def _lazy(this: _Writing, parameter: Parameter, node: typed.Expression) -> Piece:
    """An argument that is worked out only under a condition: else it rejects nothing."""
    made = this.write(node, this.scope)
    guards = [*this.guards]
    condition = this.call.operation.reached.get(parameter.name)
    if condition:
        guards.append(_filled(this, condition))
    guards += this.passed
    this.reasons += guarded(made.reasons, guards)
    this.rejects += guarded_fields(made.rejects, guards)
    stops = this.call.operation.stops
    if stops is None:
        return made.value
    value = this.scope.keep(made.value)
    form = {"true": "{} IS NOT TRUE", "false": "{} IS NOT FALSE", "not_null": "{} IS NULL"}[stops]
    this.passed.append(sql(form, value, rank=OPEN))
    return value


def _body(this: _Writing, node: typed.Expression) -> Piece:
    """An argument that is worked out for each element of the list."""
    call = this.call
    assert call.element_type is not None, "an operation on elements has some"
    inside, name = this.scope.inside(call.element, call.element_type)
    if this.element:
        name = _rename(this, inside)
    this.element = name
    made = this.write(node, inside)
    items = next(
        this.arguments[each][0]
        for each, argument in call.arguments.items()
        if each in this.arguments and isinstance(typed.as_tuple(argument)[0].type, List)
    )
    this.reasons += guarded(over_elements(made.reasons, items, name, inside, this.scope), this.guards)
    for each in made.rejects:
        this.rejects += guarded_fields(fields_over_elements(each, items, name, inside, this.scope), this.guards)
    return inside.close(made.value)


def _rename(this: _Writing, inside: Scope) -> str:
    """All bodies of one call name the element alike."""
    dialect = this.scope.statement.dialect
    assert this.call.element_type is not None, "an operation on elements has some"
    raw = Piece(dialect.quote(this.element), 0, NAME)
    inside.variables[this.call.element] = (dialect.element(raw, this.call.element_type), this.call.element_type)
    return this.element


def over_elements(
    reasons: tuple[Reason, ...], items: Piece, element: str, inside: Scope, scope: Scope
) -> tuple[Reason, ...]:
    """The reasons of a loop's body as one of the loop: that of the first element that has any."""
    if not reasons:
        return ()
    dialect = scope.statement.dialect
    possible = tuple(dict.fromkeys(text for each in reasons for text in each.possible))
    if len(possible) == 1:
        condition = inside.close(any_of(each.condition for each in reasons))
        return (Reason(dialect.some(items, element, condition), reasons[0].text, possible),)
    text = scope.keep(dialect.first(items, element, inside.close(reason_text(reasons))))
    return (Reason(is_not_null(text), text, possible),)


def fields_over_elements(
    reject: FieldReject, items: Piece, name: str, inside: Scope, scope: Scope
) -> list[FieldReject]:
    """A field of the elements, once for each reason that any of them may have."""
    dialect = scope.statement.dialect
    possible = tuple(dict.fromkeys(text for each in reject.reasons for text in each.possible))
    if len(possible) == 1:
        return [FieldReject(reject.path, over_elements(reject.reasons, items, name, inside, scope))]
    made = []
    text = reason_text(reject.reasons)
    for each in possible:
        reason = static_reason(each)
        condition = inside.close(sql("{} = {}", text, reason.text, rank=OPEN))
        made.append(FieldReject(reject.path, (replace(reason, condition=dialect.some(items, name, condition)),)))
    return made


def _own_reason(call: typed.Call, condition: Piece) -> Reason:
    return replace(static_reason(reject_reason(call)), condition=condition)


def static_reason(text: str) -> Reason:
    """A reason with a sentence that is always the same; its condition is to be set."""
    quoted = "'" + text.replace("'", "''") + "'"
    return Reason(verbatim("TRUE"), verbatim(quoted), (text,))


def _result(this: _Writing) -> Made:
    value, fails = this.spelling.value, this.spelling.fails
    piece = _filled(this, value)
    if fails and value in fails and value != "{value}":
        piece = this.scope.keep(piece)
    if fails:
        failing = _filled(this, fails, {value: piece} if value in fails and value != "{value}" else {})
        this.reasons += guarded([_own_reason(this.call, failing)], this.guards)
    if this.guards and not is_strict(value, frozenset(this.guarding)):
        piece = case([(all_of(this.guards), piece)])
    return Made(piece, tuple(this.reasons), tuple(this.rejects))


def _filled(this: _Writing, template: str, known: dict[str, Piece] | None = None) -> Piece:
    """A template with the arguments in place; `known` are parts of it that have a name already."""
    read: list[Piece] = []
    marks: dict[str, str] = {}
    for text, piece in (known or {}).items():
        mark = f"\x01{len(marks)}\x01"
        marks[mark] = piece.closed
        read.append(piece)
        template = template.replace(text, mark)

    def write(slot: Slot, enclosed: bool) -> str:
        pieces = _slot(this, slot)
        read.extend(pieces)
        plain = enclosed and slot.between.strip() == ","
        return slot.between.join(each.text if plain else each.closed for each in pieces)

    text = fill_pieces(template, write)
    for mark, name in marks.items():
        text = text.replace(mark, name)
    layer = max((each.layer for each in read), default=0)
    if len(read) == 1 and text == read[0].closed:
        return read[0]
    return Piece(text, layer, ATOM if is_atom(template) else OPEN)


def _slot(this: _Writing, slot: Slot) -> list[Piece]:
    dialect = this.scope.statement.dialect
    if slot.name == "element":
        return [verbatim(dialect.quote(this.element))]
    name, _, part = slot.name.partition(".")
    if name == "type" or part == "type":
        type_ = this.call.type if name == "type" else typed.as_tuple(this.call.arguments[name])[0].type
        return [verbatim(dialect.type_name(type_))]
    if not slot.filter:
        return this.arguments[name]
    if slot.filter == "ordered":
        nodes = typed.as_tuple(this.call.arguments[name])
        return [dialect.ordered(piece, node.type) for piece, node in zip(this.arguments[name], nodes, strict=True)]
    return [_with_filter(this, each, slot.filter) for each in typed.as_tuple(this.call.arguments[name])]


def _with_filter(this: _Writing, node: typed.Expression, filter_: str) -> Piece:
    dialect = this.scope.statement.dialect
    if not isinstance(node, typed.Fixed):
        raise this.scope.unsupported(this.call.operation.name, "this argument must be a constant")
    if filter_ == "raw":
        if not re.fullmatch(r"\w+", str(node.value), re.ASCII):
            raise this.scope.unsupported(this.call.operation.name, f"{node.value!r} is not a plain word")
        return verbatim(str(node.value))
    if filter_ == "pattern":
        return verbatim(dialect.text(re.sub(r"([^\w\s])", r"\\\1", str(node.value), flags=re.ASCII)))
    return verbatim(dialect.plain(FILTERS[filter_](node.value)))


__all__ = ["is_null", "over_elements", "static_reason", "write_call"]
