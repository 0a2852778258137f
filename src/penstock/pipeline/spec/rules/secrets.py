"""Rules about secrets: a spec names the environment variable, it never holds the value, and none is shown."""

import ipaddress
import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlsplit

from penstock.pipeline.spec.document import Place
from penstock.pipeline.spec.model import ApiKeyAuth, NoAuth, OAuth2Auth, Part, Spec
from penstock.pipeline.spec.rules.requests import auths
from penstock.pipeline.spec.rules.rule import Problem, rule

_SECRET_NAME = re.compile(
    r"(?:^|[-_.])(?:authorization|cookie|token|secret|password|passwd|pwd|api[-_]?key|app[-_]?key|access[-_]?key"
    r"|subscription[-_]?key|auth[-_]?key|private[-_]?key|signature|sig|credentials?)$|apikey$|token$|^key$|^auth$",
    re.IGNORECASE,
)
_SECRET_VALUE = re.compile(
    r"^(?:bearer|basic|token)\s+\S{8,}|^(?:ghp|gho|ghs|ghu|github_pat|glpat|xox[abp]|sk|pk|rk)[-_][\w-]{12,}"
    r"|^AKIA[0-9A-Z]{16}$|^ey[\w-]{10,}\.ey[\w-]{10,}\.",
    re.IGNORECASE,
)
_NOT_SECRET = {"page_token", "next_page_token", "next_token", "continuation_token", "pagetoken", "nextpagetoken"}
USE_AUTH = "Remove it here and use 'auth' with token_env or key_env; the value goes into the environment (.env)."


def is_secret_name(name: str) -> bool:
    """Whether a header or parameter of this name usually holds a secret."""
    return name.lower() not in _NOT_SECRET and bool(_SECRET_NAME.search(name))


def is_secret_value(value: str) -> bool:
    """Whether a text has the form of a well-known kind of token."""
    return bool(_SECRET_VALUE.search(value))


@rule("SPEC150")
def secret_in_plain(spec: Spec) -> Iterable[Problem]:
    """No header and no parameter holds a secret."""
    for name, dataset in spec.datasets.items():
        for kind, pairs in (("parameters", dataset.parameters), ("headers", dataset.headers)):
            for key, value in pairs.items():
                if (is_secret_name(key) and value != "") or (isinstance(value, str) and is_secret_value(value)):
                    message = f"{key!r} looks like a secret, and this file goes into git."
                    yield Problem(("datasets", name, kind, key), message, USE_AUTH)


@rule("SPEC151")
def secret_in_url(spec: Spec) -> Iterable[Problem]:
    """No URL holds a user name, a password or a token."""
    for place, url in _urls(spec):
        try:
            parts = urlsplit(url)
        except ValueError:
            continue
        if parts.username is not None or parts.password is not None:
            yield Problem(place, "The URL holds a user name or password.", "Use 'auth: {kind: basic, …}'.")
        for key, value in parse_qsl(parts.query):
            if is_secret_name(key) or is_secret_value(value):
                yield Problem(place, f"The parameter {key!r} in the URL looks like a secret.", USE_AUTH)


def _urls(spec: Spec) -> Iterator[tuple[Place, str]]:
    if spec.provider.base_url:
        yield ("provider", "base_url"), spec.provider.base_url
    for name, dataset in spec.datasets.items():
        yield ("datasets", name, "endpoint"), dataset.endpoint
    for place, auth in auths(spec):
        if isinstance(auth, OAuth2Auth):
            yield (*place, "token_url"), auth.token_url


def environment_names(auth: object) -> dict[str, str]:
    """The environment variables that a way to sign in reads, by the key that names them."""
    values = dict(auth) if isinstance(auth, Part) else {}
    return {key: value for key, value in values.items() if key.endswith("_env")}


@rule("SPEC152")
def secret_as_name(spec: Spec) -> Iterable[Problem]:
    """A key that ends in `_env` holds a name, not the secret itself."""
    for place, auth in auths(spec):
        for key, value in environment_names(auth).items():
            mixed = any(map(str.islower, value)) and any(map(str.isupper, value)) and any(map(str.isdigit, value))
            if is_secret_value(value) or (mixed and len(value) >= 20):  # noqa: PLR2004  # longer than names are
                message = f"{key!r} seems to hold the secret itself."
                yield Problem((*place, key), message, "Write the name of an environment variable, such as API_TOKEN.")


@rule("SPEC153", "warning")
def sign_in_unprotected(spec: Spec) -> Iterable[Problem]:
    """Secrets do not travel over plain http, except to this machine."""
    base = spec.provider.base_url or ""
    for name, dataset in spec.datasets.items():
        url = dataset.endpoint if "://" in dataset.endpoint else base
        if not isinstance(dataset.auth or spec.provider.auth, NoAuth) and is_plain_and_far(url):
            message = "The secret would travel unencrypted over http."
            place: Place = ("datasets", name, "endpoint") if url == dataset.endpoint else ("provider", "base_url")
            yield Problem(place, message, "Use https.")
    for place, auth in auths(spec):
        if isinstance(auth, OAuth2Auth) and is_plain_and_far(auth.token_url):
            yield Problem((*place, "token_url"), "The secret would travel unencrypted over http.", "Use https.")


def is_plain_and_far(url: str) -> bool:
    """Whether the URL is http and leads away from this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    try:
        near = ipaddress.ip_address(host).is_loopback
    except ValueError:
        near = host == "localhost" or host.endswith(".localhost")
    return parts.scheme == "http" and not near


@rule("SPEC154")
def one_name_for_two(spec: Spec) -> Iterable[Problem]:
    """One environment variable does not hold two different secrets of one sign-in."""
    for place, auth in auths(spec):
        names = environment_names(auth)
        for key, value in list(names.items())[1:]:
            if value == next(iter(names.values())):
                message = f"{value!r} cannot hold both parts of the sign-in."
                yield Problem((*place, key), message, "Name two environment variables.")


@rule("SPEC155")
def key_sent_twice(spec: Spec) -> Iterable[Problem]:
    """The header or parameter of an API key has no fixed value as well."""
    for name, dataset in spec.datasets.items():
        auth = dataset.auth or spec.provider.auth
        if not isinstance(auth, ApiKeyAuth):
            continue
        kind = "headers" if auth.place == "header" else "parameters"
        pairs = dataset.headers if auth.place == "header" else dataset.parameters
        for key in pairs:
            if key.lower() == auth.name.lower() and not is_secret_name(key):
                message = f"{key!r} is set by 'auth' already."
                yield Problem(("datasets", name, kind, key), message, "Remove it here.")
