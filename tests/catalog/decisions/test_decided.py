"""What a person's decision in a catalog means for the values that were seen."""

from dataclasses import replace

import pytest

from penstock.catalog.decisions.shape import Shape, shape_of
from penstock.catalog.evolution.update import settle
from penstock.catalog.model import Catalog
from penstock.catalog.profiling.profile import profile_documents
from penstock.catalog.profiling.records import records_in
from penstock.schema import Path, Type, parse_path, parse_type


def decided(lines: str, path: str, type_: str) -> Shape:
    """The shape when a person writes the type of a path into the catalog of some records."""
    catalog = settle(profile_documents(records_in(lines.encode(), Path(), "ndjson")))
    return shape_of(_with_type(catalog, parse_path(path), parse_type(type_)))


def _with_type(catalog: Catalog, path: Path, type_: Type) -> Catalog:
    fields = [replace(each, type=type_, decided_by="person") if each.path == path else each for each in catalog.fields]
    return replace(catalog, fields=tuple(fields))


@pytest.mark.parametrize(
    ("lines", "path", "is_literal"),
    [
        ('{"a": 1}', "a", True),
        ('{"a": true}', "a", True),
        ('{"a": 1.5}\n{"a": "076"}', "a", True),
        ('{"a": {"b": [1, null]}}', "a.b[]", True),
        ('{"a": "076"}', "a", False),
        ('{"a": [1]}', "a", False),
        ('{"a": {"b": 1}}', "a", False),
    ],
)
def test_scalars_count_as_text_where_a_person_says_so(lines: str, path: str, is_literal: bool) -> None:
    shape = decided(lines, path, "text")
    assert shape.literal == ({parse_path(path)} if is_literal else set())
    assert shape.literal <= shape.gated


def test_a_rule_makes_no_text_of_a_number() -> None:
    catalog = settle(profile_documents(records_in(b'{"a": "1"}', Path(), "ndjson")))
    both = replace(catalog, fields=tuple(replace(each, types={"string": 1, "integer": 1}) for each in catalog.fields))
    shape = shape_of(both)
    assert shape.gated == {parse_path("a")}
    assert not shape.literal


@pytest.mark.parametrize(
    ("values", "type_", "seen", "instead"),
    [
        (['"31.12.2021"'], "date", ("%d.%m.%Y",), "text"),
        (['"soon"'], "date", ("text of no known format",), "text"),
        (['"2021-12-31"'], "timestamp", ("date",), "text"),
        (["1606857968", "null"], "timestamp", ("integer",), "integer"),
        (['"31.12.2021"', '"2021-12-31"'], "date", (), ""),
        (["null"], "date", (), ""),
    ],
)
def test_a_time_that_no_value_is_cannot_be_read(values: list[str], type_: str, seen: object, instead: str) -> None:
    found = decided("\n".join(f'{{"day": {each}}}' for each in values), "day", type_).unread
    assert [(each.path, each.seen, each.instead) for each in found] == (
        [(parse_path("day"), seen, instead)] if seen else []
    )
