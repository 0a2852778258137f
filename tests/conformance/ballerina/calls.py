"""Calls of functions, of the library, and of methods (section 6)."""

from contextlib import suppress
from typing import Any

from tests.conformance.ballerina import library_lists, library_numbers, library_texts, library_values, times
from tests.conformance.ballerina.constructed import Constructed
from tests.conformance.ballerina.library import LIBRARY, call_method
from tests.conformance.ballerina.membership import cast, fields_of
from tests.conformance.ballerina.scope import Scope, TypeValue
from tests.conformance.ballerina.values import BallerinaPanic, ErrorValue, Function, IllTyped, UnsupportedSyntax

from penstock.readers.ballerina.names import parse_identifier
from penstock.readers.ballerina.syntax import RecordSyntax, Reference, TypeSyntax

METHOD_NAMES = frozenset({"map", "join", "start"})
"""Reserved words that may be names of methods."""

LANG_MODULES = {"string", "int", "float", "decimal", "boolean", "array", "map", "value", "error", "regexp", "time"}

assert all((library_texts, library_numbers, library_lists, library_values, times)), "their functions are in the library"


class Calls(Constructed):
    """Errors that are made, and calls."""

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
