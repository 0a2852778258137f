"""Makes records, maps and the elements of lists of schemas."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from penstock.errors import DocumentFormatError
from penstock.readers.json_schema.references import Part
from penstock.readers.losses import OTHER_FIELDS, TUPLE, Losses
from penstock.schema.json_schema import KEY_FIELD
from penstock.schema.paths import KEY, Path
from penstock.schema.types import Field, Json, Map, Record, Type
from penstock.schema.widen import widest

ANY: Final = Json(nullable=True)


class Objects:
    """Makes the types of objects and of elements; other types are made by who uses it."""

    def __init__(
        self,
        of: Callable[[Sequence[Part], Path], Type],
        losses: Losses,
        fault: Callable[[Path, str, str], DocumentFormatError],
        told: Callable[[Part, Path], str],
    ) -> None:
        self._of = of
        self._told = told
        self._losses = losses
        self._fault = fault

    def of(self, parts: list[Part], path: Path) -> Type:
        """The type of the objects that all parts allow: a record where fields are named, else a map."""
        fields = self._named(parts, path)
        required = self._required(parts, path)
        for name in required:
            fields.setdefault(name, [])
        closed = any(each.get(word) is False for each in parts for word in _OTHERS)
        patterns = [inner for each in parts for inner in self._patterns(each, path)]
        others = [each.inner(each.get(word)) for each in parts for word in _OTHERS if isinstance(each.get(word), dict)]
        if not fields and not any(each.has("properties") for each in parts) and not (closed and not patterns):
            return self._map(patterns, others, path)
        self._tell(others, patterns, path)
        built = tuple(self._field(name, schemas, path, required) for name, schemas in fields.items())
        title = next((found for each in parts if (found := title_of(each.schema))), "")
        return Record(built, title, closed and not patterns)

    def _map(self, patterns: list[Part], others: list[Part], path: Path) -> Type:
        if patterns:
            self._losses.lose_rule(path, "patternProperties")
        types = [self._of([each], path / KEY) for each in patterns]
        if others:
            types.append(self._of(others, path / KEY))
        return Map(widest(types)) if types else Map(ANY)

    def _tell(self, others: list[Part], patterns: list[Part], path: Path) -> None:
        said = [each for each in others if each.schema]
        if said or patterns:
            told = "an object has named fields and others; only the named ones are kept"
            self._losses.lose(OTHER_FIELDS, path, told, "read the others as a map, in a schema of their own.")

    def _named(self, parts: list[Part], path: Path) -> dict[str, list[Part]]:
        fields: dict[str, list[Part]] = {}
        for each in parts:
            for name, schema in self._objects(each, "properties", path):
                fields.setdefault(name, []).append(each.inner(schema))
        return fields

    def _patterns(self, part: Part, path: Path) -> Iterator[Part]:
        for _, schema in self._objects(part, "patternProperties", path):
            yield part.inner(schema)

    def _objects(self, part: Part, keyword: str, path: Path) -> Iterator[tuple[str, Any]]:
        value = part.get(keyword)
        if value is not None and not isinstance(value, dict):
            raise self._fault(path, f"{keyword} is no object", "write a schema under each name.")
        yield from (value or {}).items()

    def _required(self, parts: list[Part], path: Path) -> dict[str, None]:
        names: dict[str, None] = {}
        for each in parts:
            listed = each.get("required")
            # OpenAPI 2 and draft 3 have a truth value in the field itself.
            if listed is None or isinstance(listed, bool):
                continue
            if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
                raise self._fault(path, "required is no list of names", "write a list of names.")
            names.update(dict.fromkeys(listed))
        return names

    def _field(self, name: str, parts: list[Part], path: Path, required: dict[str, None]) -> Field:
        type_ = self._of(parts, path / name) if parts else ANY
        return Field(
            name,
            type_,
            optional=name not in required,
            description=next((text for each in parts if (text := self._told(each, path / name))), ""),
            default=next((text for each in parts if (text := _default(each))), ""),
            key=any(each.get(KEY_FIELD) is True for each in parts),
        )

    def elements(self, parts: list[Part], path: Path) -> Type:
        """The type of the elements of the arrays that all parts allow; of a tuple, the widest of its members."""
        single = [each.inner(each.get("items")) for each in parts if isinstance(each.get("items"), dict | bool)]
        members = [
            each.inner(schema)
            for each in parts
            for keyword in ("prefixItems", "items")
            if isinstance(each.get(keyword), list)
            for schema in each.get(keyword)
        ]
        if not members:
            return self._of(single, path) if single else ANY
        self._losses.lose(TUPLE, path.parent, "a tuple is kept as a list; which member stands where is lost")
        rest = [each.inner(each.get("additionalItems")) for each in parts if each.has("additionalItems")]
        types = [self._of([each], path) for each in (*members, *single, *rest) if each.schema is not False]
        return widest(types)


_OTHERS: Final = ("additionalProperties", "unevaluatedProperties")


def title_of(schema: Any) -> str:
    """The title of a schema as one word: `Booking request` is BookingRequest."""
    title = schema.get("title") if isinstance(schema, dict) else None
    words = title.split() if isinstance(title, str) else []
    if len(words) == 1:
        return words[0]
    return "".join(each[:1].upper() + each[1:] for each in re.findall(r"\w+", " ".join(words)))


def _default(part: Part) -> str:
    if not part.has("default"):
        return ""
    try:
        return json.dumps(part.get("default"), ensure_ascii=False, allow_nan=False)
    except ValueError:
        return ""
