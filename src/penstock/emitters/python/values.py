"""How values of each type are read from JSON, checked and written back as JSON."""

from datetime import date, datetime, time
from decimal import Decimal as Exact
from typing import Any, Final

from penstock.emitters.python import written
from penstock.emitters.python.copying import Copies
from penstock.mapping.values import encode, format_timestamp
from penstock.schema import (
    Binary,
    Boolean,
    Date,
    Decimal,
    Enum,
    Float,
    Integer,
    Json,
    List,
    Map,
    Record,
    Text,
    Time,
    Timestamp,
    Type,
    Union,
)

NAMES: Final[dict[type[Type], type]] = {
    Text: str,
    Enum: str,
    Integer: int,
    Decimal: Exact,
    Float: float,
    Boolean: bool,
    Date: date,
    Timestamp: datetime,
    Time: time,
    Binary: bytes,
    List: list,
    Map: dict,
    Record: dict,
}
"""The Python type of each type's values."""

_READERS: Final[dict[type[Type], Any]] = {
    Text: written.read_text,
    Float: written.read_float,
    Boolean: written.read_boolean,
    Date: written.read_date,
    Time: written.read_time,
    Binary: written.read_binary,
    Json: written.read_json,
}

_QUICK: Final[dict[type[Type], str]] = {
    Text: "type({t} := {raw}) is str",
    Float: "type({t} := {raw}) is float and -1.7976931348623157e308 <= {t} <= 1.7976931348623157e308",
    Boolean: "({t} := {raw}) is True or {t} is False",
}
"""When a value is surely of a type; where it is not sure, the reader says."""


def gate(copies: Copies, type_: Type, raw: str, temporary: str) -> str:
    """A source value as Python has it, null where it is null; what does not fit its type stops the field."""
    if isinstance(type_, Json):
        return raw
    return _gate(type_, raw, temporary, f"{reader_of(copies, type_)}({temporary})")


def _gate(type_: Type, raw: str, temporary: str, otherwise: str) -> str:
    quick = _QUICK.get(type(type_), "")
    if type_ == Integer(nullable=type_.nullable):
        quick = "type({t} := {raw}) is int and -9223372036854775808 <= {t} <= 9223372036854775807"
    if quick:
        sure = quick.format(t=temporary, raw=raw)
        return f"({temporary} if {sure} or {temporary} is None else {otherwise})"
    return f"(None if ({temporary} := {raw}) is None else {otherwise})"


def reader_of(copies: Copies, type_: Type) -> str:
    """The name of the function that reads values of a type that are not null."""
    if type(type_) in _READERS:
        return copies.use(_READERS[type(type_)])
    known = f"reader of {type_!r}"
    if known not in copies.made:
        copies.made[known] = _reader(copies, type_)
    return copies.made[known]


def _reader(copies: Copies, type_: Type) -> str:
    if type_ == Integer(nullable=type_.nullable):
        return copies.use(written.read_integer)
    if isinstance(type_, Timestamp):
        return copies.use(written.read_timestamp if type_.zone else written.read_local_timestamp)
    made, name = _made(copies, type_)
    return copies.constant(name, made)


def _made(copies: Copies, type_: Type) -> tuple[str, str]:  # noqa: PLR0911  # one case for each type
    match type_:
        case Integer():
            return f"{copies.use(written.integer_reader)}({type_.bits})", f"read_integer_{type_.bits or 'any'}"
        case Decimal(precision=p, scale=s):
            return f"{copies.use(written.decimal_reader)}({p}, {s})", f"read_decimal_{p}_{s}"
        case Enum(values=values):
            listed = f"frozenset([{', '.join(map(repr, values))}])"
            return f"{copies.use(written.enum_reader)}({listed})", "read_listed"
        case List(element=element):
            return f"{copies.use(written.list_reader)}({_inner(copies, element)})", f"read_list_of_{element.name}"
        case Map(value=value):
            return f"{copies.use(written.map_reader)}({_inner(copies, value)})", f"read_map_of_{value.name}"
        case Record(fields=fields):
            listed = ", ".join(f"({each.name!r}, {_inner(copies, each.type)}, {each.optional})" for each in fields)
            return f"{copies.use(written.record_reader)}([{listed}])", "read_record"
        case Union(members=members):
            listed = ", ".join(reader_of(copies, each) for each in members)
            return f"{copies.use(written.union_reader)}([{listed}])", "read_union"
    raise AssertionError(type_)


def _inner(copies: Copies, type_: Type) -> str:
    reader = reader_of(copies, type_)
    if isinstance(type_, Json):
        return reader
    return f"{copies.use(written.or_null if type_.nullable else written.not_null)}({reader})"


def fitted(copies: Copies, type_: Type, code: str) -> str:
    """The result of an operation that may fail: what does not fit the result's type fails as well."""
    if isinstance(type_, Text | Boolean | Date | Timestamp | Time | Binary | Json | Enum):
        return code
    temporary = copies.fresh("v")
    return _gate(type_, code, temporary, f"{copies.use(written.fits)}({reader_of(copies, type_)}, {temporary})")


def encoded(copies: Copies, type_: Type, code: str, temporary: str) -> str:
    """A value as JSON has it."""
    if not _is_written_otherwise(type_):
        return code
    if isinstance(type_, Date):
        return f"(None if ({temporary} := {code}) is None else {temporary}.isoformat())"
    function = copies.use(format_timestamp if isinstance(type_, Timestamp) else encode)
    return f"(None if ({temporary} := {code}) is None else {function}({temporary}))"


def _is_written_otherwise(type_: Type) -> bool:
    match type_:
        case List(element=inner) | Map(value=inner):
            return _is_written_otherwise(inner)
        case Record(fields=fields):
            return any(_is_written_otherwise(each.type) for each in fields)
        case Union(members=members):
            return any(map(_is_written_otherwise, members))
    return isinstance(type_, Date | Timestamp | Time | Binary)


def literal(copies: Copies, value: Any) -> str:
    """A fixed value as Python code."""
    match value:
        case bool() | None | str():
            return repr(value)
        case int() | float():
            return repr(value) if repr(value).isdigit() else f"({value!r})"
        case list():
            return f"[{', '.join(literal(copies, each) for each in value)}]"
        case dict():
            return "{" + ", ".join(f"{k!r}: {literal(copies, v)}" for k, v in value.items()) + "}"
    known = f"constant {value!r}"
    if known not in copies.made:
        copies.made[known] = copies.fixed(f"FIXED_{type(value).__name__.upper()}", value)
    return copies.made[known]
