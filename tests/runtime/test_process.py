"""Programs run with their declared environment, are heard line by line, and leave no children."""

import os
import sys
import time
from pathlib import Path

import pytest

from penstock.runtime.process import minimal_environment, run_process

PYTHON = sys.executable


def run(code: str, environment: dict[str, str] | None = None) -> tuple[int, str, list[str]]:
    heard: list[str] = []
    base = minimal_environment(os.environ)
    finished = run_process([PYTHON, "-c", code], {**base, **(environment or {})}, Path(), heard.append)
    return finished.code, finished.output, heard


def test_output_errors_and_code_come_back() -> None:
    code = "import sys; print('one'); print('é', file=sys.stderr); print('two', file=sys.stderr); sys.exit(4)"
    assert run(code, {"PYTHONIOENCODING": "utf-8"}) == (4, "one", ["é", "two"])


def test_only_the_declared_environment_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANARY_SECRET", "squirrel")
    _, output, _ = run("import os; print(sorted(os.environ))", {"DECLARED": "1"})
    assert "DECLARED" in output
    assert "CANARY_SECRET" not in output


def test_much_output_on_both_streams_does_not_block() -> None:
    code = "import sys\nfor i in range(20000): print('o' * 50); print('e' * 50, file=sys.stderr)"
    exit_code, output, heard = run(code)
    assert (exit_code, len(output), len(heard)) == (0, 20000 * 51 - 1, 20000)


def test_a_listener_that_fails_ends_the_program_and_its_children(tmp_path: Path) -> None:
    marker = tmp_path / "alive"
    child = f"import time, pathlib\ntime.sleep(1.5); pathlib.Path({str(marker)!r}).touch()"
    code = (
        f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {child!r}]);"
        "print('go', file=sys.stderr, flush=True); time.sleep(60)"
    )

    def refuse(line: str) -> None:
        raise KeyboardInterrupt(line)

    with pytest.raises(KeyboardInterrupt):
        run_process([PYTHON, "-c", code], minimal_environment(os.environ), tmp_path, refuse)
    time.sleep(2)
    assert not marker.exists()
