"""Runs dbt as a process of its own and reads what it says of each model and test."""

import importlib.util
import json
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from penstock.errors import DbtError
from penstock.runtime.process import Hear, run_process

QUIET = {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "DO_NOT_TRACK": "1", "DBT_USE_COLORS": "false"}


@dataclass(frozen=True, slots=True)
class DbtResult:
    """What `dbt build` did."""

    models: int
    tests: int
    seconds: float
    """Spent in models and tests; the rest of the process is dbt's own start."""


def is_dbt_installed() -> bool:
    """Whether dbt and its DuckDB adapter can be run."""
    return all(importlib.util.find_spec(name) for name in ("dbt.cli", "dbt.adapters.duckdb")) if _has_dbt() else False


def _has_dbt() -> bool:
    return importlib.util.find_spec("dbt") is not None


def dbt_build(
    project: Path, environment: Mapping[str, str], hear: Hear, log: Path, select: Sequence[str], *, full_refresh: bool
) -> DbtResult:
    """Build the selected models and run their tests; what fails is a `DbtError` that names it."""
    command = [_program(), "build", "--project-dir", ".", "--profiles-dir", ".", "--select", *select]
    command += ["--full-refresh"] if full_refresh else []
    results = project / "target" / "run_results.json"
    results.unlink(missing_ok=True)
    finished = run_process(command, {**environment, **QUIET}, project, hear)
    for line in finished.output.splitlines():
        hear(line)
    rows = json.loads(results.read_text(encoding="utf-8"))["results"] if results.is_file() else []
    failures = [_failure(row) for row in rows if row["status"] in {"error", "fail", "runtime error"}]
    if finished.code != 0 or failures:
        raise DbtError(failures, log)
    return DbtResult(
        models=sum(row["unique_id"].startswith("model.") for row in rows),
        tests=sum(row["unique_id"].startswith(("test.", "unit_test.")) for row in rows),
        seconds=sum(row["execution_time"] for row in rows),
    )


def _failure(row: Mapping[str, object]) -> str:
    name = str(row["unique_id"]).split(".", 2)[-1]
    message = " ".join(str(row.get("message") or "").split())
    return f"{name}: {message}"


def _program() -> str:
    """The dbt that is installed beside this Python, whatever the PATH says."""
    beside = Path(sysconfig.get_path("scripts")) / ("dbt.exe" if sys.platform == "win32" else "dbt")
    return str(beside) if beside.is_file() else "dbt"
