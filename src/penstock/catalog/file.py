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

import os
import pathlib
from typing import Annotated, Any, Final, Literal

import msgspec
import yaml

from penstock.catalog.model import JSON_TYPES, Catalog, FieldProfile, Integers, Numbers
from penstock.errors import CatalogFormatError, PenstockError
from penstock.schema import format_type, parse_path, parse_type

CATALOG_VERSION: Final = "catalog/1"

# The C classes are ten times faster; wheels have them, some builds do not.
_DumperBase: Final[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_Loader: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NO_FOLDING: Final = 10**6


class _OneLine(dict[str, object]):
    """A mapping that is written on one line."""


class _Dumper(_DumperBase):  # type: ignore[misc]  # the base is chosen when the program starts
    """Writes counts on one line."""


_Dumper.add_representer(
    _OneLine, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True)
)


def dump_catalog(catalog: Catalog) -> str:
    """A catalog as YAML."""
    document = {
        "penstock": CATALOG_VERSION,
        "name": catalog.name,
        "records": catalog.records,
        **({"through": catalog.through} if catalog.through else {}),
        "fields": {str(each.path): _written(each) for each in catalog.fields},
    }
    dumped: str = yaml.dump(
        document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_NO_FOLDING, default_flow_style=False
    )
    return dumped


def _written(profile: FieldProfile) -> dict[str, object]:
    """A field as plain data: what a person looks for first, without what is empty."""
    optional = {
        "type": profile.type and format_type(profile.type),
        "decided_by": profile.decided_by if profile.decided_by == "person" else None,
        "description": profile.description,
    }
    counts = {
        "present": profile.present,
        "of": profile.parents,
        "nullable": "null" in profile.types or None,
        "types": _OneLine((each, profile.types[each]) for each in JSON_TYPES if each in profile.types),
    }
    details = {
        "formats": _OneLine(sorted(profile.formats.items())),
        "integers": profile.integers and _OneLine(min=profile.integers.minimum, max=profile.integers.maximum),
        "numbers": profile.numbers and _written_numbers(profile.numbers),
        "longest": profile.longest,
        "repeated": profile.repeated or None,
        "capped": profile.capped or None,
    }
    return {
        **{key: value for key, value in optional.items() if value},
        **{key: value for key, value in counts.items() if value is not None},
        **{key: value for key, value in details.items() if value is not None and value != {}},
    }


def _written_numbers(numbers: Numbers) -> _OneLine:
    return _OneLine(
        min=numbers.minimum,
        max=numbers.maximum,
        whole_digits=numbers.whole_digits,
        scale=numbers.scale,
        inexact=numbers.inexact,
    )


def write_catalog(file: pathlib.Path, catalog: Catalog) -> None:
    """Write a catalog to a file; a reader sees the old file or the new one, never a part."""
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(dump_catalog(catalog), encoding="utf-8")
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)


def read_catalog(file: pathlib.Path) -> Catalog:
    """The catalog in a file.

    Raises:
        CatalogFormatError: there is no such file, or it is not a catalog; says where.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise CatalogFormatError(str(file), "the file", problem, "make it with penstock profile -o.") from None
    except UnicodeDecodeError:
        raise CatalogFormatError(str(file), "the file", "is not UTF-8", "convert it to UTF-8.") from None
    return load_catalog(text, str(file))


def load_catalog(text: str, name: str = "The catalog") -> Catalog:
    """The catalog in a YAML text; `name` is what it is called in errors.

    Raises:
        CatalogFormatError: not YAML, another version, or not a catalog; says where.
    """
    data = _load_yaml(text, name)
    version = data.get("penstock") if isinstance(data, dict) else None
    if version != CATALOG_VERSION:
        hint = f"this Penstock reads {CATALOG_VERSION!r}; a newer one may have written the file."
        raise CatalogFormatError(name, "penstock", f"unknown version {version!r}", hint)
    document: _Document = _convert(data, _Document, name, "")
    fields = tuple(_read(path, entry, name) for path, entry in document.fields.items())
    return Catalog(document.name, document.records, fields, document.through)


_Count = Annotated[int, msgspec.Meta(ge=0)]


class _Document(msgspec.Struct, forbid_unknown_fields=True):
    penstock: str
    name: str
    records: _Count
    fields: dict[str, object] = {}
    through: str = ""


class _Integers(msgspec.Struct, forbid_unknown_fields=True):
    min: int
    max: int


class _Numbers(msgspec.Struct, forbid_unknown_fields=True):
    min: float
    max: float
    whole_digits: _Count
    scale: _Count
    inexact: _Count


class _Field(msgspec.Struct, forbid_unknown_fields=True):
    present: _Count
    of: _Count
    types: dict[Literal["null", "boolean", "integer", "number", "string", "object", "array"], _Count]
    type: str = ""
    decided_by: Literal["rule", "person"] = "rule"
    description: str = ""
    nullable: bool = False
    formats: dict[str, _Count] = {}
    integers: _Integers | None = None
    numbers: _Numbers | None = None
    longest: _Count | None = None
    repeated: _Count = 0
    capped: bool = False


def _convert(data: object, type_: type, name: str, at: str) -> Any:
    try:
        return msgspec.convert(data, type_)
    except msgspec.ValidationError as error:
        problem, _, place = str(error).partition(" - at `")
        where = (at + place.rpartition("$")[2].rstrip("`")).removeprefix(".") or "the top"
        hint = "every field has `present`, `of` and `types`; names and paths that look like numbers need quotes."
        raise CatalogFormatError(name, where, problem, hint) from None


def _read(path: str, data: object, name: str) -> FieldProfile:
    at = f"fields.{path}"
    entry: _Field = _convert(data, _Field, name, at)
    integers, numbers = entry.integers, entry.numbers
    try:
        return FieldProfile(
            path=parse_path(path),
            parents=entry.of,
            present=entry.present,
            types=dict(entry.types.items()),
            formats=entry.formats,
            integers=Integers(integers.min, integers.max) if integers else None,
            numbers=Numbers(numbers.min, numbers.max, numbers.whole_digits, numbers.scale, numbers.inexact)
            if numbers
            else None,
            longest=entry.longest,
            repeated=entry.repeated,
            capped=entry.capped,
            type=parse_type(entry.type) if entry.type else None,
            decided_by=entry.decided_by,
            description=entry.description,
        )
    except PenstockError as error:
        problem, _, hint = str(error).partition("\nHint: ")
        raise CatalogFormatError(name, at, problem.rstrip("."), hint) from None


def _load_yaml(text: str, name: str) -> object:
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
    seen: set[str] = set()
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode) and key.value in seen:
            line = key.start_mark.line + 1
            raise CatalogFormatError(name, f"line {line}", f"{key.value!r} is there twice", "keep one of them.")
        seen.add(str(key.value))
        _refuse_repeated_keys(value, name)
