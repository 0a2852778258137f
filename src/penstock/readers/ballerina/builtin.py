"""The types that Ballerina and its modules define, as schemas."""

from collections.abc import Mapping
from typing import Final

from penstock.schema.types import (
    Boolean,
    Date,
    Decimal,
    Float,
    Integer,
    Json,
    Text,
    Time,
    Timestamp,
    Type,
)
from penstock.schema.widen import NOTHING

BUILTIN: Final[Mapping[str, Type]] = {
    "int": Integer(),
    "byte": Integer(),
    "float": Float(),
    "decimal": Decimal(),
    "boolean": Boolean(),
    "string": Text(),
    "json": Json(nullable=True),
    "anydata": Json(nullable=True),
    "any": Json(nullable=True),
    "never": NOTHING,
}

OPAQUE: Final[Mapping[str, tuple[Type, str]]] = {
    "xml": (Text(), "is XML, and is kept as text"),
    **{
        kind: (Json(nullable=True), f"is of type {kind}, whose values are no data, and is kept as JSON")
        for kind in ("stream", "typedesc", "future", "error", "handle", "function", "object")
    },
}
"""What is no data is read as what, and what this loses."""

_FOREIGN: Final[Mapping[str, tuple[Type, str]]] = {
    "ballerina/time:Utc": (Timestamp(), "is a pair of seconds in Ballerina, and is kept as a timestamp"),
    "ballerina/time:Civil": (
        Timestamp(zone=False),
        "is a record in Ballerina, and is kept as a timestamp: its zone is lost",
    ),
    "ballerina/time:Date": (Date(), "is a record in Ballerina, and is kept as a date"),
    "ballerina/time:TimeOfDay": (Time(), "is a record in Ballerina, and is kept as a time"),
    "ballerina/time:Seconds": (Decimal(), ""),
    "ballerina/regexp:RegExp": (Text(), "is a pattern, and is kept as text"),
    "ballerina/string:Char": (Text(), "takes texts of one character, and is kept as text"),
}

_FAMILIES: Final[Mapping[str, tuple[Type, str]]] = {
    "ballerina/int": (Integer(), "has a range of its own, and is kept as any integer"),
    "ballerina/xml": OPAQUE["xml"],
}
"""Modules whose types are all read as the same."""


def find_foreign(module: str, name: str) -> tuple[Type, str] | None:
    """The type that a module of Ballerina defines, and what is lost; None when it is not known."""
    module = module.replace("/lang.", "/")
    return _FOREIGN.get(f"{module}:{name}", _FAMILIES.get(module))
