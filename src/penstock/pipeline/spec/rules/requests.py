"""Rules about the requests: endpoints, placeholders, headers, bodies."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlsplit

from penstock.pipeline.spec.document import Place
from penstock.pipeline.spec.model import Dataset, OAuth2Auth, Spec
from penstock.pipeline.spec.rules.rule import Problem, rule

_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_VARIABLE = re.compile(r"\$\{?[A-Za-z_]\w*\}?|\{\{.*?\}\}")
_SET_BY_CLIENT = {"host", "content-length", "transfer-encoding", "connection", "accept-encoding"}


def is_absolute(url: str) -> bool:
    """Whether the text is an http(s) URL with a host."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


@rule("SPEC120")
def endpoint_without_base(spec: Spec) -> Iterable[Problem]:
    """An endpoint is a URL, or a path below `base_url`."""
    for name, dataset in spec.datasets.items():
        place: Place = ("datasets", name, "endpoint")
        endpoint = dataset.endpoint
        if not endpoint:
            if not dataset.for_each and not spec.provider.base_url:
                yield Problem((*place[:2],), "The endpoint is missing.", "Add 'endpoint:' with the URL to fetch.")
        elif re.search(r"\s", endpoint):
            yield Problem(place, "The endpoint holds a blank.", "Write %20 for a blank in a URL.")
        elif "://" in endpoint.partition("?")[0]:
            if not is_absolute(endpoint.replace("{value}", "1")):
                yield Problem(
                    place, "The endpoint is not a URL that can be fetched.", "Begin with https:// and a host."
                )
        elif not spec.provider.base_url and not (dataset.for_each and endpoint.startswith("{value}")):
            message = f"{endpoint!r} is a path, but the provider has no 'base_url'."
            yield Problem(place, message, "Write the whole URL, or add 'provider.base_url'.")


@rule("SPEC121")
def broken_provider_urls(spec: Spec) -> Iterable[Problem]:
    """`base_url` and `token_url` are http(s) URLs."""
    base = spec.provider.base_url
    if base is not None and not is_absolute(base):
        yield Problem(("provider", "base_url"), "This is not a URL.", "Begin with https:// and a host.")
    elif base is not None and ("?" in base or "#" in base):
        message = "A base URL has no query: endpoints are appended to it."
        yield Problem(("provider", "base_url"), message, "Move it to the datasets' 'parameters'.")
    for place, auth in auths(spec):
        if isinstance(auth, OAuth2Auth) and not is_absolute(auth.token_url):
            yield Problem((*place, "token_url"), "This is not a URL.", "Begin with https:// and a host.")


def auths(spec: Spec) -> Iterator[tuple[Place, object]]:
    """Every way to sign in, with its place."""
    yield ("provider", "auth"), spec.provider.auth
    for name, dataset in spec.datasets.items():
        if dataset.auth:
            yield ("datasets", name, "auth"), dataset.auth


@rule("SPEC122")
def placeholders(spec: Spec) -> Iterable[Problem]:
    """The only placeholder is `{value}`, and it needs `for_each`; `for_each` uses its value."""
    for name, dataset in spec.datasets.items():
        place: Place = ("datasets", name, "endpoint")
        found = set(_PLACEHOLDER.findall(dataset.endpoint))
        for unknown in sorted(found - {"value"}):
            message = f"Nothing replaces {{{unknown}}} in the endpoint."
            yield Problem(place, message, "Write the value itself, or {value} together with 'for_each'.")
        if "value" in found and not dataset.for_each:
            message = "Nothing replaces {value}: the dataset has no 'for_each'."
            yield Problem(place, message, "Add 'for_each: {dataset: …, path: …}', or write the value itself.")
        if dataset.for_each and dataset.endpoint and "value" not in found:
            message = "The endpoint does not use the value, so every call would be the same."
            yield Problem(place, message, "Put {value} into the endpoint, or remove it where the value is a URL.")


@rule("SPEC123")
def variables(spec: Spec) -> Iterable[Problem]:
    """Environment variables are named under `auth`, never written into a text as `${NAME}`."""
    for place, text in texts(spec):
        if _VARIABLE.search(text):
            message = "Nothing replaces variables in a text; it would be sent as it stands."
            yield Problem(place, message, "For a secret use 'auth' with token_env or key_env; else write the value.")


def texts(spec: Spec) -> Iterator[tuple[Place, str]]:
    """Every text that is sent to the provider, with its place."""
    if spec.provider.base_url:
        yield ("provider", "base_url"), spec.provider.base_url
    for name, dataset in spec.datasets.items():
        place: Place = ("datasets", name)
        yield (*place, "endpoint"), dataset.endpoint
        for kind, pairs in (("parameters", dataset.parameters), ("headers", dataset.headers)):
            for key, value in pairs.items():
                if isinstance(value, str):
                    yield (*place, kind, key), value


@rule("SPEC124")
def body_with_get(spec: Spec) -> Iterable[Problem]:
    """Only a POST has a body."""
    for name, dataset in spec.datasets.items():
        if dataset.method == "GET" and dataset.body is not None:
            message = "A GET has no body, so this one would not be sent."
            yield Problem(("datasets", name, "body"), message, "Add 'method: POST', or use 'parameters'.")


@rule("SPEC125")
def bad_headers(spec: Spec) -> Iterable[Problem]:
    """Headers can be sent as they stand, and leave alone what the client sets itself."""
    for name, dataset in spec.datasets.items():
        seen: set[str] = set()
        for header, value in dataset.headers.items():
            place: Place = ("datasets", name, "headers", header)
            if not _HEADER.fullmatch(header) or not value.isprintable() or not value.isascii():
                message = "A header has a name without blanks and a value of plain characters in one line."
                yield Problem(place, message, "Remove line breaks and other special characters.")
            elif header.lower() in _SET_BY_CLIENT:
                yield Problem(place, f"{header!r} is set by the client itself.", "Remove it.")
            elif header.lower() in seen:
                yield Problem(place, f"{header!r} stands twice; case does not matter.", "Remove one.")
            seen.add(header.lower())


@rule("SPEC126")
def parameter_twice(spec: Spec) -> Iterable[Problem]:
    """A query parameter stands in the endpoint or in `parameters`, not in both."""
    for name, dataset in spec.datasets.items():
        for parameter in sorted(query_names(dataset) & set(dataset.parameters)):
            message = f"{parameter!r} stands in the endpoint's query as well."
            yield Problem(("datasets", name, "parameters", parameter), message, "Keep it in 'parameters' only.")


def query_names(dataset: Dataset) -> set[str]:
    """The names of the parameters in the endpoint's query."""
    try:
        return {key for key, _ in parse_qsl(urlsplit(dataset.endpoint).query, keep_blank_values=True)}
    except ValueError:
        return set()
