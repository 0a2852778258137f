"""Finds how an API wants its callers to sign in, from its refusal; secrets only by the names of variables."""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from penstock.pipeline.probe.answer import Answer
from penstock.pipeline.probe.choice import Choice
from penstock.pipeline.spec.model import ApiKeyAuth, BasicAuth, BearerAuth, NoAuth, OAuth2Auth
from penstock.pipeline.spec.rules.secrets import is_secret_name

AnyAuth = NoAuth | BearerAuth | ApiKeyAuth | BasicAuth | OAuth2Auth

_HEADER_NAME: Final = re.compile(r"\b(X-[A-Za-z-]*(?:Key|Token)|Api-?Key|Ocp-Apim-Subscription-Key)\b", re.IGNORECASE)
_QUERY_NAME: Final = re.compile(r"[?&\"'`\s](api_key|apikey|access_token|app_id|appid|key)\b=?", re.IGNORECASE)
_BODY_SHOWN: Final = 4000


def variable(provider: str, what: str) -> str:
    """The usual name of the variable for a provider's secret: `USGS_TOKEN`."""
    return f"{provider}_{what}".upper()


def bearer(provider: str) -> BearerAuth:
    """A token, in the provider's usual variable."""
    return BearerAuth(kind="bearer", token_env=variable(provider, "token"))


def basic(provider: str) -> BasicAuth:
    """User name and password, in the provider's usual variables."""
    user, password = variable(provider, "username"), variable(provider, "password")
    return BasicAuth(kind="basic", username_env=user, password_env=password)


def api_key(provider: str, name: str, *, in_query: bool = False) -> ApiKeyAuth:
    """A key in a header or parameter of this name, in the provider's usual variable."""
    place = "query" if in_query else "header"
    return ApiKeyAuth.model_validate(
        {"kind": "api_key", "key_env": variable(provider, "key"), "in": place, "name": name}
    )


def propose_auth(answer: Answer, provider: str) -> Choice[AnyAuth] | None:
    """How to sign in after a refusal (401, 403, 407); None where the refusal does not say."""
    asked = answer.headers.get("www-authenticate", "")
    scheme = asked.partition(" ")[0].lower().rstrip(",")
    found: list[Choice[AnyAuth]] = []
    if scheme in ("bearer", "token"):
        found.append(Choice(bearer(provider), (f"The refusal asks for it: WWW-Authenticate: {scheme.title()}.",)))
    elif scheme == "basic":
        found.append(Choice(basic(provider), ("The refusal asks for it: WWW-Authenticate: Basic.",)))
    text = f"{asked} {answer.body[:_BODY_SHOWN].decode(errors='replace')}"
    if header := _HEADER_NAME.search(text):
        found.append(Choice(api_key(provider, header[1]), (f"The refusal names the header {header[1]}.",)))
    if query := _QUERY_NAME.search(text):
        key = api_key(provider, query[1], in_query=True)
        found.append(Choice(key, (f"The refusal names the parameter {query[1]}.",)))
    if not found and re.search(r"\bbearer\b|\baccess token\b", text, re.IGNORECASE):
        found.append(Choice(bearer(provider), ("The refusal speaks of a bearer token.",)))
    return Choice(found[0].value, found[0].evidence, tuple(found[1:])) if found else None


def auth_in_url(url: str, query: Mapping[str, str], provider: str) -> tuple[AnyAuth, dict[str, str]] | None:
    """The sign-in that a URL carries in plain, and its secrets by the names of variables to keep them in."""
    parts = urlsplit(url)
    if parts.username is not None:
        auth = basic(provider)
        return auth, {auth.username_env: parts.username, auth.password_env: parts.password or ""}
    for name, value in query.items():
        if is_secret_name(name):
            key = api_key(provider, name, in_query=True)
            return key, {key.key_env: value}
    return None


def headers_for(auth: AnyAuth, environment: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Headers and query parameters that sign a call in; both empty where a variable is not set."""
    from base64 import b64encode

    match auth:
        case BearerAuth(token_env=name) if name in environment:
            return {"Authorization": f"Bearer {environment[name]}"}, {}
        case BasicAuth(username_env=user, password_env=password) if {user, password} <= set(environment):
            pair = b64encode(f"{environment[user]}:{environment[password]}".encode()).decode()
            return {"Authorization": f"Basic {pair}"}, {}
        case ApiKeyAuth(key_env=name, place="header", name=header) if name in environment:
            return {header: environment[name]}, {}
        case ApiKeyAuth(key_env=name, name=parameter) if name in environment:
            return {}, {parameter: environment[name]}
    return {}, {}
