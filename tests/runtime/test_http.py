"""One call over real HTTP on loopback: retries, redirects, limits, and no secret in any error."""

import gzip
import socket
from collections.abc import Callable

import pytest

from penstock.errors import AnswerError, FetchError
from penstock.pipeline.probe.answer import Ask
from penstock.runtime.http import HttpFetch
from penstock.services.demo.server import LoopbackServer, Reply, Request

BUSY = Reply(503, b"busy")
GOOD = Reply(200, b'{"a": 1}', {"Content-Type": "application/json"})


class Script:
    """Answers with one reply after the other; the last one again and again."""

    def __init__(self, *replies: Reply | Callable[[Request], Reply]) -> None:
        self.replies = replies
        self.requests: list[Request] = []

    def __call__(self, request: Request) -> Reply:
        reply = self.replies[min(len(self.requests), len(self.replies) - 1)]
        self.requests.append(request)
        return reply if isinstance(reply, Reply) else reply(request)


def test_an_answer_with_its_headers() -> None:
    with LoopbackServer(Script(GOOD)) as server:
        answer = HttpFetch()(Ask(f"{server.url}/x?a=1", {"X-Api-Key": "k"}))
    assert (answer.status, answer.body, answer.url) == (200, b'{"a": 1}', f"{server.url}/x?a=1")
    assert answer.headers["content-type"] == "application/json"


def test_the_request_says_who_asks_and_for_what() -> None:
    script = Script(GOOD)
    with LoopbackServer(script) as server:
        HttpFetch()(Ask(server.url, {"Authorization": "Bearer t"}))
    headers = script.requests[0].headers
    assert headers["user-agent"].startswith("penstock/")
    assert headers["accept"].startswith("application/json")
    assert headers["authorization"] == "Bearer t"


@pytest.mark.parametrize(
    ("replies", "calls", "status", "waits"),
    [
        ([BUSY, GOOD], 2, 200, [0.5]),
        ([Reply(429, b"", {"Retry-After": "3"}), GOOD], 2, 200, [3.0]),
        ([Reply(429, b"", {"Retry-After": "3600"}), GOOD], 2, 200, [5.0]),
        ([BUSY], 3, 503, [0.5, 1.0]),
        ([Reply(404, b"no")], 1, 404, []),
        ([Reply(401, b"no")], 1, 401, []),
    ],
)
def test_few_and_short_retries(replies: list[Reply], calls: int, status: int, waits: list[float]) -> None:
    script, slept = Script(*replies), list[float]()
    with LoopbackServer(script) as server:
        answer = HttpFetch(sleep=slept.append)(Ask(server.url))
    assert (answer.status, len(script.requests), slept) == (status, calls, waits)


def test_a_redirect_keeps_secrets_on_the_same_host_only() -> None:
    there = Script(GOOD)
    with LoopbackServer(there) as other:
        here = Script(Reply(302, b"", {"Location": "/next"}), Reply(307, b"", {"Location": f"{other.url}/end"}))
        with LoopbackServer(here) as server:
            answer = HttpFetch()(Ask(f"{server.url}/start", {"X-Api-Key": "s3cr3t"}))
    assert answer.url == f"{other.url}/end"
    assert [each.headers.get("x-api-key") for each in here.requests] == ["s3cr3t", "s3cr3t"]
    assert "x-api-key" not in there.requests[0].headers


def test_redirects_in_a_circle_end() -> None:
    script = Script(Reply(302, b"", {"Location": "/again"}))
    with LoopbackServer(script) as server, pytest.raises(AnswerError, match="more than 5 redirects"):
        HttpFetch()(Ask(server.url))
    assert len(script.requests) == 6


def test_a_redirect_to_a_file_is_refused() -> None:
    script = Script(Reply(302, b"", {"Location": "file:///etc/passwd"}))
    with LoopbackServer(script) as server, pytest.raises(AnswerError, match="only http and https"):
        HttpFetch()(Ask(server.url))


@pytest.mark.parametrize("body", [b"x" * 3000, gzip.compress(b"x" * 1_000_000, mtime=0)], ids=["plain", "compressed"])
def test_a_large_answer_is_given_up(body: bytes) -> None:
    headers = {"Content-Encoding": "gzip"} if body[:2] == b"\x1f\x8b" else {}
    with LoopbackServer(Script(Reply(200, body, headers))) as server, pytest.raises(AnswerError, match="larger than"):
        HttpFetch(most_bytes=2000)(Ask(server.url))


def test_a_broken_answer_is_tried_again_then_told() -> None:
    script = Script(Reply(200, b"{", {"Content-Length": "100"}))
    with LoopbackServer(script) as server, pytest.raises(FetchError, match="the connection broke") as caught:
        HttpFetch(sleep=lambda _: None)(Ask(f"{server.url}/?token=s3cr3t"))
    assert len(script.requests) == 3
    assert "s3cr3t" not in str(caught.value)
    assert caught.value.exit_code == 4


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(FetchError, match="no connection") as caught:
        HttpFetch(sleep=lambda _: None)(Ask(f"http://me:s3cr3t@127.0.0.1:{port}/"))
    assert "s3cr3t" not in str(caught.value)


def test_a_silent_server_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(FetchError, match="no answer in time"):
            HttpFetch(read=0.05, retries=0)(Ask(f"http://127.0.0.1:{port}/"))


@pytest.mark.parametrize("url", ["ftp://a.example/", "file:///etc/passwd", "a.example/x", "http://", "http://a:b/"])
def test_what_is_no_web_address(url: str) -> None:
    with pytest.raises(AnswerError, match=r"Hint: write http\(s\)://host/path"):
        HttpFetch()(Ask(url))
