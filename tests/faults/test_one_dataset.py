"""What stops one dataset stops no other: a catalog or a kept plan that cannot be read, a time that is none."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from tests.faults.plant import Plant, penstock, project_for, raw_files, tables

from penstock.errors import CatalogFormatError, PenstockError, PlanError
from penstock.runtime.project import Project
from penstock.services.replay import replay
from penstock.services.run import run

pytestmark = pytest.mark.slow


def cut_catalog(project: Project) -> None:
    file = project.catalog("valves")
    file.write_text(file.read_text()[:200] + "\n  {half")


def empty_catalog(project: Project) -> None:
    project.catalog("valves").write_text("")


def cut_plan(project: Project) -> None:
    file = project.plan("valves")
    file.write_text(file.read_text()[:100])


def impossible_time(project: Project) -> None:
    file = project.catalog("valves")
    document = yaml.safe_load(file.read_text())
    document["fields"]["id"] = {"type": "timestamp", "decided_by": "person", **document["fields"]["id"]}
    document["fields"]["id"]["type"] = "timestamp"
    file.write_text(yaml.safe_dump(document, sort_keys=False))


FAULTS = [
    (cut_catalog, CatalogFormatError, "catalog/valves.yml"),
    (empty_catalog, CatalogFormatError, "catalog/valves.yml"),
    (cut_plan, PlanError, "'valves'"),
    (impossible_time, PlanError, "'valves'"),
]


@pytest.mark.parametrize("engine", ["duckdb", "dbt"])
@pytest.mark.parametrize(("damage", "kind", "named"), FAULTS, ids=[each[0].__name__ for each in FAULTS])
def test_the_other_datasets_go_on(
    tmp_path: Path, damage: Callable[[Project], None], kind: type[PenstockError], named: str, engine: str
) -> None:
    with Plant() as plant:
        project = project_for(tmp_path / "plant", plant.url, "valves", "stock")
        assert run(project.root, engine=engine).failures == ()
        good, landed = tables(project), raw_files(project, "valves")
        kept = {file: file.read_text() for file in (project.catalog("valves"), project.plan("valves"))}
        damage(project)
        plant.look += 1
        for again in (run, replay):
            (failure,) = again(project.root, engine=engine).failures
            assert isinstance(failure, kind)
            assert named in str(failure)
            assert "Hint: " in str(failure)
            assert tables(project)["main.valves"] == good["main.valves"]
            assert is_up_to_date(project, "stock", plant)
        assert len(raw_files(project, "valves")) > len(landed)
        for file, text in kept.items():
            file.write_text(text)
        assert run(project.root, engine=engine).failures == ()
        assert is_up_to_date(project, "valves", plant)


def is_up_to_date(project: Project, dataset: str, plant: Plant) -> bool:
    rows = tables(project)[f"main.{dataset}"]
    return all(any(f"'{each['id']}'" in row and f"'{each['bar']}'" in row for row in rows) for each in plant.valves())


def test_the_program_names_the_dataset_and_what_to_do(tmp_path: Path) -> None:
    with Plant() as plant:
        project = project_for(tmp_path / "plant", plant.url, "valves", "stock")
        assert run(project.root, engine="duckdb").failures == ()
        cut_catalog(project)
        done = penstock("run", str(project.root), "--engine", "duckdb", "--json")
        assert done.returncode == 2
        document = json.loads(done.stdout)
        assert {each["dataset"] for each in document["steps"] if each["status"] == "failed"} == {"valves"}
        assert [(each["step"], each["status"]) for each in document["steps"] if each["dataset"] == "stock"] == [
            (step, "ok") for step in ("extract", "profile", "load", "normalise")
        ]
        (error,) = document["errors"]
        assert "catalog/valves.yml" in error["message"]
