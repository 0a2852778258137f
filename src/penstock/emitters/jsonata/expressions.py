"""Writes the nodes of a mapping as JSONata; a value that cannot be made is a function that says why."""

import json
from dataclasses import dataclass, replace

from penstock.emitters.jsonata.names import Names, comment, literal
from penstock.emitters.jsonata.reading import gate
from penstock.errors import UnsupportedOperationError
from penstock.mapping import typed
from penstock.schema import Decimal, List, Record


@dataclass(frozen=True, slots=True)
class Scope:
    """The variables that are known, and the target field that is written."""

    names: Names
    variables: dict[str, str]
    raw: frozenset[str]
    """Variables that hold source values that nobody has looked at."""
    path: str = ""

    def inside(self, variable: str, *, is_raw: bool) -> "Scope":
        """The scope of a loop's body."""
        known = {**self.variables, variable: self.names.fresh(variable)}
        return replace(self, variables=known, raw=self.raw | {variable} if is_raw else self.raw - {variable})


def value(node: typed.Expression, scope: Scope) -> str:  # noqa: PLR0911  # one case for each node
    """An expression for a value, or a reject."""
    match node:
        case typed.Variable() | typed.Member():
            found = as_it_came(node, scope)
            return gate(scope.names, node.type, found, scope.path) if is_raw(node, scope) else found
        case typed.Fixed():
            return literal(node.value, scope.path)
        case typed.Widen():
            return _widened(node, scope)
        case typed.ListOf():
            return _list_of(node, scope)
        case typed.Build():
            return build(node, scope)
        case typed.ForEach():
            return _loop(node, scope)
        case typed.Call():
            from penstock.emitters.jsonata.calls import call

            return call(node, scope)


def is_raw(node: typed.Expression, scope: Scope) -> bool:
    """Whether a value comes from a source and nobody has looked at it."""
    while isinstance(node, typed.Member):
        node = node.value
    return isinstance(node, typed.Variable) and node.name in scope.raw


def may_reject(node: typed.Expression, scope: Scope) -> bool:
    """Whether there may be a reject in the place of the value."""
    match node:
        case typed.Variable():
            return node.name in scope.raw
        case typed.Member():
            return is_raw(node, scope) or may_reject(node.value, scope)
        case typed.Fixed():
            return False
    return True


def as_it_came(node: typed.Expression, scope: Scope) -> str:
    """A source value that nobody has looked at."""
    if isinstance(node, typed.Variable):
        return scope.variables[node.name]
    if not isinstance(node, typed.Member):
        return value(node, scope)
    holder = as_it_came(node.value, scope)
    function = "json_field" if node.kind == "json" else "field"
    return scope.names.call(function, holder, json.dumps(node.name, ensure_ascii=False))


def build(record: typed.Build, scope: Scope) -> str:
    """A record, or a reject that holds all rejects of its fields."""
    names = scope.names
    lines, whys, made = [], [], []
    for each in record.fields:
        inside = replace(scope, path=str(each.path))
        name = names.fresh(each.name)
        key, required = json.dumps(each.name, ensure_ascii=False), json.dumps(each.required)
        code = value(each.value, inside)
        if each.on_reject is not None:
            code = names.call("or_default", code, required, literal(each.on_reject.value, inside.path))
        elif each.required or may_reject(each.value, inside):
            whys.append(names.call("why", json.dumps(str(each.path), ensure_ascii=False), name, required))
        lines += [comment(each.comment)] if each.comment else []
        lines.append(f"{name} := {code};")
        lacks = each.optional and not each.type.nullable
        made.append(f"{key}: ({name} != null ? {name})" if lacks else f"{key}: {name}")
    listed = "{\n" + ",\n".join(f"  {each}" for each in made) + "\n}"
    if whys:
        bad = names.fresh("bad")
        lines.append(f"{bad} := [\n" + ",\n".join(f"  {each}" for each in whys) + "\n];")
        listed = f"$count({bad}) > 0 ? {names.call('rejects', bad)} : {listed}"
    return "(\n" + _indented("\n".join((*lines, listed))) + "\n)"


def items(node: typed.Expression, scope: Scope) -> tuple[str, bool]:
    """An expression for a list to go over, and whether its elements are as they came."""
    assert isinstance(node.type, List)
    element = node.type.element
    if not (is_raw(node, scope) and isinstance(element, Record)):
        return value(node, scope), False
    return scope.names.call("objects", as_it_came(node, scope), json.dumps(element.nullable)), True


def _loop(node: typed.ForEach, scope: Scope) -> str:
    names = scope.names
    found, elements_are_raw = items(node.items, scope)
    inside = scope.inside(node.element, is_raw=elements_are_raw)
    body = value(node.body, inside)
    element, listed = inside.variables[node.element], names.fresh("items")
    made = names.call("for_all", listed, f"function({element}) {{ {body} }}")
    if may_reject(node.body, inside):
        made = names.call("all_rejects", made)
    return f"({listed} := {found}; {names.call('stops', listed)} ? {listed} : {made})"


def _widened(node: typed.Widen, scope: Scope) -> str:
    if isinstance(node.type, Decimal):
        raise UnsupportedOperationError("decimal", "jsonata", "it has no exact decimals", scope.path)
    return value(node.value, scope)


def _list_of(node: typed.ListOf, scope: Scope) -> str:
    """A list of values; lists among them stay lists."""
    is_fixed = all(isinstance(each, typed.Fixed) for each in node.items)
    if isinstance(node.type, List) and isinstance(node.type.element, List) and not is_fixed:
        raise UnsupportedOperationError("a list of lists", "jsonata", "it makes one list of lists", scope.path)
    listed = f"[{', '.join(value(each, scope) for each in node.items)}]"
    return scope.names.call("all_or_reject", listed) if any(may_reject(each, scope) for each in node.items) else listed


def _indented(text: str) -> str:
    return "\n".join(f"  {each}" for each in text.split("\n"))
