"""Writes docs/demo.svg: what `penstock demo` shows, from a real run in a temporary folder."""

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
    environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(WIDTH), "TERM": "xterm-256color"}
    with tempfile.TemporaryDirectory() as folder:
        program = Path(sys.executable).with_name("penstock")
        done = subprocess.run(
            [program, "demo"], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"penstock demo ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout.replace(f"{Path(folder).resolve()}/", "").replace(str(Path(folder).resolve()), ".")


def main() -> None:
    text = "$ penstock demo\n" + shown_by_the_demo().rstrip()
    with Path(os.devnull).open("w") as nowhere:
        console = Console(record=True, width=WIDTH, file=nowhere, force_terminal=True)
        console.print(Text.from_ansi(text), soft_wrap=False)
    svg = console.export_svg(title="penstock demo", code_format=FORMAT, unique_id="demo")
    PICTURE.write_text("\n".join(line.rstrip() for line in svg.splitlines()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
