"""The environment that the handler needs: endpoints and the landing zone, and the names of its secrets."""

from pathlib import Path
from urllib.parse import urlsplit

from penstock.errors import EndpointError
from penstock.pipeline.spec.model import (
    ApiKeyAuth,
    Auth,
    BasicAuth,
    BearerAuth,
    Dataset,
    OAuth2Auth,
    Spec,
)

VALUE = "{value}"

AWS_NAMES = frozenset(
    {
        "AWS_ACCESS_KEY_ID",
        "AWS_CONFIG_FILE",
        "AWS_DEFAULT_REGION",
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_S3",
        "AWS_PROFILE",
        "AWS_REGION",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_SHARED_CREDENTIALS_FILE",
    }
)


def endpoint_variable(spec: Spec, dataset: str) -> str:
    """The environment variable that holds the URL of a dataset."""
    return f"{spec.provider.name}_{dataset}_ENDPOINT"


def endpoint_of(spec: Spec, name: str) -> str:
    """The absolute URL of a dataset.

    A fan-out whose values are links themselves has none of its own: links are read as seen from the dataset
    that they stand in.

    Raises:
        EndpointError: There is no absolute URL.
    """
    dataset = spec.datasets[name]
    endpoint, base = dataset.endpoint, spec.provider.base_url
    if dataset.for_each and endpoint in {"", VALUE}:
        parent = dataset.for_each.dataset
        if base is None and parent in spec.datasets and spec.datasets[parent].for_each is None:
            return endpoint_of(spec, parent)
        endpoint = ""
    if "://" not in endpoint and base is not None:
        endpoint = f"{base.rstrip('/')}/{endpoint.lstrip('/')}" if endpoint else base
    if urlsplit(endpoint).scheme not in {"http", "https"} or not urlsplit(endpoint).hostname:
        raise EndpointError(name, endpoint)
    return endpoint


def environment_of(spec: Spec, project: Path) -> dict[str, str]:
    """The plain (not secret) environment of the handler: the endpoints, and the landing zone as absolute place."""
    url = spec.landing.url
    place = url if "://" in url else str((project / url).resolve())
    endpoints = {endpoint_variable(spec, name): endpoint_of(spec, name) for name in spec.datasets}
    return {**endpoints, "LANDING_URL": place}


def auth_of(spec: Spec, dataset: Dataset) -> Auth:
    """How a dataset is signed in to."""
    return dataset.auth or spec.provider.auth


def secret_names(spec: Spec) -> frozenset[str]:
    """The environment variables that must be set, besides `environment_of`, and are never written down."""
    return frozenset(name for dataset in spec.datasets.values() for name, _ in variables_of(auth_of(spec, dataset)))


def optional_names(spec: Spec) -> frozenset[str]:
    """The environment variables that the handler also reads where they are set: the access to S3."""
    return AWS_NAMES if spec.landing.url.startswith("s3://") else frozenset()


def variables_of(auth: Auth) -> tuple[tuple[str, str], ...]:
    """The variables of a way to sign in, each with what it holds."""
    match auth:
        case BearerAuth():
            return ((auth.token_env, "the token, sent as `Authorization: Bearer`"),)
        case ApiKeyAuth():
            where = "header" if auth.place == "header" else "query parameter"
            return ((auth.key_env, f"the key, sent as {where} {auth.name!r}"),)
        case BasicAuth():
            return ((auth.username_env, "the user name"), (auth.password_env, "the password"))
        case OAuth2Auth():
            return ((auth.client_id_env, "the OAuth 2.0 client id"), (auth.client_secret_env, "the client secret"))
        case _:
            return ()
