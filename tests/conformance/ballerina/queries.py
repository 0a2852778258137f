"""Let expressions and queries (section 6)."""

from collections.abc import Iterator
from typing import Any

from lark import Token
from tests.conformance.ballerina.calls import Calls
from tests.conformance.ballerina.library_lists import ordered
from tests.conformance.ballerina.scope import Scope
from tests.conformance.ballerina.values import UnsupportedSyntax, sort_key


class Queries(Calls):
    """Variables of expressions, and clauses."""

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
