"""URLs: shown without their secrets, taken apart, and what they say about names."""

import re
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from penstock.pipeline.spec.rules.secrets import is_secret_name, is_secret_value

_GENERAL: Final = {"www", "api", "apis", "data", "rest", "open", "public", "feeds", "feed", "gbfs", "app", "gateway"}
_SECOND_LEVEL: Final = {"co", "com", "org", "net", "gov", "gob", "gouv", "gc", "ac", "edu", "or", "go", "ne"}
_FILE_ENDING: Final = re.compile(r"\.(?:json|geojson|ndjson|jsonl|csv|xml|php|aspx?)$", re.IGNORECASE)
_VERSION: Final = re.compile(r"v?\d+([._]\d+)*", re.IGNORECASE)
_LONGEST_NAME: Final = 63


def mask_url(url: str) -> str:
    """The URL as it may be shown and logged: without user name, password and secret parameters."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return "(a URL that cannot be read)"
    pairs = [
        (key, "***" if is_secret_name(key) or is_secret_value(value) else value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
    ]
    query = urlencode(pairs, safe="*/:,", quote_via=quote) if any("***" in pair for pair in pairs) else parts.query
    userinfo = "***@" if "@" in parts.netloc else ""
    return urlunsplit((parts.scheme, userinfo + host, parts.path, query, ""))


def with_parameters(url: str, parameters: Mapping[str, str | int]) -> str:
    """The URL with these query parameters in the place of any of the same names."""
    parts = urlsplit(url)
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in parameters]
    query = urlencode([*kept, *((key, str(value)) for key, value in parameters.items())])
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def query_of(url: str) -> dict[str, str]:
    """The query parameters; of a repeated one the last value."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def without_query(url: str) -> str:
    """The URL without user name, query and fragment."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def same_host(url: str, other: str) -> bool:
    """Whether both lead to the same scheme, host and port."""
    return urlsplit(url)[:2] == urlsplit(other)[:2]


def to_name(text: str, fallback: str) -> str:
    """A name that is safe in folders, tables and environment variables."""
    name = re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_").lower()
    if not name:
        return fallback
    return (name if name[0].isalpha() else f"{fallback}_{name}")[:_LONGEST_NAME]


def provider_name(url: str) -> str:
    """A name from the host: `earthquake.usgs.gov` is `usgs`, `api.example.co.uk` is `example`."""
    host = (urlsplit(url).hostname or "").lower()
    labels = host.split(".")
    if host == "localhost" or ":" in host or all(label.isdigit() for label in labels):
        return "local"
    end = 2 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else 1  # noqa: PLR2004
    kept = labels[:-end] or labels
    special = [label for label in kept if label not in _GENERAL]
    return to_name((special or kept)[-1], "provider")


def dataset_name(url: str) -> str:
    """A name from the last part of the path that says something: `…/v1/all_week.geojson` is `all_week`."""
    segments = [_FILE_ENDING.sub("", each) for each in urlsplit(url).path.split("/") if each]
    speaking = [each for each in segments if not _VERSION.fullmatch(each) and each.lower() not in _GENERAL | {"all"}]
    return to_name((speaking or ["records"])[-1], "records")


def first_of(names: Iterable[str], wanted: Iterable[str]) -> str | None:
    """The first wanted name that is there, whatever its case and underscores."""
    known = {plain(name): name for name in reversed(list(names))}
    return next((known[plain(each)] for each in wanted if plain(each) in known), None)


def plain(name: str) -> str:
    """A name without case and separators: `nextPageToken` and `next_page_token` are the same."""
    return re.sub(r"[^a-z0-9]", "", name.lower())
