"""Measures mappings: written Python and SQL against those of an expert, JSONata, and how check and writing grow.

Every way rejects the same rows; that is looked at before anything is measured.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import Any

import duckdb

from benchmarks.mapping_expert import QUERY, RejectedError, map_order
from benchmarks.report import machine, table
from penstock.emitters import Options, all_emitters
from penstock.emitters.python import compiled
from penstock.emitters.sql.statement import write_statements
from penstock.mapping import Argument, Call, Constant, FieldMapping, Mapping, Read, Shape, check
from penstock.mapping.typed import TypedMapping
from penstock.schema import Boolean, Field, Float, Integer, Record, Text, Type, nullable, parse_path

ROOT = Path(__file__).parents[1]
SIZES = (500, 1_000, 2_000, 5_000)
WORDS = ("amber", "Birch", "cedar é", "delta", "Ember", "fjord", "Göteborg", "harbour")

SOURCE: dict[str, Type] = {
    "id": Integer(),
    "number": nullable(Text()),
    "first": nullable(Text()),
    "last": nullable(Text()),
    "email": nullable(Text()),
    "city": nullable(Text()),
    "zip": nullable(Text()),
    "status": nullable(Text()),
    "note": nullable(Text()),
    "phone": nullable(Text()),
    "quantity": nullable(Integer()),
    "stock": nullable(Integer()),
    "price": nullable(Float()),
    "discount": nullable(Float()),
    "weight": nullable(Float()),
    "vip": nullable(Boolean()),
    "paid": nullable(Boolean()),
    "channel": nullable(Text()),
    "currency": nullable(Text()),
    "score": nullable(Integer()),
}


def _read(name: str) -> Read:
    return Read(parse_path(f"order.{name}"))


def _call(operation: str, *arguments: Any, **named: Any) -> Call:
    given = [Argument(_read(each) if isinstance(each, str) else each) for each in arguments]
    return Call(operation, (*given, *(Argument(Constant(each), name) for name, each in named.items())))


TARGET: dict[str, tuple[Type, Any]] = {
    "id": (Integer(), _read("id")),
    "number": (nullable(Integer()), _call("TO_INT", "number")),
    "name": (Text(), _call("CONCAT", "first", "last", separator=" ")),
    "email": (nullable(Text()), _call("LOWER", "email")),
    "city": (nullable(Text()), _call("UPPER", "city")),
    "zip": (nullable(Text()), _call("SUBSTRING", "zip", Constant(0), Constant(2))),
    "status": (Text(), _call("DEFAULT", "status", Constant("new"))),
    "note": (nullable(Text()), _read("note")),
    "phone": (nullable(Text()), _call("REPLACE", "phone", Constant("-"), Constant(""))),
    "quantity": (nullable(Integer()), _read("quantity")),
    "stock": (nullable(Integer()), _call("SUBTRACT", "stock", "quantity")),
    "total": (nullable(Float()), _call("MULTIPLY", "price", "quantity")),
    "discount": (nullable(Float()), _read("discount")),
    "weight": (nullable(Float()), _read("weight")),
    "vip": (nullable(Boolean()), _read("vip")),
    "paid": (nullable(Boolean()), _read("paid")),
    "channel": (nullable(Text()), _read("channel")),
    "currency": (nullable(Text()), _read("currency")),
    "score": (nullable(Integer()), _read("score")),
    "level": (Text(), _call("IF", "vip", Constant("gold"), Constant("plain"))),
}


def record(types: dict[str, Type]) -> Record:
    return Record(tuple(Field(name, each) for name, each in types.items()))


def orders_mapping() -> TypedMapping:
    """20 fields, 10 of them by an operation."""
    fields = tuple(FieldMapping(name, value) for name, (_, value) in TARGET.items())
    target = record({name: each for name, (each, _) in TARGET.items()})
    checked = check(Mapping((Shape("order", record(SOURCE)),), Shape("out", target), fields, name="orders"))
    assert checked.is_valid, checked.findings
    return checked.typed


def orders(rows: int) -> list[dict[str, Any]]:
    """Records, of which 1 in 100 has a value of a wrong type or a number that is none."""
    dice = Random(5)
    made = []
    for number in range(rows):
        word = WORDS[number % len(WORDS)]
        made.append(
            {
                "id": number,
                "number": f"{dice.randrange(10**6):08}" if dice.random() > 0.005 else "none",
                "first": word if dice.random() > 0.05 else None,
                "last": word * 2,
                "email": f"{word}@Example.org",
                "city": word,
                "zip": f"{dice.randrange(10**5):05}",
                "status": "paid" if dice.random() > 0.1 else None,
                "note": word * 5,
                "phone": "030-123-456",
                "quantity": dice.randrange(1, 100) if dice.random() > 0.005 else "many",
                "stock": dice.randrange(10_000),
                "price": dice.randrange(1, 10_000) / 4,
                "discount": 0.25,
                "weight": dice.random(),
                "vip": dice.random() > 0.5,
                "paid": True,
                "channel": "web",
                "currency": "EUR",
                "score": dice.randrange(100),
            }
        )
    return made


def python_way(map_record: Callable[..., Any], rejected: type[Exception], records: list[Any]) -> tuple[int, int]:
    """How many records are accepted and rejected."""
    accepted = refused = 0
    for each in records:
        try:
            map_record(each)
            accepted += 1
        except rejected:
            refused += 1
    return accepted, refused


def in_turns(runs: int, ways: dict[str, Callable[[], Any]]) -> dict[str, float]:
    """The median CPU seconds of each way."""
    costs: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, way in ways.items():
            began = process_time()
            way()
            costs[name].append(process_time() - began)
    return {name: median(each) for name, each in costs.items()}


def python_costs(rows: int, runs: int) -> dict[str, float]:
    records = orders(rows)
    map_record, rejected = compiled(orders_mapping())
    for each in records[:20_000]:
        assert _outcome(map_record, rejected, each) == _outcome(map_order, RejectedError, each), each
    return in_turns(
        runs,
        {
            "expert": lambda: python_way(map_order, RejectedError, records),
            "written": lambda: python_way(map_record, rejected, records),
        },
    )


def _outcome(map_record: Callable[..., Any], rejected: type[Exception], each: Any) -> Any:
    try:
        return map_record(each)
    except rejected as problem:
        return problem.args[-1]


def sql_costs(rows: int, runs: int) -> dict[str, float]:
    """DuckDB on one thread, from a table to a table of what is accepted and one of rejects."""
    mapping = orders_mapping()
    written = write_statements(mapping, Options("duckdb", {"order": "orders"}))
    with duckdb.connect(config={"threads": 1}) as connection:
        _load(connection, rows)
        for name, query in (("expert", QUERY), ("written", written.everything)):
            connection.execute(f"CREATE TABLE {name} AS {query}")
        columns = ", ".join(f'"{each}"' for each in TARGET)
        accepted = "SELECT {} FROM {} WHERE _rejects IS NULL"
        one, other = (accepted.format(columns, name) for name in ("expert", "written"))
        differing = connection.execute(f"SELECT count(*) FROM (({one}) EXCEPT ALL ({other}))").fetchone()
        counts = connection.execute(
            "SELECT (SELECT count(*) FROM expert WHERE _rejects IS NULL), count(*) FROM written WHERE _rejects IS NULL"
        ).fetchone()
        assert differing == (0,)
        assert counts is not None
        assert counts[0] == counts[1] < rows
        return in_turns(
            runs,
            {
                "expert": lambda: connection.execute(f"CREATE OR REPLACE TABLE expert AS {QUERY}"),
                "written": lambda: connection.execute(f"CREATE OR REPLACE TABLE written AS {written.everything}"),
            },
        )


def _load(connection: duckdb.DuckDBPyConnection, rows: int) -> None:
    """The records as a typed table; what is no quantity there is one here that cannot be taken from the stock."""
    with tempfile.NamedTemporaryFile("w", suffix=".ndjson") as file:
        for each in orders(min(rows, 100_000)):
            if each["quantity"] == "many":
                each |= {"quantity": -(2**62), "stock": 2**62}
            file.write(json.dumps(each) + "\n")
        file.flush()
        kinds = {"text": "VARCHAR", "integer": "BIGINT", "float": "DOUBLE", "boolean": "BOOLEAN"}
        columns = ", ".join(f"'{name}': '{kinds[each.name]}'" for name, each in SOURCE.items())
        times = -(-rows // 100_000)
        connection.execute(
            f"CREATE TABLE orders AS SELECT o.* FROM read_json('{file.name}', columns = {{{columns}}}) AS o, "
            f"range({times})"
        )


def jsonata_seconds(rows: int) -> float:
    """Seconds of the reference engine, on one thread, compiling not counted."""
    text = all_emitters()["jsonata"].emit(orders_mapping(), Options()).text
    script = """
const { createRequire } = require("node:module");
const jsonata = createRequire(process.argv[1] + "/")("jsonata");
const { expression, inputs } = JSON.parse(require("node:fs").readFileSync(0));
(async () => {
  const compiled = jsonata(expression);
  for (const input of inputs.slice(0, 200)) await compiled.evaluate(input);
  const began = process.cpuUsage();
  for (const input of inputs) await compiled.evaluate(input);
  const used = process.cpuUsage(began);
  console.log((used.user + used.system) / 1e6);
})();
"""
    given = json.dumps({"expression": text, "inputs": orders(rows)})
    command = ["node", "-e", script, str(ROOT / ".cache/node")]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    return float(done.stdout)


def wide_mapping(fields: int) -> Mapping:
    """As many fields, half of them by an operation, in records of 100."""
    inner = {f"field_{number}": nullable(Text()) for number in range(100)}
    groups = [f"group_{number}" for number in range(fields // 100)]
    shape = record({name: record(dict(inner)) for name in groups})
    leaves = []
    for group in groups:
        made = []
        for number, name in enumerate(inner):
            read = Read(parse_path(f"order.{group}.{name}"))
            value = Call("UPPER", (Argument(read),)) if number % 2 else read
            made.append(FieldMapping(name, value))
        leaves.append(FieldMapping(group, _build(made)))
    return Mapping((Shape("order", shape),), Shape("out", shape), tuple(leaves), name="wide")


def _build(fields: list[FieldMapping]) -> Any:
    from penstock.mapping import Build

    return Build(tuple(fields))


def growth(targets: tuple[str, ...]) -> dict[int, dict[str, float]]:
    """Seconds to check a mapping and to write it, by its number of fields."""
    found = {}
    for size in SIZES:
        mapping = wide_mapping(size)
        began = perf_counter()
        checked = check(mapping)
        seconds = {"check": perf_counter() - began}
        assert checked.is_valid
        for target in targets:
            began = perf_counter()
            all_emitters()[target].emit(checked.typed, Options())
            seconds[target] = perf_counter() - began
        found[size] = seconds
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mapping", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs/benchmarks-mapping.md")
    options = parser.parse_args()
    python, sql = python_costs(options.rows, options.runs), sql_costs(options.rows, options.runs)
    few = max(options.rows // 200, 500)
    jsonata = jsonata_seconds(few) * options.rows / few
    curve = growth(("python", "sql", "jsonata"))
    text = page(options.rows, options.runs, python, sql, jsonata, curve)
    options.output.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def page(
    rows: int,
    runs: int,
    python: dict[str, float],
    sql: dict[str, float],
    jsonata: float,
    curve: dict[int, dict[str, float]],
) -> str:
    """The page in Markdown."""
    largest = curve[SIZES[-1]]
    goals = [
        ("written SQL : hand-written SQL, DuckDB, CPU", f"{sql['written'] / sql['expert']:.2f}", "at most 1.1"),
        ("written Python : hand-written Python, CPU", f"{python['written'] / python['expert']:.2f}", "at most 1.1"),
        ("JSONata : written Python, CPU", f"{jsonata / python['written']:.0f}", "at least 10"),
        *(
            (f"check and write {SIZES[-1]:,} fields as {name}", f"{largest['check'] + each:.2f} s", "under 2 s")
            for name, each in largest.items()
            if name != "check"
        ),
    ]
    costs = [
        (name, f"{seconds:.2f}", f"{seconds / rows * 1e6:.2f}")
        for name, seconds in (
            ("SQL written by hand, DuckDB, 1 thread", sql["expert"]),
            ("Penstock's SQL, DuckDB, 1 thread", sql["written"]),
            ("Python written by hand", python["expert"]),
            ("Penstock's Python", python["written"]),
            ("Penstock's JSONata, on the reference engine", jsonata),
        )
    ]
    shown = [(f"{size:,}", *(f"{each:.2f}" for each in seconds.values())) for size, seconds in curve.items()]
    return f"""# Benchmarks of mappings

This page is written by `python -m benchmarks.mapping --rows {rows} --runs {runs}`, on {machine()}.
Figures are medians of CPU seconds, measured in turns; only the ratios mean something elsewhere.

A mapping with 20 fields, 10 of them by an operation; 1 row in 100 is rejected, by all ways alike, for the same reasons.
Reading and writing files is not counted.

{table(("", "measured", "goal"), goals)}

## {rows:,} rows

{table(("", "CPU s", "µs a row"), costs)}

JSONata was measured on fewer rows, and the figure scaled.

## How check and writing grow

Seconds by the number of fields of the target, half of them by an operation.

{table(("fields", *largest), shown)}

Other figures are in [benchmarks](benchmarks.md).
"""


if __name__ == "__main__":
    main()
