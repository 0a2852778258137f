"""No secret is in any file or stream, whatever the provider does with it."""

import base64
import json
import urllib.parse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.pipeline.patterns.extract.loopback import Call, Project, Provider, Reply, items, unused_port

CANARY = 'c4n4ry/+"&%<\\x'
TOKENS = ["t0ken-one-c4n4ry", "t0ken-two-c4n4ry", "t0ken-three-c4n4ry"]
PAIR = base64.b64encode(f"me:{CANARY}".encode()).decode()

AUTHS: dict[str, tuple[dict[str, Any], dict[str, str], Callable[[Call], bool]]] = {
    "bearer": (
        {"kind": "bearer", "token_env": "KEY"},
        {},
        lambda call: call.headers.get("authorization", "") == f"Bearer {CANARY}",
    ),
    "key in a header": (
        {"kind": "api_key", "key_env": "KEY", "name": "X-Key"},
        {},
        lambda call: call.headers.get("x-key", "") == CANARY,
    ),
    "key in the query": (
        {"kind": "api_key", "key_env": "KEY", "in": "query", "name": "api key"},
        {},
        lambda call: call.query.get("api key") == CANARY,
    ),
    "basic": (
        {"kind": "basic", "username_env": "WHO", "password_env": "KEY"},
        {"WHO": "me"},
        lambda call: call.headers.get("authorization") == f"Basic {PAIR}",
    ),
}


def spellings() -> list[str]:
    coded = [urllib.parse.quote(CANARY, safe=""), urllib.parse.quote_plus(CANARY), json.dumps(CANARY)[1:-1]]
    return [CANARY, repr(CANARY)[1:-1], *coded, PAIR, *TOKENS, "c4n4ry"]


def assert_clean(project: Project, text: str) -> None:
    contents = {"streams": text} | {
        path: f"{path} {data.decode()}" for path, data in project.files().items() if "data_profile=raw/" not in path
    }
    contents |= {path: data.decode() for path, data in project.files().items() if path.endswith(".metadata.json")}
    assert not [(name, each) for name, content in contents.items() for each in spellings() if each in content]


@pytest.mark.parametrize("case", AUTHS)
def test_the_secret_is_sent_and_never_written(case: str, site: Provider, tmp_path: Path) -> None:
    auth, extra, signed = AUTHS[case]
    behaviours: list[Callable[[Call], Reply]] = [
        # The provider puts the key into its link.
        lambda call: Reply(
            {"data": [{"id": 1}], "next": f"/items?from=2&{urllib.parse.urlencode({'api key': CANARY})}"}
        ),
        # An error that echoes the request.
        lambda call: Reply({"error": f"no: {CANARY} {call.query} {call.headers.get('authorization')}"}),
        lambda call: Reply(f"<html>{CANARY}".encode()),
        lambda call: Reply({"message": f"bad key {CANARY}"}, status=401),
        # Where the text is cut, no half of the secret may stay.
        *(lambda call, fill=fill: Reply({"error": "x" * fill + CANARY}) for fill in range(360, 400, 8)),
        lambda call: Reply(json.dumps({"error": CANARY}).replace("/", "\\/").encode()),
        lambda call: Reply(
            {"data": [{"id": 1}], "next": f"http://other.example/?k={urllib.parse.quote(CANARY, safe='')}"}
        ),
        lambda call: Reply(
            status=302, headers={"Location": f"http://other.example/?k={urllib.parse.quote_plus(CANARY)}"}
        ),
        lambda call: Reply(status=503),
        lambda call: Reply({"data": [{"id": 1}]}, cut=3),
    ]
    project = items(tmp_path, site, paging={"kind": "next_url", "path": "next"}, provider={"auth": auth, "retries": 0})
    environment = {"KEY": f"  {CANARY}\n", **extra}
    for behaviour in behaviours:
        site.answer = lambda call, behaviour=behaviour: (  # type: ignore[misc]  # a default binds it now
            behaviour(call) if signed(call) else Reply({"error": "not signed in"}, status=418)
        )
        result = project.run(**environment)
        assert "418" not in result.text
        assert_clean(project, result.text)
    gone = project.run(**environment, acme_items_ENDPOINT=f"http://127.0.0.1:{unused_port()}/items")
    assert gone.one["statusCode"] == 503
    assert_clean(project, gone.text)
    assert all(signed(call) for call in site.calls)


def oauth_site(site: Provider, *, in_form: bool, lifetime: float) -> None:
    given: list[str] = []

    def token(call: Call) -> Reply:
        form = dict(urllib.parse.parse_qsl(call.body.decode()))
        expected = base64.b64encode(f"me:{urllib.parse.quote_plus(CANARY)}".encode()).decode()
        good = (
            form.get("client_secret") == CANARY if in_form else call.headers.get("authorization") == f"Basic {expected}"
        )
        if not good:
            return Reply({"error": "invalid_client"}, status=401)
        assert (form["grant_type"], form["scope"]) == ("client_credentials", "read all")
        given.append(TOKENS[len(given) % len(TOKENS)])
        return Reply({"access_token": given[-1], "expires_in": lifetime})

    def answer(call: Call) -> Reply:
        if call.path == "/token":
            return token(call)
        page = int(call.query["page"])
        # The first token is called back early.
        valid = call.headers.get("authorization") == f"Bearer {given[-1]}" and not (page == 2 and len(given) == 1)
        if not valid:
            return Reply({"message": f"{call.headers['authorization']} is over"}, status=401)
        return Reply({"data": [{"id": page}] if page < 4 else []})

    site.answer = answer


@pytest.mark.parametrize(("in_form", "lifetime", "tokens"), [(False, 3600, 2), (True, 3600, 4), (False, 0.01, 4)])
def test_oauth2_fetches_a_token_when_it_needs_one(
    in_form: bool, lifetime: float, tokens: int, site: Provider, tmp_path: Path
) -> None:
    oauth_site(site, in_form=in_form, lifetime=lifetime)
    names = {"client_id_env": "WHO", "client_secret_env": "KEY", "scope": "read all"}
    auth = {"kind": "oauth2", "token_url": f"{site.url}/token", **names}
    project = items(tmp_path, site, paging={"kind": "page_number"}, provider={"auth": auth})
    result = project.run(WHO="me", KEY=CANARY)
    assert result.one["statusCode"] == 200, result.text
    assert [page["data"][0]["id"] for page in project.documents()] == [1, 2, 3]
    found = [call for call in site.calls if call.path == "/token"]
    assert len(found) >= tokens
    assert_clean(project, result.text)


@pytest.mark.parametrize(
    "reply", [Reply({"error": f"bad {CANARY}"}, status=401), Reply(b"<html>"), Reply({}), Reply([])]
)
def test_oauth2_without_a_token_ends_clearly(reply: Reply, site: Provider, tmp_path: Path) -> None:
    site.answer = lambda _: reply
    auth = {"kind": "oauth2", "token_url": f"{site.url}/token", "client_id_env": "WHO", "client_secret_env": "KEY"}
    project = items(tmp_path, site, provider={"auth": auth})
    result = project.run(WHO="me", KEY=CANARY)
    assert (result.one["statusCode"], result.code) == (502, 1)
    assert "KEY right" in result.one["reason"]
    assert {call.path for call in site.calls} == {"/token"}
    assert_clean(project, result.text)
