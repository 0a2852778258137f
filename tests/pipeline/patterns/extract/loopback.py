"""A provider on loopback that answers as a test says, and the handler as a process."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from penstock.pipeline.patterns import Context
from penstock.pipeline.patterns.extract.http_api import PATTERN
from penstock.pipeline.patterns.extract.http_api.environment import environment_of
from penstock.pipeline.spec.model import Spec


@dataclass(frozen=True)
class Call:
    """A request as it came."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    at: float


@dataclass(frozen=True)
class Reply:
    """What to answer; a body that is not bytes is sent as JSON."""

    body: Any = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    """Send only so many bytes of the body, then close."""
    wait: float = 0.0
    chunks: int = 0
    """Send the body in so many pieces, with `wait` before each."""
    sized: bool = True
    """Tell the length of the body."""

    @property
    def data(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


class Provider:
    """Keeps the calls; `answer` may be changed while it runs."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.answer: Callable[[Call], Reply] = lambda _call: Reply(status=500)
        self.url = ""

    def queries(self, name: str) -> list[str | None]:
        return [call.query.get(name) for call in self.calls]


@contextmanager
def provider() -> Iterator[Provider]:
    one = Provider()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urllib.parse.urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            query = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))
            headers = {name.lower(): value for name, value in self.headers.items()}
            call = Call(self.command, parts.path, query, headers, body, time.monotonic())
            one.calls.append(call)
            self.reply(one.answer(call))

        def do_POST(self) -> None:
            self.do_GET()

        def reply(self, reply: Reply) -> None:
            data = reply.data
            self.close_connection = True
            if not reply.chunks:
                time.sleep(reply.wait)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.sized:
                self.send_header("Content-Length", str(len(data)))
            self.send_header("Connection", "close")
            self.end_headers()
            sent = data if reply.cut is None else data[: reply.cut]
            size = max(1, len(sent) // reply.chunks) if reply.chunks else max(1, len(sent))
            try:
                for start in range(0, len(sent), size):
                    time.sleep(reply.wait if reply.chunks else 0)
                    self.wfile.write(sent[start : start + size])
                    self.wfile.flush()
            except OSError:
                return

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class calls it so)
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    one.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield one
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Result:
    """What one run of the handler gave."""

    code: int
    results: list[dict[str, Any]]
    progress: list[dict[str, Any]]
    text: str
    """Everything on both streams."""

    @property
    def one(self) -> dict[str, Any]:
        assert len(self.results) == 1, self.text
        return self.results[0]


@dataclass(frozen=True)
class Project:
    """A rendered handler with its landing zone."""

    root: Path
    environment: Mapping[str, str]

    @property
    def landing(self) -> Path:
        return self.root / "landing"

    def start(self, *arguments: str, **extra: str) -> "subprocess.Popen[str]":
        # PATH-like minimum only: whatever else the handler needs must be declared.
        environment = {"PATH": os.environ["PATH"], **self.environment, **extra}
        return subprocess.Popen(
            [sys.executable, "lambda_handler.py", *arguments],
            cwd=self.root / "extract",
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, **extra: str) -> Result:
        process = self.start(*arguments, **extra)
        out, err = process.communicate(timeout=120)
        assert "Traceback" not in err, err
        progress = [json.loads(line) for line in err.splitlines()]
        return Result(process.returncode, [json.loads(line) for line in out.splitlines()], progress, out + err)

    def kill_after(self, seconds: float, **extra: str) -> bool:
        """Start and kill; whether it was still running."""
        process = self.start(**extra)
        try:
            process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            return True
        return False

    def lines(self, dataset: str = "items") -> list[dict[str, Any]]:
        """The manifest, in order."""
        return read_manifest(self.landing, dataset)

    def fetches(self, dataset: str = "items") -> list[dict[str, Any]]:
        return [each for each in self.lines(dataset) if each["event"] == "fetch"]

    def outcomes(self, dataset: str = "items") -> list[str]:
        return [each["outcome"] for each in self.lines(dataset)]

    def documents(self, dataset: str = "items") -> list[Any]:
        """The landed pages in the order of the manifest."""
        lines = [each for each in self.fetches(dataset) if each["outcome"] == "landed"]
        return [json.loads((self.landing / each["path"]).read_bytes()) for each in lines]

    def state(self, dataset: str = "items") -> dict[str, Any]:
        found = list(self.landing.glob(f"data_profile=state/*/dataset_name={dataset}/state.json"))
        return dict(json.loads(found[0].read_text()))

    def files(self) -> dict[str, bytes]:
        return {
            each.relative_to(self.landing).as_posix(): each.read_bytes()
            for each in sorted(self.landing.rglob("*"))
            if each.is_file()
        }


def read_manifest(landing: Path, dataset: str) -> list[dict[str, Any]]:
    files = sorted(
        landing.glob(f"data_profile=manifest/*/dataset_name={dataset}/*/*.ndjson"), key=lambda each: each.name
    )
    return [json.loads(line) for file in files for line in file.read_text().splitlines()]


def spec_of(url: str, datasets: Mapping[str, Mapping[str, Any]] | None = None, **parts: Any) -> Spec:
    """A spec with the given datasets (one dataset `items`, when none is given)."""
    provider_part = {"name": "acme", "base_url": url, "retries": 2, **parts.pop("provider", {})}
    document = {"penstock": "penstock/1", "name": "shop", "provider": provider_part, "datasets": datasets, **parts}
    return Spec.model_validate(document)


def project_of(root: Path, spec: Spec) -> Project:
    for path, text in PATTERN.render(Context(spec)).items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    # A local landing zone needs no AWS library: here there is none.
    (root / "extract" / "boto3.py").write_text('raise ImportError("boto3 is not installed")\n')
    return Project(root, environment_of(spec, root))


def items(root: Path, one: Provider, **dataset: Any) -> Project:
    """The project of a provider with one dataset, `items`, whose records are under `data`."""
    parts = {name: dataset.pop(name) for name in ("provider", "landing") if name in dataset}
    described = {"endpoint": "items", "records": "data", **dataset}
    return project_of(root, spec_of(one.url, {"items": described}, **parts))
