"""What is known of a field before it is compared: its words, its place, its description, its values."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from penstock.matching.fields import Described, Shape
from penstock.matching.names import singular, trigrams, words
from penstock.matching.segments import Segments, segments
from penstock.matching.values import ValueFacts, value_facts
from penstock.schema import Path


@dataclass(frozen=True)
class Facts:
    """A field with what its name, place, description and values say."""

    field: Described
    name: tuple[str, ...]
    """The words of the last step of the path, in singular, without those of its table's name."""
    whole: tuple[str, ...]
    """The words of the path."""
    place: tuple[str, ...]
    """The words of the steps before the last."""
    about: Mapping[str, float]
    """The weights of the words of its description; their squares add up to 1."""
    values: ValueFacts | None

    @cached_property
    def letters(self) -> frozenset[str]:
        """The runs of three letters of the name."""
        return trigrams("".join(self.name))

    @cached_property
    def all_letters(self) -> frozenset[str]:
        """The runs of three letters of the path."""
        return trigrams("".join(self.whole))

    @cached_property
    def bag(self) -> frozenset[str]:
        """The words of the path without their order."""
        return frozenset(self.whole)


def facts_of(shape: Shape, common: "Commonness") -> tuple[Facts, ...]:
    """The facts of the fields of one shape.

    Args:
        shape: its fields; the words of its name say little where a field's name begins with them.
        common: how usual words are in both shapes.
    """
    owned = frozenset(map(singular, words(shape.name.rpartition(".")[2])))
    return tuple(_facts(each, owned, common) for each in shape.fields)


def _facts(field: Described, owner: frozenset[str], common: "Commonness") -> Facts:
    *before, last = _steps(field.path) or [""]
    name = common.words(last)
    place = tuple(word for part in before for word in common.words(part))
    return Facts(
        field,
        _without(name, owner),
        place + _without(name, owner),
        place,
        common.weighted(described(field.description)),
        value_facts(field.samples) if field.samples else None,
    )


def _steps(path: Path) -> list[str]:
    return [part for part in path.parts if isinstance(part, str)]


def _without(name: tuple[str, ...], owner: frozenset[str]) -> tuple[str, ...]:
    """A name without the name of its table in front: `customer_name` of a customer is `name`."""
    short = name
    while len(short) > 1 and short[0] in owner:
        short = short[1:]
    return short


_STOP_WORDS: Final = (
    "a an and are as at be been by can for from has have if in is it its may not of on or such that the then there "
    "these this to was were what when where which who whose will with within e g i value field column"
)
_FILLING: Final = frozenset(_STOP_WORDS.split())


def described(text: str) -> tuple[str, ...]:
    """The words of a description that say something, in singular."""
    return tuple(singular(each) for each in words(text) if each not in _FILLING and len(each) > 1)


@dataclass(frozen=True, slots=True)
class Commonness:
    """How many fields of the shapes have a word: what all have tells nothing apart."""

    fields: int
    segments: Segments
    names: Mapping[str, int]
    descriptions: Mapping[str, int]

    def words(self, text: str) -> tuple[str, ...]:
        """The words of a name in singular, those written together told apart."""
        return tuple(singular(piece) for word in words(text) for piece in self.segments.split(singular(word)))

    def weight(self, word: str) -> float:
        """The weight of a word of a name; 1 for one that no other field has."""
        return math.log(1 + self.fields / max(1, self.names.get(word, 1))) / math.log(1 + max(1, self.fields))

    def weighted(self, text: Iterable[str]) -> Mapping[str, float]:
        """The words of a text with weights whose squares add up to 1."""
        counts = Counter(text)
        raw = {
            word: (1 + math.log(count)) * math.log((2 + self.fields) / (1 + self.descriptions.get(word, 0)))
            for word, count in counts.items()
        }
        length = math.sqrt(sum(each * each for each in raw.values())) or 1.0
        return {word: each / length for word, each in raw.items()}


def commonness(shapes: Sequence[Shape]) -> Commonness:
    """How usual words are in some shapes."""
    fields = [each for shape in shapes for each in shape.fields]
    paths = [[singular(word) for part in _steps(each.path) for word in words(part)] for each in fields]
    texts = [set(described(each.description)) for each in fields]
    apart = segments(paths, texts)
    pieces = [{singular(piece) for word in path for piece in apart.split(word)} for path in paths]
    names = Counter(word for path in pieces for word in path)
    return Commonness(len(fields), apart, names, Counter(word for text in texts for word in text))
