"""Writes calls of operations from their spellings."""

import re
import types
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, get_args

from penstock.emitters.ballerina.literals import literal
from penstock.emitters.ballerina.reading import fitted, may_be_null
from penstock.emitters.ballerina.scope import TARGET, Scope, atom
from penstock.errors import UnsupportedOperationError
from penstock.mapping import date_formats, filters, typed
from penstock.mapping.evaluate import reject_reason
from penstock.mapping.operation import Spelling, Unsupported, for_type
from penstock.mapping.signature import Parameter
from penstock.mapping.template import Slot, fill, parse_template
from penstock.readers.ballerina.names import format_text
from penstock.schema import Decimal, Float, Timestamp, Type, nullable


@dataclass
class _Call:
    """One call, as its arguments get written."""

    node: typed.Call
    scope: Scope
    element: str = ""
    bound: list[str] = field(default_factory=list)
    """Variables with their values, in the order in which they are worked out."""
    nulls: list[str] = field(default_factory=list)
    """Those of the arguments that may be null."""
    arguments: dict[str, tuple[str, ...]] = field(default_factory=dict)


def call(node: typed.Call, scope: Scope) -> str:
    """A call as an expression.

    Raises:
        UnsupportedOperationError: the operation has no spelling in Ballerina.
    """
    if node.operation.stops in {"true", "false"}:
        return _logic(node, scope)
    spelling = _spelling(node, scope)
    this = _Call(node, scope)
    inside = scope
    if node.element:
        assert node.element_type is not None
        this.element, inside = scope.inside(node.element, node.element_type)
    for parameter in node.operation.signature.parameters:
        _argument(this, parameter, inside, _uses(spelling, parameter.name))
    made = _made(this, spelling)
    if this.nulls:
        test = " || ".join(f"{each} is ()" for each in this.nulls)
        stop = f"check error({scope.message(reject_reason(node))})" if node.operation.nulls == "reject" else "()"
        made = f"{test} ? {stop} : {made}"
    return f"(let {', '.join(this.bound)} in {made})" if this.bound else f"({made})" if this.nulls else made


def _logic(node: typed.Call, scope: Scope) -> str:
    """AND and OR, with null for what is not known; what comes behind the condition that decides is not worked out."""
    from penstock.emitters.ballerina.expressions import value

    stop = node.operation.stops
    sign, last = ("&&", "true") if stop == "false" else ("||", "false")
    conditions = [
        each for given in node.arguments.values() for each in (given if isinstance(given, tuple) else (given,))
    ]
    if not node.type.nullable:
        return f" {sign} ".join(atom(value(each, scope)) for each in conditions)
    names = [scope.code.fresh("known") for _ in conditions]
    result = " || ".join(f"{name} is ()" for name in names)
    made = f"{result} ? () : {last}"
    for name, each in reversed(list(zip(names, conditions, strict=True))):
        made = f"(let boolean? {name} = {value(each, scope)} in {name} == {stop} ? {stop} : {made})"
    return made


def _spelling(node: typed.Call, scope: Scope) -> Spelling:
    first = next(iter(node.arguments.values()), None)
    first = (first[0] if first else None) if isinstance(first, tuple) else first
    found = for_type(node.operation.ballerina, first.type if first else None)
    if isinstance(found, Unsupported):
        raise UnsupportedOperationError(node.operation.name, TARGET, found.reason, str(scope.path))
    return Spelling(found) if isinstance(found, str) else found


def _uses(spelling: Spelling, name: str) -> int:
    pieces = (*parse_template(spelling.value), *parse_template(spelling.fails))
    return sum(isinstance(each, Slot) and each.name == name for each in pieces)


def _argument(this: _Call, parameter: Parameter, inside: Scope, uses: int) -> None:
    from penstock.emitters.ballerina.expressions import value

    given = this.node.arguments[parameter.name]
    nodes = given if isinstance(given, tuple) else (given,)
    if parameter.kind in {"lazy", "each"}:
        made = [value(each, inside) for each in nodes]
        as_condition = parameter.annotation is bool and parameter.kind == "each"
        pairs = zip(nodes, made, strict=True)
        this.arguments[parameter.name] = tuple(_condition(n, code) if as_condition else atom(code) for n, code in pairs)
        return
    nulls = this.node.operation.nulls
    asks = parameter.kind == "value" and (
        nulls in {"propagate", "reject"} or (nulls == "skip" and not parameter.variadic)
    )
    this.arguments[parameter.name] = tuple(_bound(this, each, asks=asks, uses=uses) for each in nodes)


def _bound(this: _Call, node: typed.Expression, *, asks: bool, uses: int) -> str:
    """An argument; in a variable where it is asked whether it is null, or used more than once."""
    from penstock.emitters.ballerina.expressions import value

    made = value(node, this.scope)
    asks = asks and may_be_null(node.type)
    if not asks and (uses <= 1 or isinstance(node, typed.Fixed)):
        return atom(made)
    if not made.isidentifier():
        name = this.scope.code.fresh("given")
        this.bound.append(f"var {name} = {made}")
        made = name
    if asks:
        this.nulls.append(made)
    return made


def _condition(node: typed.Expression, code: str) -> str:
    """A condition that is false where it is null."""
    return f"({atom(code)} == true)" if node.type.nullable else atom(code)


def _made(this: _Call, spelling: Spelling) -> str:
    node, scope = this.node, this.scope
    made = fill(spelling.value, lambda slot: _slot(this, slot))
    message = scope.message(reject_reason(node))
    if spelling.fails:
        fails = fill(spelling.fails, lambda slot: _slot(this, slot))
        return f"check ({atom(fails)} ? error({message}) : {made})"
    if not node.operation.rejects:
        return made
    return _tried(made, _own_type(node), message, scope)


def _tried(made: str, own: Type, message: str, scope: Scope) -> str:
    """A value that may be an error, panic, or not fit its type; then it is an error with our own message."""
    tried = f"trap {atom(made)}"
    if not isinstance(own, Decimal | Float):
        return f"check {_or_reject(own, scope)}({tried}, {message})"
    if own.nullable:
        name = scope.code.fresh("total")
        plain = nullable(own, value=False)
        inner = _fitted(name, plain, message, scope)
        return f"(let {scope.code.type(own)}|error {name} = {tried} in {name} is () ? () : {inner})"
    return _fitted(tried, own, message, scope)


def _fitted(code: str, type_: Type, message: str, scope: Scope) -> str:
    if isinstance(type_, Decimal):
        return fitted(code, type_, message, scope)
    return f"check {scope.code.use('finiteFloat')}({code}, {message})"


def _own_type(node: typed.Call) -> Type:
    """The type of a call whose arguments are not null."""
    if node.operation.nulls == "skip":
        return node.type
    may_be_null = types.NoneType in get_args(node.operation.signature.result)
    return nullable(node.type, value=may_be_null)


def _or_reject(type_: Type, scope: Scope) -> str:
    """The name of a function that gives a value, or an error with our own message."""
    written = scope.code.type(type_)
    known = {each: name for name, each in _WORDS.items()}.get(written)
    name = known or "".join(filter(str.isalnum, f"{type_.name} or reject {len(scope.code.functions)}".title()))
    name = name[0].lower() + name[1:]
    head = f"isolated function {name}({written}|error made, string reason) returns {written}|error"
    scope.code.functions[name] = f"{head} =>\n    made is error ? error(reason) : made;\n"
    return name


_WORDS = {
    "intOrReject": "int",
    "stringOrReject": "string",
    "booleanOrReject": "boolean",
    "optionalIntOrReject": "int?",
    "optionalStringOrReject": "string?",
}


def _slot(this: _Call, slot: Slot) -> str:  # noqa: PLR0911  # one case for each kind of slot
    name, _, part = slot.name.partition(".")
    if name == "element":
        return this.element
    if name == "reject":
        return this.scope.message(reject_reason(this.node))
    if name == "type" or part == "type":
        return this.scope.code.type(this.node.type if name == "type" else _node(this, name).type)
    if part == "scale":
        return str(getattr(_node(this, name).type, "scale", 0))
    if slot.filter == "ordered":
        return _ordered(this, name)
    if slot.filter == "condition":
        return _condition(_node(this, name), this.arguments[name][0])
    if not slot.filter:
        return slot.between.join(this.arguments[name])
    fixed = _node(this, name)
    assert isinstance(fixed, typed.Fixed), f"{name} is filtered, so it is a constant"
    return _filtered(slot.filter, fixed.value, this.scope)


def _ordered(this: _Call, name: str) -> str:
    """Keys for sorting, each with its direction."""
    keys, descending = this.node.arguments[name], this.node.arguments["descending"]
    if isinstance(keys, tuple) and any(isinstance(each.type, Timestamp) for each in keys):
        raise this.scope.unsupported(this.node.operation.name, "timestamps are texts there, which sort otherwise")
    direction = "descending" if isinstance(descending, typed.Fixed) and descending.value else "ascending"
    return ", ".join(f"{each} {direction}" for each in this.arguments[name])


def _node(this: _Call, name: str) -> typed.Expression:
    given = this.node.arguments[name]
    return given[0] if isinstance(given, tuple) else given


def _filtered(name: str, value: Any, scope: Scope) -> str:
    if name == "without_groups":
        return _without_groups(value, scope)
    if name in _FILTERS:
        return _FILTERS[name](value)
    made = filters.FILTERS[name](value)
    # What is written in Ballerina already is a text of its own class.
    return str(made) if isinstance(made, str) and type(made) is not str else literal(made, scope)


def pattern(text: str) -> str:
    """A text as a part of a regular expression that matches just this text."""
    return "".join(map(_escaped, text))


def _escaped(character: str) -> str:
    if character in _SIGNS:
        return f"\\{character}"
    return character if character.isalnum() or character in " _-" else f"\\u{{{ord(character):x}}}"


def _known_escapes(text: str) -> str:
    """A regular expression with the escapes that Ballerina knows: other signs than its own are given by number."""
    return re.sub(r"\\(.)", _escape, text, flags=re.DOTALL)


def _escape(found: re.Match[str]) -> str:
    sign = found[1]
    return found[0] if sign.isalnum() or sign in _SIGNS else f"\\u{{{ord(sign):x}}}"


def _without_groups(text: str, scope: Scope) -> str:
    """A replacement as a literal: in Ballerina it is put in as it is."""
    if re.search(r"\$[1-9]", text.replace("$$", "")):
        raise scope.unsupported("REPLACE_REGEX", "a replacement cannot name groups")
    return scope.text(text.replace("$$", "$"))


def _parts(rearranged: str) -> str:
    r"""A replacement such as `\3-\1` as a list of the numbers of groups, and of texts."""
    pieces = [each for each in re.split(r"(\\[1-9])", rearranged) if each]
    return f"[{', '.join(each[1:] if each.startswith(_BACKSLASH) else format_text(each) for each in pieces)}]"


def _texts(values: list[str]) -> str:
    return f"[{', '.join(map(format_text, values))}]"


_BACKSLASH = "\\"
_SIGNS = "^$\\.*+?()[]{}|"

_FILTERS: dict[str, Callable[[Any], str]] = {
    "raw": str,
    "pattern": pattern,
    "ballerina_pattern": lambda value: _known_escapes(filters.FILTERS["ballerina_pattern"](value)),
    "ends_ballerina": lambda value: _known_escapes(filters.FILTERS["ends_ballerina"](value)),
    "reading": lambda value: _known_escapes(filters.FILTERS["reading"](value).strip("^$")),
    "parts": lambda value: _parts(date_formats.rearranged(value)),
    "day_parts": lambda value: _parts(date_formats.rearranged_day(value)),
    "zoned": lambda value: str(date_formats.has_zone(value)).lower(),
    "pieces": lambda value: _texts(re.findall("%.|[^%]+", date_formats.in_strftime(value))),
    "per_second": {"s": "1", "ms": "1000", "us": "1000000", "ns": "1000000000"}.__getitem__,
    "length": lambda unit: "0" if unit in {"year", "month"} else str(filters.FILTERS["microseconds"](unit)),
    "rounding": {"half_even": "roundedHalfEven", "half_up": "roundedHalfUp"}.__getitem__,
    "rounding_of_floats": {"half_even": "roundedFloatHalfEven", "half_up": "roundedFloatHalfUp"}.__getitem__,
}
