"""Evaluation of expressions and statements (sections 6 and 7 of the specification)."""

import math
from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal, DecimalException
from typing import Any

from lark import Token
from tests.conformance.ballerina import regexps, times
from tests.conformance.ballerina.library import LIBRARY, call_method, ordered
from tests.conformance.ballerina.membership import BASIC, belongs, cast, fields_of
from tests.conformance.ballerina.values import (
    DECIMAL128,
    INT_MAX,
    BallerinaPanic,
    ErrorValue,
    Function,
    IllTyped,
    UnsupportedSyntax,
    as_decimal,
    as_int,
    compare,
    deep_equal,
    direct_text,
    kind,
    sort_key,
)

from penstock.readers.ballerina.build import Rules, fold
from penstock.readers.ballerina.names import RESERVED, parse_identifier, parse_text
from penstock.readers.ballerina.syntax import RecordSyntax, Reference, TypeSyntax

assert times, "its functions are in the library"

METHOD_NAMES = frozenset({"map", "join", "start"})
"""Reserved words that may be names of methods."""

LANG_MODULES = {"string", "int", "float", "decimal", "boolean", "array", "map", "value", "error", "regexp", "time"}


class Scope:
    """Variables of a block, and of the blocks around it."""

    def __init__(self, outer: "Scope | None" = None, **variables: Any) -> None:
        self.outer = outer
        self.variables: dict[str, Any] = variables

    def holder(self, name: str) -> "Scope | None":
        """The scope that has a variable."""
        scope: Scope | None = self
        while scope is not None and name not in scope.variables:
            scope = scope.outer
        return scope

    def declare(self, name: str, value: Any) -> None:
        """A new variable; it may not take the name of one that can be seen (section 6, "Scope")."""
        if name == "_":
            return
        if self.holder(name) is not None:
            raise IllTyped(f"{name} is declared twice")
        self.variables[name] = value


class _Return(Exception):  # noqa: N818  # how a statement ends
    def __init__(self, value: Any) -> None:
        self.value = value


class _CheckFail(Exception):  # noqa: N818  # how an expression ends
    def __init__(self, error: ErrorValue) -> None:
        self.error = error


class _Break(Exception):  # noqa: N818  # how a statement ends
    """Out of a loop."""


class _Continue(Exception):  # noqa: N818  # how a statement ends
    """On with the next round of a loop."""


class TypeValue:
    """A type where a value is expected, as the argument of `ensureType`."""

    def __init__(self, type_: TypeSyntax) -> None:
        self.type = type_


class Evaluator:
    """What trees of the grammar do; a method for each rule."""

    def __init__(self, module: Any, rules: Rules) -> None:
        self.module = module
        self.rules = rules
        self._types: dict[int, TypeSyntax] = {}
        self._literals: dict[int, Any] = {}

    def value(self, node: Any, scope: Scope) -> Any:
        """What an expression is."""
        return getattr(self, f"_{node.data}")(node, scope)

    def type(self, tree: Any) -> TypeSyntax:
        """The type that a tree says."""
        if id(tree) not in self._types:
            self._types[id(tree)] = fold(tree, self.rules)
        return self._types[id(tree)]

    def fits(self, value: Any, type_: TypeSyntax | None, what: str) -> Any:
        """A value that belongs to a type; what does not would not have compiled."""
        if type_ is not None and not belongs(value, type_, self.module.types):
            raise IllTyped(f"{what}: {value!r} is not a {type_}")
        return value

    # Functions.

    def declared_function(self, name: str, tree: Any) -> Function:
        """A function that can be called with values."""
        *_, parameters, _, result, body = tree.children
        return self._function(name, parameters, result, body, Scope())

    def _function(self, name: str, parameters: Any, result: Any, body: Any, outer: Scope) -> Function:
        def call(*arguments: Any) -> Any:
            scope = Scope(outer)
            self._bind(name, parameters, list(arguments), scope)
            wanted = self.type(result) if result is not None else None
            made = self._completed(body, scope)
            return self.fits(made, wanted, f"the result of {name}")

        return Function(name, call)

    def _completed(self, body: Any, scope: Scope) -> Any:
        try:
            if body.data != "block":
                return self.value(body, scope)
            self._run(body, scope)
        except _Return as done:
            return done.value
        except _CheckFail as failed:
            return failed.error
        except RecursionError:
            raise BallerinaPanic("{ballerina}StackOverflow") from None
        return None

    def _bind(self, name: str, parameters: Any, arguments: list[Any], scope: Scope) -> None:
        declared = [each for each in parameters.children if each is not None]
        for each in declared:
            parameter = parse_identifier(self._name(each.children[-1 if each.data == "rest_parameter" else 1]))
            wanted = self.type(each.children[0])
            if each.data == "rest_parameter":
                values = [self.fits(value, wanted, f"{name}({parameter})") for value in arguments]
                arguments.clear()
                scope.declare(parameter, values)
            elif arguments:
                scope.declare(parameter, self.fits(arguments.pop(0), wanted, f"{name}({parameter})"))
            elif each.children[2] is not None:
                scope.declare(parameter, self.value(each.children[2], scope))
            else:
                raise IllTyped(f"{name} needs {parameter}")
        if arguments:
            raise IllTyped(f"{name} takes {len(declared)} arguments")

    def _long_function(self, node: Any, scope: Scope) -> Function:
        parameters, _, result, body = node.children[-4:]
        return self._function("a function", parameters, result, body, scope)

    def _short_function(self, node: Any, scope: Scope) -> Function:
        name, body = node.children

        def call(value: Any) -> Any:
            inner = Scope(scope)
            inner.declare(self._name(name), value)
            return self._completed(body, inner)

        return Function("a function", call)

    @staticmethod
    def _name(token: str, also: frozenset[str] = frozenset()) -> str:
        if token in RESERVED - also:
            raise IllTyped(f"{token} is a reserved word, and must be quoted")
        return parse_identifier(token)

    # Statements.

    def _run(self, block: Any, scope: Scope) -> None:
        inner = Scope(scope)
        for each in block.children:
            getattr(self, f"_do_{each.data}")(each, inner)

    def _do_local(self, node: Any, scope: Scope) -> None:
        kind_, name, value = node.children
        wanted = None if isinstance(kind_, Token) else self.type(kind_)
        if value is None:
            raise UnsupportedSyntax("a variable without a value")
        scope.declare(self._name(name), self.fits(self.value(value, scope), wanted, name))

    def _do_assignment(self, node: Any, scope: Scope) -> None:
        self._assign(node.children[0], self.value(node.children[1], scope), scope)

    def _do_compound(self, node: Any, scope: Scope) -> None:
        target, operator, value = node.children
        result = self._calculate(operator[0], self.value(target, scope), self.value(value, scope))
        self._assign(target, result, scope)

    def _assign(self, target: Any, value: Any, scope: Scope) -> None:
        if target.data == "variable":
            name = self._name(target.children[0])
            holder = scope.holder(name)
            if name != "_" and holder is None:
                raise IllTyped(f"there is no variable {name}")
            if holder is not None:
                holder.variables[name] = value
            return
        container = self.value(target.children[0], scope)
        if target.data == "field_access" and isinstance(container, dict):
            container[self._name(target.children[1])] = value
            return
        key = self.value(target.children[1], scope)
        in_list = isinstance(container, list) and type(key) is int and 0 <= key < len(container)
        if not in_list and (kind(container), kind(key)) != ("mapping", "string"):
            raise IllTyped(f"assigns to a member {key!r} of {kind(container)}")
        container[key] = value

    def _do_call_statement(self, node: Any, scope: Scope) -> None:
        if node.children[0].data not in {"call", "method_call"}:
            raise IllTyped("a statement that does nothing")
        if self.value(node.children[0], scope) is not None:
            raise IllTyped("a result that nobody takes")

    def _do_checked_statement(self, node: Any, scope: Scope) -> None:
        self._check(node, scope)

    def _do_if_else(self, node: Any, scope: Scope) -> None:
        condition, then, otherwise = node.children
        if self._condition(condition, scope):
            self._run(then, scope)
        elif otherwise is not None and otherwise.data == "block":
            self._run(otherwise, scope)
        elif otherwise is not None:
            self._do_if_else(otherwise, scope)

    def _do_while_loop(self, node: Any, scope: Scope) -> None:
        with suppress(_Break):
            while self._condition(node.children[0], scope):
                with suppress(_Continue):
                    self._run(node.children[1], scope)

    def _do_foreach(self, node: Any, scope: Scope) -> None:
        binding, items, block = node.children
        with suppress(_Break):
            for each in self._elements(self.value(items, scope)):
                inner = Scope(scope)
                self._bind_element(binding, each, inner)
                with suppress(_Continue):
                    self._run(block, inner)

    def _do_return_(self, node: Any, scope: Scope) -> None:
        raise _Return(None if node.children[0] is None else self.value(node.children[0], scope))

    def _do_panic(self, node: Any, scope: Scope) -> None:
        raise BallerinaPanic(self.value(node.children[0], scope).message)

    def _do_break_(self, node: Any, scope: Scope) -> None:
        raise _Break

    def _do_continue_(self, node: Any, scope: Scope) -> None:
        raise _Continue

    @staticmethod
    def _elements(value: Any) -> Iterator[Any]:
        """Of a list its members, of a mapping its values, of a string its characters (section 6, "Iterable")."""
        if isinstance(value, dict):
            return iter(list(value.values()))
        if isinstance(value, list | range | str):
            return iter(list(value) if not isinstance(value, range) else value)
        raise IllTyped(f"{kind(value)} cannot be iterated over")

    def _bind_element(self, binding: Any, value: Any, scope: Scope) -> None:
        if binding.data == "list_binding":
            names = [each for each in binding.children if each.type == "IDENT"]
            if not isinstance(value, list) or len(value) != len(names):
                raise IllTyped("a list of another length")
            for name, each in zip(names, value, strict=True):
                scope.declare(self._name(name), each)
            return
        kind_, name = binding.children
        wanted = None if isinstance(kind_, Token) else self.type(kind_)
        scope.declare(self._name(name), self.fits(value, wanted, name))

    def _condition(self, node: Any, scope: Scope) -> bool:
        value = self.value(node, scope)
        if not isinstance(value, bool):
            raise IllTyped(f"a condition is {kind(value)}")
        return value

    # Expressions: operators.

    def _conditional(self, node: Any, scope: Scope) -> Any:
        condition, then, otherwise = node.children
        return self.value(then if self._condition(condition, scope) else otherwise, scope)

    def _elvis_(self, node: Any, scope: Scope) -> Any:
        value = self.value(node.children[0], scope)
        return self.value(node.children[1], scope) if value is None else value

    def _or_(self, node: Any, scope: Scope) -> bool:
        return self._condition(node.children[0], scope) or self._condition(node.children[1], scope)

    def _and_(self, node: Any, scope: Scope) -> bool:
        return self._condition(node.children[0], scope) and self._condition(node.children[1], scope)

    def _not_(self, node: Any, scope: Scope) -> bool:
        return not self._condition(node.children[0], scope)

    def _equal(self, node: Any, scope: Scope) -> bool:
        left, operator, right = node.children
        one, other = self.value(left, scope), self.value(right, scope)
        if operator in {"===", "!=="}:
            raise UnsupportedSyntax(operator)
        if None not in (one, other) and kind(one) != kind(other):
            raise IllTyped(f"compares {kind(one)} and {kind(other)}")
        return deep_equal(one, other) is (operator == "==")

    def _ordered(self, node: Any, scope: Scope) -> bool:
        left, operator, right = node.children
        order = compare(self.value(left, scope), self.value(right, scope))
        return order is not None and (order <= 0 if operator == "<=" else order >= 0)

    def _less(self, node: Any, scope: Scope) -> bool:
        order = compare(self.value(node.children[0], scope), self.value(node.children[1], scope))
        return order is not None and order < 0

    def _greater(self, node: Any, scope: Scope) -> bool:
        order = compare(self.value(node.children[0], scope), self.value(node.children[1], scope))
        return order is not None and order > 0

    def _is_(self, node: Any, scope: Scope) -> bool:
        value, type_ = node.children
        return belongs(self.value(value, scope), self.type(type_), self.module.types)

    def _is_not(self, node: Any, scope: Scope) -> bool:
        return not self._is_(node, scope)

    def _exclusive_range(self, node: Any, scope: Scope) -> range:
        return range(*self._bounds(node, scope))

    def _inclusive_range(self, node: Any, scope: Scope) -> range:
        start, end = self._bounds(node, scope)
        return range(start, end + 1)

    def _bounds(self, node: Any, scope: Scope) -> tuple[int, int]:
        start, end = (self.value(each, scope) for each in node.children)
        if type(start) is not int or type(end) is not int:
            raise IllTyped("a range of other values than int")
        return start, end

    def _arithmetic(self, node: Any, scope: Scope) -> Any:
        left, operator, right = node.children
        return self._calculate(operator, self.value(left, scope), self.value(right, scope))

    def _signed(self, node: Any, scope: Scope) -> Any:
        operator, operand = node.children
        if operator == "-" and operand.data == "literal_value" and operand.children[0] == str(INT_MAX + 1):
            return -(INT_MAX + 1)
        value = self.value(operand, scope)
        if kind(value) not in {"int", "float", "decimal"}:
            raise IllTyped(f"{operator}{kind(value)}")
        return value if operator == "+" else self._calculate("-", type(value)(0), value) if value else -value

    @staticmethod
    def _calculate(operator: str, one: Any, other: Any) -> Any:
        """Section 6, "Multiplicative expression" and "Additive expression"; with nil it is nil ("Nil lifting")."""
        if one is None or other is None:
            return None
        kinds = {kind(one), kind(other)}
        if len(kinds) > 1 and kinds in ({"int", "decimal"}, {"int", "float"}) and operator in "*/%":
            if kind(one) == "int" and operator != "*":
                raise IllTyped(f"{kind(one)} {operator} {kind(other)}")
            wider = Decimal if "decimal" in kinds else float
            one, other = wider(one), wider(other)
            kinds = {kind(one)}
        if kinds == {"string"} and operator == "+":
            return one + other
        if len(kinds) > 1 or not kinds <= {"int", "float", "decimal"}:
            raise IllTyped(f"{kind(one)} {operator} {kind(other)}")
        return _CALCULATE[kinds.pop()](operator, one, other)

    def _check(self, node: Any, scope: Scope) -> Any:
        value = self.value(node.children[0], scope)
        if isinstance(value, ErrorValue):
            raise _CheckFail(value)
        return value

    def _check_panic(self, node: Any, scope: Scope) -> Any:
        value = self.value(node.children[0], scope)
        if isinstance(value, ErrorValue):
            raise BallerinaPanic(value.message)
        return value

    def _trap(self, node: Any, scope: Scope) -> Any:
        try:
            return self.value(node.children[0], scope)
        except BallerinaPanic as panic:
            return ErrorValue(str(panic))

    def _cast(self, node: Any, scope: Scope) -> Any:
        type_, value = node.children
        return cast(self.value(value, scope), self.type(type_), self.module.types)

    # Expressions: values.

    def _literal_value(self, node: Any, scope: Scope) -> Any:
        if id(node) not in self._literals:
            self._literals[id(node)] = _literal(node.children[0])
        return self._literals[id(node)]

    def _nil_value(self, node: Any, scope: Scope) -> None:
        return None

    def _variable(self, node: Any, scope: Scope) -> Any:
        token = node.children[0]
        if token.type == "IDENT":
            name = parse_identifier(token)
            holder = scope.holder(name)
            if holder is not None:
                self._name(token)
                return holder.variables[name]
            if name in self.module.constants:
                return self.module.constants[name]
            if name in self.module.functions:
                return self.module.functions[name]
            if name in self.module.types or name in BASIC or name in {"json", "anydata"}:
                return TypeValue(Reference(name))
        raise IllTyped(f"there is no variable {token}")

    def _field_access(self, node: Any, scope: Scope) -> Any:
        """A field that is there: what may be missing must be read with `?.`."""
        container, name = self.value(node.children[0], scope), self._name(node.children[1])
        if isinstance(container, regexps.Span) and name in {"startIndex", "endIndex"}:
            return getattr(container, name)
        if not isinstance(container, dict) or name not in container:
            raise IllTyped(f"{kind(container)} has no field {name}")
        return container[name]

    def _optional_access(self, node: Any, scope: Scope) -> Any:
        container, name = self.value(node.children[0], scope), self._name(node.children[1])
        if container is not None and not isinstance(container, dict):
            raise IllTyped(f"{kind(container)}?.{name}")
        return container.get(name) if container else None

    def _member_access(self, node: Any, scope: Scope) -> Any:
        """A missing key of a mapping is nil; a position that is not there panics."""
        container, key = (self.value(each, scope) for each in node.children)
        if container is None or (isinstance(container, dict) and isinstance(key, str)):
            return container.get(key) if container else None
        if isinstance(container, list | str) and type(key) is int:
            if not 0 <= key < len(container):
                raise BallerinaPanic("{ballerina/lang.array}IndexOutOfRange")
            return container[key]
        raise IllTyped(f"{kind(container)}[{kind(key)}]")

    def _list(self, node: Any, scope: Scope) -> list[Any]:
        made: list[Any] = []
        for each in node.children:
            if isinstance(each, Token):
                continue
            if each.data == "spread":
                made += self._spread_list(each, scope)
            else:
                made.append(self.value(each, scope))
        return made

    def _spread_list(self, node: Any, scope: Scope) -> list[Any]:
        value = self.value(node.children[-1], scope)
        if not isinstance(value, list):
            raise IllTyped(f"...{kind(value)} in a list")
        return value

    def _mapping(self, node: Any, scope: Scope) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for each in node.children:
            if each is None:
                continue
            for name, value in self._entry(each, scope).items():
                if name in made and each.data != "computed_entry":
                    raise IllTyped(f"the field {name} is there twice")
                made[name] = value
        return made

    def _entry(self, node: Any, scope: Scope) -> dict[str, Any]:
        match node.data:
            case "named_entry":
                key, value = node.children
                name = parse_text(key) if key.type == "STRING" else self._name(key)
                return {name: self.value(value, scope)}
            case "variable_entry":
                name = self._name(node.children[0])
                return {name: self._variable(node, scope)}
            case "computed_entry":
                return {self.value(node.children[0], scope): self.value(node.children[1], scope)}
        value = self.value(node.children[-1], scope)
        if not isinstance(value, dict):
            raise IllTyped(f"...{kind(value)} in a mapping")
        return value

    def _template(self, node: Any, scope: Scope) -> Any:
        tag, *parts = node.children
        if tag not in {"string", "re"}:
            raise UnsupportedSyntax(f"{tag} templates")
        made = []
        for each in parts:
            if isinstance(each, Token):
                made.append(str(each))
                continue
            value = self.value(each.children[0], scope)
            if tag == "re":
                made.append(f"(?:{value.source if isinstance(value, regexps.RegExp) else direct_text(value)})")
            else:
                made.append(direct_text(value) if value is not None else _no_nil())
        return "".join(made) if tag == "string" else regexps.compile_regexp("".join(made))

    def _new_error(self, node: Any, scope: Scope) -> ErrorValue:
        tag, arguments = node.children
        if tag != "error":
            raise UnsupportedSyntax(f"{tag}(…)")
        values = self._positional(arguments, scope)
        named = {
            parse_identifier(each.children[0]): self.value(each.children[1], scope)
            for each in arguments.children
            if each is not None and each.data == "named"
        }
        if not values or not isinstance(values[0], str):
            raise IllTyped("an error needs a message")
        return ErrorValue(values[0], values[1] if len(values) > 1 else None, named)

    # Expressions: calls, let and queries.

    def _positional(self, node: Any, scope: Scope) -> list[Any]:
        made: list[Any] = []
        for each in node.children:
            if each is None or each.data == "named":
                continue
            if each.data == "spread":
                made += self._spread_list(each, scope)
            else:
                made.append(self.value(each, scope))
        return made

    def _call(self, node: Any, scope: Scope) -> Any:
        token, arguments = node.children
        if any(each is not None and each.data == "named" for each in arguments.children):
            raise UnsupportedSyntax("named arguments")
        values = self._positional(arguments, scope)
        if token.type == "QUALIFIED":
            return self._library(token, values)
        name = self._name(token)
        holder = scope.holder(name)
        function = holder.variables[name] if holder else self.module.functions.get(name)
        if not isinstance(function, Function):
            raise IllTyped(f"there is no function {name}")
        return function.call(*values)

    def _library(self, token: str, values: list[Any]) -> Any:
        prefix, name = token.split(":", 1)
        name = self._name(name, METHOD_NAMES & {"map", "start"})
        imported = prefix in self.module.imports
        module = self.module.imports[prefix].rpartition("/")[2].rpartition(".")[2] if imported else prefix
        if not imported and module not in LANG_MODULES - {"array", "value", "regexp", "time"}:
            raise IllTyped(f"{prefix} is not imported")
        entry = LIBRARY.get((module, name))
        if entry is None:
            raise IllTyped(f"there is no function {token}")
        return entry.call(token, values)

    def _method_call(self, node: Any, scope: Scope) -> Any:
        target, name, arguments = node.children
        value = self.value(target, scope)
        values = self._positional(arguments, scope)
        method = self._name(name, METHOD_NAMES)
        if method in {"ensureType", "cloneWithType", "fromJsonWithType"}:
            return self._converted(value, method, values)
        return call_method(value, method, values)

    def _converted(self, value: Any, method: str, arguments: list[Any]) -> Any:
        if len(arguments) != 1 or not isinstance(arguments[0], TypeValue):
            raise UnsupportedSyntax(f"{method} without a type")
        type_ = arguments[0].type
        with suppress(BallerinaPanic):
            if method == "ensureType":
                return cast(value, type_, self.module.types)
            return self._clone(value, type_)
        return ErrorValue("{ballerina/lang.value}ConversionError")

    def _clone(self, value: Any, type_: TypeSyntax) -> Any:
        """cloneWithType: numbers are converted, and defaults fill what is missing."""
        if isinstance(type_, Reference) and type_.name in self.module.types:
            return self._clone(value, self.module.types[type_.name])
        if isinstance(type_, RecordSyntax) and isinstance(value, dict):
            fields = fields_of(type_, self.module.types)
            made = {k: self._clone(v, fields[k].type) if k in fields else v for k, v in value.items()}
            for name, each in fields.items():
                if name not in made and each.default is not None:
                    made[name] = self.value(each.default, Scope())
            return cast(made, type_, self.module.types)
        return cast(value, type_, self.module.types)

    def _let_in(self, node: Any, scope: Scope) -> Any:
        *variables, body = node.children
        for each in variables:
            scope = self._let(each, scope)
        return self.value(body, scope)

    def _let(self, node: Any, scope: Scope) -> Scope:
        kind_, name, value = node.children
        wanted = None if isinstance(kind_, Token) else self.type(kind_)
        made = self.fits(self.value(value, scope), wanted, name)
        inner = Scope(scope)
        inner.declare(self._name(name), made)
        return inner

    def _query(self, node: Any, scope: Scope) -> Any:
        constructed = isinstance(node.children[0], Token)
        first, *clauses, last = node.children[constructed:]
        frames = self._from(first, iter([scope]))
        for each in clauses:
            frames = getattr(self, f"_{each.data}")(each, frames)
        if last.data != "select":
            raise UnsupportedSyntax("collect")
        made = [self.value(last.children[0], frame) for frame in frames]
        return dict(made) if constructed else made

    def _from(self, node: Any, frames: Iterator[Scope]) -> Iterator[Scope]:
        binding, items = node.children
        for frame in frames:
            for each in self._elements(self.value(items, frame)):
                inner = Scope(frame)
                self._bind_element(binding, each, inner)
                yield inner

    def _where(self, node: Any, frames: Iterator[Scope]) -> Iterator[Scope]:
        return (frame for frame in frames if self._condition(node.children[0], frame))

    def _let_clause(self, node: Any, frames: Iterator[Scope]) -> Iterator[Scope]:
        for frame in frames:
            inner = frame
            for each in node.children:
                inner = self._let(each, inner)
            yield inner

    def _limit(self, node: Any, frames: Iterator[Scope]) -> Iterator[Scope]:
        for position, frame in enumerate(frames):
            if position >= self.value(node.children[0], frame):
                return
            yield frame

    def _order_by(self, node: Any, frames: Iterator[Scope]) -> Iterator[Scope]:
        made = list(frames)
        for each in reversed(node.children):
            descending = each.data == "descending"
            expression = each.children[0] if descending else each
            keys = [(sort_key(self.value(expression, frame)), frame) for frame in made]
            made = [frame for _, frame in ordered(keys, descending=descending)]
        return iter(made)


def _no_nil() -> str:
    raise IllTyped("nil in a string template")


def _literal(token: Token) -> Any:
    """Section 5: `1` is an int, `1.5` and `1f` are floats, `1d` is a decimal."""
    text = str(token)
    if token.type == "STRING":
        return parse_text(text)
    if token.type == "INT":
        return as_int(int(text, 0) if text.lower().startswith("0x") else int(text))
    if token.type == "FLOAT":
        return as_decimal(Decimal(text[:-1])) if text[-1] in "dD" else float(text.rstrip("fF"))
    return {"true": True, "false": False, "null": None}[text]


def _int(operator: str, one: int, other: int) -> int:
    if operator in "/%" and other == 0:
        raise BallerinaPanic("{ballerina}DivisionByZero")
    quotient = abs(one) // abs(other) * (1 if (one < 0) == (other < 0) else -1) if operator in "/%" else 0
    return as_int(
        {"+": one + other, "-": one - other, "*": one * other, "/": quotient, "%": one - quotient * other}[operator]
    )


def _float(operator: str, one: float, other: float) -> float:
    """IEEE 754: nothing panics. The remainder is that of a division cut off to a whole number."""
    if operator == "/" and other == 0:
        return math.nan if one == 0 or math.isnan(one) else math.copysign(math.inf, one) * math.copysign(1, other)
    if operator == "%":
        return math.nan if other == 0 or math.isinf(one) else math.fmod(one, other)
    return {"+": one + other, "-": one - other, "*": one * other, "/": one / (other or 1)}[operator]


def _decimal(operator: str, one: Decimal, other: Decimal) -> Decimal:
    functions = {
        "+": DECIMAL128.add,
        "-": DECIMAL128.subtract,
        "*": DECIMAL128.multiply,
        "/": DECIMAL128.divide,
        "%": DECIMAL128.remainder,
    }
    try:
        return as_decimal(functions[operator](one, other))
    except DecimalException:
        raise BallerinaPanic("{ballerina}DivisionByZero") from None


_CALCULATE: dict[str, Callable[[str, Any, Any], Any]] = {"int": _int, "float": _float, "decimal": _decimal}
