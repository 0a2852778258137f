"""The built wheel, installed alone in an empty environment outside the repository, runs the demo."""

import re
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
UV = Path(sys.executable).with_name("uv")
"""Much quicker than pip, and not everywhere."""
OFFLINE = re.compile(
    r"dns error|NameResolution|NewConnectionError|Temporary failure|client error \(Connect\)|timed out"
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def run(command: list[str | Path], folder: Path, environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    if done.returncode and OFFLINE.search(done.stderr):
        pytest.skip(f"the package registry cannot be reached: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, f"{command}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, ROOT], folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of an environment that holds the wheel, what it depends on, and nothing else."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder, with_pip=not UV.exists())
    python = folder / "bin/python"
    install: list[str | Path] = (
        [UV, "pip", "install", "-p", python] if UV.exists() else [python, "-m", "pip", "install"]
    )
    run([*install, "-q", "-c", ROOT / "constraints.txt", wheel], folder)
    return folder / "bin"


def environment(home: Path) -> dict[str, str]:
    """A user who has set up nothing, not even a name for git."""
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}


def test_what_the_wheel_holds(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    kept = [str(path.relative_to(ROOT / "src")) for path in (ROOT / "src").rglob("*") if is_part(path)]
    assert set(kept) <= set(names)
    assert not [name for name in names if not name.startswith("penstock")]
    assert any(name.endswith("/best_practices.md") for name in names)
    assert any("/templates/" in name for name in names)
    assert "penstock/py.typed" in names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def is_part(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["doctor", "--help"]])
def test_it_says_what_it_is(installed: Path, arguments: list[str], tmp_path: Path) -> None:
    assert "penstock" in run([installed / "penstock", *arguments], tmp_path, environment(tmp_path))


def test_it_runs_the_demo_without_the_extras(installed: Path, tmp_path: Path) -> None:
    penstock = installed / "penstock"
    assert not (installed / "dbt").exists()
    run([penstock, "demo"], tmp_path, environment(tmp_path))
    (spec,) = tmp_path.rglob("penstock.yml")
    answer = run([penstock, "show", "--json", "--project", spec.parent], tmp_path, environment(tmp_path))
    rows = dict(re.findall(r'"table": "([^"]+)",\s+"rows": (\d+)', answer))
    assert len(rows) > 3
    assert sum(map(int, rows.values())) > 100
