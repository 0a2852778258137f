"""The fields of a document as they are compared: paths of values with what is said and known of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from penstock.errors import NotARecordError
from penstock.readers import Document
from penstock.schema import ITEM, Json, List, Path, Record, Type, Union


@dataclass(frozen=True, slots=True)
class Described:
    """A field as it is given: anything but the path may be missing."""

    path: Path
    type: Type | None = None
    description: str = ""
    samples: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A source or a target: its name and its fields, each path once."""

    name: str
    fields: tuple[Described, ...]


def shape_of(name: str, record: Record, samples: Mapping[Path, tuple[Any, ...]] | None = None) -> Shape:
    """The fields of a record that hold values; records, and lists of records, are looked into.

    Args:
        name: what the record is called.
        record: its type.
        samples: some values at paths; those of a list's elements stand at the path with `[]`.
    """
    known = samples or {}
    return Shape(
        name,
        tuple(
            Described(path, type_, text, known.get(path) or known.get(path / ITEM, ()))
            for path, type_, text in _leaves(record, Path())
        ),
    )


def shape_of_document(document: Document, name: str = "") -> Shape:
    """The fields of what a document is about, with the example values of its catalog.

    Args:
        document: what was read.
        name: what it is called; empty: as the definition.

    Raises:
        UnknownPartError: it defines several types, and none stands out.
        NotARecordError: it is about something else, such as a list.
    """
    definition = document.only()
    if not isinstance(definition.type, Record):
        raise NotARecordError(document.kind, definition.name, definition.type.name)
    catalog = document.catalog
    samples = {each.path: tuple(each.values.shown) for each in catalog.fields} if catalog else {}
    return shape_of(name or definition.name, definition.type, samples)


def _inner(type_: Type) -> Type:
    while isinstance(type_, List):
        type_ = type_.element
    return type_


def _leaves(record: Record, at: Path) -> Iterator[tuple[Path, Type, str]]:
    for each in record.fields:
        path, type_ = at / each.name, each.type
        inside = path
        while isinstance(type_, List) and isinstance(_inner(type_), Record | Union):
            inside, type_ = inside / ITEM, type_.element
        members = type_.members if isinstance(type_, Union) else (type_,)
        records = [member for member in members if isinstance(member, Record) and member.fields]
        if records:
            yield from _of_each(records, inside)
        else:
            yield path, each.type, each.description


def _of_each(records: list[Record], at: Path) -> Iterator[tuple[Path, Type, str]]:
    """The fields of all members of a union; where two have one path, the first, or JSON where types differ."""
    found: dict[Path, tuple[Type, str]] = {}
    for record in records:
        for path, type_, text in _leaves(record, at):
            before = found.get(path)
            found[path] = (type_ if before is None or before[0] == type_ else Json(), text)
    yield from ((path, *rest) for path, rest in found.items())
