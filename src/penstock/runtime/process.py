"""Runs a program with a declared environment and nothing more, line by line, and leaves none of its children."""

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]  # the module is there or it is not

PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR", "SYSTEMROOT")
"""What a program needs to run at all; nothing of this is secret."""

Hear = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Finished:
    """How a program ended and the lines of its standard output."""

    code: int
    output: str


def minimal_environment(source: Mapping[str, str]) -> dict[str, str]:
    """The variables that every program gets."""
    return {name: source[name] for name in PASSED_ON if name in source}


def run_process(
    command: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    hear: Hear,
    hear_output: Hear | None = None,
) -> Finished:
    """Run to the end in a folder, which is held until then (see `is_held`).

    While the program goes on, each line of standard error goes to `hear`. Lines of standard output go to
    `hear_output` (from another thread); without it they are kept for the end.
    """
    with _hold(folder) as held:
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
            pass_fds=held,
        )
    output: list[str] = []
    try:
        reader = threading.Thread(target=_collect, args=(process, hear_output or output.append), daemon=True)
        reader.start()
        assert process.stderr is not None
        with process.stderr:
            for line in process.stderr:
                hear(line.rstrip("\n"))
        code = process.wait()
        reader.join()
        return Finished(code, "\n".join(output))
    finally:
        _end(process)


def is_held(folder: Path) -> bool:
    """Whether a program that `run_process` started there still runs, whatever became of who started it.

    Where the system has no such locks, nobody can tell, and the answer is no.
    """
    if fcntl is None or not folder.is_dir():
        return False
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


@contextmanager
def _hold(folder: Path) -> Iterator[tuple[int, ...]]:
    """A lock on a folder that whoever inherits it keeps."""
    if fcntl is None:
        yield ()
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield (handle,)
    finally:
        os.close(handle)


def _collect(process: subprocess.Popen[str], hear: Hear) -> None:
    assert process.stdout is not None
    with process.stdout:
        for line in process.stdout:
            hear(line.rstrip("\n"))


def _end(process: subprocess.Popen[str]) -> None:
    """Stop the program's whole group, if something of it is left."""
    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=10)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            process.kill()
            process.wait()
