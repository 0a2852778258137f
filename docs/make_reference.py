"""Writes docs/commands.md from what the program says of itself; `--check` fails when the page is not current."""

import os
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).with_name("commands.md")
START = """# Commands

This page is written by `make docs` from `penstock --help`.

Exit codes: 0 done · 1 findings, or a step that failed · 2 wrong usage or input that cannot be read · 3 a person must
decide · 4 the provider, the network or the warehouse failed after retries. With `--json` a command writes exactly one
JSON document on standard output; progress, warnings and logs go to standard error.
"""


def command_names() -> list[str]:
    """The commands in the order of `penstock --help`."""
    _, _, listed = help_of().partition("Commands:\n")
    return re.findall(r"^  ([a-z][a-z-]*)\b", listed, re.MULTILINE)


def commands_page() -> str:
    """The whole page."""
    parts = [START, block(help_of())]
    parts += [f"\n## {name}\n\n{block(help_of(name))}" for name in command_names()]
    return "\n".join(parts)


def help_of(*command: str) -> str:
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    answer = subprocess.run(
        [sys.executable, "-m", "penstock", *command, "--help"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    text = answer.stdout.replace("python -m penstock", "penstock")
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def block(text: str) -> str:
    return f"```text\n{text}\n```\n"


def main() -> int:
    page = commands_page()
    if "--check" in sys.argv[1:]:
        current = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page
        sys.stderr.write("" if current else f"{PAGE.name} is not what the commands say.\nHint: make docs\n")
        return int(not current)
    PAGE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
