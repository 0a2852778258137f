"""Measures everything side by side and writes docs/benchmarks.md."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.compiled import prepare
from benchmarks.data import pages
from benchmarks.environments import dlt_python
from benchmarks.measure import Cost, in_turns, measure
from benchmarks.profiling import cases as profile_cases
from benchmarks.report import START_RUNS, Figures, machine, page
from benchmarks.same import assert_same
from benchmarks.whole import dbt_start, measured

ROOT = Path(__file__).parents[1]
WORK = ROOT / "benchmarks/.work"
DLT_LOAD = ROOT / "benchmarks/dlt_load.py"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--megabytes", type=int, default=200, help="size of the data (default: 200)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each case (default: 3)")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs/benchmarks.md", help="the page to write")
    options = parser.parse_args()
    folder = WORK / f"orders-{options.megabytes}"
    files = pages(options.megabytes, folder)
    python = dlt_python(WORK)
    with tempfile.TemporaryDirectory(dir=WORK) as scratch:
        space = Path(scratch)
        start = in_turns(START_RUNS, start_cases())
        fixed = in_turns(START_RUNS, fixed_cases(python))
        tables = in_turns(options.runs, table_cases(folder, python, space))
        assert_same(space / "expert.duckdb", space / "compiled.duckdb")
        runs = measured(options.runs, folder, python, space)
        fixed["dbt"] = dbt_start(space)
        profiles = in_turns(options.runs, profile_cases(folder, space))
    figures = Figures(
        command=f"make bench ARGS='--megabytes {options.megabytes} --runs {options.runs}'",
        machine=machine(),
        megabytes=sum(each.stat().st_size for each in files) / 1e6,
        runs=options.runs,
        fixed=start | fixed,
        tables=tables,
        whole=runs,
        profiles=profiles,
        dlt_steps=json.loads(tables["dlt"].output)["cpu"],
    )
    text = page(figures)
    options.output.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def start_cases() -> dict[str, Callable[[], Cost]]:
    penstock = str(Path(sys.executable).with_name("penstock"))
    return {
        "python": lambda: measure([sys.executable, "-c", "pass"]),
        "penstock --help": lambda: measure([penstock, "--help"]),
    }


def fixed_cases(python: Path) -> dict[str, Callable[[], Cost]]:
    return {
        "duckdb": lambda: measure([sys.executable, "-c", "import duckdb; duckdb.connect()"]),
        "compiled": lambda: measure(
            [sys.executable, "-c", "import benchmarks.compiled as c; c.libraries()"], folder=ROOT
        ),
        "dlt": lambda: measure([str(python), "-c", "import dlt, duckdb, pyarrow"]),
    }


def table_cases(folder: Path, python: Path, space: Path) -> dict[str, Callable[[], Cost]]:
    plan = prepare(folder, space)

    def fresh(name: str) -> str:
        database = space / f"{name}.duckdb"
        database.unlink(missing_ok=True)
        return str(database)

    def dlt() -> Cost:
        with tempfile.TemporaryDirectory(dir=space) as work:
            return measure([str(python), str(DLT_LOAD), str(folder), work])

    own = [sys.executable, "-m"]
    return {
        "expert": lambda: measure([*own, "benchmarks.expert", str(folder), fresh("expert")], folder=ROOT),
        "compiled": lambda: measure([*own, "benchmarks.compiled", str(plan), fresh("compiled")], folder=ROOT),
        "dlt": dlt,
    }


if __name__ == "__main__":
    main()
