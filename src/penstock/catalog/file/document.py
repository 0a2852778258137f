"""Catalogs as YAML files: versioned, exact, in the order of the data, so that a new field is a few new lines.

```yaml
penstock: catalog/1
name: stations
records: 120
fields:
  capacity:
    type: integer            # decided; change it and write `decided_by: person` below, and it stays so
    present: 118             # in how many objects the field is there,
    of: 120                  # of how many that could hold it
    nullable: true           # follows from `types`, is not read
    types: {integer: 110, "null": 8}
    integers: {min: 0, max: 60}
```
"""

import pathlib
from collections.abc import Mapping
from typing import Any, Final

import msgspec
import yaml

from penstock.catalog.file.emit import emit
from penstock.catalog.file.entry import (
    ChangeEntry,
    Count,
    OneLine,
    convert,
    read_entry,
    write_entry,
)
from penstock.catalog.file.values import read_values, write_values
from penstock.catalog.model import Catalog, Change, Values
from penstock.errors import CatalogFormatError
from penstock.files import write_whole

CATALOG_VERSION: Final = "catalog/1"

# The C class is ten times faster; wheels have it, some builds do not.
_LoaderBase: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _without_dates(resolvers: Mapping[str, list[tuple[str, object]]]) -> dict[str, list[tuple[str, object]]]:
    dates = "tag:yaml.org,2002:timestamp"
    return {start: [each for each in known if each[0] != dates] for start, known in resolvers.items()}


class _Loader(_LoaderBase):  # type: ignore[misc]  # the base is chosen when the program starts
    """Reads days as texts, so that `since: 2026-11-21` needs no quotes and `'2026-11-21'` is the same."""

    yaml_implicit_resolvers = _without_dates(_LoaderBase.yaml_implicit_resolvers)


def dump_catalog(catalog: Catalog) -> str:
    """A catalog as YAML."""
    return emit(to_document(catalog))


def to_document(catalog: Catalog) -> dict[str, object]:
    """A catalog as the plain data that its file holds."""
    values = write_values(catalog)
    return {
        "penstock": CATALOG_VERSION,
        "name": catalog.name,
        "records": catalog.records,
        **({"through": catalog.through} if catalog.through else {}),
        **({"counts_only": True} if catalog.counts_only else {}),
        "fields": {str(each.path): write_entry(each) for each in catalog.fields},
        **({"history": [_write_change(each) for each in catalog.history]} if catalog.history else {}),
        **({"values": values} if values else {}),
    }


def _write_change(change: Change) -> OneLine:
    names = {"before": change.before, "after": change.after}
    told = {name: text for name, text in names.items() if text}
    return OneLine(at=change.at, path=change.path, change=change.kind, **told)


def write_catalog(file: pathlib.Path, catalog: Catalog) -> None:
    """Write a catalog to a file; a reader sees the old file or the new one, never a part."""
    write_whole(file, dump_catalog(catalog))


def read_catalog(file: pathlib.Path) -> Catalog:
    """The catalog in a file.

    Raises:
        CatalogFormatError: there is no such file, or it is not a catalog; says where.
    """
    return load_catalog(read_text(file), str(file))


def read_text(file: pathlib.Path) -> str:
    """The text of a catalog file.

    Raises:
        CatalogFormatError: there is no such file, or it is not UTF-8.
    """
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise CatalogFormatError(str(file), "the file", problem, "make it with penstock profile -o.") from None
    except UnicodeDecodeError:
        raise CatalogFormatError(str(file), "the file", "is not UTF-8", "convert it to UTF-8.") from None


def load_catalog(text: str, name: str = "The catalog") -> Catalog:
    """The catalog in a YAML text; `name` is what it is called in errors.

    Raises:
        CatalogFormatError: not YAML, another version, or not a catalog; says where.
    """
    return from_document(load_document(text, name), name)


def from_document(data: object, name: str) -> Catalog:
    """The catalog in the plain data of a file; `name` is what the file is called in errors.

    Raises:
        CatalogFormatError: another version, or not a catalog; says where.
    """
    version = data.get("penstock") if isinstance(data, dict) else None
    if version != CATALOG_VERSION:
        hint = f"this Penstock reads {CATALOG_VERSION!r}; a newer one may have written the file."
        raise CatalogFormatError(name, "penstock", f"unknown version {version!r}", hint)
    document: _Document = convert(data, _Document, name, "")
    values = read_values(document.values, name)
    fields = (read_entry(path, each, name, values.get(path, Values())) for path, each in document.fields.items())
    return Catalog(
        document.name,
        document.records,
        tuple(fields),
        document.through,
        counts_only=document.counts_only,
        history=tuple(Change(each.at, each.path, each.change, each.before, each.after) for each in document.history),
    )


class _Document(msgspec.Struct, forbid_unknown_fields=True):
    penstock: str
    name: str
    records: Count
    fields: dict[str, object] = {}
    through: str = ""
    counts_only: bool = False
    history: list[ChangeEntry] = []
    values: dict[str, object] = {}


def load_document(text: str, name: str) -> object:
    """The plain data in a YAML text.

    Raises:
        CatalogFormatError: not YAML, empty, or a key is there twice; says where.
    """
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        if root is not None:
            _refuse_repeated_keys(root, name)
            return loader.construct_document(root)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise CatalogFormatError(name, "the top", f"is not YAML: {error}", "look at the line there.") from None
    raise CatalogFormatError(name, "the top", "is empty", "make it with penstock profile -o.")


def _refuse_repeated_keys(node: yaml.Node, name: str) -> None:
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[tuple[str, str]] = set()
    for key, value in node.value:
        # The number 1 and the text '1' are two keys.
        if isinstance(key, yaml.ScalarNode) and (key.tag, key.value) in seen:
            line = key.start_mark.line + 1
            raise CatalogFormatError(name, f"line {line}", f"{key.value!r} is there twice", "keep one of them.")
        seen.add((key.tag, str(key.value)))
        _refuse_repeated_keys(value, name)
