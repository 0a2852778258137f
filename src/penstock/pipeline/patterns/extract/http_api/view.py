"""What the templates are filled with: the parts of a spec that decide which code is written."""

from graphlib import CycleError, TopologicalSorter

from penstock.pipeline.patterns.extract.http_api.environment import auth_of, endpoint_variable
from penstock.pipeline.patterns.extract.http_api.literals import Call, Name, literal
from penstock.pipeline.spec.durations import parse_duration
from penstock.pipeline.spec.model import (
    ApiKeyAuth,
    Auth,
    BasicAuth,
    BearerAuth,
    Cursor,
    CursorPaging,
    Dataset,
    LinkHeaderPaging,
    NextUrlPaging,
    NoAuth,
    NoPaging,
    OAuth2Auth,
    OffsetPaging,
    PageNumberPaging,
    Paging,
    Spec,
)
from penstock.schema import ITEM, Path, parse_path
from penstock.schema.paths import Step

PAGING_CLASSES = {
    "page_number": "PageNumber",
    "offset": "Offset",
    "cursor": "Token",
    "next_url": "NextUrl",
    "link_header": "LinkHeader",
}
AUTH_CLASSES = {
    "bearer": "Bearer",
    "api_key_header": "HeaderKey",
    "api_key_query": "QueryKey",
    "basic": "Basic",
    "oauth2": "OAuth2",
}


def view_of(spec: Spec) -> dict[str, object]:
    """The variables of the templates."""
    datasets = spec.datasets.values()
    auths = {_auth_kind(auth_of(spec, each)) for each in datasets}
    kinds = {each.paging.kind for each in datasets}
    pagings = [kind for kind in PAGING_CLASSES if kind in kinds]
    auth_classes = [AUTH_CLASSES[kind] for kind in AUTH_CLASSES if kind in auths]
    steps = {part for each in datasets for path in _paths(each) for part in path.parts if isinstance(part, Step)}
    names_used = {part for each in datasets for path in _paths(each) for part in path.parts if isinstance(part, str)}
    view: dict[str, object] = {
        "spec": spec,
        "provider": spec.provider.name,
        "about": f"Lands what {spec.provider.name} answers, unchanged.",
        "user_agent": f"{spec.name} (data pipeline; python-urllib3)",
        "auths": [kind for kind in AUTH_CLASSES if kind in auths],
        "auth_classes": sorted(auth_classes),
        "auth_union": " | ".join(sorted(auth_classes)),
        "some_open": "none" in auths,
        "pagings": pagings,
        "paging_union": " | ".join(PAGING_CLASSES[kind] for kind in pagings),
        "item_used": ITEM in steps,
        "key_used": bool(steps - {ITEM}),
        "position_used": any(each.isdecimal() for each in names_used),
        "rate_limit": spec.provider.rate_limit,
        "retries": spec.provider.retries,
        "connect": spec.provider.time_outs.connect,
        "read": spec.provider.time_outs.read,
        "inline": spec.landing.envelope == "inline",
        "link_header": "link_header" in kinds,
        "cursors": any(each.cursor for each in datasets),
        "look_back": any(each.cursor and each.cursor.look_back for each in datasets),
        "fan_out": any(each.for_each for each in datasets),
        "keys": any(each.key for each in datasets),
        "has_post": any(each.method == "POST" for each in datasets),
        "some_ndjson": any(each.format == "ndjson" for each in datasets),
        "datasets": literal({name: _dataset(spec, name) for name in in_order(spec)}),
    }
    asking = ["Answer", "AskingError", "Client", "OutOfTimeError", "Question", "SettingsError", "UnavailableError"]
    view["asking_names"] = sorted([*asking, *auth_classes])
    names = ["Fetch", "LandingError", "Run", "Store", "store_at"]
    view["landing_names"] = sorted([*names, *(["complete_runs", "landed_pages"] if view["fan_out"] else [])])
    return view


def in_order(spec: Spec) -> list[str]:
    """The datasets, each behind the one that it fans out from; else in the order of the spec."""
    graph = {
        name: [each.for_each.dataset] if each.for_each and each.for_each.dataset in spec.datasets else []
        for name, each in spec.datasets.items()
    }
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError:
        return list(spec.datasets)


def _paths(dataset: Dataset) -> list[Path]:
    texts = [dataset.records, *dataset.key]
    texts += [dataset.cursor.path] if dataset.cursor else []
    texts += [dataset.for_each.path] if dataset.for_each else []
    for name in ("path", "total_path", "total_pages_path"):
        texts.append(getattr(dataset.paging, name, None) or "")
    return [parse_path(text) for text in texts]


def _path(text: str) -> tuple[object, ...]:
    parts = parse_path(text).parts
    return tuple(Name("ITEM" if part is ITEM else "KEY") if isinstance(part, Step) else part for part in parts)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _dataset(spec: Spec, name: str) -> Call:
    dataset = spec.datasets[name]
    time_outs = dataset.time_outs
    wanted: dict[str, object] = {
        "endpoint_variable": endpoint_variable(spec, name),
        "records": Name("()") if not dataset.records else _path(dataset.records),
        "key": tuple(_path(each) for each in dataset.key),
        "parameters": tuple((key, _text(value)) for key, value in dataset.parameters.items()),
        "headers": tuple(dataset.headers.items()),
        "method": dataset.method if dataset.method != "GET" else None,
        "body": dataset.body,
        "suffix": ".ndjson" if dataset.format == "ndjson" else None,
        "paging": _paging(dataset.paging),
        "cursor": _cursor(dataset),
        "for_each": _for_each(dataset),
        "auth": _auth(auth_of(spec, dataset)),
        "connect_seconds": time_outs.connect if time_outs else None,
        "read_seconds": time_outs.read if time_outs else None,
    }
    if dataset.method != "POST":
        wanted["body"] = None
    return Call("Dataset", {key: value for key, value in wanted.items() if value is not None and value != ()})


def _cursor(dataset: Dataset) -> Call | None:
    cursor = dataset.cursor
    if cursor is None:
        return None
    arguments = {"path": _path(cursor.path), "parameter": cursor.parameter, "start": cursor.start}
    more = {"look_back": _look_back(cursor), "until": cursor.until_parameter}
    return Call("Cursor", arguments | {name: value for name, value in more.items() if value is not None})


def _look_back(cursor: Cursor) -> object:
    if isinstance(cursor.look_back, str):
        return Name(f"datetime.timedelta(seconds={parse_duration(cursor.look_back) or 0:.15g})")
    return cursor.look_back


def _for_each(dataset: Dataset) -> Call | None:
    if dataset.for_each is None:
        return None
    return Call("ForEach", {"dataset": dataset.for_each.dataset, "path": _path(dataset.for_each.path)})


def _paging(paging: Paging) -> Call | None:
    arguments: dict[str, object]
    match paging:
        case NoPaging():
            return None
        case PageNumberPaging():
            arguments = {
                "parameter": paging.parameter,
                "start": paging.start,
                "size_parameter": paging.size_parameter,
                "size": paging.size,
                "total_pages": _path(paging.total_pages_path) if paging.total_pages_path else None,
            }
        case OffsetPaging():
            arguments = {
                "parameter": paging.parameter,
                "limit": paging.limit,
                "limit_parameter": paging.limit_parameter,
                "total": _path(paging.total_path) if paging.total_path else None,
            }
        case CursorPaging():
            arguments = {"parameter": paging.parameter, "path": _path(paging.path)}
        case NextUrlPaging():
            arguments = {"path": _path(paging.path)}
        case LinkHeaderPaging():
            arguments = {}
    return Call(PAGING_CLASSES[paging.kind], {key: value for key, value in arguments.items() if value is not None})


def _auth_kind(auth: Auth) -> str:
    return f"api_key_{auth.place}" if isinstance(auth, ApiKeyAuth) else auth.kind


def _auth(auth: Auth) -> Call | None:
    arguments: dict[str, object]
    match auth:
        case NoAuth():
            return None
        case BearerAuth():
            arguments = {"variable": auth.token_env}
        case ApiKeyAuth(place="header"):
            arguments = {"variable": auth.key_env, "header": auth.name}
        case ApiKeyAuth():
            arguments = {"variable": auth.key_env, "parameter": auth.name}
        case BasicAuth():
            arguments = {"name_variable": auth.username_env, "word_variable": auth.password_env}
        case OAuth2Auth():
            arguments = {
                "url": auth.token_url,
                "id_variable": auth.client_id_env,
                "word_variable": auth.client_secret_env,
                "scope": auth.scope,
            }
    return Call(AUTH_CLASSES[_auth_kind(auth)], arguments)
