"""Runs a command and writes what it cost: `python -I -S launcher.py REPORT COMMAND…`.

The kernel counts to the peak memory of a process that of the one that it was started from. So what is measured is
started from this small process, whatever the size of the one that compares.
"""

import json
import os
import sys
import time


def main(report: str, *command: str) -> int:
    start = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    with open(report, "w", encoding="utf-8") as file:  # noqa: PTH123  # pathlib would make this process larger
        json.dump({"cpu": usage.ru_utime + usage.ru_stime, "wall": wall, "memory": usage.ru_maxrss / 1024}, file)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
