"""Objects whose keys are data become rows with `_key`, where the data show it or a person says so."""

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from tests.journeys import pipelines, quirks
from tests.journeys.travel import assert_holds, run_well, set_up
from tests.providers.engine import ReplayServer
from tests.providers.recorded import RECORDINGS
from tests.providers.sites import OWN, SHARED, SITES

from penstock.runtime.project import Project
from penstock.services.look import list_tables

pytestmark = pytest.mark.slow

MAPS = ("currencies", "languages", "name.native")


@pytest.mark.parametrize("recordings", [each for each in RECORDINGS if each.values == (SHARED,)])
def test_data_show_it(recordings: Path, tmp_path: Path) -> None:
    with ReplayServer(SITES["countries"], recordings) as server:
        project = set_up(pipelines.countries(tmp_path, server.url))
        run_well(project)
        assert_holds(project, quirks.countries_with_maps(server.recordings))
        decide(project, {"languages": "record"})
        run_well(project)
        assert_holds(project, quirks.countries(server.recordings))
        tables = {each.name for each in list_tables(project)}
        assert {"countries__currencies", "countries__name__native"} < tables


def test_a_person_says_so(tmp_path: Path) -> None:
    with ReplayServer(SITES["countries"], OWN) as server:
        project = set_up(pipelines.countries(tmp_path, server.url))
        run_well(project)
        assert_holds(project, quirks.countries_with_columns(server.recordings))
        decide(project, dict.fromkeys(MAPS, "map"))
        for first in ("profile", "extract"):
            run_well(project, first=first)
            assert_holds(project, quirks.countries_with_maps(server.recordings))
        kept = yaml.safe_load(project.catalog("countries").read_text(encoding="utf-8"))["fields"]
        assert {kept[each]["decided_by"] for each in MAPS} == {"person"}


def decide(project: Project, types: Mapping[str, str]) -> None:
    """Edit the catalog as a person does."""
    file = project.catalog("countries")
    catalog = yaml.safe_load(file.read_text(encoding="utf-8"))
    for path, type_ in types.items():
        catalog["fields"][path] |= {"type": type_, "decided_by": "person"}
    file.write_text(yaml.safe_dump(catalog, sort_keys=False, allow_unicode=True), encoding="utf-8")
