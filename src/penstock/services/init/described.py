"""From an OpenAPI description alone to a spec: nothing is asked of the API, so nothing is proven."""

import re
from typing import Any, Final

from penstock.errors import OptionError
from penstock.pipeline.probe.choice import Choice
from penstock.pipeline.probe.cursors import described_cursor
from penstock.pipeline.probe.described_paging import described_paging
from penstock.pipeline.probe.openapi import Operation
from penstock.pipeline.probe.sign_in import AnyAuth, api_key, basic, bearer, variable
from penstock.pipeline.spec.model import NoAuth, OAuth2Auth
from penstock.services.init.propose import Draft

_ID: Final = re.compile(r"^(id|uuid|guid)$", re.IGNORECASE)
_ID_ENDING: Final = re.compile(r"(_id|Id|_uuid|_code)$")


def described_auth(operation: Operation | None, provider: str) -> Choice[AnyAuth] | None:
    """How callers sign in, as the description says; None without an operation or where the API is open."""
    scheme = operation.security if operation else None
    if scheme is None:
        return None
    kind, how = scheme.get("type"), str(scheme.get("scheme", "")).lower()
    said = f"The description asks for {how or kind}."
    if kind == "http" and how == "basic":
        return Choice(basic(provider), (said,))
    if kind == "apiKey" and scheme.get("in") in ("header", "query"):
        key = api_key(provider, str(scheme.get("name")), in_query=scheme["in"] == "query")
        return Choice(key, (said,))
    flow = (scheme.get("flows") or {}).get("clientCredentials")
    if kind == "oauth2" and flow:
        return Choice(_oauth2(flow, provider), (said,))
    return Choice(bearer(provider), (said if kind == "http" else f"{said} A bearer token is the nearest way.",))


def _oauth2(flow: dict[str, Any], provider: str) -> OAuth2Auth:
    return OAuth2Auth(
        kind="oauth2",
        token_url=str(flow.get("tokenUrl")),
        client_id_env=variable(provider, "client_id"),
        client_secret_env=variable(provider, "client_secret"),
        scope=" ".join(flow.get("scopes") or ()) or None,
    )


def propose_from_description(draft: Draft, auth: Choice[AnyAuth] | None) -> Draft:
    """The draft with all that the description says."""
    operation = draft.operation
    if operation is None:
        raise OptionError("openapi", "no path is chosen", "name one with --operation")
    open_api: Choice[AnyAuth] = Choice(NoAuth(), ("The description asks for none.",))
    auth = auth or open_api
    draft = draft.decided("auth", auth, auth=auth.value)
    draft = draft.decided("format", Choice(operation.format, ("As described.",)), format=operation.format)
    path = draft.request.records if draft.request.records is not None else operation.records or ""
    said = "The described answer has a list of objects there." if operation.records is not None else "As described."
    draft = draft.decided("records", Choice(path, (said,)), records=path)
    key = draft.request.key if draft.request.key is not None else _key(operation)
    if key:
        evidence = "By its name in the description; no record was seen."
        draft = draft.decided("key", Choice(key, (evidence,)), key=key)
    paging = described_paging(operation)
    draft = draft.decided("paging", paging, paging=paging.value)
    if cursor := described_cursor(operation):
        draft = draft.decided("cursor", cursor, cursor=cursor.value)
    return draft


def _key(operation: Operation) -> tuple[str, ...]:
    names = list(operation.record)
    exact = [name for name in names if _ID.match(name)]
    return tuple((exact or [name for name in names if _ID_ENDING.search(name)])[:1])
