"""Replays a provider from recorded files over real HTTP on loopback, as the provider behaves.

A provider is data: a `Site` with its routes (see `sites.py`). What a route answers is made from the
recorded records and the request, so page sizes and links are right whatever a client asks for.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock
from types import TracebackType
from typing import Any, Protocol, Self
from urllib.parse import urlencode

from penstock.services.demo.server import LoopbackServer, Reply, Request

JSON = {"Content-Type": "application/json; charset=utf-8"}


@dataclass(frozen=True)
class Moment:
    """What a route may know beside the request: the recordings, the server's URL, how often time has moved on."""

    recordings: Path
    url: str
    poll: int


class Route(Protocol):
    """Answers the requests for some paths; None for others."""

    def answer(self, request: Request, now: Moment) -> Reply | None: ...


@dataclass(frozen=True)
class File:
    """One document; with several files, each poll sees the next one."""

    path: str
    files: tuple[str, ...]

    def answer(self, request: Request, now: Moment) -> Reply | None:
        if request.path != self.path:
            return None
        file = self.files[min(now.poll, len(self.files) - 1)]
        return Reply(200, (now.recordings / file).read_bytes(), JSON)


@dataclass(frozen=True)
class Cut:
    """A page as it was cut: records `start` to `start + size` of `total`."""

    records: Sequence[Any]
    start: int
    size: int
    total: int
    link: Callable[[int], str]
    """The URL of the page that begins at a record."""

    @property
    def next(self) -> str | None:
        return self.link(self.start + self.size) if self.start + self.size < self.total else None

    @property
    def previous(self) -> str | None:
        return self.link(max(self.start - self.size, 0)) if self.start else None

    @property
    def number(self) -> int:
        return self.start // self.size + 1

    @property
    def last(self) -> int:
        return max(-(-self.total // self.size), 1)


Load = Callable[[Path], Sequence[Any]]
Style = Callable[[Cut], tuple[object, Mapping[str, str]]]
"""The document and the headers of a page."""


@dataclass(frozen=True)
class Pages:
    """A list of records, in pages as the client asks for them."""

    path: str
    load: Load
    style: Style
    position: str = "page"
    limit: str = "per_page"
    size: int = 20
    is_numbered: bool = True
    """The position counts pages from 1, else records from 0."""
    linked_path: str | None = None
    """Links lead here instead (GitHub's lead from the name of a repository to its number)."""
    kept: tuple[str, ...] = ()
    """Query parameters that links keep."""

    def answer(self, request: Request, now: Moment) -> Reply | None:
        if request.path not in (self.path, self.linked_path):
            return None
        size = max(int(request.query.get(self.limit, self.size)), 1)
        position = int(request.query.get(self.position, 1 if self.is_numbered else 0))
        start = max((position - 1) * size if self.is_numbered else position, 0)
        kept = {name: request.query[name] for name in self.kept if name in request.query}

        def link(record: int) -> str:
            asked = record // size + 1 if self.is_numbered else record
            query = urlencode({self.position: asked, self.limit: size, **kept})
            return f"{now.url}{self.linked_path or self.path}?{query}"

        records = self.load(now.recordings)
        document, headers = self.style(Cut(records[start : start + size], start, size, len(records), link))
        return Reply(200, json.dumps(document, ensure_ascii=False).encode(), {**JSON, **headers})


@dataclass(frozen=True)
class Details:
    """One document for each record: `/api/v2/berry/1/`."""

    path: str
    """With `{}` in the place of the key."""
    load: Load
    key: str

    def answer(self, request: Request, now: Moment) -> Reply | None:
        for record in self.load(now.recordings):
            if request.path == self.path.format(record[self.key]):
                return Reply(200, json.dumps(record, ensure_ascii=False).encode(), JSON)
        return None


@dataclass(frozen=True)
class Refusal:
    """An error that the provider sends with status 200 when a parameter is wrong."""

    is_wrong: Callable[[Request], bool]
    file: str

    def answer(self, request: Request, now: Moment) -> Reply | None:
        return Reply(200, (now.recordings / self.file).read_bytes(), JSON) if self.is_wrong(request) else None


@dataclass(frozen=True)
class Site:
    """A provider: the folder of its recordings, its routes, and which URLs in bodies become the server's own."""

    name: str
    routes: tuple[Route, ...]
    own_urls: Mapping[str, str] = field(default_factory=dict)
    """Recorded text to what stands there when replayed, with `{url}` for the server's URL."""


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one request: another status or body, a body that is cut, or a slow answer."""

    status: int | None = None
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    is_cut: bool = False
    seconds: float = 0


BUSY = Fault(429, b'{"message": "slow down"}', {**JSON, "Retry-After": "0"})
UNAVAILABLE = Fault(503, b"<html>maintenance</html>", {"Content-Type": "text/html"})
ERROR_PAGE = Fault(200, b"<!doctype html><title>Sign in</title>", {"Content-Type": "text/html"})
CUT = Fault(is_cut=True)


class ReplayServer:
    """Serves a site from a folder of recordings while its `with` block lasts."""

    def __init__(self, site: Site, recordings: Path, *, has_own_urls: bool = True) -> None:
        self.site = site
        self.recordings = recordings / site.name
        self.requests: list[Request] = []
        self.poll = 0
        """How often time has moved on."""
        self._has_own_urls = has_own_urls
        self._faults: dict[int, Fault] = {}
        self._lock = Lock()
        self._over = Event()
        self._server = LoopbackServer(self._answer)

    @property
    def url(self) -> str:
        return self._server.url

    def fail(self, fault: Fault, *requests: int) -> None:
        """Let requests fail, counted from 1 for the next one."""
        with self._lock:
            self._faults.update({len(self.requests) + each: fault for each in requests})

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._server.__exit__(kind, error, trace)

    def _answer(self, request: Request) -> Reply:
        with self._lock:
            self.requests.append(request)
            fault = self._faults.pop(len(self.requests), None)
        if fault is None:
            return self._replay(request)
        if fault.status is not None:
            return Reply(fault.status, fault.body, fault.headers)
        self._over.wait(fault.seconds)
        reply = self._replay(request)
        if not fault.is_cut:
            return reply
        return Reply(
            reply.status,
            reply.body[: len(reply.body) // 2],
            {**reply.headers, "Content-Length": str(len(reply.body))},
        )

    def _replay(self, request: Request) -> Reply:
        now = Moment(self.recordings, self.url, self.poll)
        replies = (route.answer(request, now) for route in self.site.routes)
        reply = next((each for each in replies if each), None)
        if reply is None:
            return Reply(404, b'{"message": "Not Found"}', JSON)
        body = reply.body
        for recorded, own in self.site.own_urls.items() if self._has_own_urls else ():
            body = body.replace(recorded.encode(), own.format(url=self.url).encode())
        return Reply(reply.status, body, reply.headers)
