"""Decides what a catalog's counts mean: the type of every field, which objects are maps, what needs a gate."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from penstock.catalog.decisions.decide import decide, fits
from penstock.catalog.decisions.decided import Unread, holds_literals, unread
from penstock.catalog.model import Catalog
from penstock.catalog.profiling.node import Node, thaw
from penstock.schema import ITEM, KEY, Field, Json, List, Map, Path, Record, Type, nullable

VALUE: Final = "value"
"""The field that holds a record which is not an object."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The decided shape of a dataset's records."""

    record: Record
    gated: frozenset[Path] = frozenset()
    """Paths where not every value seen fits the decided type, or an object has a key twice: read as JSON, checked one
    by one."""
    wrapped: bool = False
    """The records are no objects: `record` has the one field `value`, which holds a record as it came."""
    literal: frozenset[Path] = frozenset()
    """Texts by a person's decision where numbers or booleans were seen: they count as the text that the file holds."""
    unread: tuple[Unread, ...] = ()
    """Times by a person's decision that no value seen can be read as: such a dataset has no tables."""


def shape_of(catalog: Catalog) -> Shape:
    """The record type that follows from a catalog, and the paths that need a gate.

    A field is nullable when a null was seen, optional when it was missing in some. Without records the record type
    has no fields. Where some records are objects, records are objects, and the empty path is gated when others are
    neither that nor null. Records that never are objects (or have too many keys to be columns) are wrapped as
    `{"value": record}`, and so are the paths.
    """
    root = thaw(catalog)
    wrapped = not root.holds_records
    record = Record((Field(VALUE, _type(root)),)) if wrapped else Record(_fields(root))
    shape = Shape(record, gates(Shape(record, wrapped=wrapped), catalog), wrapped)
    seen = list(_seen(shape, catalog))
    return replace(
        shape,
        literal=frozenset(path for node, type_, path in seen if holds_literals(node, type_)),
        unread=tuple(each for node, type_, path in seen if (each := unread(node, type_, path))),
    )


def gates(shape: Shape, batch: Catalog) -> frozenset[Path]:
    """The paths of a shape where not every value of a batch fits.

    The batch is the profile of a part of the data, so that a path which was bad once does not cost for ever. Fields
    that the shape does not have are not looked at: update the catalog with the batch first.
    """
    return frozenset(path for node, type_, path in _seen(shape, batch) if _needs_gate(node, type_))


def _type(node: Node) -> Type:
    head, is_null = decide(node), "null" in node.types
    match head:
        case Record():
            return Record(_fields(node), head.type_name, nullable=is_null)
        case Map():
            every = _all_values(node)
            return Map(_type(every) if every and every.present else Json(), nullable=is_null)
        case List():
            return List(_type(node.item) if node.item else Json(), nullable=is_null)
    return nullable(head, value=is_null or not node.types)


def _fields(node: Node) -> tuple[Field, ...]:
    return tuple(
        Field(key, _type(child), child.present < node.objects, child.description)
        for key, child in node.children.items()
    )


def _all_values(node: Node) -> Node | None:
    """The values under all keys; those under keys that were kept apart from too many others are among them."""
    if node.capped and node.every_key is not None:
        node.every_key.forget_decisions()
    node.forget_keys()
    return node.every_key


def _needs_gate(node: Node, type_: Type) -> bool:
    # DuckDB stops at a whole file when it reads an object with a repeated key typed.
    return not fits(node, type_) or (isinstance(type_, Record | Map) and _repeats_keys(node))


def _repeats_keys(node: Node) -> bool:
    every = () if node.every_key is None else (node.every_key,)
    return any(each.repeated for each in (*every, *node.children.values()))


def _seen(shape: Shape, batch: Catalog) -> Iterator[tuple[Node, Type, Path]]:
    """What was seen at every path of a shape, and the type there."""
    if not shape.wrapped:
        return _pairs(thaw(batch), shape.record, Path())
    return _pairs(thaw(batch), shape.record.by_name()[VALUE].type, Path((VALUE,)))


def _pairs(node: Node, type_: Type, path: Path) -> Iterator[tuple[Node, Type, Path]]:
    yield node, type_, path
    match type_:
        case Record(fields=fields):
            for each in fields:
                if each.name in node.children:
                    yield from _pairs(node.children[each.name], each.type, path / each.name)
        case Map(value=value):
            every = _all_values(node)
            if every is not None:
                yield from _pairs(every, value, path / KEY)
        case List(element=element) if node.item is not None:
            yield from _pairs(node.item, element, path / ITEM)
