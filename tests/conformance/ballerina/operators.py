"""Operators (section 6 of the specification)."""

import math
from collections.abc import Callable
from decimal import Decimal, DecimalException
from typing import Any

from tests.conformance.ballerina.core import Core
from tests.conformance.ballerina.membership import belongs, cast
from tests.conformance.ballerina.scope import CheckFail, Scope
from tests.conformance.ballerina.values import (
    DECIMAL128,
    INT_MAX,
    BallerinaPanic,
    ErrorValue,
    IllTyped,
    UnsupportedSyntax,
    as_decimal,
    as_int,
    compare,
    deep_equal,
    kind,
)


class Operators(Core):
    """Choices, comparisons, arithmetic, checks and casts."""

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
            raise CheckFail(value)
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
