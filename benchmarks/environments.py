"""The environment of dlt: its libraries do not agree with ours, so it has one of its own."""

import subprocess
import sys
import venv
from pathlib import Path

REQUIREMENTS = ("dlt[duckdb,parquet]==1.31.0", "duckdb==2.0.0", "pyarrow==26.0.1", "sqlglot<=30.21")


def dlt_python(work: Path) -> Path:
    """The Python that has dlt; made when it is not there yet."""
    folder = work / "dlt-venv"
    python, done = folder / "bin/python", folder / "done"
    if not done.exists() or done.read_text() != "\n".join(REQUIREMENTS):
        sys.stderr.write("Making the environment of dlt …\n")
        venv.create(folder, with_pip=True, clear=True)
        uv = Path(sys.executable).with_name("uv")
        install = (
            [str(uv), "pip", "install", "-p", str(python)] if uv.exists() else [str(python), "-m", "pip", "install"]
        )
        subprocess.run([*install, "-q", *REQUIREMENTS], check=True)
        subprocess.run(
            [str(python), "-m", "compileall", "-q", str(folder / "lib")], check=False, stdout=subprocess.DEVNULL
        )
        done.write_text("\n".join(REQUIREMENTS))
    return python
