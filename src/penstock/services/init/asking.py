"""Gets the one answer that a proposal is made from: from a file or by a call, signed in where that is needed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from penstock.errors import OptionError, SignInNeededError
from penstock.pipeline.probe.answer import Answer, Ask, wants_sign_in
from penstock.pipeline.probe.choice import Choice
from penstock.pipeline.probe.sign_in import (
    AnyAuth,
    api_key,
    auth_in_url,
    basic,
    bearer,
    headers_for,
    propose_auth,
)
from penstock.pipeline.probe.urls import mask_url, query_of, with_parameters
from penstock.pipeline.spec.model import ApiKeyAuth, BasicAuth, BearerAuth, NoAuth
from penstock.pipeline.spec.rules.secrets import environment_names, is_secret_name
from penstock.runtime.http import Fetch
from penstock.services.init.request import InitRequest, Question


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of the call."""

    auth: Choice[AnyAuth]
    answer: Answer | None = None
    question: Question | None = None
    """Where the API refuses and does not say how to sign in."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Asks the provider, with the secrets that the environment has."""

    fetch: Fetch
    environment: Mapping[str, str]

    def ask(self, url: str, auth: AnyAuth) -> Answer:
        """One call, signed in as far as the secrets are there; the answer's URL is without them."""
        headers, parameters = headers_for(auth, self.environment)
        answer = self.fetch(Ask(with_parameters(url, parameters) if parameters else url, headers))
        return replace(answer, url=without_secret(answer.url, auth))


def without_secret(url: str, auth: AnyAuth) -> str:
    """The URL without the parameter that signs in."""
    from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

    parts = urlsplit(url)
    hidden = auth.name if isinstance(auth, ApiKeyAuth) and auth.place == "query" else None
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if name != hidden and not is_secret_name(name)]
    query = urlencode(kept) if len(kept) < len(pairs) else parts.query
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, query, ""))


def chosen_auth(request: InitRequest, provider: str) -> Choice[AnyAuth] | None:
    """The way to sign in that the options name."""
    kind = request.auth or ("api_key" if request.key_name else "bearer" if request.token_env else None)
    if kind is None:
        return None
    auth: AnyAuth
    if kind == "none":
        auth = NoAuth()
    elif kind == "bearer":
        auth = bearer(provider)
    elif kind == "basic":
        auth = basic(provider)
    elif kind == "api_key":
        name = request.key_name or "X-API-Key"
        auth = api_key(provider, name.removeprefix("?"), in_query=name.startswith("?"))
    else:
        raise OptionError("auth", f"{kind!r} is unknown", "use none, bearer, api_key or basic")
    return Choice(named(auth, request.token_env), ("As the options say.",))


def named(auth: AnyAuth, variable: str | None) -> AnyAuth:
    """The same sign-in with its secret in this variable."""
    from pydantic import TypeAdapter, ValidationError

    from penstock.pipeline.spec.model import EnvironmentName

    if not variable:
        return auth
    try:
        TypeAdapter(EnvironmentName).validate_python(variable)
    except ValidationError:
        # The value may be the secret itself, so it is not repeated.
        raise OptionError("token_env", "this is no name of a variable", "name it, such as API_TOKEN") from None
    match auth:
        case BearerAuth():
            return auth.model_copy(update={"token_env": variable})
        case ApiKeyAuth():
            return auth.model_copy(update={"key_env": variable})
        case BasicAuth():
            return auth.model_copy(update={"password_env": variable})
    return auth


def get_answer(
    request: InitRequest, url: str, provider: str, described: Choice[AnyAuth] | None, caller: Caller
) -> Asked:
    """Call the URL, and once more where the API asks to sign in and the secret is there.

    Raises:
        SignInNeededError: A secret is needed and not set, or refused.
    """
    auth = chosen_auth(request, provider)
    if auth is None and (found := auth_in_url(url, query_of(url), provider)):
        secret = Choice(named(found[0], request.token_env), ("The URL carried a secret; it is not written down.",))
        names = environment_names(secret.value)
        values = dict(zip(names.values(), found[1].values(), strict=True))
        caller = Caller(caller.fetch, {**values, **caller.environment})
        auth = secret
    auth = auth or described or Choice(NoAuth(), ("The API answers without it.",))
    plain_url = without_secret(url, auth.value)
    answer = caller.ask(plain_url, auth.value)
    if not wants_sign_in(answer):
        return Asked(auth, answer)
    if isinstance(auth.value, NoAuth):
        proposed = propose_auth(answer, provider)
        if proposed is None or request.auth == "none":
            text = f"{mask_url(url)} answers {answer.status} and does not say how to sign in. How?"
            return Asked(auth, None, Question("auth", text, "bearer", ("bearer", "api_key", "basic")))
        auth = replace(proposed, value=named(proposed.value, request.token_env))
        if not _has_secrets(auth.value, caller):
            raise _needed(url, auth.value, f"status {answer.status}: {_inside(auth.evidence[0])}")
        answer = caller.ask(plain_url, auth.value)
        if not wants_sign_in(answer):
            return Asked(auth, answer)
    refused = "refuses the secret" if _has_secrets(auth.value, caller) else "wants a secret that is not set"
    raise _needed(url, auth.value, f"status {answer.status}: the API {refused}")


def _inside(sentence: str) -> str:
    """A sentence as a part of another; a name in capitals stays as it is."""
    start = sentence[:1].lower() if sentence[1:2].islower() else sentence[:1]
    return start + sentence[1:].rstrip(".")


def _has_secrets(auth: AnyAuth, caller: Caller) -> bool:
    return all(name in caller.environment for name in environment_names(auth).values())


def _needed(url: str, auth: AnyAuth, reason: str) -> SignInNeededError:
    return SignInNeededError(mask_url(url), reason, list(environment_names(auth).values()))
