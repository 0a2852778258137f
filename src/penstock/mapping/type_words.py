"""The words for types in IS_TYPE and AS_TYPE, and which types each names."""

from collections.abc import Mapping
from typing import Final

from penstock.schema import (
    Boolean,
    Date,
    Decimal,
    Enum,
    Float,
    Integer,
    List,
    Map,
    Record,
    Text,
    Time,
    Timestamp,
    Type,
)

TYPES_OF_WORD: Final[Mapping[str, tuple[type[Type], ...]]] = {
    "text": (Text, Enum),
    "integer": (Integer,),
    "decimal": (Decimal,),
    "float": (Float,),
    "boolean": (Boolean,),
    "date": (Date,),
    "timestamp": (Timestamp,),
    "time": (Time,),
    "list": (List,),
    "record": (Record, Map),
}
"""The first is what a value without a declared type is read as."""

SYNONYMS: Final[Mapping[str, str]] = {"string": "text", "int": "integer", "enum": "text", "map": "record"}


def types_of(word: str) -> tuple[type[Type], ...]:
    """The types that a word names.

    Raises:
        ValueError: it is no such word.
    """
    found = TYPES_OF_WORD.get(SYNONYMS.get(word, word))
    if found is None:
        raise ValueError(f"{word!r} is no type; use one of {', '.join(TYPES_OF_WORD)}")
    return found
