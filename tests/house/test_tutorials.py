"""Runs the console blocks of the tutorials as a reader would type them, against the demo provider.

A line that begins with `$ ` is typed; `> ` goes on with it. The lines below it are what is shown;
`…` stands for anything.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from penstock.services.demo.provider import DemoProvider

ROOT = Path(__file__).parents[2]
TUTORIALS = sorted((ROOT / "docs/tutorials").glob("*.md"))
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
URL_IN_TEXT = "http://127.0.0.1:8734"
TOKEN_IN_TEXT = "demo-token"


@dataclass(frozen=True)
class Typed:
    command: str
    shown: tuple[str, ...]


def typed(text: str) -> Iterator[Typed]:
    for block in BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.rstrip("\n").split("\n")
            more = [line for line in lines[1:] if line.startswith("> ")]
            yield Typed("\n".join([lines[0], *(line[2:] for line in more)]), tuple(lines[1 + len(more) :]))


class Shell:
    """Commands in one shell, whose folder and variables stay."""

    def __init__(self, folder: Path) -> None:
        self._state = folder / "state.sh"
        self._state.write_text(f"cd {folder / 'home'}\n")
        (folder / "home").mkdir()
        programs = Path(sys.executable).parent
        self._environment = {"PATH": f"{programs}:{os.defpath}:/usr/local/bin", "HOME": str(folder / "home")}

    def type(self, command: str) -> str:
        script = (
            f". {self._state}\n{command}\ncode=$?\n{{ export -p; echo \"cd '$PWD'\"; }} > {self._state}\nexit $code"
        )
        done = subprocess.run(
            ["bash", "-c", script], env=self._environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout


def assert_shown(expected: tuple[str, ...], output: str) -> None:
    """Every expected line is there, in this order; spaces count as one."""
    lines = [" ".join(line.split()) for line in output.splitlines()]
    position = 0
    for line in expected:
        pattern = ".*".join(re.escape(part.strip()) for part in " ".join(line.split()).split("…"))
        while position < len(lines) and not re.fullmatch(pattern, lines[position]):
            position += 1
        assert position < len(lines), f"not shown: {line}\n{output}"


@pytest.mark.slow
@pytest.mark.parametrize("tutorial", TUTORIALS, ids=lambda path: path.stem)
def test_tutorial(tutorial: Path, tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    with DemoProvider(token=TOKEN_IN_TEXT) as provider:
        for step in typed(tutorial.read_text(encoding="utf-8")):
            assert_shown(step.shown, shell.type(step.command.replace(URL_IN_TEXT, provider.url)))


def test_a_line_that_is_not_shown_is_found() -> None:
    assert_shown(("a  b", "c … e"), "a b\nx\nc d e\n")
    with pytest.raises(AssertionError, match="not shown: c"):
        assert_shown(("c",), "a\nb\n")
