"""The demo provider: a bike-share system that answers over real HTTP on 127.0.0.1.

Example:
    with DemoProvider() as provider:
        print(provider.feed_url("station_status"), provider.trips_url, provider.token)
"""

import json
import secrets
from collections.abc import Callable
from threading import Lock
from types import TracebackType
from typing import Any, Final, Self

from penstock.errors import UnknownVersionError
from penstock.services.demo.city import LANGUAGES, OPENING
from penstock.services.demo.feeds import FEEDS
from penstock.services.demo.server import LoopbackServer, Reply, Request
from penstock.services.demo.trips import trips

TTL: Final = 60
"""Seconds for which a feed may be kept."""

PAGE_SIZE: Final = 100
"""Trips in a page, unless fewer are asked for."""

BUSY_PAGE: Final = 3
"""From this page on trips are refused once, so that a look at the first two meets no refusal."""


class DemoProvider:
    """Public feeds in the form of GBFS, and trips in pages behind a bearer token.

    Its time stands still until `move_on` is called. The third page of trips is refused once
    (429 with `Retry-After`), as busy providers do.
    """

    def __init__(self, *, version: str = "2.3", token: str | None = None, port: int = 0, busy: bool = True) -> None:
        """Choose the version of the standard, the token (an invented one by default) and the port (0: any).

        Raises:
            UnknownVersionError: the provider does not speak that version.
        """
        if version not in FEEDS:
            raise UnknownVersionError(version, FEEDS)
        self.version = version
        self.token = token or secrets.token_urlsafe(12)
        self.moment = OPENING
        """Its time, in seconds since 1970."""
        self._lock = Lock()
        self._is_patient = not busy
        self._has_refused = False
        self._server = LoopbackServer(self.answer, port)

    @property
    def url(self) -> str:
        """Where it listens: `http://127.0.0.1:49152`."""
        return self._server.url

    @property
    def trips_url(self) -> str:
        """The endpoint that needs the token."""
        return f"{self.url}/v1/trips"

    @property
    def has_refused(self) -> bool:
        """Whether it was too busy for a request."""
        return self._has_refused

    def feed_url(self, feed: str, language: str = "en") -> str:
        """The URL of a public feed, such as `station_status`."""
        return f"{self.url}/gbfs/{language}/{feed}.json"

    def move_on(self, seconds: int = 1800) -> None:
        """Let time pass: stations fill and empty, trips end, wrong charges are corrected."""
        self.moment += seconds

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.__exit__(kind, error, trace)

    def serve_forever(self) -> None:
        """Serve in the calling thread until it is interrupted."""
        self._server.serve_forever()

    def answer(self, request: Request) -> Reply:
        """What the provider says to a request."""
        if request.method != "GET":
            return _problem(405, "method_not_allowed", "Only GET.", Allow="GET")
        feeds = FEEDS[self.version]
        match request.path.removesuffix(".json").strip("/").split("/"):
            case ["gbfs", "gbfs"]:
                return self._feed(self._discovery())
            case ["gbfs", language, name] if language in LANGUAGES and name in feeds:
                return self._feed(feeds[name](self.moment, language))
            case ["v1", "trips"]:
                return self._trips(request)
        return _problem(404, "not_found", "Nothing here; begin at /gbfs/gbfs.json or /v1/trips.")

    def _discovery(self) -> dict[str, Any]:
        return {
            language: {"feeds": [{"name": each, "url": self.feed_url(each, language)} for each in FEEDS[self.version]]}
            for language in LANGUAGES
        }

    def _feed(self, data: dict[str, Any]) -> Reply:
        return _json(200, {"last_updated": self.moment, "ttl": TTL, "version": self.version, "data": data})

    def _trips(self, request: Request) -> Reply:
        expected, given = f"Bearer {self.token}", request.headers.get("authorization", "")
        if not secrets.compare_digest(expected.encode(), given.encode()):
            return _problem(401, "unauthorized", "A bearer token is needed.", **{"WWW-Authenticate": "Bearer"})
        try:
            page, size = int(request.query.get("page", 1)), int(request.query.get("per_page", PAGE_SIZE))
        except ValueError:
            page = size = 0
        if page < 1 or not 1 <= size <= PAGE_SIZE:
            return _problem(400, "bad_request", f"page counts from 1; per_page is 1 to {PAGE_SIZE}.")
        if page >= BUSY_PAGE and self._is_busy():
            return _problem(429, "too_many_requests", "Wait a moment.", **{"Retry-After": "1"})
        return _page(self.moment, request.query.get("since", ""), page, size)

    def _is_busy(self) -> bool:
        with self._lock:
            is_first = not (self._is_patient or self._has_refused)
            self._has_refused = self._has_refused or is_first
        return is_first


def serve_forever(
    port: int = 8734, token: str | None = None, started: Callable[[DemoProvider], None] | None = None
) -> None:
    """Run the provider in this process until it is interrupted, for people who want to play with it.

    `started` is called once it listens, to say where and with which token.

    Raises:
        PortInUseError: another program listens on the port.
    """
    provider = DemoProvider(port=port, token=token)
    if started is not None:
        started(provider)
    provider.serve_forever()


def _page(moment: int, since: str, page: int, size: int) -> Reply:
    known = [each for each in trips(moment) if each["updated_at"] >= since]
    return _json(
        200,
        {
            "page": page,
            "per_page": size,
            "total_pages": -(-len(known) // size),
            "total": len(known),
            "trips": known[(page - 1) * size : page * size],
        },
    )


def _json(status: int, document: object, **headers: str) -> Reply:
    body = json.dumps(document, ensure_ascii=False).encode()
    return Reply(status, body, {"Content-Type": "application/json; charset=utf-8", **headers})


def _problem(status: int, code: str, message: str, **headers: str) -> Reply:
    return _json(status, {"error": {"code": code, "message": message}}, **headers)
