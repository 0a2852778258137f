"""Mappings of any form, sound or not, in the order of their target."""

from typing import Any

from hypothesis import strategies as st
from tests.schema.strategies import types

from penstock.mapping.model import (
    Alternative,
    Argument,
    Build,
    Call,
    Constant,
    Expression,
    FieldMapping,
    ForEach,
    Mapping,
    Read,
    Shape,
    Unmapped,
)
from penstock.schema import ITEM, Field, List, Path, Record, Type

_texts = st.text(st.characters(codec="utf-8"), max_size=6)
constants: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**70), 2**70),
        st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9),
        _texts,
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(_texts, inner, max_size=2)),
    max_leaves=3,
)
confidences = st.none() | st.floats(0, 1)
_records = st.lists(
    st.builds(
        Field, st.sampled_from(["a", "b", "lines", "operation", "type", "x.y", ""]), types, optional=st.booleans()
    ),
    max_size=4,
    unique_by=lambda each: each.name,
).map(lambda each: Record(tuple(each)))
NAMES = ["order", "other"]
OPERATIONS = ["SPLIT", "CONCAT", "EQUAL", "IF", "NOSUCH", "é"]


def paths(type_: Type, at: Path) -> list[Path]:
    """The places of a type, with `[]` for the elements of lists."""
    found = [at]
    if isinstance(type_, List):
        found += paths(type_.element, at / ITEM)
    if isinstance(type_, Record):
        found += [inner for each in type_.fields for inner in paths(each.type, at / each.name)]
    return found


def _expressions(places: list[Path]) -> st.SearchStrategy[Expression]:
    reads = st.sampled_from([*places, Path(()), Path(("nowhere",)), Path(("item", "a"))]).map(Read)

    def nested(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        arguments = st.builds(Argument, inner, st.sampled_from(["", "", "value", "separator", "keep", "values"]))
        leaves = st.builds(FieldMapping, st.sampled_from(["a", "b", "é", ""]), inner)
        return st.one_of(
            st.builds(Call, st.sampled_from(OPERATIONS), _distinct(arguments), st.sampled_from(["", "item"])),
            st.lists(leaves, max_size=2, unique_by=lambda each: each.target).map(lambda each: Build(tuple(each))),
            st.builds(ForEach, inner, st.sampled_from(["item", "order"]), inner),
        )

    return st.recursive(st.one_of(reads, constants.map(Constant)), nested, max_leaves=5)


def _distinct(arguments: st.SearchStrategy[Argument]) -> st.SearchStrategy[tuple[Argument, ...]]:
    unnamed_or_new = st.lists(arguments, max_size=3).filter(
        lambda each: len({a.name for a in each if a.name}) == sum(bool(a.name) for a in each)
    )
    return unnamed_or_new.map(tuple)


@st.composite
def leaves(draw: st.DrawFn, target: Type, places: list[Path]) -> tuple[FieldMapping, ...]:
    """Fields for some of a record's."""
    made = []
    known = list(target.fields) if isinstance(target, Record) else []
    for each in [*known, Field("unknown", Record())]:
        if not draw(st.booleans()):
            continue
        value: Expression = draw(_expressions(places))
        if isinstance(each.type, Record) and draw(st.booleans()):
            value = Build(draw(leaves(each.type, places)))
        if isinstance(each.type, List) and draw(st.booleans()):
            value = ForEach(draw(_expressions(places)), "item", Build(draw(leaves(each.type.element, places))))
        alternatives = draw(st.lists(st.builds(Alternative, _expressions(places), confidences), max_size=1))
        made.append(
            FieldMapping(
                each.name,
                value,
                draw(st.sampled_from(["person", "rule", "model", "memory"])),
                draw(confidences),
                tuple(draw(st.lists(_texts, max_size=2))),
                tuple(alternatives),
                draw(st.booleans()),
                draw(_texts),
                draw(st.none() | constants.map(Constant)),
            )
        )
    return tuple(made)


@st.composite
def mappings(draw: st.DrawFn) -> Mapping:
    """Whole mappings."""
    sources = tuple(Shape(name, draw(_records)) for name in draw(st.lists(st.sampled_from(NAMES), unique=True)))
    target = Shape(draw(st.sampled_from(["output", "mart", ""])), draw(_records))
    places = [place for each in sources for place in paths(each.type, Path((each.name,)))]
    gaps = st.lists(st.builds(Unmapped, st.sampled_from([*places, Path(("a",))]), _texts, st.booleans()), max_size=2)
    return Mapping(
        sources,
        target,
        draw(leaves(target.type, places)),
        tuple(draw(gaps)),
        tuple(draw(gaps)),
        draw(_texts),
        comment=draw(_texts),
    )
