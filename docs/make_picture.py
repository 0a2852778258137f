"""Writes docs/demo.svg: the middle of what `penstock demo` shows, from a real run in a temporary folder."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

PICTURE = Path(__file__).with_name("demo.svg")
WIDTH = 116
# The picture must look the same offline: no fonts from elsewhere.
FORMAT = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace(
    "Fira Code,", "ui-monospace, SFMono-Regular, Menlo, Consolas,"
)


def shown_by_the_demo() -> str:
    environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": "400", "TERM": "xterm-256color"}
    with tempfile.TemporaryDirectory() as folder:
        program = Path(sys.executable).with_name("penstock")
        done = subprocess.run(
            [program, "demo"], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"penstock demo ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout.replace(f"{Path(folder).resolve()}/", "").replace(str(Path(folder).resolve()), ".")


def middle(shown: str) -> str:
    """From the first run to a question about its tables; the whole is too long for a picture."""
    plain = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in shown.splitlines()]
    start = plain.index("$ penstock run")
    end = [place for place, line in enumerate(plain) if line.startswith("$ penstock query")][1]
    return "\n".join(shown.splitlines()[start:end]).rstrip()


def main() -> None:
    text = middle(shown_by_the_demo())
    with Path(os.devnull).open("w") as nowhere:
        console = Console(record=True, width=WIDTH, file=nowhere, force_terminal=True)
        console.print(Text.from_ansi(text), no_wrap=True, overflow="ellipsis")
    svg = console.export_svg(title="penstock demo", code_format=FORMAT, unique_id="demo")
    PICTURE.write_text("\n".join(line.rstrip() for line in svg.splitlines()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
