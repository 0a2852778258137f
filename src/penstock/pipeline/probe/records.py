"""Finds the records in a document: the longest list of objects that holds most of what the document says."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from penstock.pipeline.probe.answer import Json
from penstock.pipeline.probe.choice import Choice
from penstock.pipeline.probe.urls import same_host
from penstock.schema import ITEM, KEY, Path, parse_path

_USUAL: Final = {"data", "results", "result", "items", "records", "features", "rows", "entries", "value", "values",
                 "content", "hits", "docs", "objects", "elements", "list", "stations", "edges", "nodes"}  # fmt: skip
_BESIDE: Final = {"included", "links", "_links", "facets", "aggregations", "errors", "warnings", "columns", "fields"}
_ENVELOPE: Final = {"data", "result", "response", "payload", "item", "record", "body"}
_DEEPEST: Final = 6
_MOST_CANDIDATES: Final = 5
_LEAST_MAP, _SHARED_KEYS = 3, 0.6
_LEAST_SHARE: Final = 0.5
"""A list that holds less of the document than this is a part of one record, not the records."""


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    count: int
    share: float
    score: float
    reasons: tuple[str, ...]


def records_at(document: Json, path: str) -> list[Json]:
    """The objects at a records path; a list there stands for its elements. Empty if nothing is there."""
    return [each for each in _at_path(document, parse_path(path)) if isinstance(each, dict)]


def is_at(document: Json, path: str) -> bool:
    """Whether a document has anything at the path, be it an empty list."""
    return bool(values_at(document, parse_path(path)))


def detail_links(records: list[Json], url: str) -> str | None:
    """The field that leads from every record to a document of its own on the same host."""
    for name in ("url", "href", "self", "detail", "detail_url"):
        values = [each.get(name) for each in records]
        links = [urljoin(url, each) for each in values if isinstance(each, str) and re.match(r"https?://|/", each)]
        if len(set(links)) == len(records) > 1 and all(same_host(each, url) for each in links):
            return name
    return None


def values_at(value: Json, path: Path) -> list[Json]:
    """All values at a path, in order."""
    values = [value]
    for part in path.parts:
        if part is ITEM:
            values = [inner for each in values if isinstance(each, list) for inner in each]
        elif part is KEY:
            values = [inner for each in values if isinstance(each, dict) for inner in each.values()]
        else:
            values = [found for each in values for found in _step(each, str(part))]
    return values


def _step(value: Json, name: str) -> list[Json]:
    """What a name leads to; a whole number also steps into a list."""
    if isinstance(value, dict):
        return [value[name]] if name in value else []
    is_position = isinstance(value, list) and name.isdecimal() and int(name) < len(value)
    return [value[int(name)]] if is_position else []


def _at_path(document: Json, path: Path) -> list[Json]:
    values = values_at(document, path)
    lists = [each for each in values if isinstance(each, list)]
    return [inner for each in lists for inner in each] if lists else values


def propose_records(document: Json) -> Choice[str] | None:
    """Where the records are, best first; None where the document holds no object at all."""
    whole = max(_leaves(document), 1)
    found = sorted(_candidates(document, Path(), whole), key=lambda each: -each.score)[:_MOST_CANDIDATES]
    single = _single(document)
    if single and (not found or (found[0].share < _LEAST_SHARE and found[0].count and _has_identity(single, document))):
        choices = [single, *(Choice(str(each.path), each.reasons) for each in found)]
    else:
        choices = [*(Choice(str(each.path), each.reasons) for each in found), *([single] if single else [])]
    return Choice(choices[0].value, choices[0].evidence, tuple(choices[1:])) if choices else None


def _candidates(value: Json, path: Path, whole: int) -> Iterator[_Found]:
    if len(path.parts) > _DEEPEST:
        return
    if isinstance(value, dict):
        # Keys that are data are no way to records: the object is one record, and its maps become rows later.
        for key, inner in () if _is_map(value) else value.items():
            yield from _candidates(inner, path / key, whole)
    elif isinstance(value, list):
        objects = [each for each in value if isinstance(each, dict)]
        lists = [each for each in value if isinstance(each, list)]
        if objects and not lists:
            yield _found(path, value, whole)
        elif not value and path.parts and path.parts[-1] in _USUAL:
            yield _Found(path, 0, 0.0, -1.0, (f"The list at {str(path)!r} is empty; only its name speaks for it.",))
        # World Bank: a list of two, the paging and the rows.
        for position, each in enumerate(value) if objects and lists else ():
            if isinstance(each, list) and each and all(isinstance(inner, dict) for inner in each):
                yield _found(path / str(position), each, whole)


def _found(path: Path, values: list[Json], whole: int) -> _Found:
    count, share = len(values), _leaves(values) / whole
    name = path.parts[-1] if path.parts else ""
    place = f"The list at {str(path)!r}" if path.parts else "The document itself is a list that"
    reasons = [f"{place} holds {count} object{'s' if count > 1 else ''}, {share:.0%} of all values."]
    score = 3 * share + math.log10(count + 1) - len(path.parts) / 10
    if name in _USUAL:
        reasons.append(f"{name!r} is a usual name for it.")
        score += 0.5
    if name in _BESIDE:
        score -= 3
    if name == "features" and any(isinstance(each, dict) and each.get("type") == "Feature" for each in values):
        reasons.append("It is a GeoJSON feature collection.")
        score += 1
    return _Found(path, count, share, score, tuple(reasons))


def _is_map(value: dict[str, Json]) -> bool:
    """Whether it holds objects of one form under keys that are data."""
    objects = [each for each in value.values() if isinstance(each, dict) and each]
    if len(objects) < max(_LEAST_MAP, len(value)):
        return False
    shared, every = set(objects[0]), set(objects[0])
    for each in objects:
        shared &= set(each)
        every |= set(each)
    return len(shared) >= _SHARED_KEYS * len(every)


def _single(document: Json) -> Choice[str] | None:
    """The document as one record, or the one object in an envelope of single values."""
    if not isinstance(document, dict) or not document:
        return None
    for name, value in document.items():
        others = [each for key, each in document.items() if key != name]
        if name in _ENVELOPE and isinstance(value, dict) and not any(isinstance(each, dict | list) for each in others):
            return Choice(str(Path((name,))), (f"The object at {name!r} is one record in an envelope.",))
    return Choice("", ("The document itself is one record.",))


def _has_identity(single: Choice[str], document: Json) -> bool:
    records = records_at(document, single.value)
    return any(key in {"id", "_id", "uuid", "key", "code"} or key.endswith("_id") for each in records for key in each)


def _leaves(value: Json) -> int:
    """How many single values there are."""
    if isinstance(value, dict):
        return sum(map(_leaves, value.values()))
    if isinstance(value, list):
        return sum(map(_leaves, value))
    return 1
