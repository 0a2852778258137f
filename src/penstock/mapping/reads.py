"""What an expression reads, and the same expression reading something else."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from penstock.mapping.model import Build, Call, Constant, Expression, FieldMapping, ForEach, Read
from penstock.schema import Path

Swap = Callable[[Path], Expression]


def reads(value: Expression, bound: frozenset[str] = frozenset()) -> Iterator[Path]:
    """The paths that an expression reads from outside, without those into the elements of its own loops."""
    match value:
        case Read(path=path):
            if path.parts and path.parts[0] not in bound:
                yield path
        case Call(element=element):
            for each in value.arguments:
                yield from reads(each.value, bound | {element} if element else bound)
        case Build(fields=fields):
            for leaf in fields:
                yield from reads(leaf.value, bound)
        case ForEach():
            yield from reads(value.items, bound)
            yield from reads(value.body, bound | {value.element})


def with_reads(value: Expression, swap: Swap, bound: frozenset[str] = frozenset()) -> Expression:
    """The expression with something in the place of each path that it reads from outside."""
    match value:
        case Read(path=path):
            return value if path.parts and path.parts[0] in bound else swap(path)
        case Constant():
            return value
        case Call(element=element):
            inside = bound | {element} if element else bound
            arguments = (replace(each, value=with_reads(each.value, swap, inside)) for each in value.arguments)
            return replace(value, arguments=tuple(arguments))
        case Build(fields=fields):
            return Build(tuple(field_with_reads(each, swap, bound) for each in fields))
        case ForEach():
            body = with_reads(value.body, swap, bound | {value.element})
            return replace(value, items=with_reads(value.items, swap, bound), body=body)


def field_with_reads(leaf: FieldMapping, swap: Swap, bound: frozenset[str] = frozenset()) -> FieldMapping:
    """A field that reads something else, its alternatives too."""
    alternatives = tuple(replace(each, value=with_reads(each.value, swap, bound)) for each in leaf.alternatives)
    return replace(leaf, value=with_reads(leaf.value, swap, bound), alternatives=alternatives)
