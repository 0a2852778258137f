"""A run for a range says which datasets it does not ask."""

from pathlib import Path

import yaml
from tests.faults.plant import Plant, project_for

from penstock.runtime.events import Event, Noted
from penstock.services.run import run


def test_datasets_without_a_cursor_are_named(tmp_path: Path) -> None:
    with Plant() as plant:
        project = project_for(tmp_path / "plant", plant.url)
        spec = yaml.safe_load(project.spec.read_text())
        spec["datasets"]["readings"]["cursor"] = {"path": "at", "parameter": "since"}
        project.spec.write_text(yaml.safe_dump(spec, sort_keys=False))
        told: list[Event] = []
        assert run(project.root, since="2", last="extract", engine="duckdb", listen=told.append).failures == ()
        assert {each.path for each in plant.requests} == {"/readings"}
    (note,) = [each.text for each in told if isinstance(each, Noted)]
    assert note == "Not asked, because a range needs a cursor: valves, stock."
