"""Schemas in normal form: unions have one member for each family."""

from hypothesis import strategies as st

from penstock.schema import (
    NOTHING,
    Binary,
    Boolean,
    Date,
    Decimal,
    Enum,
    Field,
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
    widest,
)

_decimals = st.tuples(st.integers(1, 30), st.integers(0, 30)).map(lambda each: Decimal(sum(each), each[1]))

_scalars: st.SearchStrategy[Type] = st.one_of(
    st.sampled_from([Text(), Float(), Boolean(), Date(), Time(), Binary(), Json(), NOTHING]),
    st.sampled_from([Integer(64), Integer(128), Integer(None), Timestamp(zone=True), Timestamp(zone=False)]),
    st.lists(st.sampled_from(["a", "b", "c", "é"]), min_size=1, unique=True).map(lambda each: Enum(tuple(each))),
    _decimals,
)


def _records(inner: st.SearchStrategy[Type]) -> st.SearchStrategy[Type]:
    names, defaults = st.sampled_from(["a", "b", "A", "c.d", ""]), st.sampled_from(["", "null", '"x"'])
    field = st.builds(Field, names, inner, optional=st.booleans(), default=defaults, key=st.booleans())
    fields = st.lists(field, max_size=4, unique_by=lambda each: each.name)
    return st.builds(lambda each, closed: Record(tuple(each), closed=closed), fields, st.booleans())


def _nested(inner: st.SearchStrategy[Type]) -> st.SearchStrategy[Type]:
    return st.one_of(
        inner.map(List),
        inner.map(Map),
        _records(inner),
        st.lists(inner, min_size=2, max_size=3).map(widest),
    )


def _maybe_null(type_: Type, is_nullable: bool) -> Type:
    return nullable(type_, value=is_nullable or type_.nullable)


types: st.SearchStrategy[Type] = st.builds(_maybe_null, st.recursive(_scalars, _nested, max_leaves=8), st.booleans())
