"""Reads an OpenAPI 3 description: which paths give lists, with which parameters, records, key and sign-in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from penstock.errors import ApiDescriptionError
from penstock.pipeline.probe.answer import Json
from penstock.pipeline.probe.urls import plain
from penstock.schema import Path

_DEEPEST: Final = 4
_MOST_REFERENCES: Final = 40


@dataclass(frozen=True, slots=True)
class Operation:
    """A GET of the description."""

    path: str
    url: str
    """With the path's `{parameters}` still in it."""
    name: str
    summary: str = ""
    parameters: Mapping[str, Json] = field(default_factory=dict)
    """Query parameters by name, each as it is described."""
    records: str | None = None
    """Path to the list of records in the answer, where the schema has one."""
    record: Mapping[str, Json] = field(default_factory=dict)
    """The described properties of a record."""
    around: tuple[Path, ...] = ()
    """Paths of the described single values beside the records."""
    security: Mapping[str, Json] | None = None
    """The scheme that callers sign in with; None where the API is open."""
    format: str = "json"

    @property
    def open_parameters(self) -> list[str]:
        """Parameters that must have a value and have none: of the path, and required ones of the query."""
        in_path = [part.partition("}")[0] for part in self.url.split("{")[1:]]
        return in_path + [
            name for name, each in self.parameters.items() if each.get("required") and not default_of(each)
        ]


@dataclass(frozen=True, slots=True)
class Description:
    """An OpenAPI document with its references resolved on demand."""

    name: str
    document: Mapping[str, Json]

    def operations(self) -> list[Operation]:
        """All GET operations, in the order of the document."""
        found = []
        for path, entry in (self.document.get("paths") or {}).items():
            item = self.resolve(entry)
            if isinstance(item, dict) and isinstance(item.get("get"), dict):
                found.append(self._operation(path, item, item["get"]))
        return found

    def resolve(self, value: Json) -> Any:
        """What a `$ref` leads to, inside of this document."""
        for _ in range(_MOST_REFERENCES):
            if not (isinstance(value, dict) and isinstance(value.get("$ref"), str)):
                return value
            value = self._lookup(value["$ref"])
        raise ApiDescriptionError(self.name, "its references lead round in a circle", "mend the description")

    def _lookup(self, reference: str) -> Json:
        if not reference.startswith("#/"):
            problem = f"the reference {reference!r} leads to another document"
            raise ApiDescriptionError(self.name, problem, "bundle the description into one file")
        value: Any = self.document
        for part in reference[2:].split("/"):
            key = part.replace("~1", "/").replace("~0", "~")
            if not isinstance(value, dict) or key not in value:
                raise ApiDescriptionError(self.name, f"nothing is at {reference!r}", "mend the description")
            value = value[key]
        return value

    def _operation(self, path: str, item: Mapping[str, Json], get: Mapping[str, Json]) -> Operation:
        parameters = [self.resolve(each) for each in (*(item.get("parameters") or ()), *(get.get("parameters") or ()))]
        schema, format_ = self._answer_schema(get)
        records, record = self._records(schema)
        return Operation(
            path=path,
            url=self._server(item, get) + path,
            name=str(get.get("operationId") or path),
            summary=str(get.get("summary") or ""),
            parameters={each["name"]: each for each in parameters if each.get("in") == "query" and "name" in each},
            records=records,
            record=record,
            around=tuple(self._single(schema, Path(), 0)),
            security=self._security(get),
            format=format_,
        )

    def _server(self, *holders: Mapping[str, Json]) -> str:
        """The URL of the first server, the innermost that is given; empty where none is absolute."""
        servers = next((each["servers"] for each in (*reversed(holders), self.document) if each.get("servers")), None)
        if not servers:
            return ""
        url = str(servers[0].get("url", ""))
        for name, variable in (servers[0].get("variables") or {}).items():
            url = url.replace(f"{{{name}}}", str(variable.get("default", "")))
        return url.rstrip("/")

    def _answer_schema(self, get: Mapping[str, Json]) -> tuple[Json, str]:
        responses = get.get("responses") or {}
        response = self.resolve(
            next((responses[code] for code in ("200", 200, "2XX", "default") if code in responses), {})
        )
        for kind, content in (response.get("content") or {}).items():
            if "json" in kind:
                is_lines = any(word in kind for word in ("ndjson", "jsonl", "jsonlines", "json-seq"))
                return content.get("schema") or {}, "ndjson" if is_lines else "json"
        return {}, "json"

    def _records(self, schema: Json) -> tuple[str | None, Mapping[str, Json]]:
        """The list that lies least deep; where there is none, the object itself is the record."""
        found = sorted(self._lists(schema, Path(), 0), key=lambda each: len(each[0].parts))
        if found:
            return str(found[0][0]), self.properties(found[0][1])
        return None, self.properties(schema)

    def _lists(self, schema: Json, path: Path, depth: int) -> Iterator[tuple[Path, Json]]:
        schema = self.resolve(schema)
        if not isinstance(schema, dict) or depth > _DEEPEST:
            return
        if "items" in schema:
            items = self.resolve(schema["items"])
            if self.properties(items):
                yield path, items
            return
        for name, inner in self.properties(schema).items():
            yield from self._lists(inner, path / name, depth + 1)

    def _single(self, schema: Json, path: Path, depth: int) -> Iterator[Path]:
        """Paths of single values that are not in a list."""
        for name, inner in self.properties(schema).items() if depth <= _DEEPEST else ():
            if self.properties(inner):
                yield from self._single(inner, path / name, depth + 1)
            elif isinstance(found := self.resolve(inner), dict) and "items" not in found:
                yield path / name

    def properties(self, schema: Json, depth: int = 0) -> dict[str, Json]:
        """The properties of an object schema, with those of `allOf`, and of the first of `oneOf` or `anyOf`."""
        schema = self.resolve(schema)
        if not isinstance(schema, dict) or depth > _DEEPEST:
            return {}
        found: dict[str, Json] = {}
        for part in (*(schema.get("allOf") or ()), *(schema.get("oneOf") or schema.get("anyOf") or ())[:1]):
            found |= self.properties(part, depth + 1)
        return found | (schema.get("properties") or {})

    def _security(self, get: Mapping[str, Json]) -> Mapping[str, Json] | None:
        wanted = get.get("security", self.document.get("security")) or []
        if not wanted or {} in wanted:
            return None
        schemes = (self.document.get("components") or {}).get("securitySchemes") or {}
        usable = [self.resolve(schemes[name]) for each in wanted for name in each if name in schemes]
        return next(iter(usable), None)


def read_description(text: str, name: str) -> Description:
    """The description in a JSON or YAML text.

    Raises:
        ApiDescriptionError: It is no OpenAPI 3 document.
    """
    import yaml

    try:
        document = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # a safe loader
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        problem = str(error).splitlines()[0]
        raise ApiDescriptionError(
            name, f"this is neither JSON nor YAML ({problem})", "give an OpenAPI 3 file"
        ) from None
    if isinstance(document, dict) and "swagger" in document:
        step = "convert it to OpenAPI 3 first, for example with swagger2openapi"
        raise ApiDescriptionError(name, f"this is Swagger {document['swagger']}", step)
    if not isinstance(document, dict) or not str(document.get("openapi", "")).startswith("3."):
        raise ApiDescriptionError(name, "this is no OpenAPI 3 description", "give a file that has 'openapi: 3.…'")
    return Description(name, document)


def default_of(parameter: Mapping[str, Json]) -> str:
    """The value that a description itself gives a parameter: its default, or its example."""
    schema = parameter.get("schema") or {}
    for holder, key in ((schema, "default"), (parameter, "example"), (schema, "example")):
        if isinstance(value := holder.get(key), str | int | float) and not isinstance(value, bool):
            return str(value)
    enum = schema.get("enum")
    return str(enum[0]) if isinstance(enum, list) and len(enum) == 1 else ""


def choose(operations: list[Operation], url: str | None, wanted: str | None) -> list[Operation]:
    """The operation for a URL, or for a dataset's name; several or none where it is not clear.

    Args:
        operations: What there is to choose from.
        url: The URL that is asked.
        wanted: A path as it is described, an operation's name, or the name of a dataset.
    """
    if wanted:
        if exact := [each for each in operations if wanted in (each.path, each.name)]:
            return exact[:1]
        last = plain(wanted)
        if named := [
            each for each in operations if plain(_last_segment(each.path)) == last or plain(each.name) == last
        ]:
            return named
    if url:
        return [each for each in operations if _matches(each, url)][:1]
    lists = [each for each in operations if each.records is not None]
    return lists or operations


def _last_segment(path: str) -> str:
    return next((each for each in reversed(path.split("/")) if each and not each.startswith("{")), "")


def _matches(operation: Operation, url: str) -> bool:
    asked = urlsplit(url).path.strip("/").split("/")
    described = urlsplit(urljoin(url, operation.url)).path.strip("/").split("/")
    return len(asked) == len(described) and all(
        there == here or there.startswith("{") for here, there in zip(asked, described, strict=True)
    )
