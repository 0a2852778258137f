"""A provider whose data change with every look, a project for it, and what its tables must hold at the end."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import yaml

from penstock.pipeline.patterns import Context
from penstock.pipeline.spec.load import load_spec
from penstock.pipeline.writer import write_project
from penstock.runtime.project import Project
from penstock.services.demo.server import LoopbackServer, Reply, Request

SIZE = 4
"""Records of a page."""


class Plant:
    """Valves, which change and come and go, and readings, of which there are ever more."""

    def __init__(self) -> None:
        self.look = 0
        """How often time has moved on."""
        self.cut = 0
        """So many of the next answers end in the middle."""
        self.requests: list[Request] = []
        self._server = LoopbackServer(self._answer)

    def __enter__(self) -> "Plant":
        self._server.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._server.__exit__(*error)

    @property
    def url(self) -> str:
        return self._server.url

    def valves(self) -> list[dict[str, Any]]:
        """The valve numbers move on, so that old ones vanish."""
        return [
            {
                "id": f"v{number:03}",
                "bar": (number * 7 + self.look) / 4,
                "tags": [f"t{each}" for each in range(number % 4)],
            }
            for number in range(self.look, self.look + 10)
        ]

    def readings(self) -> list[dict[str, Any]]:
        return [
            {"at": number, "value": {"level": str(number), "ok": number % 2 == 0}} for number in range(self.look + 6)
        ]

    def _answer(self, request: Request) -> Reply:
        self.requests.append(request)
        records = {"/valves": self.valves, "/stock": self.valves, "/readings": self.readings}[request.path]()
        start = (int(request.query.get("page", 1)) - 1) * SIZE
        body = json.dumps({"rows": records[start : start + SIZE], "total_pages": -(-len(records) // SIZE)}).encode()
        headers = {"Content-Type": "application/json"}
        if self.cut:
            self.cut -= 1
            return Reply(200, body[: len(body) // 2], {**headers, "Content-Length": str(len(body))})
        return Reply(200, body, headers)


MODES = {"valves": "merge", "stock": "snapshot", "readings": "append"}


def project_for(folder: Path, url: str, *names: str) -> Project:
    """A project with the named datasets (none named: all)."""
    datasets: dict[str, Any] = {
        name: {
            "endpoint": f"/{name}",
            "records": "rows",
            **({"key": ["id"]} if mode != "append" else {}),
            "mode": mode,
            "paging": {"kind": "page_number", "total_pages_path": "total_pages"},
        }
        for name, mode in MODES.items()
        if name in names or not names
    }
    spec = {
        "penstock": "penstock/1",
        "name": "plant",
        "provider": {"name": "plant", "base_url": url, "retries": 0},
        "datasets": datasets,
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "penstock.yml").write_text(yaml.safe_dump(spec, sort_keys=False))
    write_project(folder, Context(load_spec(folder / "penstock.yml")))
    return Project.at(folder)


def command(project: Project, *options: str, engine: str = "duckdb") -> list[str]:
    return [sys.executable, "-m", "penstock", "run", str(project.root), "--engine", engine, *options]


def penstock(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """The program as typed; how it ends is the caller's matter."""
    return subprocess.run(
        [sys.executable, "-m", "penstock", *arguments], capture_output=True, text=True, check=False, timeout=120
    )


def tables(project: Project) -> dict[str, list[str]]:
    """Every row of every table, set-aside ones included."""
    with duckdb.connect(project.root / "warehouse.duckdb", read_only=True) as connection:
        names = connection.execute(
            "select table_schema, table_name from information_schema.tables where table_schema in ('main', 'rejects') "
            "and table_type = 'BASE TABLE'"
        ).fetchall()
        return {
            f"{schema}.{name}": sorted(
                map(str, connection.execute(f'select columns(*)::varchar from {schema}."{name}"').fetchall())
            )
            for schema, name in names
        }


def half_files(project: Project) -> list[str]:
    """Files under a temporary name, in the landing zone and among the reports."""
    places = (project.root / "landing", project.runs)
    return sorted(str(each) for place in places for each in place.rglob(".*") if each.name.endswith((".tmp", ".part")))


def segments(project: Project, dataset: str) -> list[Path]:
    """The segments of a manifest."""
    return sorted(project.root.glob(f"landing/data_profile=manifest/*/dataset_name={dataset}/*/*.ndjson"))


def raw_files(project: Project, dataset: str) -> list[Path]:
    """The landed pages."""
    found = project.root.glob(f"landing/data_profile=raw/*/dataset_name={dataset}/*/*.json")
    return sorted(each for each in found if not each.name.endswith(".metadata.json"))
