"""Serves the pages of a folder, `/orders?page=1`, `/orders?page=2`, …, until one is empty.

Prints its URL and ends with its input.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen

from penstock.services.demo.server import LoopbackServer, Reply, Request


def main(folder: str) -> None:
    files = sorted(Path(folder).glob("*.ndjson"))

    def answer(request: Request) -> Reply:
        number = int(request.query.get("page", 1))
        body = files[number - 1].read_bytes() if 1 <= number <= len(files) else b""
        return Reply(200, body, {"Content-Type": "application/x-ndjson"})

    with LoopbackServer(answer) as server:
        sys.stdout.write(f"{server.url}/orders\n")
        sys.stdout.flush()
        sys.stdin.read()


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The URL of the pages, served by a process of its own, so that its cost is not counted."""
    command = [sys.executable, "-m", "benchmarks.server", str(folder)]
    with Popen(command, stdin=PIPE, stdout=PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.stdin.close()


if __name__ == "__main__":
    main(sys.argv[1])
