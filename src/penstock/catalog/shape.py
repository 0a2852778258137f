"""Decides what a catalog's counts mean: the type of every field, which objects are maps, what needs a gate."""

from dataclasses import dataclass
from typing import Final

from penstock.catalog.decide import decide, fits
from penstock.catalog.model import Catalog
from penstock.catalog.node import Node, thaw
from penstock.schema import ITEM, KEY, Field, Json, List, Map, Path, Record, Type, nullable

VALUE: Final = "value"
"""The field that holds a record which is not an object."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The decided shape of a dataset's records."""

    record: Record
    gated: frozenset[Path] = frozenset()
    """Paths where not every value seen fits the decided type: read as JSON, checked one by one."""
    wrapped: bool = False
    """The records are no objects: `record` has the one field `value`, which holds a record as it came."""


def shape_of(catalog: Catalog) -> Shape:
    """The record type that follows from a catalog, and the paths that need a gate.

    A field is nullable when a null was seen, optional when it was missing in some. Without records the record type
    has no fields. When some records are not objects, each is wrapped as `{"value": record}`, and so are the paths.
    """
    root = thaw(catalog)
    gated: set[Path] = set()
    if root.present == root.objects:
        return Shape(Record(_fields(root, Path(), gated)), frozenset(gated))
    value = Field(VALUE, _type(root, Path((VALUE,)), gated))
    return Shape(Record((value,)), frozenset(gated), wrapped=True)


def _type(node: Node, path: Path, gated: set[Path]) -> Type:
    head = decide(node)
    if not fits(node, head):
        gated.add(path)
    is_null = "null" in node.types
    match head:
        case Record():
            return Record(_fields(node, path, gated), head.type_name, nullable=is_null)
        case Map():
            node.forget_keys()
            every = node.every_key
            value = _type(every, path / KEY, gated) if every and every.present else Json()
            return Map(value, nullable=is_null)
        case List():
            return List(_type(node.item, path / ITEM, gated) if node.item else Json(), nullable=is_null)
    return nullable(head, value=is_null)


def _fields(node: Node, path: Path, gated: set[Path]) -> tuple[Field, ...]:
    return tuple(
        Field(key, _type(child, path / key, gated), child.present < node.objects, child.description)
        for key, child in node.children.items()
    )
