"""The dbt project makes the same tables as the direct way, by itself, run after run."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path as File
from typing import Any

import duckdb
import pytest
from tests.pipeline.plan.cases import CASES
from tests.pipeline.plan.landed import Landing
from tests.pipeline.plan.place import landing_of, pages_of, spec_of

from penstock.catalog.decisions.shape import Shape
from penstock.pipeline.patterns import Context
from penstock.pipeline.patterns.load.duckdb import PATTERN as LOAD
from penstock.pipeline.patterns.normalise.dbt import PATTERN
from penstock.pipeline.plan import Plan, plans_of
from penstock.runtime.duckdb_landing import load_landing
from penstock.runtime.duckdb_warehouse import build_tables
from penstock.schema import Field, Integer, List, Record, Text, parse_path

DBT = File(sys.executable).with_name("dbt")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DBT.exists(), reason="dbt is not installed (the extra `pipeline`)"),
]

CHOSEN = {
    "gbfs": "stations",
    "gbfs by line": "lines",
    "odd names": "odd",
    "names that differ in case only": "cases",
    "decimals beyond a double": "decimals",
    "texts": "texts",
    "now a list, now a record": "mixed",
    "second of a list": "second",
}
SHAPE = Shape(
    Record((Field("id", Text()), Field("v", Integer(nullable=True)), Field("tags", List(Text()), optional=True))),
    frozenset({parse_path("v")}),
)
LATER = replace(SHAPE, record=Record((*SHAPE.record.fields, Field("w", Text(), optional=True))))
MODES: dict[str, dict[str, Any]] = {
    "kept": {"mode": "append"},
    "merged": {"mode": "merge", "key": ["id"]},
    "snap": {"mode": "snapshot", "key": ["id"]},
}


def rec(id_: Any, v: Any, *tags: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "v": v, "tags": list(tags), **more}


RUNS = (
    [[rec("1", 1, "x"), rec("2", 2, "y", "z"), rec("2", 3, "a"), rec("4", "bad")]],
    [[rec("1", 5, w="new"), rec("4", 4, "b")]],
)


class Project:
    """A pipeline project that dbt builds, and a second warehouse that is built directly."""

    def __init__(self, folder: File) -> None:
        self.folder = folder
        self.landing = Landing(folder / "landing")
        self.cases = {CHOSEN[each.name]: each for each in CASES if each.name in CHOSEN}
        datasets: dict[str, dict[str, Any]] = {
            name: {"records": each.path, "format": "ndjson" if each.suffix == "ndjson" else "json", "key": each.key}
            for name, each in self.cases.items()
        }
        self.spec = spec_of({**datasets, **MODES, "torn": {}})
        self.shapes = {name: each.shape for name, each in self.cases.items()}
        self.shapes |= dict.fromkeys((*MODES, "torn"), SHAPE)
        self.plans: dict[str, Plan] = {}
        self.direct = duckdb.connect()

    def write(self) -> None:
        pages = {name: each.page for name, each in self.cases.items() if each.page}
        self.plans = plans_of(self.spec, self.shapes, previous=self.plans, pages=pages)
        context = Context(self.spec, self.plans)
        for path, text in {**PATTERN.render(context), **LOAD.render(context)}.items():
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    def dbt(self, *arguments: str) -> str:
        with self.open() as connection:
            os.chdir(self.folder)
            connection.execute((self.folder / "load/landing.sql").read_text())
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PENSTOCK_")}
        done = subprocess.run(
            [str(DBT), "--no-use-colors", *arguments], cwd=self.folder / "dbt", capture_output=True, text=True,
             env=environment,
            check=False,
        )  # fmt: skip
        return done.stdout + done.stderr

    def open(self) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(str(self.folder / "warehouse.duckdb"))
        connection.execute("set TimeZone = 'UTC'")
        return connection

    def build_directly(self, *, full_refresh: bool = False) -> None:
        load_landing(self.direct, self.spec, str(self.folder / "landing"))
        for name, plan in self.plans.items():
            if name != "torn":
                build_tables(self.direct, plan, str(self.folder / "landing"), full_refresh=full_refresh)


def tables(connection: duckdb.DuckDBPyConnection, plans: dict[str, Plan]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for plan in plans.values():
        if plan.dataset == "torn":
            continue
        for name in (*(f'"{each.name}"' for each in plan.tables), f'rejects."{plan.dataset}"'):
            types = connection.execute(f"describe {name}").fetchall()
            found[name] = ([each[:2] for each in types], connection.execute(f"from {name} order by all").fetchall())
        waiting = f'select count(*) from landing."{plan.dataset}" where normalised_at is null'
        found[plan.dataset] = connection.execute(waiting).fetchall()
    return found


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    before = File.cwd()
    made = Project(tmp_path_factory.mktemp("quakes"))
    for name, case in made.cases.items():
        made.landing.run(name, pages_of(case), **landing_of(case))
    for name in MODES:
        made.landing.run(name, RUNS[0])
    made.landing.run("torn", [[rec("1", 1)]], counts=[2])
    made.write()
    yield made
    os.chdir(before)


def test_dbt_makes_the_tables_of_the_direct_way(project: Project) -> None:
    log = project.dbt("build")
    project.build_directly()
    with project.open() as connection:
        assert tables(connection, project.plans) == tables(project.direct, project.plans), log
        # The one dataset whose manifest says more records than were read is not done; the others are.
        assert "ERROR=1 " in log
        assert "counts_torn" in log
        assert connection.execute("select count(*) from landing.torn where normalised_at is null").fetchall() == [(1,)]

    for name in MODES:
        project.landing.run(name, RUNS[1])
    project.shapes |= dict.fromkeys(MODES, LATER)
    project.write()
    log = project.dbt("build", "--exclude", "tag:torn")
    project.build_directly()
    with project.open() as connection:
        after = tables(connection, project.plans)
        assert after == tables(project.direct, project.plans), log
    assert "Completed successfully" in log
    assert "eprecat" not in log

    # Again, with the last batch put back as if the process had died before the end; then from everything.
    for arguments in (("build",), ("run", "--full-refresh")):
        with project.open() as connection:
            connection.execute(
                "update landing.merged set normalised_at = null "
                "where request_time = (select max(request_time) from landing.merged)"
            )
        log = project.dbt(*arguments, "--exclude", "tag:torn")
        with project.open() as connection:
            again = tables(connection, project.plans)
        assert {name: _sorted(each) for name, each in again.items()} == {
            name: _sorted(each) for name, each in after.items()
        }, log


def _sorted(table: Any) -> Any:
    """Columns in one order: after a full refresh a new column stands where the plan has it."""
    if isinstance(table, list):
        return table
    types, rows = table
    order = sorted(range(len(types)), key=lambda place: types[place])
    return [types[place] for place in order], sorted([str(row[place]) for place in order] for row in rows)


def test_the_files_are_plain_and_pass_their_checks(project: Project) -> None:
    files = PATTERN.render(Context(project.spec, project.plans))
    assert PATTERN.check(files) == []
    assert not [path for path, text in files.items() if "\ue000" in text or "penstock" in path]
    broken = {**files, "dbt/profiles.yml": files["dbt/profiles.yml"] + "      password: hunter2\n"}
    assert [each.code for each in PATTERN.check(broken)] == ["DBT003"]
    assert [each.code for each in PATTERN.check({"dbt/models/x.yml": "a: ["})] == [
        "DBT001",
        "DBT001",
        "DBT001",
        "DBT002",
    ]
