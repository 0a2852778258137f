"""Which values belong to which types (section 5, "Types")."""

import math
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from tests.conformance.ballerina.values import (
    INT_MAX,
    INT_MIN,
    BallerinaPanic,
    ErrorValue,
    IllTyped,
    UnsupportedSyntax,
    as_decimal,
    as_int,
    kind,
)

from penstock.readers.ballerina.syntax import (
    Alternatives,
    Array,
    Both,
    FieldSyntax,
    Immutable,
    Inclusion,
    Literal,
    MapOf,
    Nil,
    Opaque,
    RecordSyntax,
    Reference,
    Tuple,
    TypeSyntax,
)

Types = Mapping[str, TypeSyntax]

BASIC = {"int", "float", "decimal", "boolean", "string"}


def belongs(value: Any, type_: TypeSyntax, types: Types) -> bool:  # noqa: C901, PLR0911  # one case for each type
    """Whether a value is of a type."""
    match type_:
        case Reference(name, ""):
            return _named(value, name, types)
        case Reference(name, prefix):
            return _foreign(value, f"{prefix}:{name}")
        case Nil():
            return value is None
        case Literal(source, text):
            return value == text and kind(value) == "string" if text is not None else _is_literal(value, source)
        case Alternatives(members):
            return any(belongs(value, each, types) for each in members)
        case Both(members):
            return all(belongs(value, each, types) for each in members if each != Immutable())
        case Array(member, length):
            fits = isinstance(value, list) and (not length or len(value) == int(length))
            return fits and all(belongs(each, member, types) for each in value)
        case Tuple():
            return _tuple(value, type_, types)
        case MapOf(member):
            return isinstance(value, dict) and all(belongs(each, member, types) for each in value.values())
        case RecordSyntax():
            return isinstance(value, dict) and _record(value, type_, types)
        case Opaque("error"):
            return isinstance(value, ErrorValue)
        case Opaque("function"):
            return kind(value) == "function"
    raise UnsupportedSyntax(f"the type {type_}")


def _named(value: Any, name: str, types: Types) -> bool:
    if name in types:
        return belongs(value, types[name], types)
    if name in BASIC:
        return kind(value) == name
    if name == "byte":
        return kind(value) == "int" and 0 <= value <= 255
    if name in {"json", "anydata"}:
        return _is_data(value)
    if name in {"any", "never"}:
        return name == "any" and not isinstance(value, ErrorValue)
    raise IllTyped(f"there is no type {name}")


def _foreign(value: Any, name: str) -> bool:
    if name == "string:Char":
        return isinstance(value, str) and len(value) == 1
    if name == "regexp:Groups":
        return isinstance(value, list) and all(each is None or kind(each) == "Span" for each in value)
    if name == "regexp:Span":
        return kind(value) == "Span"
    if name in {"string:RegExp", "regexp:RegExp"}:
        return kind(value) == "RegExp"
    raise UnsupportedSyntax(f"the type {name}")


def _is_data(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_is_data, value))
    if isinstance(value, dict):
        return all(map(_is_data, value.values()))
    return value is None or kind(value) in BASIC


def _is_literal(value: Any, source: str) -> bool:
    if source in {"true", "false"}:
        return value is (source == "true")
    return kind(value) == "int" and value == int(source)


def _tuple(value: Any, type_: Tuple, types: Types) -> bool:
    if not isinstance(value, list) or len(value) < len(type_.members):
        return False
    rest = value[len(type_.members) :]
    if rest and type_.rest is None:
        return False
    every = [*type_.members, *[type_.rest] * len(rest)]
    return all(belongs(each, wanted, types) for each, wanted in zip(value, every, strict=True) if wanted)


def fields_of(type_: RecordSyntax, types: Types) -> dict[str, FieldSyntax]:
    """The fields of a record with those that it includes."""
    found: dict[str, FieldSyntax] = {}
    for each in type_.parts:
        if isinstance(each, Inclusion):
            base = types[each.base.name]
            assert isinstance(base, RecordSyntax)
            found = {**fields_of(base, types), **found}
        else:
            found[each.name] = each
    return found


def _record(value: dict[str, Any], type_: RecordSyntax, types: Types) -> bool:
    fields = fields_of(type_, types)
    if not all(name in value or each.optional for name, each in fields.items()):
        return False
    for name, each in value.items():
        wanted = fields[name].type if name in fields else type_.rest
        if wanted is None or not belongs(each, wanted, types):
            return False
    return True


def cast(value: Any, type_: TypeSyntax, types: Types) -> Any:
    """`<T>value` (section 6, "Type cast expression"): numbers are converted, all else must belong to the type."""
    if belongs(value, type_, types):
        return value
    targets = [each for each in ("int", "float", "decimal") if _includes(type_, each, types)]
    if len(targets) == 1 and kind(value) in {"int", "float", "decimal"}:
        return numeric_convert(targets[0], value)
    raise BallerinaPanic("{ballerina}TypeCastError")


def _includes(type_: TypeSyntax, name: str, types: Types) -> bool:
    match type_:
        case Reference(given, ""):
            return given == name or (given in types and _includes(types[given], name, types))
        case Alternatives(members):
            return any(_includes(each, name, types) for each in members)
    return False


def numeric_convert(target: str, value: Any) -> Any:
    """NumericConvert (section 5): to int by rounding ties to even; out of range, or no number, panics."""
    if target == "float":
        return float(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise BallerinaPanic("{ballerina}NumberConversionError")
    exact = Decimal(value)
    if target == "decimal":
        return as_decimal(exact)
    whole = int(exact.to_integral_value(ROUND_HALF_EVEN))
    if not INT_MIN <= whole <= INT_MAX:
        raise BallerinaPanic("{ballerina}NumberConversionError")
    return as_int(whole)
