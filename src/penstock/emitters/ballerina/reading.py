"""Values of sources, looked at where they are read: what the types of Ballerina do not say is checked."""

from dataclasses import replace

from penstock.emitters.ballerina.scope import Scope, atom
from penstock.mapping import typed
from penstock.schema import (
    Date,
    Decimal,
    Field,
    Json,
    List,
    Map,
    Record,
    Time,
    Timestamp,
    Type,
    Union,
    nullable,
)


def raw(node: typed.Expression, scope: Scope) -> str:
    """A source value before it is looked at."""
    if isinstance(node, typed.Variable):
        return scope.variables[node.name][0]
    assert isinstance(node, typed.Member)
    if not isinstance(node.value, typed.Variable | typed.Member):
        from penstock.emitters.ballerina.expressions import value

        return _member(atom(value(node.value, scope)), node, scope)
    return _member(atom(raw(node.value, scope)), node, scope)


def _member(holder: str, node: typed.Member, scope: Scope) -> str:
    if node.kind == "json":
        return f"{scope.code.use('jsonMember')}({holder}, {scope.text(node.name)})"
    if node.kind == "key":
        return f"{holder}[{scope.text(node.name)}]"
    name = scope.name(node.name)
    type_ = node.value.type
    field = type_.by_name().get(node.name) if isinstance(type_, Record) else None
    may_miss = type_.nullable or field is None or field.optional
    return f"{holder}{'?.' if may_miss else '.'}{name}"


def read(node: typed.Expression, scope: Scope) -> str:
    """A source value that is of its type; where it is not, an error says so."""
    return checked(raw(node, scope), node.type, scope)


def checked(code: str, type_: Type, scope: Scope) -> str:
    """A value of a Ballerina type as one of a schema's type: decimals and dates fit, records have no other fields."""
    if not needs_look(type_):
        return code
    if not type_.nullable:
        return _looked_at(code, type_, scope)
    name = scope.code.fresh("read")
    inner = _looked_at(name, nullable(type_, value=False), scope)
    return f"(let var {name} = {code} in {name} is () ? () : {inner})"


def may_be_null(type_: Type) -> bool:
    """Whether a value of a type can be nil in Ballerina, whose `json` always can."""
    return type_.nullable or isinstance(type_, Json)


def needs_look(type_: Type) -> bool:  # one case for each type
    """Whether a Ballerina type takes values that the schema's type does not."""
    match type_:
        case Decimal() | Date() | Timestamp() | Time():
            return True
        case List(element):
            return needs_look(element)
        case Map(value):
            return needs_look(value)
        case Union(members):
            return any(map(needs_look, members))
        case Record(fields):
            return not type_.closed or any(needs_look(each.type) for each in fields)
    return False


def _looked_at(code: str, type_: Type, scope: Scope) -> str:  # noqa: PLR0911  # one case for each type
    match type_:
        case Decimal():
            reason = f"the source value does not fit decimal({type_.precision},{type_.scale})"
            return fitted(code, type_, scope.message(reason), scope)
        case List(element):
            name = scope.code.fresh("each")
            return f"from var {name} in {atom(code)} select {checked(name, element, scope)}"
        case Record():
            return _record(code, type_, scope)
        case Date():
            return f"check {scope.code.use('dateOf')}({code}, {scope.message('the source value is not a date')})"
        case Timestamp(zone):
            return (
                f"check {scope.code.use('momentOf')}({code}, {str(zone).lower()}, {scope.message('the source value')})"
            )
        case Time():
            return f"check {scope.code.use('timeOf')}({code}, {scope.message('the source value')})"
        case Map(value):
            name = scope.code.fresh("member")
            entries = f"[{name}[0], {checked(f'{name}[1]', value, scope)}]"
            return f"map from var {name} in {atom(code)}.entries() select {entries}"
        case Union(members):
            return _one_of(code, members, scope)
    raise AssertionError(type_)


def _one_of(code: str, members: tuple[Type, ...], scope: Scope) -> str:
    """A value of a union, looked at as the member that it is of."""
    tests = [scope.code.type(nullable(each, value=False), scope.indent) for each in members]
    if len(set(tests)) < len(tests):
        raise scope.unsupported("reading", "its union has types that are one in Ballerina")
    name = scope.code.fresh("one")
    last = checked(name, members[-1], scope)
    for test, each in reversed(list(zip(tests[:-1], members[:-1], strict=True))):
        last = f"{name} is {_tested(test)} ? {atom(checked(name, each, scope))} : {atom(last)}"
    return f"(let var {name} = {code} in {last})"


def _tested(test: str) -> str:
    return f"({test})" if test.endswith("?") else test


def fitted(code: str, type_: Decimal, message: str, scope: Scope) -> str:
    """A decimal, or an error, as a decimal of so many digits."""
    whole = type_.precision - type_.scale
    return f"check {scope.code.use('fittingDecimal')}({code}, 1e{whole}d, {type_.scale}, {message})"


def _record(code: str, type_: Record, scope: Scope) -> str:
    if code.isidentifier():
        return f"{{{', '.join(_entry(code, each, scope) for each in type_.fields)}}}"
    name = scope.code.fresh("record")
    entries = ", ".join(_entry(name, each, scope) for each in type_.fields)
    return f"(let var {name} = {code} in {{{entries}}})"


def _entry(holder: str, field: Field, scope: Scope) -> str:
    name = scope.name(field.name)
    if not field.optional:
        return f"{name}: {checked(f'{holder}.{name}', field.type, scope)}"
    made = checked(f"{holder}?.{name}", nullable(field.type), scope)
    return optional_entry(name, made, replace(field, type=nullable(field.type, value=False)), scope)


def optional_entry(name: str, code: str, field: Field, scope: Scope) -> str:
    """A part of a record that is there only where its value is not null."""
    bound = scope.code.fresh("given")
    type_ = scope.code.type(nullable(field.type, value=False), scope.indent)
    return f"...<record {{|{type_} {name}?;|}}>(let var {bound} = {code} in {bound} is () ? {{}} : {{{name}: {bound}}})"
