"""Pages whose numbers are read exactly, digit by digit: what stands beside the fields, and texts made of numbers."""

from dataclasses import replace
from pathlib import Path as File

import pytest
from tests.pipeline.plan.place import Place

from penstock.catalog.decisions.shape import Shape
from penstock.errors import TablesError
from penstock.pipeline.plan import format_plan, needs_refresh, parse_plan
from penstock.schema import Decimal, Field, Float, Integer, List, Record, Text, parse_path

FEES = Shape(
    Record(
        (
            Field("id", Text()),
            Field("fee", Decimal(26, 23)),
            Field("in", Record((Field("fee", Decimal(9, 2)),)), optional=True),
            Field("all", List(Record((Field("v", Integer()),))), optional=True),
        )
    )
)
PAGE = (
    '{"meta":{"total":2},"items":[{"id":"1","fee":0.12345678901234567890123,"new":{"x":1.5},"in":{"fee":1.10,'
    '"more":[1]}},{"id":"2","fee":1.5,"all":[{"v":1,"new":2},{"v":2}]}]}'
)


@pytest.mark.parametrize("records", ["items", "a.items", "a.0.items"])
def test_exact_numbers_stand_beside_keys_that_no_plan_knows(records: str, tmp_path: File) -> None:
    place = Place(tmp_path, FEES, records=records)
    page = PAGE
    for name in reversed(records.split(".")[:-1]):
        page = f"[{page}, 1]" if name.isdecimal() else f'{{"{name}":{page},"other":2.5}}'
    place.landing.run("d", [page], counts=[2])
    assert place.build().rejected == 0
    rows = place.rows("select id, cast(fee as VARCHAR), cast(in_fee as VARCHAR) from d order by id")
    assert rows == [("1", "0.12345678901234567890123", "1.10"), ("2", "1.50000000000000000000000", None)]
    assert place.rows("select v from d__all order by v") == [(1,), (2,)]


@pytest.mark.parametrize("items", ['{"id":"1","fee":1}', '"text"', "7"])
def test_an_exact_page_without_its_list_is_an_error(items: str, tmp_path: File) -> None:
    place = Place(tmp_path, FEES, records="items")
    place.landing.run("d", [f'{{"meta":1,"items":{items}}}'], counts=[1])
    with pytest.raises(TablesError, match="counts_d"):
        place.build()


CODES = Shape(
    Record((Field("code", Text(nullable=True)), Field("n", Float()), Field("l", List(Text()), optional=True))),
    literal=frozenset({parse_path("code"), parse_path("l[]")}),
)
LITERALS = ["0", "-0", "12345678901234567890123456789", "1.50", "1e2", "0.12345678901234567890123", "true", "false"]


@pytest.mark.parametrize("suffix", ["json", "ndjson"])
def test_scalars_fit_a_text_as_they_are_written(suffix: str, tmp_path: File) -> None:
    place = Place(tmp_path, CODES, format=suffix, key=["code"], mode="merge")
    values = [*LITERALS, '"076"', '"a 1.5 \\"x\\" true"', '""', '{"a":1}', "[1]"]
    records = [f'{{"code":{each},"n":1.5,"l":[{each}],"new":1}}' for each in values]
    page = "\n".join(records) if suffix == "ndjson" else f"[{','.join(records)}]"
    place.landing.run("d", [page], suffix=suffix, counts=[len(values)])
    assert place.build().rejected == 2
    wanted = [*LITERALS, "076", 'a 1.5 "x" true', ""]
    assert place.rows("select code from d order by _position") == [(each,) for each in wanted]
    assert place.rows("select value from d__l join d on d._row_id = _root_id order by d._position") == [
        (each,) for each in wanted
    ]
    assert place.rows("select path, reason, value from rejects.d order by position") == [
        ("code", "not of type text", '{"a":1}'),
        ("code", "not of type text", "[1]"),
    ]


def test_tables_start_over_when_what_was_set_aside_fits(tmp_path: File) -> None:
    place = Place(tmp_path, replace(CODES, literal=frozenset()))
    before = place.plan
    after = place.planned(CODES, before)
    assert needs_refresh(before, after)
    assert not needs_refresh(after, before)
    assert parse_plan(format_plan(after)) == after


@pytest.mark.parametrize(
    ("shape", "damage", "hint"),
    [
        (FEES, None, "Hint: A raw file is missing"),
        (CODES, None, "Hint: A raw file is missing"),
        (Shape(Record((Field("id", Integer()),))), '{"items":[{"id":"x"}]}', "gate"),
    ],
)
def test_the_hint_fits_the_error(shape: Shape, damage: str | None, hint: str, tmp_path: File) -> None:
    place = Place(tmp_path, shape, records="items")
    place.landing.run("d", ['{"items":[]}'], counts=[0])
    (raw,) = place.landing.root.rglob("*.json")
    if damage is None:
        raw.unlink()
    else:
        raw.write_text(damage)
    with pytest.raises(TablesError, match=hint):
        place.build()
