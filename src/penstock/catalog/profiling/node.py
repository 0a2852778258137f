"""The tree of counts that a profile is made in: one node for each path.

A node is what may change while records are read; a catalog is what it is frozen into. Everything in a node is a
sum, a smallest or a largest, so that adding up two trees is the same as counting everything in one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from penstock.catalog.model import Catalog, FieldProfile, Integers, Numbers, Seen, Texts
from penstock.catalog.profiling.sketch import Tally, thaw_values
from penstock.schema import ITEM, KEY, Path
from penstock.schema.types import Type

MAX_KEYS: Final = 5_000
"""How many different keys of the objects at a path are kept apart; with more, they are added up under `*`."""

FIXED_MISSING: Final = 20
"""A key that at most so many of the objects lack is kept apart even so: it is the name of a field.

This is a count and no share, because a count only grows: a key that was added up in a part would not have been kept
in the whole, so the result does not depend on the order or the parts.
"""


@dataclass(slots=True)
class Node:
    """The values at one path."""

    types: dict[str, int] = field(default_factory=dict)
    formats: dict[str, int] = field(default_factory=dict)
    integers: Integers | None = None
    numbers: Numbers | None = None
    longest: int | None = None
    shortest: int | None = None
    elements: Integers | None = None
    trues: int = 0
    texts: Texts | None = None
    values: Tally = field(default_factory=Tally)
    repeated: int = 0
    children: dict[str, "Node"] = field(default_factory=dict)
    every_key: "Node | None" = None
    """The values under all keys that are not kept apart (any more)."""
    capped: bool = False
    """There are too many keys; the children are the keys that nearly every object has."""
    item: "Node | None" = None
    type: Type | None = None
    decided_by: str = "rule"
    description: str = ""
    personal: str = ""
    seen: Seen = field(default_factory=Seen)

    @property
    def present(self) -> int:
        """How many parents hold a value."""
        return sum(self.types.values()) - self.repeated

    @property
    def objects(self) -> int:
        """How many of the values are objects."""
        return self.types.get("object", 0)

    @property
    def holds_records(self) -> bool:
        """Whether the values, taken as records, have fields: there are objects, and their keys are kept apart."""
        return (self.objects > 0 or not self.types) and self.every_key is None

    @property
    def keys_are_data(self) -> bool:
        """Whether it was decided that no key is the name of a field."""
        return self.every_key is not None and not self.capped

    def child(self, key: str) -> "Node":
        """The node for the values under a key, made when it is new."""
        if self.every_key is not None and not self.capped:
            return self.every_key  # the keys are data, which was decided
        child = self.children.get(key)
        if child is None:
            child = self.children[key] = Node()
        return child

    def items(self) -> "Node":
        """The node for the elements of lists, made when it is new."""
        self.item = self.item or Node()
        return self.item

    def count(self, json_type: str, times: int) -> None:
        """Add to the count of a JSON type."""
        if times:
            self.types[json_type] = self.types.get(json_type, 0) + times

    def forget_keys(self) -> None:
        """Add up the values under all keys. What a rule decided about single keys does not hold for all of them."""
        every = self.every_key or Node()
        for each in self.children.values():
            each.forget_decisions()
            add(every, each)
        self.every_key, self.children, self.capped = every, {}, False

    def nested(self) -> "Iterator[Node]":
        """The nodes one level below."""
        yield from (each for each in (self.item, self.every_key) if each is not None)
        yield from self.children.values()

    def forget_decisions(self) -> None:
        """Drop what a rule decided here and below; what a person decided stays."""
        if self.decided_by == "rule":
            self.type = None
        for each in self.nested():
            each.forget_decisions()

    def cap_keys(self) -> None:
        """Add up the values under the keys that not nearly every object has, when there are too many keys."""
        if not self.capped and len(self.children) <= MAX_KEYS:
            return
        least = self.objects - FIXED_MISSING
        every = self.every_key or Node()
        for key in [key for key, each in self.children.items() if each.present < least]:
            add(every, self.children.pop(key))
        self.every_key, self.capped = every, True


def add(into: Node, other: Node) -> None:
    """Add a tree to another one; `other` stays as it is. Decisions of `into` are kept, missing ones are taken."""
    for name, times in other.types.items():
        into.count(name, times)
    for name, times in other.formats.items():
        into.formats[name] = into.formats.get(name, 0) + times
    into.integers = join_integers(into.integers, other.integers)
    into.numbers = join_numbers(into.numbers, other.numbers)
    into.longest = _known(max, into.longest, other.longest)
    into.shortest = _known(min, into.shortest, other.shortest)
    into.elements = join_integers(into.elements, other.elements)
    into.trues += other.trues
    into.texts = join_texts(into.texts, other.texts)
    into.values.add(other.values)
    into.repeated += other.repeated
    if into.type is None:
        into.type, into.decided_by = other.type, other.decided_by
    into.description = into.description or other.description
    into.personal = into.personal or other.personal
    into.seen = join_seen(into.seen, other.seen)
    _add_nested(into, other)


def _known(choose: Callable[[int, int], int], one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return other if one is None else one
    return choose(one, other)


def _add_nested(into: Node, other: Node) -> None:
    if other.item is not None:
        add(into.items(), other.item)
    keys_are_data = into.keys_are_data or other.keys_are_data
    if keys_are_data:
        into.forget_keys()
    into.capped = (into.capped or other.capped) and not keys_are_data
    if other.every_key is not None:
        into.every_key = into.every_key or Node()
        add(into.every_key, other.every_key)
    for key, each in other.children.items():
        add(into.child(key), each)
    into.cap_keys()


def join_integers(one: Integers | None, other: Integers | None) -> Integers | None:
    """The span of both."""
    if one is None or other is None:
        return one or other
    return Integers(min(one.minimum, other.minimum), max(one.maximum, other.maximum))


def join_numbers(one: Numbers | None, other: Numbers | None) -> Numbers | None:
    """What holds of both."""
    if one is None or other is None:
        return one or other
    return Numbers(
        min(one.minimum, other.minimum),
        max(one.maximum, other.maximum),
        max(one.whole_digits, other.whole_digits),
        max(one.scale, other.scale),
        one.inexact + other.inexact,
    )


def join_texts(one: Texts | None, other: Texts | None) -> Texts | None:
    """The span of both."""
    if one is None or other is None:
        return one or other
    return Texts(min(one.minimum, other.minimum), max(one.maximum, other.maximum))


def join_seen(one: Seen, other: Seen) -> Seen:
    """The first day of both; lacking only where both lack it."""
    since = min(filter(None, (one.since, other.since)), default="")
    if not (one.last and other.last):
        return Seen(since)
    return Seen(since, max(one.last, other.last), min(one.missed, other.missed))


def freeze(root: Node, name: str) -> Catalog:
    """A tree as a catalog, in the order in which its nodes were made."""
    records = root.present
    fields = tuple(_fields(root, Path(), records))
    is_plain = root.holds_records and set(root.types) <= {"object"}
    return Catalog(name, records, fields[1:] if is_plain else fields)


def _fields(node: Node, path: Path, parents: int) -> Iterator[FieldProfile]:
    yield FieldProfile(
        path,
        parents,
        node.present,
        dict(node.types),
        dict(node.formats),
        node.integers,
        node.numbers,
        node.longest,
        node.repeated,
        node.capped,
        node.type,
        "person" if node.decided_by == "person" else "rule",
        node.description,
        shortest=node.shortest,
        elements=node.elements,
        trues=node.trues,
        texts=node.texts,
        values=node.values.freeze(),
        personal=node.personal,
        seen=node.seen,
    )
    if node.item is not None:
        yield from _fields(node.item, path / ITEM, node.item.present)
    if node.every_key is not None:
        yield from _fields(node.every_key, path / KEY, node.every_key.present)
    for key, child in node.children.items():
        yield from _fields(child, path / key, node.objects)


def thaw(catalog: Catalog) -> Node:
    """A catalog as a tree that can be added to. Fields may stand in any order."""
    root = Node()
    if not any(not each.path.parts for each in catalog.fields):
        root.count("object", catalog.records)
    for each in catalog.fields:
        node = _at(root, each.path)
        node.types, node.formats = dict(each.types), dict(each.formats)
        node.integers, node.numbers, node.longest = each.integers, each.numbers, each.longest
        node.shortest, node.elements, node.trues, node.texts = each.shortest, each.elements, each.trues, each.texts
        node.values = thaw_values(each.values, each.types)
        node.repeated, node.capped = each.repeated, each.capped
        node.type, node.decided_by, node.description = each.type, each.decided_by, each.description
        node.personal, node.seen = each.personal, each.seen
    return root


def _at(root: Node, path: Path) -> Node:
    node = root
    for part in path.parts:
        if part == KEY:
            node.every_key = node.every_key or Node()
            node = node.every_key
        elif isinstance(part, str):
            node = node.children.setdefault(part, Node())
        else:
            node = node.items()
    return node
