"""The environments of other tools: their libraries do not agree with ours, so they have some of their own."""

import subprocess
import sys
import venv
from pathlib import Path

REQUIREMENTS = ("dlt[duckdb,parquet]==1.31.0", "duckdb==2.0.0", "pyarrow==26.0.1", "sqlglot<=30.21")
TRAP_REQUIREMENTS = (*REQUIREMENTS, "polars==2.1.0")


def dlt_python(work: Path) -> Path:
    """The Python that has dlt; made when it is not there yet."""
    return _python(work / "dlt-venv", REQUIREMENTS)


def traps_python(work: Path) -> Path:
    """The Python that has every tool of the page about traps; made when it is not there yet."""
    return _python(work / "traps-venv", TRAP_REQUIREMENTS)


def _python(folder: Path, requirements: tuple[str, ...]) -> Path:
    python, done = folder / "bin/python", folder / "done"
    if not done.exists() or done.read_text() != "\n".join(requirements):
        sys.stderr.write("Making an environment for other tools …\n")
        venv.create(folder, with_pip=True, clear=True)
        uv = Path(sys.executable).with_name("uv")
        install = (
            [str(uv), "pip", "install", "-p", str(python)] if uv.exists() else [str(python), "-m", "pip", "install"]
        )
        subprocess.run([*install, "-q", *requirements], check=True)
        subprocess.run(
            [str(python), "-m", "compileall", "-q", str(folder / "lib")], check=False, stdout=subprocess.DEVNULL
        )
        done.write_text("\n".join(requirements))
    return python
