"""Values of types, as JSON has them."""

import base64
from collections.abc import Callable, Mapping
from datetime import timedelta, timezone
from decimal import Decimal as Exact
from typing import Any, Final

from hypothesis import strategies as st

from penstock.mapping.values import encode
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

Values = st.SearchStrategy[Any]

_texts: Final = st.text(st.characters(codec="utf-8"), max_size=5)
_offsets: Final = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


def values_of(type_: Type) -> Values:
    """JSON values of a type; numbers in the range that all engines have."""
    plain = _OF[type(type_)](type_)
    return st.none() | plain if type_.nullable else plain


def _decimals(type_: Decimal) -> Values:
    digits = min(type_.precision, 28)
    return st.integers(-(10**digits) + 1, 10**digits - 1).map(lambda each: Exact(each).scaleb(-type_.scale))


def _timestamps(type_: Timestamp) -> Values:
    if not type_.zone:
        return st.datetimes().map(lambda each: each.isoformat())
    return st.datetimes(timezones=_offsets).map(lambda each: each.isoformat())


def _records(type_: Record) -> Values:
    required = {each.name: values_of(each.type) for each in type_.fields if not each.optional}
    optional = {each.name: values_of(each.type) for each in type_.fields if each.optional}
    return st.fixed_dictionaries(required, optional=optional)


_OF: Final[Mapping[type[Type], Callable[[Any], Values]]] = {
    Text: lambda _: _texts,
    Enum: lambda each: st.sampled_from(each.values),
    Integer: lambda _: st.integers(-(1 << 63), (1 << 63) - 1),
    Decimal: _decimals,
    Float: lambda _: st.floats(allow_nan=False, allow_infinity=False),
    Boolean: lambda _: st.booleans(),
    Date: lambda _: st.dates().map(encode),
    Timestamp: _timestamps,
    Time: lambda _: st.times().map(lambda each: each.isoformat()),
    Binary: lambda _: st.binary(max_size=4).map(lambda each: base64.b64encode(each).decode()),
    Json: lambda _: st.recursive(st.none() | st.booleans() | _texts, lambda inner: st.lists(inner, max_size=2)),
    List: lambda each: st.lists(values_of(each.element), max_size=3),
    Map: lambda each: st.dictionaries(_texts, values_of(each.value), max_size=2),
    Record: _records,
    Union: lambda each: st.one_of([values_of(member) for member in each.members]) if each.members else st.nothing(),
}
