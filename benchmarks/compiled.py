"""Runs Penstock's compiled SQL, without dbt: `python -m benchmarks.compiled PREPARED DATABASE`.

What is prepared beforehand: the landing zone with its manifest, and the plan that follows from the profile. The first
file decides the types; what the others hold besides is gated.
"""

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

DAY = "2026-01-01"
RAW = f"data_profile=raw/provider_name=shop/dataset_name=orders/request_time={DAY}"
MANIFEST = f"data_profile=manifest/provider_name=shop/dataset_name=orders/request_time={DAY}"
RUN = "20260101T000000Z-0000"


def specification(url: str = "http://127.0.0.1/orders") -> dict[str, Any]:
    """The pipeline: pages of NDJSON, every record is kept."""
    orders = {
        "endpoint": url,
        "format": "ndjson",
        "mode": "append",
        "paging": {"kind": "page_number"},
    }
    return {"penstock": "penstock/1", "name": "orders", "provider": {"name": "shop"}, "datasets": {"orders": orders}}


def libraries() -> None:
    """Loads what the measured process needs, to tell its start from its work."""
    import duckdb

    from penstock.pipeline.plan import parse_plan
    from penstock.pipeline.spec.model import Spec
    from penstock.runtime.duckdb_landing import load_landing
    from penstock.runtime.duckdb_warehouse import build_tables

    _ = duckdb, parse_plan, Spec, build_tables, load_landing


def prepare(folder: Path, space: Path) -> Path:
    """The folder with the landing zone, the spec and the plan of the files in `folder`."""
    from penstock.pipeline.plan import format_plan, plans_of
    from penstock.pipeline.spec.model import Spec

    prepared = space / "prepared"
    land(folder, prepared / "landing")
    spec = Spec.model_validate(specification())
    plan = plans_of(spec, {"orders": shape(folder)})["orders"]
    (prepared / "plan.json").write_text(format_plan(plan), encoding="utf-8")
    return prepared


def land(folder: Path, landing: Path) -> None:
    """Puts the files where the handler would have put them."""
    (landing / RAW).mkdir(parents=True)
    (landing / MANIFEST).mkdir(parents=True)
    lines = [fetch(file, number, landing) for number, file in enumerate(sorted(folder.glob("*.ndjson")), start=1)]
    lines.append({"event": "end", "run": RUN, "request_time": moment(len(lines) + 1), "outcome": "complete",
                  "pages": len(lines), "reason": ""})  # fmt: skip
    text = "".join(json.dumps(each) + "\n" for each in lines)
    (landing / MANIFEST / f"{RUN}-00001.ndjson").write_text(text, encoding="utf-8")


def fetch(file: Path, number: int, landing: Path) -> dict[str, Any]:
    data = file.read_bytes()
    md5 = hashlib.md5(data).hexdigest()
    os.link(file, landing / RAW / f"{md5}.ndjson")
    return {
        "event": "fetch",
        "run": RUN,
        "request_time": moment(number),
        "page": number,
        "fingerprint": hashlib.md5(str(number).encode()).hexdigest(),
        "status": 200,
        "outcome": "landed",
        "md5": md5,
        "path": f"{RAW}/{md5}.ndjson",
        "bytes": len(data),
        "records": data.count(b"\n"),
        "reason": "",
    }


def moment(number: int) -> str:
    return f"{DAY}T00:{number // 60:02}:{number % 60:02}.000000Z"


def shape(folder: Path) -> Any:
    """The shape of all files, where the first one decided the types."""
    from penstock.catalog.decisions.shape import shape_of
    from penstock.catalog.evolution.update import update
    from penstock.services.profile import profile

    first, *others = sorted(folder.glob("*.ndjson"))
    return shape_of(update(profile([str(first)], name="orders"), profile([str(each) for each in others])))


def main(prepared: Path, database: str) -> None:
    import duckdb

    from penstock.pipeline.plan import parse_plan
    from penstock.pipeline.spec.model import Spec
    from penstock.runtime.duckdb_landing import load_landing
    from penstock.runtime.duckdb_warehouse import build_tables

    spec = Spec.model_validate(specification())
    plan = parse_plan((prepared / "plan.json").read_text(encoding="utf-8"))
    with duckdb.connect(database) as connection:
        load_landing(connection, spec, str(prepared / "landing"))
        result = build_tables(connection, plan, str(prepared / "landing"))
    sys.stdout.write(json.dumps({"rows": dict(result.rows), "rejected": result.rejected}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
