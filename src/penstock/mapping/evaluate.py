"""The reference meaning of a mapping: plain, slow, and what every target is compared with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import localcontext
from typing import Any

from penstock.mapping import typed
from penstock.mapping.values import WIDE, Misfit, decode
from penstock.schema import Decimal, Float, List, Map, Path, Record, Type, nullable


@dataclass(frozen=True, slots=True)
class Reject:
    """Why a record could not be mapped: the target field, and a sentence about its value."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of one record: the mapped one, or the reasons why there is none."""

    record: dict[str, Any] | None
    rejects: tuple[Reject, ...] = ()


class _RejectedValue(Exception):  # noqa: N818  # stops the evaluation of one leaf
    """A value cannot be made."""


def evaluate(mapping: typed.TypedMapping, sources: Mapping[str, Any]) -> Outcome:
    """One record of the target from one of each source, or every reason why not, in the order of the target."""
    evaluation = _Evaluation()
    with localcontext(WIDE):
        record = evaluation.build(mapping.root, dict(sources))
    rejects = tuple(dict.fromkeys(evaluation.rejects))
    return Outcome(None if rejects else record, rejects)


Variables = dict[str, Any]


@dataclass(slots=True)
class _Evaluation:
    rejects: list[Reject] = field(default_factory=list)

    def build(self, record: typed.Build, variables: Variables) -> dict[str, Any]:
        made = {}
        for each in record.fields:
            value = self._field(each, variables)
            if value is not None or each.type.nullable or not each.optional:
                made[each.name] = value
        return made

    def _field(self, leaf: typed.Field, variables: Variables) -> Any:
        before = len(self.rejects)
        try:
            value = self._required(leaf, self.value(leaf.value, variables))
        except _RejectedValue as problem:
            self.rejects.append(Reject(leaf.path, str(problem)))
            value = None
        if len(self.rejects) > before and leaf.on_reject is not None:
            del self.rejects[before:]
            return leaf.on_reject.value
        return value

    @staticmethod
    def _required(leaf: typed.Field, value: Any) -> Any:
        if value is None and leaf.required:
            raise _RejectedValue(typed.REQUIRED_REASON)
        return value

    def value(self, node: typed.Expression, variables: Variables) -> Any:  # noqa: PLR0911  # one case for each node
        match node:
            case typed.Variable() | typed.Member():
                return _fits(self._as_it_came(node, variables), node.type)
            case typed.Fixed():
                return node.value
            case typed.Widen():
                return _widened(self.value(node.value, variables), node)
            case typed.ListOf():
                return [self.value(each, variables) for each in node.items]
            case typed.Build():
                return self.build(node, variables)
            case typed.ForEach():
                items = self._items(node.items, variables)
                return None if items is None else [self.value(node.body, {**variables, node.element: e}) for e in items]
            case typed.Call():
                return self._call(node, variables)

    def _as_it_came(self, node: typed.Expression, variables: Variables) -> Any:
        """A value of a source before it is looked at; of what holds it only that it is an object is looked at."""
        if isinstance(node, typed.Variable):
            return variables[node.name]
        if not isinstance(node, typed.Member):
            return self.value(node, variables)
        holder = self._as_it_came(node.value, variables)
        if holder is not None and not isinstance(holder, dict) and node.kind != "json":
            raise _RejectedValue("the source value is not an object")
        return holder.get(node.name) if isinstance(holder, dict) else None

    def _items(self, node: typed.Expression, variables: Variables) -> Any:
        """The elements of a list; of those that are records only that they are objects is looked at."""
        assert isinstance(node.type, List)
        items = self._as_it_came(node, variables)
        if not isinstance(items, list) or not isinstance(node.type.element, Record):
            return _fits(items, node.type)
        for each in items:
            if each is not None or not node.type.element.nullable:
                _fits([each], List(Map()))
        return items

    def _call(self, call: typed.Call, variables: Variables) -> Any:
        given: list[Any] = []
        named: dict[str, Any] = {}
        for parameter in call.operation.signature.parameters:
            value = call.arguments[parameter.name]
            values = value if isinstance(value, tuple) else (value,)
            made = [self._argument(call, parameter.kind, each, variables) for each in values]
            if call.operation.nulls == "propagate" and parameter.kind == "value" and None in made:
                return None
            if call.operation.nulls == "reject" and None in made:
                raise _RejectedValue(reject_reason(call))
            if call.operation.nulls == "skip":
                made = [[e for e in each if e is not None] if isinstance(each, list) else each for each in made]
                made = [each for each in made if each is not None] if parameter.variadic else made
                if not parameter.variadic and parameter.kind == "value" and None in made:
                    return None
            if parameter.named_only:
                named[parameter.name] = made[0]
            else:
                given += made
        return self._result(call, given, named)

    def _argument(self, call: typed.Call, kind: str, node: typed.Expression, variables: Variables) -> Any:
        if kind == "lazy":
            return lambda: self.value(node, variables)
        if kind == "each":
            return lambda element: self.value(node, {**variables, call.element: element})
        return self.value(node, variables)

    def _result(self, call: typed.Call, given: list[Any], named: dict[str, Any]) -> Any:
        try:
            value = call.operation.function(*given, **named)
        except (ValueError, ArithmeticError):
            raise _RejectedValue(reject_reason(call)) from None
        try:
            return decode(value, nullable(call.type))
        except Misfit:
            raise _RejectedValue(reject_reason(call)) from None


def reject_reason(call: typed.Call) -> str:
    """Why a call rejects a row, as every target says it."""
    return f"{call.operation.name}: {call.operation.rejects or 'the result does not fit its type'}"


def _fits(value: Any, type_: Type) -> Any:
    if value is None:
        return None
    try:
        return decode(value, type_)
    except Misfit as problem:
        raise _RejectedValue(f"the source value {problem}") from None


def _widened(value: Any, node: typed.Widen) -> Any:
    if value is None:
        return None
    if isinstance(node.type, Float):
        return float(value)
    assert isinstance(node.type, Decimal)
    return decode(value, node.type)
