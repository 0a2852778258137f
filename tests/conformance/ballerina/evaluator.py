"""Evaluation of functions and statements (section 7 of the specification)."""

from contextlib import suppress
from typing import Any

from lark import Token
from tests.conformance.ballerina.queries import Queries
from tests.conformance.ballerina.scope import Break, CheckFail, Continue, Return, Scope
from tests.conformance.ballerina.values import BallerinaPanic, Function, IllTyped, UnsupportedSyntax, kind

from penstock.readers.ballerina.names import parse_identifier


class Evaluator(Queries):
    """What trees of the grammar do; a method for each rule."""

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
        except Return as done:
            return done.value
        except CheckFail as failed:
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
        with suppress(Break):
            while self._condition(node.children[0], scope):
                with suppress(Continue):
                    self._run(node.children[1], scope)

    def _do_foreach(self, node: Any, scope: Scope) -> None:
        binding, items, block = node.children
        with suppress(Break):
            for each in self._elements(self.value(items, scope)):
                inner = Scope(scope)
                self._bind_element(binding, each, inner)
                with suppress(Continue):
                    self._run(block, inner)

    def _do_return_(self, node: Any, scope: Scope) -> None:
        raise Return(None if node.children[0] is None else self.value(node.children[0], scope))

    def _do_panic(self, node: Any, scope: Scope) -> None:
        raise BallerinaPanic(self.value(node.children[0], scope).message)

    def _do_break_(self, node: Any, scope: Scope) -> None:
        raise Break

    def _do_continue_(self, node: Any, scope: Scope) -> None:
        raise Continue
