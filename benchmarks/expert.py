"""Runs the hand-written SQL: `python -m benchmarks.expert FOLDER DATABASE`."""

import sys
from pathlib import Path

import duckdb


def main(folder: str, database: str) -> None:
    files = "'" + f"{folder}/*.ndjson".replace("'", "''") + "'"
    sql = Path(__file__).with_name("expert.sql").read_text()
    with duckdb.connect(database) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(sql.replace("$files", files))


if __name__ == "__main__":
    main(*sys.argv[1:])
