"""The types of fields: what a value may be, whether it may be null, and how types nest.

`nullable` belongs to a type (a list may hold nulls), `optional` to a field (its key may be missing).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, Final, TypeVar


@dataclass(frozen=True, slots=True)
class Type:
    """Base of all types."""

    name: ClassVar[str] = ""

    nullable: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Text(Type):
    """Unicode text."""

    name = "text"


@dataclass(frozen=True, slots=True)
class Integer(Type):
    """A whole number; `bits` is 64, 128 or None for any size."""

    name = "integer"
    bits: int | None = 64


@dataclass(frozen=True, slots=True)
class Decimal(Type):
    """An exact decimal number with `precision` digits, `scale` of them behind the point."""

    name = "decimal"
    precision: int = 38
    scale: int = 9


@dataclass(frozen=True, slots=True)
class Float(Type):
    """A binary floating point number of 64 bits."""

    name = "float"


@dataclass(frozen=True, slots=True)
class Boolean(Type):
    """True or false."""

    name = "boolean"


@dataclass(frozen=True, slots=True)
class Date(Type):
    """A calendar day, written as ISO 8601 in JSON."""

    name = "date"


@dataclass(frozen=True, slots=True)
class Timestamp(Type):
    """A point in time; without `zone` a wall clock time."""

    name = "timestamp"
    zone: bool = True


@dataclass(frozen=True, slots=True)
class Time(Type):
    """A time of day."""

    name = "time"


@dataclass(frozen=True, slots=True)
class Binary(Type):
    """Bytes, written as base64 in JSON."""

    name = "binary"


@dataclass(frozen=True, slots=True)
class Json(Type):
    """Any JSON value, kept as it came."""

    name = "json"


@dataclass(frozen=True, slots=True)
class Enum(Type):
    """One of the listed texts."""

    name = "enum"
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class List(Type):
    """Elements of one type, in order."""

    name = "list"
    element: Type = field(default_factory=Json)


@dataclass(frozen=True, slots=True)
class Map(Type):
    """Values of one type under keys that are data."""

    name = "map"
    value: Type = field(default_factory=Json)


@dataclass(frozen=True, slots=True)
class Union(Type):
    """A value of any one of the member types."""

    name = "union"
    members: tuple[Type, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A named part of a record."""

    name: str
    type: Type
    optional: bool = False
    """The key may be missing; whether its value may be null is said by the type."""
    description: str = ""
    default: str = ""
    """The value that stands for a missing one, as JSON text; empty: there is none."""
    key: bool = False
    """The field is (a part of) the key that tells records apart."""


@dataclass(frozen=True, slots=True)
class Record(Type):
    """Named fields in a stable order."""

    name = "record"
    fields: tuple[Field, ...] = ()
    type_name: str = ""
    closed: bool = False
    """Other fields than these are not allowed."""

    def by_name(self) -> Mapping[str, Field]:
        """The fields under their names."""
        known = _BY_NAME.get(id(self.fields))
        if known is not None:
            return known[1]
        found = {each.name: each for each in self.fields}
        if len(found) > _LARGE:
            if len(_BY_NAME) == _KEPT:
                _BY_NAME.clear()
            _BY_NAME[id(self.fields)] = self.fields, found
        return found


_LARGE: Final = 32
_KEPT: Final = 256
_BY_NAME: Final[dict[int, tuple[tuple[Field, ...], Mapping[str, Field]]]] = {}
"""What `by_name` found for large records, which are asked once for each field; what is kept here keeps its identity."""


T = TypeVar("T", bound=Type)


def nullable(type_: T, *, value: bool = True) -> T:
    """The same type that may (or may not) be null."""
    return replace(type_, nullable=value)
