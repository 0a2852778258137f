"""Writes the nodes of a typed mapping."""

from dataclasses import replace

from penstock.emitters.sql.calls import fields_over_elements, over_elements, static_reason, write_call
from penstock.emitters.sql.dialects.base import verbatim
from penstock.emitters.sql.fit import fit
from penstock.emitters.sql.pieces import (
    OPEN,
    FieldReject,
    Made,
    Piece,
    Reason,
    any_of,
    case,
    is_not_null,
    is_null,
    join,
    sql,
)
from penstock.emitters.sql.scope import Scope
from penstock.mapping import typed
from penstock.schema import Enum, List


def write(node: typed.Expression, scope: Scope) -> Made:  # noqa: PLR0911  # one case for each node
    """An expression as SQL."""
    dialect = scope.statement.dialect
    match node:
        case typed.Variable():
            return _source(node, scope.variable(node.name), scope)
        case typed.Member():
            return _source(node, _member(node, scope), scope)
        case typed.Fixed():
            return Made(verbatim(dialect.literal(node.value, node.type)))
        case typed.Widen():
            made = write(node.value, scope)
            return replace(made, value=dialect.widen(made.value, node.value.type, node.type))
        case typed.ListOf():
            return _list_of(node, scope)
        case typed.Build():
            return _record(node, scope)
        case typed.ForEach():
            return _loop(node, scope)
        case typed.Call():
            return write_call(node, scope, write)


def _member(node: typed.Member, scope: Scope) -> Piece:
    holder = node.value
    if isinstance(holder, typed.Variable) and scope.is_source(holder.name):
        return scope.statement.column(holder.name, node.name)
    inner = _member(holder, scope) if isinstance(holder, typed.Member) else write(holder, scope).value
    if node.kind == "json" or (isinstance(node.type, List) and scope.statement.dialect.name == "postgres"):
        inner = scope.keep(inner)
    return scope.statement.dialect.member(inner, node.name, node.kind, node.type)


def _source(node: typed.Variable | typed.Member, piece: Piece, scope: Scope) -> Made:
    """A value of a source, which need not keep to its schema where a column's type does not see to it."""
    type_ = node.type
    if isinstance(type_, Enum):
        piece = scope.keep(piece)
        return Made(piece, (_unlisted(piece, type_, scope),))
    if not isinstance(type_, List) or (type_.element.nullable and not isinstance(type_.element, Enum)):
        return Made(piece)
    piece = scope.keep(piece)
    inside, name = scope.inside("element", type_.element)
    element = inside.variable("element")
    reasons = []
    if not type_.element.nullable:
        reasons.append(replace(static_reason("the source value is null"), condition=is_null(element)))
    if isinstance(type_.element, Enum):
        reasons.append(_unlisted(element, type_.element, inside))
    return Made(piece, over_elements(tuple(reasons), piece, name, inside, scope))


def _unlisted(piece: Piece, type_: Enum, scope: Scope) -> Reason:
    values = join(verbatim(scope.statement.dialect.text(each)) for each in type_.values)
    condition = sql("{} NOT IN ({})", piece, replace(values, rank=0), rank=OPEN) if type_.values else is_not_null(piece)
    return replace(static_reason("the source value is not one of the listed values"), condition=condition)


def _list_of(node: typed.ListOf, scope: Scope) -> Made:
    made = [write(each, scope) for each in node.items]
    assert isinstance(node.type, List)
    element = node.type.element
    pairs = zip(made, node.items, strict=True)
    pieces = [fit(each.value, item.type, element, scope) for each, item in pairs]
    return Made(
        scope.statement.dialect.list_of(pieces, node.type),
        tuple(reason for each in made for reason in each.reasons),
        tuple(reject for each in made for reject in each.rejects),
    )


def _record(node: typed.Build, scope: Scope) -> Made:
    fields = [(leaf, field(leaf, scope)) for leaf in node.fields]
    parts = [(leaf.name, value, leaf.type) for leaf, (value, _) in fields]
    rejects = tuple(reject for _, (_, rejects) in fields for reject in rejects)
    missing = {each.name: each.type for each in getattr(node.type, "fields", ())}
    made = {name: (name, value, type_) for name, value, type_ in parts}
    dialect = scope.statement.dialect
    whole = [made.get(name) or (name, verbatim(dialect.null(type_)), type_) for name, type_ in missing.items()]
    return Made(dialect.record(whole), (), rejects)


def field(leaf: typed.Field, scope: Scope) -> tuple[Piece, tuple[FieldReject, ...]]:
    """The value of a target field, and the fields in it that may reject the row."""
    scope = replace(scope, path=str(leaf.path))
    made = write(leaf.value, scope)
    value = fit(made.value, leaf.value.type, leaf.type, scope)
    reasons = made.reasons
    if leaf.required:
        value = scope.keep(value)
        reasons = (*reasons, replace(static_reason(typed.REQUIRED_REASON), condition=is_null(value)))
    rejects = (*made.rejects, *((FieldReject(leaf.path, reasons),) if reasons else ()))
    if leaf.on_reject is None or not rejects:
        return value, rejects
    failing = any_of(reason.condition for each in rejects for reason in each.reasons)
    default = verbatim(scope.statement.dialect.literal(leaf.on_reject.value, leaf.type))
    return case([(failing, default)], value), ()


def _loop(node: typed.ForEach, scope: Scope) -> Made:
    items = write(node.items, scope)
    listed = scope.keep(items.value)
    inside, name = scope.inside(node.element, node.element_type)
    body = write(node.body, inside)
    dialect = scope.statement.dialect
    value = dialect.each(listed, name, inside.close(body.value), node.body.type)
    lifted = over_elements(body.reasons, listed, name, inside, scope)
    rejects = tuple(made for each in body.rejects for made in fields_over_elements(each, listed, name, inside, scope))
    return Made(value, (*items.reasons, *lifted), (*items.rejects, *rejects))
