"""Says what another tool makes of the NDJSON files of a folder: `python traps_peers.py TOOL FOLDER`.

Without arguments it lists the tools that are installed, with their versions. It runs in an environment of its own.
"""

import importlib.metadata
import json
import os
import sys
import tempfile
from pathlib import Path


def files(folder):
    return sorted(Path(folder).glob("*.ndjson"))


def by_duckdb(folder):
    import duckdb

    found = duckdb.sql(f"DESCRIBE SELECT * FROM read_json_auto('{folder}/*.ndjson')").fetchall()
    read = duckdb.sql(f"SELECT * FROM read_json_auto('{folder}/*.ndjson')").fetchall()
    return "; ".join(f"{each[0]}: {each[1]}" for each in found) + f" ({len(read)} rows){last(read)}"


def by_polars(folder):
    import polars

    frames = [polars.read_ndjson(each) for each in files(folder)]
    frame = frames[0] if len(frames) == 1 else polars.concat(frames, how="diagonal")
    fields = "; ".join(f"{name}: {kind}" for name, kind in frame.schema.items())
    return f"{fields} ({frame.height} rows){last(frame.rows())}"


def by_pyarrow(folder):
    import pyarrow
    import pyarrow.json

    tables = [pyarrow.json.read_json(each) for each in files(folder)]
    table = pyarrow.concat_tables(tables, promote_options="default")
    fields = "; ".join(f"{each.name}: {each.type}" for each in table.schema)
    return f"{fields} ({table.num_rows} rows){last([tuple(column[-1].as_py() for column in table.columns)])}"


def by_dlt(folder):
    with tempfile.TemporaryDirectory() as work:
        os.environ |= {
            "RUNTIME__DLTHUB_TELEMETRY": "false",
            "RUNTIME__LOG_LEVEL": "CRITICAL",
            "DLT_DATA_DIR": f"{work}/data",
            "DLT_PROJECT_DIR": work,
        }
        import dlt
        from dlt.common import json as dlt_json

        def rows():
            for file in files(folder):
                with file.open("rb") as source:
                    for line in source:
                        yield dlt_json.loadb(line)

        pipeline = dlt.pipeline("t", pipelines_dir=f"{work}/p", destination=dlt.destinations.duckdb(f"{work}/t.duckdb"))
        pipeline.run(dlt.resource(rows, name="r"))
        tables = {name: each for name, each in pipeline.default_schema.tables.items() if not name.startswith("_dlt")}
        return "; ".join(
            f"{name}.{column}: {each.get('data_type', 'no type')}"
            for name, table in tables.items()
            for column, each in table["columns"].items()
            if not column.startswith("_dlt")
        )


def last(rows):
    return f", last: {rows[-1]}" if rows else ""


TOOLS = {"duckdb": by_duckdb, "polars": by_polars, "pyarrow": by_pyarrow, "dlt": by_dlt}


def versions():
    installed = {each.metadata["Name"].lower(): each.version for each in importlib.metadata.distributions()}
    return {name: installed[name] for name in TOOLS if name in installed}


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.stdout.write(json.dumps(versions()))
    else:
        try:
            answer = TOOLS[sys.argv[1]](sys.argv[2])
        except Exception as error:  # noqa: BLE001  # whatever it is, it is the answer
            for _ in range(10):  # causes may go in a circle
                error = error.__cause__ or error.__context__ or error
            answer = f"error: {' '.join(str(error).split()) or type(error).__name__}"
        sys.stdout.write(answer)
