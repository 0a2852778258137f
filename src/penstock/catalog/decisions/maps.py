"""Decides whether the keys of an object are data (`currencies.EUR`) or names of fields (`address.street`).

A record that is taken for a map loses its columns; a map that is taken for a record gets a column for each key.
The second is the smaller harm, so the rules ask for strong evidence, and a person can overrule them in the catalog.
All of them ask that no key is there nearly always (that is a field) and that the values are of one same shape.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

from penstock.catalog.profiling.node import Node, add
from penstock.schema.types import Json, Record, Type

_VALUE_KEY: Final = re.compile(
    r"-?[0-9]+(?:\.[0-9]+)?"  # numbers, years
    r"|[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?(?:[T ].*)?"  # months, days, times
    r"|[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"  # UUIDs
    r"|[^:\s]+(?::[^:\s]+){2,}"  # TST:VehicleType:CityBike; one colon may be a namespace as in dc:title
    r"|\S+@\S+\.\S+"  # e-mail addresses
    r"|[a-z][a-z0-9+.-]*://.*"  # URLs
    r"|(?=.*[0-9])[0-9A-Fa-f]{16,}"  # hashes
)
"""Keys that are no name that a person gives to a field."""

_CODE_KEY: Final = re.compile(r"[A-Z]{2,3}|[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
"""Keys that look like codes of currencies, countries or languages; short words look like this, too."""

_CURRENCY_KEY: Final = re.compile(r"[A-Z]{3}")

MIN_CODES: Final = 8
"""Different keys that it takes to believe in codes that come and go."""
MIN_CODE_OBJECTS: Final = 10
"""Objects that it takes to see that they come and go."""
MIN_STEADY_CODES: Final = 15
"""Different keys of three capitals that it takes when every object has them all (exchange rates)."""
MIN_NAMES: Final = 50
"""Different keys that it takes when they may be any text, and a share of them is seen only once."""
MANY_NAMES: Final = 500
"""Different keys that it takes when they may be any text and each is rare."""
USUAL: Final = 0.5
"""A key that this share of the objects have is a field rather than data."""
RARE: Final = 0.1
ONCE: Final = 0.25


def is_map(node: Node, decide: Callable[[Node], Type]) -> bool:
    """Whether the keys of the objects at a path are data; `decide` tells the type of a node."""
    if node.every_key is not None:
        return True
    return bool(node.children) and _keys_are_data(node) and _values_are_alike(list(node.children.values()), decide)


def _keys_are_data(node: Node) -> bool:
    keys, objects = list(node.children), node.objects
    if all(map(_VALUE_KEY.fullmatch, keys)):
        return True
    usual = max(each.present for each in node.children.values()) / objects
    if all(map(_CODE_KEY.fullmatch, keys)):
        come_and_go = len(keys) >= MIN_CODES and objects >= MIN_CODE_OBJECTS and usual < USUAL
        return come_and_go or (len(keys) >= MIN_STEADY_CODES and all(map(_CURRENCY_KEY.fullmatch, keys)))
    once = sum(each.present == 1 for each in node.children.values()) / len(keys)
    long_tail = len(keys) >= MIN_NAMES and once >= ONCE and usual < USUAL
    return long_tail or (len(keys) >= MANY_NAMES and usual < RARE)


def _values_are_alike(values: Sequence[Node], decide: Callable[[Node], Type]) -> bool:
    every = Node()
    for each in values:
        add(every, each)
    common = decide(every)
    if isinstance(common, Json):
        return False
    if isinstance(common, Record):
        # Records of different kinds have few fields in common, so that most fields miss in most of them.
        held = sum(each.present for each in every.children.values())
        return held >= USUAL * len(every.children) * every.objects
    return True
