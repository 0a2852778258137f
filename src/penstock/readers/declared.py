"""Catalogs of types that were declared: every field with its type, and nothing counted."""

from collections.abc import Iterator, Sequence

from penstock.catalog.model import Catalog, FieldProfile
from penstock.errors import Finding
from penstock.readers import Document
from penstock.readers.losses import NOT_WRITTEN
from penstock.schema.paths import ITEM, KEY, Path
from penstock.schema.types import Json, List, Map, Record, Type, Union


def catalog_of(document: Document) -> tuple[Catalog, Sequence[Finding]]:
    """The catalog of a document, and what it does not hold.

    Raises:
        UnknownPartError: the document defines several types.
    """
    if document.catalog is not None:
        return document.catalog, ()
    definition = document.only()
    fields = tuple(_profiles(definition.type, Path(), definition.description))
    told = "a catalog holds what was counted: which fields may be missing or null, keys and defaults are not kept"
    finding = Finding("warning", NOT_WRITTEN, definition.name, told, "profile data of this shape.")
    return Catalog(definition.name, 0, fields[1:] if isinstance(definition.type, Record) else fields), (finding,)


def _profiles(type_: Type, path: Path, description: str) -> Iterator[FieldProfile]:
    yield FieldProfile(path, 0, 0, {}, type=_head(type_), description=description)
    match type_:
        case Record(fields=fields):
            for each in fields:
                yield from _profiles(each.type, path / each.name, each.description)
        case List(element=element):
            yield from _profiles(element, path / ITEM, "")
        case Map(value=value):
            yield from _profiles(value, path / KEY, "")


def _head(type_: Type) -> Type:
    """The type without what is nested in it; a column cannot hold a union."""
    match type_:
        case Record():
            return Record()
        case List():
            return List()
        case Map():
            return Map()
        case Union():
            return Json()
    return type_
