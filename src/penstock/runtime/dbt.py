"""Runs dbt as a process of its own and reads what it says of each model and test."""

import importlib.util
import json
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from penstock.errors import DbtError
from penstock.runtime.process import Hear, run_process

QUIET = {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "DO_NOT_TRACK": "1", "DBT_USE_COLORS": "false"}


@dataclass(frozen=True, slots=True)
class NodeResult:
    """What became of a model or a test."""

    name: str
    kind: str
    """`model`, `test`, `unit_test`, …"""
    status: str
    message: str
    tags: frozenset[str]
    """Its tags and those of what it reads."""

    @property
    def is_failed(self) -> bool:
        """Whether it must be looked at; what was skipped was so because of another failure."""
        return self.status in {"error", "fail", "runtime error", "skipped"}

    def __str__(self) -> str:
        return f"{self.name}: {self.message or self.status}"


def is_dbt_installed() -> bool:
    """Whether dbt and its DuckDB adapter can be run."""
    return all(importlib.util.find_spec(name) for name in ("dbt.cli", "dbt.adapters.duckdb")) if _has_dbt() else False


def _has_dbt() -> bool:
    return importlib.util.find_spec("dbt") is not None


def dbt_build(
    project: Path,
    environment: Mapping[str, str],
    hear: Hear,
    select: Sequence[str],
    *,
    log: Path,
    full_refresh: bool,
) -> list[NodeResult]:
    """Build the selected models and run their tests; what became of each.

    Raises:
        DbtError: dbt ended before it ran anything.
    """
    command = [_program(), "build", "--project-dir", ".", "--profiles-dir", ".", "--select", *select]
    command += ["--full-refresh"] if full_refresh else []
    for stale in ("run_results.json", "manifest.json"):
        (project / "target" / stale).unlink(missing_ok=True)
    said: list[str] = []

    def listen(line: str) -> None:
        said.append(line)
        hear(line)

    finished = run_process(command, {**environment, **QUIET}, project, hear, hear_output=listen)
    results = _results(project / "target")
    if finished.code != 0 and not any(result.is_failed for result in results):
        raise DbtError([line.strip() for line in said if line.strip()][-6:], log)
    return results


def _results(target: Path) -> list[NodeResult]:
    if not (target / "run_results.json").is_file():
        return []
    rows = json.loads((target / "run_results.json").read_text(encoding="utf-8"))["results"]
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    nodes = {**manifest["nodes"], **manifest.get("unit_tests", {})}
    return [_result(row, nodes) for row in rows]


def _result(row: Mapping[str, Any], nodes: Mapping[str, Any]) -> NodeResult:
    kind, _, name = str(row["unique_id"]).split(".", 2)
    node = nodes.get(row["unique_id"], {})
    read = [nodes[each] for each in node.get("depends_on", {}).get("nodes", ()) if each in nodes]
    tags = frozenset(tag for each in (node, *read) for tag in each.get("tags", ()))
    message = " ".join(str(row.get("message") or "").split())
    return NodeResult(name, kind, str(row["status"]), message, tags)


def _program() -> str:
    """The dbt that is installed beside this Python, whatever the PATH says."""
    beside = Path(sysconfig.get_path("scripts")) / ("dbt.exe" if sys.platform == "win32" else "dbt")
    return str(beside) if beside.is_file() else "dbt"
