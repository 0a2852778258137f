"""Whole runs, from an HTTP server to tables: `penstock run`, with dbt and without, and a dlt pipeline."""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.compiled import specification
from benchmarks.measure import Cost, in_turns, measure, medians
from benchmarks.server import serving
from penstock.runtime.http import HttpFetch
from penstock.services.init.project import init
from penstock.services.init.request import InitRequest

PENSTOCK = str(Path(sys.executable).with_name("penstock"))
DLT_LOAD = Path(__file__).with_name("dlt_load.py")


def measured(runs: int, folder: Path, python: Path, space: Path) -> dict[str, Cost]:
    """The cost of each way, all against one server, whose own cost is not counted."""
    with serving(folder) as url:
        return in_turns(runs, cases(url, folder, python, space))


def cases(url: str, folder: Path, python: Path, space: Path) -> dict[str, Callable[[], Cost]]:
    project = make_project(url, folder, space)

    def run(*options: str) -> Cost:
        copy = space / "run"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(project, copy)
        return measure([PENSTOCK, "run", *options], folder=copy)

    def dlt() -> Cost:
        with tempfile.TemporaryDirectory(dir=space) as work:
            return measure([str(python), str(DLT_LOAD), url, work])

    return {
        "penstock without dbt": lambda: run("--engine", "duckdb"),
        "penstock": lambda: run("--engine", "dbt"),
        "dlt": dlt,
    }


def make_project(url: str, folder: Path, space: Path) -> Path:
    """A pipeline for the pages at `url`, with the catalog of the first one, which decides the types."""
    spec = space / "spec.yml"
    spec.write_text(json.dumps(specification(url)), encoding="utf-8")
    project = space / "orders"
    init(InitRequest(project, spec=spec), HttpFetch(), os.environ)
    first = min(folder.glob("*.ndjson"))
    (project / "catalog").mkdir(exist_ok=True)
    measure([PENSTOCK, "profile", str(first), "-o", str(project / "catalog/orders.yml")], folder=space)
    return project


def dbt_start(space: Path) -> Cost:
    """What dbt costs before it builds anything: it reads the project and lists its models."""
    dbt = str(Path(sys.executable).with_name("dbt"))
    command = [dbt, "--no-send-anonymous-usage-stats", "ls", "--project-dir", ".", "--profiles-dir", "."]
    return medians([measure(command, folder=space / "run/dbt") for _ in range(3)])
