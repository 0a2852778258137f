"""Writes a catalog as a data contract: Open Data Contract Standard (ODCS) 3.1, as YAML.

Only what was decided goes into the contract: types, what may be missing or null, descriptions, enumerations. What
merely was so until now (lengths, smallest and largest values) does not, since a contract promises.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import yaml

from penstock.catalog.decisions.shape import VALUE, shape_of
from penstock.catalog.model import Catalog, FieldProfile
from penstock.catalog.personal.masking import is_personal
from penstock.schema import (
    ITEM,
    KEY,
    Binary,
    Boolean,
    Date,
    Decimal,
    Enum,
    Field,
    Float,
    Integer,
    List,
    Map,
    Path,
    Record,
    Text,
    Time,
    Timestamp,
    Type,
    format_type,
    nullable,
)

API_VERSION: Final = "v3.1.0"

_Properties = dict[str, Any]
_TEXT_FORMATS: Final = {"email": "email", "uuid": "uuid", "url": "uri", "ipv4": "ipv4"}


def to_odcs(catalog: Catalog, *, contract: str = "", version: str = "0.1.0", status: str = "draft") -> str:
    """A catalog as an ODCS data contract.

    Args:
        catalog: masked, unless the contract is to show personal examples.
        contract: the id of the contract; by default the catalog's name.
        version: that of the contract.
        status: where it stands: `proposed`, `draft`, `active`, …
    """
    name = catalog.name or "data"
    return to_contract(name, {name: shape_of(catalog).record}, catalog.by_path(), contract, version, status)


def to_contract(
    name: str,
    records: Mapping[str, Type],
    known: Mapping[Path, FieldProfile] | None = None,
    contract: str = "",
    version: str = "0.1.0",
    status: str = "draft",
) -> str:
    """Types as an ODCS data contract.

    Args:
        name: what the contract is called.
        records: the types under their names.
        known: what was counted at the paths of the only type.
        contract: the id of the contract; by default the name.
        version: that of the contract.
        status: where it stands: `proposed`, `draft`, `active`, …
    """
    document: _Properties = {
        "apiVersion": API_VERSION,
        "kind": "DataContract",
        "id": contract or name,
        "name": name,
        "version": version,
        "status": status,
        "schema": [_schema(each, type_, known or {}) for each, type_ in records.items()],
    }
    dumped: str = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=10**6)
    return dumped


def _schema(name: str, type_: Type, known: Mapping[Path, FieldProfile]) -> _Properties:
    record = type_ if isinstance(type_, Record) else Record((Field(VALUE, type_),))
    fields = {each.name: _field(each, Path((each.name,)), known) for each in record.fields}
    return {"name": name, "logicalType": "object", "properties": list(fields.values())}


def _field(field: Field, path: Path, known: Mapping[Path, FieldProfile]) -> _Properties:
    said = _property(field.type, path, known)
    if field.optional:
        said.pop("required", None)
    key = {"primaryKey": True} if field.key else {}
    described = {"description": field.description} if field.description else {}
    return {"name": field.name, **key, **described, **said}


def _property(type_: Type, path: Path, known: Mapping[Path, FieldProfile]) -> _Properties:
    """What a contract says of the values at a path, without the name."""
    profile = known.get(path)
    logical, options = _logical(type_)
    formats = _text_format(profile) if isinstance(type_, Text) else {}
    personal = profile.personal if profile and is_personal(profile) else ""
    said = {
        "description": profile.description if profile else "",
        "logicalType": logical,
        "physicalType": format_type(nullable(type_, value=False)) if not isinstance(type_, Record) else "record",
        "logicalTypeOptions": {**options, **formats},
        "required": not type_.nullable,
        "classification": personal and "personal",
        "examples": list(profile.values.shown) if profile else [],
        "customProperties": [*_custom("personalData", personal), *_custom("mapKeysAreData", isinstance(type_, Map))],
        **_nested(type_, path, known),
    }
    return {name: value for name, value in said.items() if value}


def _custom(name: str, value: object) -> list[_Properties]:
    return [{"property": name, "value": value}] if value else []


def _nested(type_: Type, path: Path, known: Mapping[Path, FieldProfile]) -> _Properties:
    match type_:
        case Record(fields=fields):
            return {"properties": [_field(each, path / each.name, known) for each in fields]}
        case Map(value=value):
            return {"properties": [{"name": "*", **_property(value, path / KEY, known)}]}
        case List(element=element):
            return {"items": _property(element, path / ITEM, known)}
        case Enum(values=values):
            valid = {"metric": "invalidValues", "arguments": {"validValues": list(values)}, "mustBe": 0}
            return {"quality": [valid]}
    return {}


_LOGICAL: Final[Mapping[type[Type], Callable[[Any], tuple[str, _Properties]]]] = {
    Text: lambda _: ("string", {}),
    Enum: lambda _: ("string", {}),
    Binary: lambda _: ("string", {"format": "byte"}),
    Boolean: lambda _: ("boolean", {}),
    Integer: lambda each: ("integer", {"format": f"i{each.bits}"} if each.bits else {}),
    Float: lambda _: ("number", {"format": "f64"}),
    Decimal: lambda _: ("number", {}),
    Date: lambda _: ("date", {}),
    Time: lambda _: ("time", {}),
    Timestamp: lambda each: ("timestamp", {"timezone": each.zone}),
    List: lambda _: ("array", {}),
    Record: lambda _: ("object", {}),
    Map: lambda _: ("object", {}),
}


def _logical(type_: Type) -> tuple[str, _Properties]:
    """The logical type and its options; a type that ODCS has no word for has none."""
    return _LOGICAL[type(type_)](type_) if type(type_) in _LOGICAL else ("", {})


def _text_format(profile: FieldProfile | None) -> _Properties:
    texts = profile.types.get("string", 0) if profile else 0
    found = [name for name, times in profile.formats.items() if times == texts] if profile else []
    return {"format": _TEXT_FORMATS[found[0]]} if found and found[0] in _TEXT_FORMATS else {}
