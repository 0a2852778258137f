"""The same data through dlt, as its documentation recommends for speed: pages yielded whole, Parquet loader files.

Runs in an environment of its own: `python dlt_load.py FOLDER_OR_URL WORK`. Prints the CPU seconds of each step as JSON.
"""

import json
import os
import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


def main(source: str, work: Path) -> None:
    os.environ |= {
        "RUNTIME__DLTHUB_TELEMETRY": "false",
        "RUNTIME__LOG_LEVEL": "ERROR",
        "DLT_DATA_DIR": str(work / "data"),
        "DLT_PROJECT_DIR": str(work),
    }
    import dlt

    @dlt.resource(name="orders", primary_key="id", write_disposition="append")
    def orders() -> Iterator[list[dict[str, Any]]]:
        yield from over_http(source) if source.startswith("http") else from_files(Path(source))

    pipeline = dlt.pipeline(
        pipeline_name="orders",
        pipelines_dir=str(work / "pipelines"),
        destination=dlt.destinations.duckdb(str(work / "dlt.duckdb")),
        dataset_name="main_orders",
    )
    steps = {
        "extract": lambda: pipeline.extract(orders(), loader_file_format="parquet"),
        "normalise": pipeline.normalize,
        "load": pipeline.load,
    }
    cost = {"import": cpu()} | {name: cpu_of(step) for name, step in steps.items()}
    sys.stdout.write(json.dumps({"cpu": cost, "rows": rows(work / "dlt.duckdb")}) + "\n")


def from_files(folder: Path) -> Iterator[list[dict[str, Any]]]:
    for path in sorted(folder.glob("*.ndjson")):
        yield parse(path.read_bytes())


def over_http(url: str) -> Iterator[list[dict[str, Any]]]:
    from dlt.sources.helpers import requests

    page = 1
    while records := parse(requests.get(url, params={"page": page}).content):
        yield records
        page += 1


def parse(data: bytes) -> list[dict[str, Any]]:
    from dlt.common import json as dlt_json

    return [dlt_json.loadb(line) for line in data.splitlines()]


def rows(database: Path) -> dict[str, int]:
    import duckdb

    tables = ("orders", "orders__lines", "orders__tags")
    with duckdb.connect(str(database), read_only=True) as connection:
        counts = [connection.execute(f"SELECT count(*) FROM main_orders.{name}").fetchone() for name in tables]
    return {name: count[0] if count else 0 for name, count in zip(tables, counts, strict=True)}


def cpu_of(step: Callable[[], object]) -> float:
    before = cpu()
    step()
    return cpu() - before


def cpu() -> float:
    """User and system seconds of this process and the children it has waited for."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in usages)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
