"""Literals, variables, access, and constructed values (section 6)."""

from decimal import Decimal
from typing import Any

from lark import Token
from tests.conformance.ballerina import regexps
from tests.conformance.ballerina.membership import BASIC
from tests.conformance.ballerina.operators import Operators
from tests.conformance.ballerina.scope import Scope, TypeValue
from tests.conformance.ballerina.values import (
    BallerinaPanic,
    IllTyped,
    UnsupportedSyntax,
    as_decimal,
    as_int,
    direct_text,
    kind,
)

from penstock.readers.ballerina.names import parse_identifier, parse_text
from penstock.readers.ballerina.syntax import Reference


class Constructed(Operators):
    """Values that an expression names or builds."""

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
