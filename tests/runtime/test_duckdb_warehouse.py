"""Landed files become tables: every kind of record, compared with plain Python."""

from pathlib import Path as File

import pytest
from tests.pipeline.plan.cases import CASES, Case
from tests.pipeline.plan.place import place_of
from tests.pipeline.plan.plain import expected, found

from penstock.runtime.duckdb_landing import page_kind


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_tables_hold_what_the_records_hold(case: Case, tmp_path: File) -> None:
    place = place_of(case, tmp_path)
    result = place.build()
    assert (result.records, result.rejected) == (len(case.records), 0)
    assert found(place.connection, place.plan) == expected(place.plan, case.records)


@pytest.mark.parametrize("case", [each for each in CASES if each.records], ids=lambda case: case.name)
def test_the_kind_of_a_page_is_seen(case: Case, tmp_path: File) -> None:
    place = place_of(case, tmp_path)
    place.build()
    place.rows("update landing.d set normalised_at = null")
    kind = page_kind(place.connection, place.spec, "d", str(place.landing.root))
    assert kind == place.plan.page


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_building_again_changes_nothing(case: Case, tmp_path: File) -> None:
    place = place_of(case, tmp_path)
    place.build()
    before = {each.name: place.rows(f'from "{each.name}" order by all') for each in place.plan.tables}
    assert place.build().files == 0
    place.rows("update landing.d set normalised_at = null")
    place.build()
    assert {each.name: place.rows(f'from "{each.name}" order by all') for each in place.plan.tables} == before
    place.build(full_refresh=True)
    assert {each.name: place.rows(f'from "{each.name}" order by all') for each in place.plan.tables} == before
