"""What a whole process costs: CPU seconds, wall seconds and peak memory, as the kernel counted them."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

LAUNCHER = Path(__file__).with_name("launcher.py")


class ProcessFailedError(Exception):
    """A measured process ended with an error, so its figures mean nothing."""


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of a process and of the children it waited for."""

    cpu: float
    """User and system seconds."""
    wall: float
    memory: float
    """Peak resident memory in MB, of the largest process."""
    output: str = ""
    """What it wrote on standard output."""


def measure(
    command: Sequence[str], *, folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> Cost:
    """Runs a command to its end."""
    with tempfile.NamedTemporaryFile() as report:
        launched = [sys.executable, "-I", "-S", str(LAUNCHER), report.name, *command]
        ended = subprocess.run(launched, cwd=folder, env=environment, capture_output=True, check=False)
        if ended.returncode:
            tail = (ended.stdout + ended.stderr).decode(errors="replace")[-4000:]
            raise ProcessFailedError(f"{' '.join(command)} ended with {ended.returncode}:\n{tail}")
        return Cost(**json.loads(report.read()), output=ended.stdout.decode())


def medians(costs: Sequence[Cost]) -> Cost:
    """The middle of each figure; the output is that of the last run."""
    return Cost(
        median(each.cpu for each in costs),
        median(each.wall for each in costs),
        median(each.memory for each in costs),
        costs[-1].output,
    )


def in_turns(runs: int, cases: Mapping[str, Callable[[], Cost]]) -> dict[str, Cost]:
    """The medians of cases that are run in turns, so that a slow minute of the machine hits all of them."""
    costs: dict[str, list[Cost]] = {name: [] for name in cases}
    for _ in range(runs):
        for name, case in cases.items():
            costs[name].append(case())
    return {name: medians(each) for name, each in costs.items()}
