"""Writes the nodes of a mapping as Python expressions."""

from collections.abc import Iterator

from penstock.emitters.python import written
from penstock.emitters.python.scope import MOST_NESTED, Scope, Variable, every, holder, is_raw, needed
from penstock.emitters.python.values import encoded, gate, literal, reader_of
from penstock.mapping import typed
from penstock.schema import Float, List, Record


def value(node: typed.Expression, scope: Scope) -> str:  # noqa: PLR0911  # one case for each node
    """An expression for a value as Python has it; what cannot be made raises."""
    if scope.depth > MOST_NESTED and not isinstance(node, typed.Variable | typed.Fixed):
        return _outlined(node, scope, is_written=False)
    match node:
        case typed.Variable():
            name = scope.variables[node.name].name
            return gate(scope.copies, node.type, name, scope.temporary()) if is_raw(node, scope) else name
        case typed.Member():
            found = as_it_came(node, scope)
            return gate(scope.copies, node.type, found, scope.temporary()) if is_raw(node, scope) else found
        case typed.Fixed():
            return literal(scope.copies, node.value)
        case typed.Widen():
            return _widened(node, scope)
        case typed.ListOf():
            return f"[{', '.join(value(each, scope.deeper()) for each in node.items)}]"
        case typed.Build():
            return _outlined(node, scope, is_written=False)
        case typed.ForEach():
            return _loop(node, scope, is_written=False)
        case typed.Call():
            from penstock.emitters.python.calls import call

            return call(node, scope.deeper())


def target_value(node: typed.Expression, scope: Scope) -> str:
    """An expression for a value as the target's JSON has it."""
    if isinstance(node, typed.Build):
        return _outlined(node, scope, is_written=True)
    if isinstance(node, typed.ForEach):
        return _loop(node, scope, is_written=True)
    if isinstance(node, typed.Fixed):
        from penstock.mapping.values import encode

        return literal(scope.copies, encode(node.value))
    return encoded(scope.copies, node.type, value(node, scope), scope.temporary())


def as_it_came(node: typed.Expression, scope: Scope) -> str:
    """A source value that nobody has looked at."""
    if isinstance(node, typed.Variable):
        return scope.variables[node.name].name
    if not isinstance(node, typed.Member):
        return value(node, scope)
    known = holder(node, scope)
    if known is None:
        held = as_it_came(node.value, scope.deeper())
        is_json = node.kind == "json"
        known = f"{scope.copies.use(written.as_json_object if is_json else written.as_object)}({held})"
    return f"{known}.get({node.name!r})"


def items(node: typed.Expression, scope: Scope) -> tuple[str, bool]:
    """An expression for a list to go over, and whether its elements are as they came."""
    assert isinstance(node.type, List)
    if not (is_raw(node, scope) and isinstance(node.type.element, Record)):
        return value(node, scope), False
    found, temporary = as_it_came(node, scope), scope.temporary()
    reader = written.read_objects_or_nulls if node.type.element.nullable else written.read_objects
    return f"(None if ({temporary} := {found}) is None else {scope.copies.use(reader)}({temporary}))", True


def _loop(node: typed.ForEach, scope: Scope, *, is_written: bool) -> str:
    found, elements_are_raw = items(node.items, scope.deeper())
    temporary = scope.temporary()
    inside = scope.deeper(2).inside(node.element, elements_are_raw)
    body = target_value(node.body, inside) if is_written else value(node.body, inside)
    name = inside.variables[node.element].name
    return f"(None if ({temporary} := {found}) is None else [{body} for {name} in {temporary}])"


def _widened(node: typed.Widen, scope: Scope) -> str:
    temporary = scope.temporary()
    reader = "float" if isinstance(node.type, Float) else reader_of(scope.copies, node.type)
    made = value(node.value, scope.deeper())
    return f"(None if ({temporary} := {made}) is None else {reader}({temporary}))"


def _outlined(node: typed.Expression, scope: Scope, *, is_written: bool) -> str:
    """A call of a function of its own."""
    from penstock.emitters.python.records import record_lines

    copies = scope.copies
    outside = needed(node, scope)
    name = copies.fresh("make_record" if isinstance(node, typed.Build) else "make_value")
    prelude: list[str] = []
    known = {key: Variable(each.name, each.is_raw, prelude) for key, each in outside.items()}
    inside = Scope(copies, known, scope.wrapped, 0, scope.path)
    if isinstance(node, typed.Build):
        lines = [*record_lines(node, inside, "made", is_written=is_written), "return made"]
    else:
        lines = [f"return {target_value(node, inside) if is_written else value(node, inside)}"]
    parameters = ["rejects", *(each.name for each in outside.values())]
    head = f"def {name}({', '.join(parameters)}):"
    copies.definitions.append("\n".join((head, *(f"    {each}" for each in (*prelude, *lines)))))
    return f"{name}({', '.join(parameters)})"


def failing(node: typed.Expression) -> Iterator[typed.Call]:
    """The calls in an expression that reject by raising, but for those in fields of records, which see to it."""
    if isinstance(node, typed.Build):
        return
    if isinstance(node, typed.Call) and node.operation.rejects:
        yield node
    from penstock.emitters.python.scope import inner

    for each in inner(node):
        yield from failing(each)


def may_stop(node: typed.Expression) -> bool:
    """Whether a value may not be had: it is read, or made by an operation that may fail."""
    return any(isinstance(each, typed.Member | typed.Variable | typed.Call | typed.Widen) for each in every(node))
