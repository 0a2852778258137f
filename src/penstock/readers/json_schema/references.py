"""Finds what references of a JSON Schema lead to, inside of one document."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urljoin

from penstock.readers.structured import at_pointer


@dataclass(frozen=True, slots=True)
class Part:
    """A schema of a document, without some of its keywords."""

    schema: Any
    base: str = ""
    """The URI that references in it are relative to."""
    without: frozenset[str] = frozenset()

    def get(self, keyword: str) -> Any:
        """The value of a keyword; None: it is not there."""
        if not isinstance(self.schema, dict) or keyword in self.without:
            return None
        return self.schema.get(keyword)

    def has(self, keyword: str) -> bool:
        """Whether a keyword is there, with whatever value."""
        return isinstance(self.schema, dict) and keyword in self.schema and keyword not in self.without

    def inner(self, schema: Any) -> "Part":
        """A schema inside of this one."""
        identity = schema.get("$id") if isinstance(schema, dict) else None
        return Part(schema, joined(self.base, identity).partition("#")[0] if isinstance(identity, str) else self.base)

    def left_out(self, keyword: str) -> "Part":
        """The same without a keyword."""
        return Part(self.schema, self.base, self.without | {keyword})

    @property
    def key(self) -> str:
        """Tells the parts of one document apart."""
        return f"{id(self.schema)}-{','.join(sorted(self.without))}"


class References:
    """The schemas of a document under the URIs and anchors that lead to them."""

    def __init__(self, root: Any) -> None:
        self.root = Part(root, "").inner(root)
        self._resources: dict[str, Any] = {"": root, self.root.base: root}
        self._anchors: dict[tuple[str, str], Any] = {}
        self._found: dict[tuple[str, str], tuple[str, Part]] = {}
        for base, schema in _schemas(root, self.root.base):
            self._collect(base, schema)

    def _collect(self, base: str, schema: Mapping[str, Any]) -> None:
        identity = schema.get("$id")
        if isinstance(identity, str):
            if identity.startswith("#"):
                self._anchors.setdefault((base, identity[1:]), schema)
            else:
                self._resources.setdefault(base, schema)
        for keyword in ("$anchor", "$dynamicAnchor"):
            if isinstance(schema.get(keyword), str):
                self._anchors.setdefault((base, schema[keyword]), schema)

    def find(self, reference: str, base: str) -> tuple[str, Part]:
        """The address and the schema that a reference leads to.

        Raises:
            LookupError: nothing is there, or it is in another document; the message says which.
        """
        if (reference, base) not in self._found:
            self._found[reference, base] = self._find(reference, base)
        return self._found[reference, base]

    def _find(self, reference: str, base: str) -> tuple[str, Part]:
        address = joined(base, reference)
        url, _, fragment = address.partition("#")
        if url not in self._resources:
            raise LookupError(f"{reference!r} leads to another document")
        resource = self._resources[url]
        fragment = unquote(fragment)
        try:
            anchored = fragment and not fragment.startswith("/")
            found = self._anchors[url, fragment] if anchored else at_pointer(resource, fragment)
        except KeyError:
            raise LookupError(f"nothing is at {reference!r}") from None
        return f"{url}#{fragment}", Part(found, url)


def joined(base: str, reference: str) -> str:
    """A reference as it is seen from a base; what is no URI stays as it is."""
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference


def _schemas(value: Any, base: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every object of a document with the base URI there."""
    waiting = [(value, base)]
    seen: set[int] = set()
    while waiting:
        each, here = waiting.pop()
        if id(each) in seen:
            continue
        if isinstance(each, dict):
            seen.add(id(each))
            identity = each.get("$id")
            if isinstance(identity, str) and not identity.startswith("#"):
                here = joined(here, identity).partition("#")[0]
            yield here, each
            waiting.extend((inner, here) for inner in each.values())
        elif isinstance(each, list):
            seen.add(id(each))
            waiting.extend((inner, here) for inner in each)
