"""Names of a program while it runs, and how statements and expressions end early."""

from typing import Any

from tests.conformance.ballerina.values import ErrorValue, IllTyped

from penstock.readers.ballerina.syntax import TypeSyntax


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


class Return(Exception):  # noqa: N818  # how a statement ends
    def __init__(self, value: Any) -> None:
        self.value = value


class CheckFail(Exception):  # noqa: N818  # how an expression ends
    def __init__(self, error: ErrorValue) -> None:
        self.error = error


class Break(Exception):  # noqa: N818  # how a statement ends
    """Out of a loop."""


class Continue(Exception):  # noqa: N818  # how a statement ends
    """On with the next round of a loop."""


class TypeValue:
    """A type where a value is expected, as the argument of `ensureType`."""

    def __init__(self, type_: TypeSyntax) -> None:
        self.type = type_
