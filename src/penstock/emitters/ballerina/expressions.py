"""Writes the nodes of a typed mapping as Ballerina expressions."""

from dataclasses import replace

from penstock.emitters.ballerina.calls import call
from penstock.emitters.ballerina.literals import literal
from penstock.emitters.ballerina.reading import may_be_null, optional_entry, raw, read
from penstock.emitters.ballerina.scope import Scope, atom, pascal
from penstock.mapping import typed
from penstock.readers.ballerina.docs import format_doc
from penstock.schema import Decimal, Field, Record, nullable


def value(node: typed.Expression, scope: Scope) -> str:  # noqa: PLR0911  # one case for each node
    """A node as an expression."""
    match node:
        case typed.Variable() | typed.Member():
            return read(node, scope)
        case typed.Fixed(fixed):
            return literal(fixed, scope)
        case typed.Widen():
            return _widened(node, scope)
        case typed.ListOf(items):
            return f"[{', '.join(value(each, scope) for each in items)}]"
        case typed.Build():
            return record(node, scope)
        case typed.ForEach():
            return _for_each(node, scope)
        case typed.Call():
            return call(node, scope)


def _widened(node: typed.Widen, scope: Scope) -> str:
    inner = value(node.value, scope)
    if isinstance(node.type, Decimal) and isinstance(node.value.type, Decimal):
        return inner
    word = "decimal" if isinstance(node.type, Decimal) else "float"
    if not node.value.type.nullable:
        return f"<{word}>{atom(inner)}"
    name = scope.code.fresh("number")
    return f"(let var {name} = {inner} in {name} is () ? () : <{word}>{name})"


def _for_each(node: typed.ForEach, scope: Scope) -> str:
    items = _items(node.items, scope)
    if not node.items.type.nullable:
        return f"({_query(node, items, scope)})" if scope.indent else _query(node, items, scope)
    name = items if items.isidentifier() else scope.code.fresh("list")
    query = f"{name} is () ? () : {_query(node, name, scope)}"
    return f"({query})" if name == items else f"(let var {name} = {items} in {query})"


def _items(node: typed.Expression, scope: Scope) -> str:
    """The list that is gone through; its records are looked at where their fields are read."""
    element = getattr(node.type, "element", None)
    if isinstance(node, typed.Variable | typed.Member) and isinstance(element, Record):
        return raw(node, scope)
    return value(node, scope)


def _query(node: typed.ForEach, items: str, scope: Scope) -> str:
    element, inside = scope.inside(node.element, node.element_type)
    body = value(node.body, inside.deeper())
    return f"from var {element} in {atom(items)}\n{scope.indent}    select {body}"


def record(node: typed.Build, scope: Scope) -> str:
    """A record with a line for each field."""
    mapped = {each.name: each for each in node.fields}
    inner = scope.deeper()
    assert isinstance(node.type, Record)
    entries: list[list[str]] = []
    for each in node.type.fields:
        if each.name in mapped:
            entries.append(_entry(mapped[each.name], each, inner))
        elif not each.optional and each.type.nullable:
            entries.append([f"{scope.name(each.name)}: ()"])
    lines = [
        f"{inner.indent}{line}{',' if last and position < len(entries) - 1 else ''}"
        for position, entry in enumerate(entries)
        for last, line in ((number == len(entry) - 1, line) for number, line in enumerate(entry))
    ]
    return "\n".join(["{", *lines, f"{scope.indent}}}"]) if lines else "{}"


def _entry(leaf: typed.Field, field: Field, scope: Scope) -> list[str]:
    """The lines of a field: its comment, and its value."""
    here = replace(scope, path=leaf.path)
    comment = [f"//{line[1:]}" for line in format_doc(leaf.comment)]
    name = here.name(leaf.name)
    made = _value(leaf, here)
    if leaf.optional and not leaf.type.nullable and may_be_null(leaf.value.type):
        return [*comment, optional_entry(name, made, field, here)]
    return [*comment, f"{name}: {made}"]


def _value(leaf: typed.Field, scope: Scope) -> str:
    made = value(leaf.value, scope)
    if leaf.required and may_be_null(leaf.value.type):
        made = f"check ({atom(made)} ?: error({scope.message(typed.REQUIRED_REASON)}))"
    return made if leaf.on_reject is None else _or_default(leaf, made, scope)


def _or_default(leaf: typed.Field, made: str, scope: Scope) -> str:
    """A value that may be an error, in a function of its own, and what stands for the error."""
    name = scope.code.fresh(f"make{pascal(leaf.name)}")
    given = dict(scope.variables.values())
    parameters = ", ".join(f"{scope.code.type(type_)} {identifier}" for identifier, type_ in given.items())
    is_nullable = leaf.type.nullable or (leaf.value.type.nullable and not leaf.required)
    type_ = scope.code.type(nullable(leaf.type, value=is_nullable))
    scope.code.functions[name] = f"isolated function {name}({parameters}) returns {type_}|error =>\n    {made};\n"
    result = scope.code.fresh("made")
    default = literal(leaf.on_reject.value if leaf.on_reject else None, scope)
    return f"(let var {result} = {name}({', '.join(given)}) in {result} is error ? {default} : {result})"
