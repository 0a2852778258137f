"""Pairs of schemas with their true matches, from a folder of development cases."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path as File
from typing import Any

from penstock.errors import PathSyntaxError
from penstock.matching.fields import Described, Shape
from penstock.schema import Boolean, Date, Float, Integer, Path, Text, Timestamp, Type, parse_path

TYPES: tuple[tuple[str, Type], ...] = (
    ("timestamp", Timestamp()),
    ("datetime", Timestamp()),
    ("date", Date()),
    ("bool", Boolean()),
    ("int", Integer()),
    ("long", Integer()),
    ("float", Float()),
    ("double", Float()),
    ("numeric", Float()),
    ("number", Float()),
    ("decimal", Float()),
    ("string", Text()),
    ("text", Text()),
    ("keyword", Text()),
    ("char", Text()),
)
"""What stands in the name of a type, and the type that it means; the first counts."""


@dataclass(frozen=True)
class Case:
    """One pair, and which fields of source and target (by their numbers) mean one thing."""

    family: str
    name: str
    source: Shape
    target: Shape
    truth: frozenset[tuple[int, int]]

    def bare(self) -> "Case":
        """The pair without descriptions."""
        return replace(self, source=_bare(self.source), target=_bare(self.target))


def _bare(shape: Shape) -> Shape:
    return replace(shape, fields=tuple(replace(each, description="") for each in shape.fields))


def families(folder: File) -> dict[str, list[Case]]:
    """The cases of every family: each folder in a folder is one."""
    return {each.name: list(read_cases(each)) for each in sorted(folder.iterdir()) if each.is_dir()}


def read_cases(folder: File) -> Iterator[Case]:
    """The cases of one family."""
    for file in sorted(folder.glob("*.json")):
        document = json.loads(file.read_text(encoding="utf-8"))
        sides = [document[side]["fields"] for side in ("source", "target")]
        places = [{each["path"]: at for at, each in reversed(list(enumerate(fields)))} for fields in sides]
        truth = {(places[0].get(one), places[1].get(other)) for one, other in document["matches"]}
        source, target = (_shape(document[side]) for side in ("source", "target"))
        known = frozenset((one, other) for one, other in truth if one is not None and other is not None)
        yield Case(folder.name, file.stem, source, target, known)


def _shape(side: dict[str, Any]) -> Shape:
    return Shape(side.get("name") or "", tuple(_field(each) for each in side["fields"]))


def _field(found: dict[str, Any]) -> Described:
    type_, description, samples = (found.get(key) for key in ("type", "description", "samples"))
    return Described(_path(found["path"]), type_of(type_ or ""), description or "", tuple(samples or ()))


def _path(text: str) -> Path:
    try:
        return parse_path(text)
    except PathSyntaxError:
        return Path((text,))


def type_of(text: str) -> Type | None:
    """The type that a name in whatever language means; None where it is not known."""
    return next((type_ for part, type_ in TYPES if part in text.lower()), None)
