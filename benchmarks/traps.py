"""Writes docs/traps.md: data that is easy to get wrong, what other tools make of it, and what Penstock says.

    python -m benchmarks.traps

The other tools run in an environment of their own below benchmarks/.work; what is not installed there is left out.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.environments import traps_python

ROOT = Path(__file__).parents[1]
TOOLS = ("duckdb", "polars", "pyarrow", "dlt")
PEERS = ROOT / "benchmarks/traps_peers.py"


@dataclass(frozen=True, slots=True)
class Trap:
    """Files that are written into a folder, and what is in them."""

    what: str
    write: Callable[[Path], None]


def lines(*texts: str) -> Callable[[Path], None]:
    return lambda folder: _write(folder / "a.ndjson", ("\n".join(texts) + "\n").encode())


def raw(data: bytes) -> Callable[[Path], None]:
    return lambda folder: _write(folder / "a.ndjson", data)


def _write(file: Path, data: bytes) -> None:
    file.write_bytes(data)


def records(each: Iterable[object]) -> Callable[[Path], None]:
    return lambda folder: _write(folder / "a.ndjson", "".join(json.dumps(one) + "\n" for one in each).encode())


def shapes(folder: Path) -> None:
    for at in range(40):
        (folder / f"{at:02}.ndjson").write_text(json.dumps({"id": at, f"only_{at:02}": at}) + "\n", encoding="utf-8")


TRAPS = {
    "late type": Trap(
        "a number becomes a text after 20,480 records",
        records([{"a": 1}] * 20_480 + [{"a": "late"}]),
    ),
    "late value": Trap("null in 30,000 records, then a number", records([{"a": None}] * 30_000 + [{"a": 2.5}])),
    "mixed": Trap('`true`, `1` and `"1"` in one field', lines('{"a": true}', '{"a": 1}', '{"a": "1"}')),
    "2^63": Trap("an integer of 2^63", lines('{"a": 1}', '{"a": 9223372036854775808}')),
    "2^64": Trap("an integer of 2^64 + 1", lines('{"a": 1}', '{"a": 18446744073709551617}')),
    "decimals": Trap("more digits than a double has", lines('{"a": 0.1}', '{"a": 12345678901234567890.123456789}')),
    "many keys": Trap(
        "3 fixed fields beside 300 keys that are data",
        records({"id": at, "kind": "x", "at": "2021-01-01", f"k{at:03}": 1.5} for at in range(300)),
    ),
    "6,000 keys": Trap(
        "3 fixed fields beside 6,000 keys that are data",
        records({"id": at, "kind": "x", "at": "2021-01-01", f"k{at:04}": 1.5} for at in range(6_000)),
    ),
    "lists of lists": Trap("lists of lists, some empty", lines('{"a": [[1, 2], []]}', '{"a": [[], [2.5]]}')),
    "empty": Trap("empty objects and lists", lines('{"a": {}, "b": []}', '{"a": {}, "b": []}')),
    "repeated key": Trap("a key twice in an object", lines('{"a": 1, "a": "x"}', '{"a": 2}')),
    "byte-order mark": Trap("a byte-order mark", raw(b'\xef\xbb\xbf{"a": 1}\n{"a": 2}\n')),
    "not UTF-8": Trap("a text that is not UTF-8", raw(b'{"a": "x"}\n{"a": "\xff"}\n')),
    "cut off": Trap("the last line is cut off", raw(b'{"a": 1}\n{"a": 2, "b": "x')),
    "deep": Trap(
        "a document that nests 10,000 levels deep", raw(b'{"a": 1}\n{"a": ' + b"[" * 10_000 + b"]" * 10_000 + b"}\n")
    ),
    "case": Trap("names that differ in case only", lines('{"id": 1, "ID": "x"}', '{"id": 2, "ID": "y"}')),
    "NaN": Trap("NaN", lines('{"a": 1.5}', '{"a": NaN}')),
    "many files": Trap("40 files of different shape", shapes),
    "codes": Trap("codes of digits", lines('{"a": "076"}', '{"a": "77"}')),
    "no day": Trap("a day that does not exist", lines('{"a": "2021-02-28"}', '{"a": "2021-02-30"}')),
}


def own(folder: Path) -> str:
    """What Penstock says."""
    from penstock.catalog.model import JSON_TYPES
    from penstock.errors import PenstockError
    from penstock.schema import format_type
    from penstock.services.profile import profile

    try:
        catalog = profile([str(folder)])
    except PenstockError as error:
        return f"error: {str(error).splitlines()[0].replace(str(folder), '').lstrip('/')}"
    fields = [
        f"{each.path or 'record'}: {format_type(each.type) if each.type else 'undecided'}"
        f" ({', '.join(f'{each.types[kind]} {kind}' for kind in JSON_TYPES if kind in each.types)})"
        + (f", {each.repeated} under a repeated key" if each.repeated else "")
        + (", keys capped" if each.capped else "")
        for each in catalog.fields
    ]
    return _short("; ".join(fields))


def _short(text: str, length: int = 260) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= length else f"{plain[:length]}…"


def peer(python: Path, tool: str, folder: Path) -> str:
    """What another tool says, in a process of its own; some traps end the process."""
    command = [str(python), str(PEERS), tool, str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    except subprocess.TimeoutExpired:
        return "no answer in 2 minutes"
    if done.returncode < 0:
        return f"**the process dies** (signal {-done.returncode})"
    if done.returncode:
        return f"fails: {(done.stderr.strip().splitlines() or ['?'])[-1]}"
    return done.stdout.replace(str(folder), "").strip()


def page(python: Path) -> str:
    """The page in Markdown."""
    versions = json.loads(subprocess.run([str(python), str(PEERS)], capture_output=True, text=True, check=True).stdout)
    tools = [each for each in TOOLS if each in versions]
    parts = [HEAD.format(tools=", ".join(f"{each} {versions[each]}" for each in tools))]
    for name, trap in TRAPS.items():
        with tempfile.TemporaryDirectory() as space:
            folder = Path(space) / "data"
            folder.mkdir()
            trap.write(folder)
            answers = {"**Penstock**": own(folder), **{each: _short(peer(python, each, folder)) for each in tools}}
        rows = "\n".join(f"| {who} | {cell(text)} |" for who, text in answers.items())
        title = name[0].upper() + name[1:]
        parts.append(f"## {title}\n\n{trap.what[0].upper()}{trap.what[1:]}.\n\n| | |\n| --- | --- |\n{rows}\n")
    return "\n".join(parts)


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ") or "nothing"


HEAD = """# Traps

This page is written by `python -m benchmarks.traps`. Each trap is a few lines of NDJSON; every tool reads them with
what it has for files whose schema is not known: DuckDB `read_json_auto`, Polars `read_ndjson`, PyArrow
`json.read_json`, dlt a pipeline into DuckDB. What stands here is the schema that a tool reports, or its error.
Versions: {tools}. `tests/catalog/test_traps.py` holds Penstock to its line.
"""


def main() -> None:
    work = ROOT / "benchmarks/.work"
    (ROOT / "docs/traps.md").write_text(page(traps_python(work)), encoding="utf-8")
    sys.stdout.write("docs/traps.md\n")


if __name__ == "__main__":
    main()
