"""A small HTTP server on loopback: a function from request to reply, with the standard library only."""

import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from penstock.errors import PortInUseError

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asks."""

    method: str
    path: str
    """Without the query: `/v1/trips`."""
    query: Mapping[str, str] = field(default_factory=dict)
    """The last value of each parameter."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """By their names in lower case."""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answers; `Content-Length` is added unless the headers have it."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


Answer = Callable[[Request], Reply]


class LoopbackServer:
    """Serves an answer function on 127.0.0.1 while its `with` block lasts; each request has a thread of its own."""

    def __init__(self, answer: Answer, port: int = 0) -> None:
        """Bind the port; 0 takes a free one.

        Raises:
            PortInUseError: another program listens there.
        """
        try:
            self._server = _Server((HOST, port), _handler(answer))
        except OSError as error:
            raise PortInUseError(port) from error
        self._thread: Thread | None = None

    @property
    def url(self) -> str:
        """Where it listens: `http://127.0.0.1:49152`."""
        return f"http://{HOST}:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        if self._thread is not None:
            self._thread.join()

    def serve_forever(self) -> None:
        """Serve in the calling thread until it is interrupted."""
        try:
            self._server.serve_forever()
        finally:
            self._server.server_close()


class _Server(ThreadingHTTPServer):
    allow_reuse_address = True
    block_on_close = False

    def server_bind(self) -> None:
        # The base class asks the name service for this machine's name, which can take seconds offline.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, int(self.server_address[1])

    def handle_error(self, request: socket.socket | tuple[bytes, socket.socket], client_address: Any) -> None:
        # A client that goes away is no fault of the server's.
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


def _handler(answer: Answer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # An idle connection is closed, so that its thread ends.
        timeout = 30

        def setup(self) -> None:
            super().setup()
            # Small answers leave at once instead of waiting for the client's acknowledgement.
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def respond(self) -> None:
            reply = answer(self.as_request())
            headers = {"Content-Length": str(len(reply.body)), **reply.headers}
            self.send_response(reply.status)
            for name, value in headers.items():
                self.send_header(name, value)
            if headers["Content-Length"] != str(len(reply.body)):
                self.close_connection = True
            self.end_headers()
            self.wfile.write(reply.body)

        def do_GET(self) -> None:
            self.respond()

        def do_POST(self) -> None:
            self.respond()

        def as_request(self) -> Request:
            target = urlsplit(self.path)
            length = self.headers.get("Content-Length", "0")
            return Request(
                method=self.command,
                path=target.path,
                query=dict(parse_qsl(target.query, keep_blank_values=True)),
                headers={name.lower(): value for name, value in self.headers.items()},
                body=self.rfile.read(int(length)) if length.isdecimal() else b"",
            )

        def log_message(self, *_args: object, **_kwargs: object) -> None:
            """Stay silent: who starts the server says what happens."""

    return Handler
