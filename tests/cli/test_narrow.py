"""What a person sees on a narrow terminal: nothing is left out, and no short word is cut."""

import io
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from fcntl import ioctl
from pathlib import Path

import pytest
from rich.console import Console

from penstock.cli.folding import fitting_widths
from penstock.cli.progress import step_line
from penstock.runtime.events import StepFinished

SPEC = """\
penstock: penstock/1
name: bikes
provider: {name: acme, base_url: "https://bikes.example"}
datasets:
  stations: {endpoint: /stations, records: data, key: [station_id]}
schedule: day at 21:00
"""


def seen(folder: Path, width: int, *arguments: str) -> str:
    """What a command shows on a terminal so many characters wide, colours taken out."""
    own, its = pty.openpty()
    ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    environment = {**os.environ, "TERM": "xterm", "NO_COLOR": "1"}
    environment.pop("COLUMNS", None)
    command = [sys.executable, "-m", "penstock", *arguments]
    process = subprocess.Popen(command, cwd=folder, stdout=its, stdin=subprocess.DEVNULL, env=environment)
    os.close(its)
    parts = []
    while part := _read(own):
        parts.append(part)
    os.close(own)
    process.wait()
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", b"".join(parts).decode()).replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the program has closed its side
        return b""


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("doctor", ["status", "found", "mend", "python", "penstock.yml", "dataset"]),
        ("status", ["pipeline", "(UTC)", "never", "rejected", "drift", "21:00"]),
    ],
)
def test_nothing_is_left_out(tmp_path: Path, command: str, words: list[str], width: int) -> None:
    (tmp_path / "penstock.yml").write_text(SPEC)
    text = seen(tmp_path, width, command)
    assert [word for word in words if word not in text.split()] == []
    assert max(map(len, text.splitlines())) <= width


@pytest.mark.parametrize(
    ("columns", "room", "widths"),
    [
        ([["a", "bb"], ["cc cc cc"]], 40, [2, 8]),
        ([["name", "x"], ["why", "because it is so"]], 16, [4, 9]),
        ([["rejected"], ["schedule"]], 12, None),
        ([["file", "/a/very/long/path/that/goes/on"], ["n", "1"]], 28, [24, 1]),
    ],
)
def test_widths(columns: list[list[str]], room: int, widths: list[int] | None) -> None:
    assert fitting_widths(columns, room) == widths


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_what_was_set_aside_is_never_cut(width: int) -> None:
    event = StepFinished(
        "normalise", "orders", "ok", "4 tables, 14 tests passed, 30 rows set aside", 1.0, detail="a/b" * 20
    )
    console = Console(width=width, file=io.StringIO())
    with console.capture() as captured:
        console.print(step_line(event, width))
    shown = " ".join(captured.get().split())
    assert "tests passed, 30 rows set aside" in shown
    assert ("a/b" in shown) == (width >= 200)
