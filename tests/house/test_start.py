"""`penstock --help` answers at once: no heavy library is loaded for it."""

import json
import subprocess
import sys

import pytest

HEAVY = ("duckdb", "dbt", "boto3", "botocore", "pydantic", "httpx2", "urllib3", "msgspec", "jinja2", "yaml", "rich")
PROGRAM = """
import io, json, sys
from contextlib import redirect_stdout
from penstock.cli.app import run_program
with redirect_stdout(io.StringIO()):
    code = run_program(sys.argv[1:])
print(json.dumps([code, sorted({name.split(".")[0] for name in sys.modules})]))
"""


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["run", "--help"], ["show", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    answer = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True)
    code, loaded = json.loads(answer.stdout)
    assert code == 0
    # typer itself loads pydantic, where it is installed, when a command has arguments.
    assert not set(HEAVY) & set(loaded) - ({"pydantic"} if len(arguments) > 1 else set())
