"""How alike two fields are, seen from each side: numbers from 0 to 1 that a scorer weighs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from penstock.matching.facts import Commonness, Facts
from penstock.matching.synonyms import Synonyms
from penstock.matching.values import near, overlap, shared
from penstock.matching.words import alike
from penstock.schema import Boolean, Date, Decimal, Enum, Float, Integer, List, Map, Record, Text, Time, Timestamp, Type

Features = tuple[float, ...]

NAMES = (
    "bias",
    "name",
    "name is the same",
    "letters",
    "whole path",
    "place",
    "description",
    "both described",
    "name in the other's description",
    "types",
    "values looked at",
    "values shared",
    "words shared",
    "written alike",
    "characters alike",
    "range",
    "values alike in all",
    "path is the same",
    "same words in the path",
    "letters of the path",
    "last word",
    "description is the same",
    "most of one",
    "least of one",
    "rarest word of both",
)
"""What `Comparison.features` returns, in its order."""

_FAMILIES: Mapping[type[Type], str] = {
    Text: "text",
    Enum: "text",
    Integer: "number",
    Decimal: "number",
    Float: "number",
    Boolean: "boolean",
    Date: "time",
    Timestamp: "time",
    Time: "time",
    List: "list",
    Map: "record",
    Record: "record",
}

_NO_VALUES: Features = (0.0,) * 7


@dataclass(frozen=True)
class Comparison:
    """Compares fields of two sides; what was found of names and words is kept for the next pair."""

    common: Commonness
    synonyms: Synonyms
    _words: dict[tuple[str, str], float] = field(default_factory=dict)
    _names: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[float, float]] = field(default_factory=dict)
    _weights: dict[str, float] = field(default_factory=dict)

    def features(self, one: Facts, other: Facts) -> Features:
        """How alike two fields are in every respect, in the order of `NAMES`; the order of the two does not matter."""
        cover = self.covered(one.whole, other.whole)
        about = texts_alike(one.about, other.about) if one.about and other.about else 0.0
        flat = not one.place and not other.place
        letters = letters_alike(one.letters, other.letters)
        return (
            1.0,
            sum(self.covered(one.name, other.name)) / 2,
            float(one.name == other.name),
            letters,
            sum(cover) / 2,
            sum(self.covered(one.place, other.place)) / 2 if not flat else 0.0,
            about,
            float(bool(one.about) and bool(other.about)),
            max(self.mentioned(one.name, other.about), self.mentioned(other.name, one.about)),
            types_alike(one.field.type, other.field.type),
            *values_alike(one, other),
            float(one.whole == other.whole),
            float(one.bag == other.bag),
            letters if flat else letters_alike(one.all_letters, other.all_letters),
            self.alike(one.name[-1], other.name[-1]) if one.name and other.name else 0.0,
            float(bool(one.about) and one.field.description == other.field.description),
            max(cover),
            min(cover),
            self.rarest(one, other),
        )

    def rarest(self, one: Facts, other: Facts) -> float:
        """1 where the two alone have a word in common, less the more fields have it."""
        return max((min(1.0, 2 / self.common.names[word]) for word in one.bag & other.bag), default=0.0)

    def alike(self, one: str, other: str) -> float:
        """How likely two words mean one thing."""
        if one == other:
            return 1.0
        key = (one, other) if one < other else (other, one)
        found = self._words.get(key)
        if found is None:
            found = self._words[key] = 1.0 if self.synonyms(one, other) else alike(one, other)
        return found

    def weight(self, word: str) -> float:
        """How much a word tells fields apart."""
        found = self._weights.get(word)
        if found is None:
            found = self._weights[word] = self.common.weight(word)
        return found

    def covered(self, one: tuple[str, ...], other: tuple[str, ...]) -> tuple[float, float]:
        """Of each name the weights of the words that have a counterpart in the other, as a share of all weights."""
        key = (one, other)
        found = self._names.get(key)
        if found is None:
            found = self._names[key] = (self._share(one, other), self._share(other, one))
        return found

    def _share(self, words: tuple[str, ...], others: tuple[str, ...]) -> float:
        if not words or not others:
            return 0.0
        found = total = 0.0
        for word in words:
            weight = self.weight(word)
            total += weight
            found += weight * (1.0 if word in others else max(self.alike(word, each) for each in others))
        return found / total

    def mentioned(self, name: tuple[str, ...], text: Mapping[str, float]) -> float:
        """The share of a name's words that a description has."""
        if not text:
            return 0.0
        total = sum(map(self.weight, name))
        return sum(self.weight(word) for word in name if word in text) / total if total else 0.0


def letters_alike(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """The share of runs of three letters that two names have in common."""
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else 0.0


def texts_alike(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The cosine of two weighted texts."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return min(1.0, sum(weight * long[word] for word, weight in short.items() if word in long))


def types_alike(one: Type | None, other: Type | None) -> float:
    """1 for one family of types, 0.5 where one is not known, 0.4 where one is a text, 0 for two families."""
    mine, theirs = (_FAMILIES.get(type(each)) if each else None for each in (one, other))
    if mine is None or theirs is None:
        return 0.5
    if mine == theirs:
        return 1.0
    return 0.4 if "text" in {mine, theirs} and not {"record", "list"} & {mine, theirs} else 0.0


def values_alike(one: Facts, other: Facts) -> Features:
    """What the values have in common; zeros where one side has none."""
    mine, theirs = one.values, other.values
    if mine is None or theirs is None:
        return _NO_VALUES
    kinds, letters, range_ = shared(mine.kinds, theirs.kinds), shared(mine.letters, theirs.letters), near(mine, theirs)
    known, parts = overlap(mine.known, theirs.known), overlap(mine.parts, theirs.parts)
    return (1.0, known, parts, kinds, letters, range_, kinds * letters * range_)
