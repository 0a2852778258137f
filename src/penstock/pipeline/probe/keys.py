"""Finds what identifies a record: unique and never null in all records, id-like names first."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Final

from penstock.errors import OptionError, hint_for
from penstock.pipeline.probe.answer import Json
from penstock.pipeline.probe.choice import Choice
from penstock.pipeline.probe.records import values_at
from penstock.pipeline.probe.urls import plain
from penstock.schema import Path, parse_path

_WRAPPERS: Final = {"properties", "attributes", "fields", "node", "_source", "data"}
"""Objects that hold the record's own fields, so that what is unique in them is the record's."""
_EXACT: Final = ("id", "uuid", "guid", "oid")
_TIME: Final = re.compile(r"(^|_)(time|date|day|month|year|timestamp|period|created|updated|modified|start|end)(_|$)")
_ID_ENDING: Final = re.compile(
    r"(_id|_uuid|_key|_code|_number|_no)$|^(id|code|key|number|slug)_|^(code|key|number|slug)$"
)
_GLUED_ID: Final = re.compile(r"\w{4,}(?<!pa)(?<!val)(?<!gr)(?<!cov)(?<!vo)(?<!flu)(?<!sol)(?<!rap)(?<!hybr)id$")
"""`safetyreportid`, but not `prepaid` or `invalid`."""
_NAMED: Final = {"name", "url", "href", "uri", "self", "slug", "sku", "isbn", "email"}
_STRONG: Final = 5
"""From this rank on a name alone makes a field an id; below it, being unique may be chance."""
_LEAST_RECORDS: Final = 2
_MOST_ALTERNATIVES: Final = 4
_LONGEST_CODE, _LEAST_CODES = 12, 10
_MOST_PARTS: Final = 4


Key = Choice[tuple[str, ...]]


def propose_key(records: Sequence[Json], dataset: str = "") -> Key | None:
    """The paths that identify a record, with how many records bear it out; None where nothing does."""
    objects = [each for each in records if isinstance(each, dict)]
    if not objects:
        return None
    columns = dict(columns_of(objects))
    unique = [path for path, values in columns.items() if _is_unique(values)]
    ranked = sorted(
        ((rank, path) for path in unique if (rank := _rank(path, columns[path], dataset)) > 0),
        key=lambda each: (-each[0], len(each[1].parts)),
    )
    if len(objects) < _LEAST_RECORDS:
        return _from_one(ranked)
    best_rank = ranked[0][0] if ranked else 0
    # Names that say little are unique by chance in a small sample; ids that are unique together are safer.
    several = _several(columns, objects) if best_rank < _STRONG else None
    choices = [_choice((path,), len(objects)) for _, path in ranked]
    if several:
        choices.insert(0, _choice(several, len(objects)))
    return (
        Choice(choices[0].value, choices[0].evidence, tuple(choices[1 : 1 + _MOST_ALTERNATIVES])) if choices else None
    )


def said_key(records: Sequence[Json], names: tuple[str, ...]) -> Key:
    """The key that a person chose, with what the records show of it.

    Raises:
        OptionError: No record has a field of it.
    """
    paths = [parse_path(each) for each in names]
    for path in paths:
        if records and not any(values_at(each, path) for each in records):
            fields = {str(Path((name,))) for each in records if isinstance(each, dict) for name in each}
            raise OptionError("key", f"no record has {str(path)!r}", hint_for(str(path), fields).rstrip("."))
    kept = len({json.dumps([values_at(each, path) for path in paths]) for each in records})
    same = f" Only {kept} of {len(records)} records have a key of their own; the others would be replaced."
    return Choice(names, (f"As the options say.{same if kept < len(records) else ''}",))


def _from_one(ranked: list[tuple[float, Path]]) -> Key | None:
    if not ranked or ranked[0][0] < _STRONG:
        return None
    path = ranked[0][1]
    others = [Key((str(each),)) for rank, each in ranked[1:] if rank >= _STRONG][:_MOST_ALTERNATIVES]
    evidence = f"{str(path)!r} by its name only: one record does not show whether it is unique."
    return Key((str(path),), (evidence,), tuple(others))


def _choice(paths: Sequence[Path], count: int) -> Key:
    shown = " + ".join(repr(str(each)) for each in paths)
    return Choice(tuple(map(str, paths)), (f"{shown} is unique and never null in {count} of {count} records.",))


def columns_of(
    objects: Sequence[dict[str, Json]], is_wanted: Callable[[Path], bool] = lambda _: True
) -> Iterator[tuple[Path, list[Json]]]:
    """The single values at each wanted path that every record has."""
    for path in _paths(objects[0], Path()):
        if is_wanted(path) and (values := _column(objects, path)) is not None:
            yield path, values


def _column(objects: Sequence[dict[str, Json]], path: Path) -> list[Json] | None:
    """The values at a path, given up at the first record without a text or whole number there."""
    names = [str(part) for part in path.parts]
    values: list[Json] = []
    for each in objects:
        value: Json = each
        for name in names:
            value = value.get(name) if isinstance(value, dict) else None
        if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
            return None
        values.append(value)
    return values


def _paths(value: dict[str, Json], path: Path) -> Iterator[Path]:
    for key, inner in value.items():
        if isinstance(inner, dict) and len(path.parts) < 2:  # noqa: PLR2004  # an id lies no deeper
            yield from _paths(inner, path / key)
        elif not isinstance(inner, dict | list):
            yield path / key


def _is_unique(values: Sequence[Json]) -> bool:
    return len({(type(each), each) for each in values}) == len(values)


def words_of(path: Path) -> str:
    """The name with its words apart: `stationId` and `ID Year` are `station_id` and `id_year`."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", str(path.parts[-1]))
    return re.sub(r"[^A-Za-z0-9]+", "_", apart).strip("_").lower()


def _is_time(path: Path) -> bool:
    return bool(_TIME.search(words_of(path)))


def _is_own(path: Path) -> bool:
    """Whether the field belongs to the record itself, not to something that it refers to."""
    return all(part in _WRAPPERS for part in path.parts[:-1])


def _rank(path: Path, values: Sequence[Json], dataset: str) -> float:
    """How well a unique field suits as the only key; 0 if it does not."""
    words, deeper = words_of(path), 0.5 * (len(path.parts) - 1)
    if not _is_own(path) or _is_time(path):
        return 0
    if words in _EXACT:
        return 10 - _EXACT.index(words) / 10 - deeper
    singular = plain(dataset).removesuffix("s")
    if words.endswith("_id") and singular and plain(words).startswith(singular):
        return 9 - deeper
    if _ID_ENDING.search(words) or _GLUED_ID.fullmatch(words):
        return (7 if words.endswith(("_id", "_uuid")) else 5.5) - deeper
    if words in _NAMED:
        return 3 - deeper
    return 2 - deeper if _is_code(values) else 0


def _is_code(values: Sequence[Json]) -> bool:
    """Short texts of one length without blanks: country codes, station codes."""
    texts = [each for each in values if isinstance(each, str)]
    alike = len({len(each) for each in texts}) == 1
    return (
        len(texts) == len(values) >= _LEAST_CODES
        and alike
        and len(texts[0]) <= _LONGEST_CODE
        and all(map(str.isalnum, texts))
    )


def _several(columns: dict[Path, list[Json]], objects: Sequence[Json]) -> tuple[Path, ...] | None:
    """Several fields that are unique together: all ids by name and, where they are not enough, times."""
    ids = [path for path in columns if _is_part(path) and not _is_time(path)][:_MOST_PARTS]
    times = [path for path in columns if _is_time(path) and _is_own(path)][:_MOST_PARTS]
    if not ids:
        return None
    for count in range(3):
        for added in combinations(times, count):
            paths = (*ids, *added)
            if len(paths) > 1 and _is_unique(
                [tuple(columns[path][row] for path in paths) for row in range(len(objects))]
            ):
                return paths
    return None


def _is_part(path: Path) -> bool:
    words = words_of(path)
    return words in _EXACT or bool(re.search(r"_id$|^id_|_code$|_key$|_number$|_no$", words))
