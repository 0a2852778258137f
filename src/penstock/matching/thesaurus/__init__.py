"""What words of names mean: `thesaurus()` knows synonyms, short forms, broader terms and opposites.

They are in the text files beside this, one group on each line, terms divided by commas, in words as `names` gives them:
`= customer, client` mean the same, `~ qty: quantity` may stand for each of the others, `< order: purchase order` is
broader than each of the others, `! net, gross` are never the same. Lines are sorted by this order of kinds, then terms.
Standard library only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import permutations
from typing import Final

Phrase = tuple[str, ...]

_SURE: Final = 0.95
_ONE_OF_MANY: Final = 0.7
"""For a short form that may stand for something else."""
_BROADER: Final = 0.5


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Groups of terms in lower case and singular; the words of a term have one space between them."""

    groups: Mapping[str, int]
    """The number of each term's group. Short forms have none."""
    phrases: Mapping[Phrase, int]
    """The groups of the terms of several words."""
    readings: Mapping[str, tuple[str, ...]]
    """The terms that each short form may stand for."""
    broader: frozenset[tuple[int, int]]
    """Groups and their broader groups, in either order."""
    opposites: frozenset[tuple[int, int]]
    """Groups that are never the same, in either order."""
    longest: int
    """How many words the longest term has."""

    def alike(self, one: str, other: str) -> float:
        """How likely two terms mean one thing: 1 for the same term, 0 for what is opposed or not known."""
        if one == other:
            return 1.0
        mine, theirs = self._senses(one), self._senses(other)
        if mine & theirs:
            return _SURE if len(mine) == len(theirs) == 1 else _ONE_OF_MANY
        related = any((each, there) in self.broader for each in mine for there in theirs)
        return _BROADER if related and not self.opposed(one, other) else 0.0

    def expansions(self, word: str) -> tuple[Phrase, ...]:
        """The words of each term that a short form may stand for; nothing for any other word."""
        return tuple(tuple(each.split(" ")) for each in self.readings.get(word, ()))

    def opposed(self, one: str, other: str) -> bool:
        """Whether two terms are never the same, whatever a short form may stand for."""
        mine, theirs = self._senses(one), self._senses(other)
        return bool(mine and theirs) and all((each, there) in self.opposites for each in mine for there in theirs)

    def terms(self, words: Phrase) -> Phrase:
        """The words of a name, each run of them that is a known phrase made one term, the longest first."""
        found, at = [], 0
        while at < len(words):
            ends = range(min(len(words), at + self.longest), at + 1, -1)
            end = next((each for each in ends if words[at:each] in self.phrases), at + 1)
            found.append(" ".join(words[at:end]))
            at = end
        return tuple(found)

    def _senses(self, term: str) -> frozenset[int]:
        if term in self.readings:
            return frozenset(self.groups[each] for each in self.readings[term])
        return frozenset((self.groups[term],) if term in self.groups else ())


@cache
def thesaurus() -> Thesaurus:
    """The thesaurus that ships with Penstock."""
    texts = sorted(
        (each for each in files(__name__).iterdir() if each.name.endswith(".txt")), key=lambda each: each.name
    )
    return parse_thesaurus(line for each in texts for line in each.read_text(encoding="utf-8").splitlines())


def parse_thesaurus(lines: Iterable[str]) -> Thesaurus:
    """The thesaurus that lines describe, in any order; blank lines and comments (`#`) are passed over."""
    by_kind: dict[str, list[list[str]]] = {"=": [], "~": [], "<": [], "!": []}
    for line in lines:
        if line and not line.startswith("#"):
            by_kind[line[0]].append(line[2:].replace(": ", ", ", 1).split(", "))
    groups: dict[str, int] = {}
    for number, terms in enumerate(by_kind["="]):
        groups.update(dict.fromkeys(terms, number))
    named = [*(terms[1:] for terms in by_kind["~"]), *by_kind["<"], *by_kind["!"]]
    for term in (each for terms in named for each in terms):
        groups.setdefault(term, len(by_kind["="]) + len(groups))
    phrases = {tuple(term.split(" ")): number for term, number in groups.items() if " " in term}
    return Thesaurus(
        groups=groups,
        phrases=phrases,
        readings={terms[0]: tuple(terms[1:]) for terms in by_kind["~"]},
        broader=frozenset(
            pair
            for broad, *rest in by_kind["<"]
            for each in rest
            for pair in permutations((groups[broad], groups[each]), 2)
        ),
        opposites=frozenset(
            pair for terms in by_kind["!"] for pair in permutations([groups[each] for each in terms], 2)
        ),
        longest=max(map(len, phrases), default=1),
    )
