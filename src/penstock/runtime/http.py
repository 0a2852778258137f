"""Asks one question over HTTP: with time-outs, a size limit, few redirects, few retries, and no secret in any error."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urljoin, urlsplit

from penstock import __version__
from penstock.errors import AnswerError, FetchError
from penstock.pipeline.probe.answer import Answer, Ask
from penstock.pipeline.probe.urls import mask_url, same_host

if TYPE_CHECKING:
    import httpx2

_REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (429, 500, 502, 503, 504)
_LONGEST_WAIT = 5.0
_HEADERS = {"Accept": "application/json, application/geo+json, application/x-ndjson;q=0.9, */*;q=0.1",
            "User-Agent": f"penstock/{__version__}"}  # fmt: skip


class Fetch(Protocol):
    """Asks an API."""

    def __call__(self, ask: Ask) -> Answer:
        """The answer, whatever its status.

        Raises:
            FetchError: There is no whole answer.
        """
        ...


@dataclass(frozen=True, slots=True)
class HttpFetch:
    """Asks over HTTP with GET; times are in seconds."""

    connect: float = 10.0
    read: float = 30.0
    whole: float = 120.0
    """An answer that takes longer as a whole is given up."""
    most_bytes: int = 50_000_000
    most_redirects: int = 5
    retries: int = 2
    """Tries after the first one, for 429, 5xx and broken connections."""
    sleep: Callable[[float], None] = time.sleep

    def __call__(self, ask: Ask) -> Answer:
        """The answer, whatever its status.

        Raises:
            AnswerError: The URL cannot be asked, or the answer is too large.
            FetchError: No whole answer came, with the URL shown without its secrets.
        """
        import httpx2

        _checked(ask.url)
        timeout = httpx2.Timeout(self.read, connect=self.connect)
        with httpx2.Client(timeout=timeout, headers=_HEADERS) as client:
            for attempt in range(self.retries + 1):
                last = attempt == self.retries
                try:
                    answer = self._follow(client, ask)
                except httpx2.TransportError as error:
                    if last:
                        raise FetchError(mask_url(ask.url), _problem(error)) from None
                    self.sleep(2.0**attempt / 2)
                    continue
                if answer.status not in _BUSY or last:
                    return answer
                self.sleep(_wait(answer, attempt))
        raise AssertionError("the last try returns or raises")

    def _follow(self, client: "httpx2.Client", ask: Ask) -> Answer:
        url, headers = ask.url, dict(ask.headers)
        for _ in range(self.most_redirects + 1):
            answer = self._get(client, url, headers)
            target = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not target:
                return answer
            following = _checked(urljoin(url, target))
            if not same_host(url, following):
                # Secrets are for the provider that was named, not for whom it points to.
                headers = {}
            url = following
        raise AnswerError(mask_url(ask.url), f"more than {self.most_redirects} redirects", "use the final URL")

    def _get(self, client: "httpx2.Client", url: str, headers: dict[str, str]) -> Answer:
        import httpx2

        body, end = bytearray(), time.monotonic() + self.whole
        try:
            with client.stream("GET", url, headers=headers) as response:
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > self.most_bytes:
                        problem = f"the answer is larger than {self.most_bytes // 1_000_000} MB"
                        raise AnswerError(mask_url(url), problem, "ask for one page, or save a part: --sample FILE")
                    if time.monotonic() > end:
                        raise FetchError(mask_url(url), f"no whole answer within {self.whole:g} s")
                found = {name.lower(): value for name, value in response.headers.items()}
                return Answer(url, response.status_code, found, bytes(body))
        except (httpx2.InvalidURL, httpx2.UnsupportedProtocol, UnicodeError):
            raise AnswerError(mask_url(url), "this URL cannot be asked", "write http(s)://host/path") from None
        except httpx2.DecodingError:
            raise FetchError(mask_url(url), "the answer is not compressed as its header says") from None


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise AnswerError(mask_url(url), "this is not a URL", "write http(s)://host/path") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise AnswerError(mask_url(url), "only http and https can be asked", "write http(s)://host/path")
    return url


def _wait(answer: Answer, attempt: int) -> float:
    """Seconds to wait: what the provider asks for, but short, since somebody waits for the proposal."""
    asked = answer.headers.get("retry-after", "")
    seconds = float(asked) if asked.isdecimal() else 2.0**attempt / 2
    return min(seconds, _LONGEST_WAIT)


def _problem(error: "httpx2.TransportError") -> str:
    """The kind of failure in words; the error's own text may hold the URL."""
    import httpx2

    if isinstance(error, httpx2.ConnectTimeout | httpx2.PoolTimeout):
        return "no connection in time"
    if isinstance(error, httpx2.TimeoutException):
        return "no answer in time"
    if isinstance(error, httpx2.ConnectError):
        return "no connection (is the host right, and is it up?)"
    return "the connection broke"
