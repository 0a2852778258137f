"""Decides the type of one path from its counts, and whether all of its values fit a type.

The rules, in one place:

- A type is decided by all values, never by most of them. Scalars of different kinds have no common type that
  keeps them, so they are kept as JSON; text would make `true` and "true" one.
- A text becomes a date, timestamp or time only when every text of the path is one: then nothing is lost, and
  whoever asks for the day gets it. One text that is none says that the field is not what it seems. Texts of digits
  stay text ("076" is a code), and integers stay integers (epoch seconds are a matter of mapping).
- Numbers become a double when each survives it, else an exact decimal, else JSON. A double is preferred because the
  digits that a provider writes behind the point change from page to page, and with them a decimal's type.
"""

from collections.abc import Callable, Mapping
from typing import Final

from penstock.catalog.decisions.maps import is_map
from penstock.catalog.formats.refine import EITHER
from penstock.catalog.model import FieldProfile, Integers
from penstock.catalog.profiling.node import Node
from penstock.schema.types import (
    Boolean,
    Date,
    Decimal,
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
    nullable,
)

MAX_PRECISION: Final = 38
"""The most digits that a column of decimals can have."""

EXACT_IN_DOUBLE: Final = 2**53
"""All integers up to here survive a double."""

FORMAT_TYPES: Final[Mapping[str, Type]] = {
    "date": Date(),
    "timestamp_zone": Timestamp(zone=True),
    "timestamp": Timestamp(zone=False),
    "time": Time(),
}


_EPOCHS: Final = {
    "epoch_seconds": 1,
    "epoch_milliseconds": 10**3,
    "epoch_microseconds": 10**6,
    "epoch_nanoseconds": 10**9,
}
_EPOCH_START: Final = 946_684_800  # 2000-01-01
_EPOCH_END: Final = 4_102_444_800  # 2100-01-01


def decide(node: Node) -> Type:
    """The type of the values at a path, without what is nested in it and whether it is nullable.

    A decision that was written down counts; without any value the type is JSON.
    """
    if isinstance(node.type, Record) and node.every_key is not None:
        return Map()  # the fields are not known: there were too many keys to keep them apart
    if node.type is not None:
        return node.type
    kinds = frozenset(node.types) - {"null"}
    return _BY_KINDS[kinds](node) if kinds in _BY_KINDS else Json()


def fits(node: Node, type_: Type) -> bool:
    """Whether every value that was seen at a path is of a type; null always is. What is nested is not looked at."""
    kinds = set(node.types) - {"null"}
    if isinstance(type_, Json) or not kinds:
        return True
    if type(type_) not in _FITS:
        return False
    accepted, check = _FITS[type(type_)]
    return kinds <= accepted and (check is None or check(node, type_))


def format_name(profile: FieldProfile) -> str | None:
    """The format of the values at a path: what all texts are, or what all integers seem to be; None: no format.

    A day whose pattern is open in some texts (03/04/2021) is of the pattern of the others.
    """
    texts = profile.types.get("string", 0)
    if texts:
        return next((each for each in profile.formats if _times(profile.formats, each) == texts), None)
    return _epoch(profile.integers) if profile.integers and not profile.types.get("number") else None


def _times(formats: Mapping[str, int], name: str) -> int:
    """How many texts have a format, or may have it as well as another."""
    return sum(times for each, times in formats.items() if each == name or name in each.split(EITHER))


def _epoch(span: Integers) -> str | None:
    for name, unit in _EPOCHS.items():
        if _EPOCH_START * unit <= span.minimum and span.maximum <= _EPOCH_END * unit:
            return name
    return None


def _integer(node: Node) -> Type:
    return next(each for each in (Integer(64), Integer(128), Integer(None)) if _holds_integers(node, each))


def _number(node: Node) -> Type:
    exact = Decimal(_whole_digits(node) + _scale(node), _scale(node))
    return next((each for each in (Float(), exact) if _holds_numbers(node, each)), Json())


def _text(node: Node) -> Type:
    return next((each for each in FORMAT_TYPES.values() if _holds_format(node, each)), Text())


def _object(node: Node) -> Type:
    if is_map(node, decide):
        return Map()
    # An object that never has a key has no columns either.
    return Record() if node.children else Json()


_BY_KINDS: Final[Mapping[frozenset[str], Callable[[Node], Type]]] = {
    frozenset({"boolean"}): lambda _: Boolean(),
    frozenset({"integer"}): _integer,
    frozenset({"number"}): _number,
    frozenset({"integer", "number"}): _number,
    frozenset({"string"}): _text,
    frozenset({"array"}): lambda _: List(),
    frozenset({"object"}): _object,
}


def _holds_integers(node: Node, type_: Type) -> bool:
    bits = type_.bits if isinstance(type_, Integer) else None
    if bits is None or node.integers is None:
        return True
    limit = 1 << (bits - 1)
    return -limit <= node.integers.minimum and node.integers.maximum < limit


def _holds_numbers(node: Node, type_: Type) -> bool:
    if isinstance(type_, Decimal):
        whole = type_.precision - type_.scale
        return type_.precision <= MAX_PRECISION and _whole_digits(node) <= whole and _scale(node) <= type_.scale
    inexact = node.numbers is not None and node.numbers.inexact > 0
    span = node.integers
    return not inexact and (span is None or max(-span.minimum, span.maximum) <= EXACT_IN_DOUBLE)


def _whole_digits(node: Node) -> int:
    whole = node.numbers.whole_digits if node.numbers else 1
    if node.integers is None:
        return whole
    # Compared with powers of ten, because Python refuses to write integers of thousands of digits.
    largest = max(-node.integers.minimum, node.integers.maximum)
    return next((digits for digits in range(whole, MAX_PRECISION + 1) if largest < 10**digits), MAX_PRECISION + 1)


def _scale(node: Node) -> int:
    return node.numbers.scale if node.numbers else 0


def _holds_format(node: Node, type_: Type) -> bool:
    name = next((name for name, each in FORMAT_TYPES.items() if each == nullable(type_, value=False)), "")
    return node.formats.get(name, 0) == node.types.get("string", 0)


_FITS: Final[Mapping[type[Type], tuple[frozenset[str], Callable[[Node, Type], bool] | None]]] = {
    Boolean: (frozenset({"boolean"}), None),
    Text: (frozenset({"string"}), None),
    Integer: (frozenset({"integer"}), _holds_integers),
    Float: (frozenset({"integer", "number"}), _holds_numbers),
    Decimal: (frozenset({"integer", "number"}), _holds_numbers),
    Date: (frozenset({"string"}), _holds_format),
    Timestamp: (frozenset({"string"}), _holds_format),
    Time: (frozenset({"string"}), _holds_format),
    List: (frozenset({"array"}), None),
    Record: (frozenset({"object"}), None),
    Map: (frozenset({"object"}), None),
}
"""The JSON types that a type takes, and what else must hold. Other types (enumerations, binary) are checked value by
value when they are loaded, because counts cannot tell."""
