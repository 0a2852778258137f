"""Measures the profiler: `python -m benchmarks.profiling CASE ARGUMENTS…` is one measured process, `cases()` all."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.measure import Cost, measure

if TYPE_CHECKING:
    from penstock.catalog.file.store import CatalogStore

ROOT = Path(__file__).parents[1]
PATHS = (200, 4_000)
BATCH = 0.05
GOALS = {"light": 1.2, "full": 3.0, "memory": 64, "merge": 15.0}
NAMES = {
    "duckdb 1": "DuckDB finds the schema, 1 thread",
    "duckdb all": "DuckDB finds the schema, all threads",
    "light": "Penstock, types and counts only",
    "full": "Penstock, everything",
}


def cases(folder: Path, space: Path) -> dict[str, Callable[[], Cost]]:
    """The processes to measure on the NDJSON files of `folder`; `space` is for files in between."""

    def run(*arguments: object) -> Callable[[], Cost]:
        command = [sys.executable, "-m", "benchmarks.profiling", *map(str, arguments)]
        return lambda: measure(command, folder=ROOT)

    result = {
        "duckdb 1": run("duckdb", folder, 1),
        "duckdb all": run("duckdb", folder, 0),
        "light": run("profile", folder, "light"),
        "full": run("profile", folder, "full"),
        "nothing": run("nothing"),
    }
    for paths in PATHS:
        part = space / f"wide-{paths}"
        # In a process of its own: the memory of this one would be counted with that of the measured ones.
        run("wide", paths, part)()
        result |= {
            f"all {paths}": run("store", part / "all.ndjson", part / "all.yml"),
            f"batch {paths}": run("store", part / "batch.ndjson", part / "batch.yml"),
            f"merge {paths}": run("merge", part),
        }
    return result


def wide(paths: int, folder: Path, megabytes: int = 40) -> None:
    """Records of as many paths: all of them, and the last 5 % apart; the catalog of the others."""
    folder.mkdir(parents=True, exist_ok=True)
    random = Random(paths)
    size, lines = 0, []
    while size < megabytes * 1_000_000:
        record = {f"group_{at // 20:03}": group(at, random) for at in range(0, paths, 20)}
        lines.append(json.dumps(record, separators=(",", ":")) + "\n")
        size += len(lines[-1])
    cut = round(len(lines) * (1 - BATCH))
    for name, part in {"all": lines, "rest": lines[:cut], "batch": lines[cut:]}.items():
        (folder / f"{name}.ndjson").write_text("".join(part), encoding="utf-8")
    for name in ("rest", "batch"):
        store(str(folder / f"{name}.ndjson"), str(folder / f"{name}.yml"))
        stored(folder, name).read()  # makes the copy that every later run reads


def group(first: int, random: Random) -> dict[str, Any]:
    makes: tuple[Callable[[], Any], ...] = (
        lambda: random.randrange(10_000),
        lambda: random.randrange(1_000_000) / 100,
        lambda: random.choice(("open", "sent", "closed")),
        lambda: f"2026-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}",
        lambda: f"R-{random.getrandbits(40):010x}",
    )
    return {f"field_{at:04}": makes[at % len(makes)]() for at in range(first, first + 19)}


def goals(costs: Mapping[str, Cost]) -> list[tuple[str, str, str]]:
    """The rows of the table of goals: what, measured, goal."""
    rows = [
        (f"{NAMES[name]} : {NAMES['duckdb 1']}, CPU", f"{costs[name].cpu / costs['duckdb 1'].cpu:.2f}",
         f"at most {GOALS[name]}")
        for name in ("light", "full")
    ]  # fmt: skip
    memory = max(costs[name].memory for name in ("light", "full"))
    rows.append(("memory of the profiler", f"{memory:.0f} MB", f"at most {GOALS['memory']} MB"))
    start = costs["nothing"].cpu
    for paths in PATHS:
        ratio = (costs[f"all {paths}"].cpu - start) / (costs[f"merge {paths}"].cpu - start)
        rows.append(
            (
                f"profiling 40 MB again : merging 5 %, {paths:,} paths, CPU",
                f"{ratio:.0f}",
                f"at least {GOALS['merge']:.0f}",
            )
        )
    return rows


def section(costs: Mapping[str, Cost], table: Callable[[Any, Any], str], row: Callable[[str, Cost], Any]) -> str:
    """The part of the page about the profiler."""
    rows = [row(text, costs[name]) for name, text in NAMES.items()]
    merges = [
        row(f"{paths:,} paths: {text}", costs[f"{name} {paths}"])
        for paths in PATHS
        for name, text in {"all": "profile all", "batch": "profile the batch", "merge": "merge the catalogs"}.items()
    ]
    head = ("", "CPU s", "wall s", "memory MB")
    return f"""## Profiles

The same files. DuckDB finds types with `read_json(sample_size=-1)`, without any count. Penstock runs in one thread.

{table(head, rows)}

New data and a stored catalog: 40 MB of records with many paths, the last 5 % of which are new. To merge is what a run
does with them: to read both catalogs, add them up, decide the types, mask what is personal and write the YAML. Both are
read by the copies that a run before has left in the project's cache; after an edit the YAML itself is read once. The
start of Python ({costs["nothing"].cpu:.2f} s) is in the table, but not in the ratio.

{table(head, merges)}"""


def store(source: str, target: str) -> None:
    from penstock.catalog.file.document import write_catalog
    from penstock.services.profile import profile

    write_catalog(Path(target), profile([source]))


def stored(folder: Path, name: str) -> "CatalogStore":
    """A catalog as a project keeps it."""
    from penstock.catalog.file.copies import Copies
    from penstock.catalog.file.store import CatalogStore

    file = folder / f"{name}.yml"
    return CatalogStore(file, folder / f"last/{name}.yml", Copies(folder / f"copies/{name}"))


def merge(folder: Path) -> None:
    """Counts the batch into the catalog of the rest."""
    from penstock.catalog.evolution.update import update

    old, batch = stored(folder, "rest").read(), stored(folder, "batch").read()
    if old is None or batch is None:
        raise FileNotFoundError(folder)
    undecided = tuple(replace(each, type=None) for each in batch.fields)
    stored(folder, "merged").write(update(old, replace(batch, fields=undecided)), old)


def main(case: str, *arguments: str) -> None:
    if case == "duckdb":
        import duckdb

        folder, threads = arguments
        with duckdb.connect(config={"threads": threads} if threads != "0" else {}) as connection:
            query = f"DESCRIBE SELECT * FROM read_json('{folder}/*.ndjson', sample_size=-1)"
            connection.execute(query).fetchall()
        return
    if case == "wide":
        wide(int(arguments[0]), Path(arguments[1]))
        return
    from penstock.services.profile import profile

    if case == "profile":
        folder, mode = arguments
        sys.stdout.write(str(profile([folder], counts_only=mode == "light").records))
    elif case == "store":
        store(*arguments)
    elif case == "merge":
        merge(Path(arguments[0]))


if __name__ == "__main__":
    main(*sys.argv[1:])
