"""Runs a program with a declared environment and nothing more, line by line, and leaves none of its children."""

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR", "SYSTEMROOT")
"""What a program needs to run at all; nothing of this is secret."""

Hear = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Finished:
    """How a program ended and what it printed on its standard output."""

    code: int
    output: str


def minimal_environment(source: Mapping[str, str]) -> dict[str, str]:
    """The variables that every program gets."""
    return {name: source[name] for name in PASSED_ON if name in source}


def run_process(command: Sequence[str], environment: Mapping[str, str], folder: Path, hear: Hear) -> Finished:
    """Run to the end; `hear` gets each line of standard error while the program goes on."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    output: list[str] = []
    try:
        reader = threading.Thread(target=_collect, args=(process, output), daemon=True)
        reader.start()
        assert process.stderr is not None
        with process.stderr:
            for line in process.stderr:
                hear(line.rstrip("\n"))
        code = process.wait()
        reader.join()
        return Finished(code, "".join(output))
    finally:
        _end(process)


def _collect(process: subprocess.Popen[str], output: list[str]) -> None:
    assert process.stdout is not None
    with process.stdout:
        output.extend(process.stdout)


def _end(process: subprocess.Popen[str]) -> None:
    """Stop the program's whole group, if something of it is left."""
    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=10)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            process.kill()
            process.wait()
