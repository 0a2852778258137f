"""What a whole process costs: CPU seconds, wall seconds and peak memory, as the kernel counted them."""

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


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
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        if process.returncode:
            tail = (output.read() + errors.read()).decode(errors="replace")[-4000:]
            raise ProcessFailedError(f"{' '.join(command)} ended with {process.returncode}:\n{tail}")
        return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, output.read().decode())


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
