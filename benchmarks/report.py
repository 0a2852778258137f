"""The page with the figures, docs/benchmarks.md."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import profiling
from benchmarks.measure import Cost

START_RUNS = 15
GOALS = {"expert": 1.5, "dlt": 5.0, "whole": 1.5, "help": 0.15}


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that was measured in one run of the benchmarks."""

    command: str
    machine: str
    megabytes: float
    runs: int
    fixed: Mapping[str, Cost]
    tables: Mapping[str, Cost]
    whole: Mapping[str, Cost]
    profiles: Mapping[str, Cost]
    dlt_steps: Mapping[str, float]
    """CPU seconds of each step within the dlt process."""


def machine() -> str:
    """What the figures depend on, without a name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    processor = model[0].partition(":")[2].strip() if model else platform.machine()
    return f"{os.cpu_count()} cores ({processor}), {memory:.0f} GB of memory, Python {platform.python_version()}"


def page(figures: Figures) -> str:
    """The page in Markdown."""
    return (
        "\n\n".join(
            [head(figures), goals(figures), tables(figures), whole(figures), profiles(figures), fixed(figures), END]
        )
        + "\n"
    )


def head(figures: Figures) -> str:
    return f"""# Benchmarks

This page is written by `{figures.command}`. Everything on it was measured in one run, in turns,
on {figures.machine}.
Each figure is the median of {figures.runs} runs of a whole process ({START_RUNS} for the fixed costs), as the kernel
counted it: CPU is user and system time of the process and its children, memory is the peak of the largest process. Only
the ratios mean something elsewhere.

The data: {figures.megabytes:.0f} MB of NDJSON, orders of about 60 values in nested records with a list of records and
a list of texts. A few percent of the optional values are null or missing; 4 records in 1,000 hold a value of a wrong
type."""


def goals(figures: Figures) -> str:
    compiled, expert = figures.tables["compiled"].cpu, figures.tables["expert"].cpu
    steps = figures.dlt_steps["normalise"] + figures.dlt_steps["load"]
    whole_ratio = figures.whole["dlt"].cpu / figures.whole["penstock"].cpu
    started = figures.fixed["penstock --help"].wall - figures.fixed["python"].wall
    rows = [
        ("Penstock's SQL : hand-written SQL, CPU", f"{compiled / expert:.2f}", f"at most {GOALS['expert']}"),
        ("dlt's normalise and load : Penstock's SQL, CPU", f"{steps / compiled:.1f}", f"at least {GOALS['dlt']:.0f}"),
        ("whole run of dlt : whole run of Penstock, CPU", f"{whole_ratio:.2f}", f"at least {GOALS['whole']}"),
        ("`penstock --help` after Python's own start", f"{started:.2f} s", f"at most {GOALS['help']} s"),
    ]
    return table(("", "measured", "goal"), [*rows, *profiling.goals(figures.profiles)])


def profiles(figures: Figures) -> str:
    return profiling.section(figures.profiles, table, costs)


def tables(figures: Figures) -> str:
    names = {
        "expert": "DuckDB SQL written by hand",
        "compiled": "Penstock's compiled SQL",
        "dlt": "dlt, Parquet loader files, to DuckDB",
    }
    rows = [costs(text, figures.tables[name]) for name, text in names.items()]
    steps = ", ".join(f"{name} {seconds:.1f}" for name, seconds in figures.dlt_steps.items())
    return f"""## Raw files to tables

From NDJSON files on disk to a table of orders, one of their lines and one of their tags, in a new DuckDB file. The
hand-written SQL and Penstock's accept and reject the same records; their tables are compared column by column.

{table(COST_HEAD, rows)}

CPU seconds within the dlt process: {steps}. It does not set records aside but adds a
column for each other type."""


def whole(figures: Figures) -> str:
    names = {
        "penstock": "`penstock run`, tables by dbt",
        "penstock without dbt": "`penstock run --engine duckdb`",
        "dlt": "a dlt pipeline",
    }
    rows = [costs(text, figures.whole[name]) for name, text in names.items()]
    return f"""## Whole runs

From an HTTP server on loopback (not counted) to the same tables. Penstock also lands the raw answers, profiles every
value and, with dbt, tests the tables.

{table(COST_HEAD, rows)}"""


def fixed(figures: Figures) -> str:
    names = {
        "python": "Python, nothing else",
        "penstock --help": "`penstock --help`",
        "duckdb": "Python with DuckDB",
        "compiled": "Python with what Penstock's SQL needs",
        "dlt": "Python with dlt, DuckDB and PyArrow",
        "dbt": "dbt, which lists the models of the project",
    }
    # Without memory: the kernel counts that of the measuring process before it has become the measured one.
    rows = [costs(text, figures.fixed[name], digits=2)[:-1] for name, text in names.items()]
    return f"""## Fixed costs

They are part of the figures above and do not grow with the data.

{table(COST_HEAD[:-1], rows)}"""


COST_HEAD = ("", "CPU s", "wall s", "memory MB")

END = """## How to read it

Penstock profiles in Python and lets DuckDB do the rest; dlt goes through every value in Python, so the distance grows
with the number of values. Where data is small the fixed costs decide, and dbt's start is the largest of them:
`penstock run --engine duckdb` builds the same tables without it. dlt runs with its defaults, but for whole pages that
are yielded at once and Parquet loader files, as its documentation advises; its usage statistics are off. Its
environment is its own."""


def costs(name: str, cost: Cost, digits: int = 1) -> tuple[str, ...]:
    return name, f"{cost.cpu:.{digits}f}", f"{cost.wall:.{digits}f}", f"{cost.memory:.0f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
