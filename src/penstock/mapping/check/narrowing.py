"""What a condition says of the types of values where it holds, and where it does not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from penstock.mapping import typed
from penstock.mapping.catalogue import all_operations
from penstock.mapping.model import Call, Constant, Expression, Read
from penstock.mapping.type_words import types_of
from penstock.schema import Json, Path, Text, Type, Union, nullable

NULL = "null"


@dataclass(frozen=True, slots=True)
class Fact:
    """The value at a path is of a type, or is not."""

    path: Path
    word: str
    """A word for a type, or `null`."""
    holds: bool


def facts(condition: Expression, *, holds: bool) -> Iterator[Fact]:
    """What is known where a condition is true, or where it is not true (false or null)."""
    if not isinstance(condition, Call) or not condition.arguments:
        return
    first = condition.arguments[0].value
    match condition.operation:
        case "IS_TYPE" if isinstance(first, Read):
            yield from _of_type(condition, first, holds=holds)
        case "IS_NULL" if isinstance(first, Read):
            yield Fact(first.path, NULL, holds)
        case "NOT" if holds or _is_total(first):
            yield from facts(first, holds=not holds)
        case ("AND" | "OR") as name if holds == (name == "AND"):
            for each in condition.arguments:
                yield from facts(each.value, holds=holds)


def _of_type(condition: Call, first: Read, *, holds: bool) -> Iterator[Fact]:
    word = condition.arguments[-1].value
    if isinstance(word, Constant) and isinstance(word.value, str):
        yield Fact(first.path, word.value, holds)


def _is_total(condition: Expression) -> bool:
    return isinstance(condition, Call) and condition.operation in {"IS_TYPE", "IS_NULL"}


def narrowed(value: typed.Expression, fact: Fact) -> typed.Expression:
    """A value with the type that a fact leaves it."""
    if isinstance(value, typed.Variable | typed.Member) and fact.holds == (fact.word != NULL):
        value = replace(value, type=nullable(value.type, value=False))
    if fact.word == NULL:
        return value
    wanted = types_of(fact.word)
    match value.type:
        case Union(members=members):
            return _only(value, [each for each in members if isinstance(each, wanted) == fact.holds])
        case Json() if fact.holds and fact.word not in {"list", "record", "map", "enum"}:
            return _as(value, wanted[0]())
    return value


def _only(value: typed.Expression, left: Iterable[Type]) -> typed.Expression:
    types = tuple(left)
    return _as(value, types[0]) if len(types) == 1 else value


def _as(value: typed.Expression, type_: Type) -> typed.Expression:
    word = typed.Fixed(type_.name, Text())
    made = nullable(type_, value=value.type.nullable)
    return typed.Call(all_operations()["AS_TYPE"], {"value": value, "kind": word}, "", None, made)
