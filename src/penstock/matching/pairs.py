"""Looks at two shapes: which pairs of fields are likely, and how likely."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from penstock.matching.competition import chance, standings
from penstock.matching.facts import Facts, commonness, facts_of
from penstock.matching.fields import Shape
from penstock.matching.retrieval import Pair, retrieve
from penstock.matching.similarity import Comparison, Features
from penstock.matching.synonyms import Synonyms
from penstock.matching.weights import Weights


@dataclass(frozen=True, slots=True)
class Compared:
    """The pairs of two sides that were looked at, and in what they are alike."""

    sources: Sequence[Facts]
    targets: Sequence[Facts]
    features: Mapping[Pair, Features]

    def chances(self, weights: Weights) -> dict[Pair, float]:
        """How likely each pair is a match, from 0 to 1."""
        found = standings(self.features, weights.alone, self.sources, self.targets)
        return {pair: chance(each, weights.rivals) for pair, each in found.items()}


def compare(sources: Sequence[Shape], target: Shape, synonyms: Synonyms) -> Compared:
    """The likely pairs of fields of some sources, one after the other, and of a target.

    Args:
        sources: each with its own name.
        target: what is looked for.
        synonyms: what tells that two words mean one thing.
    """
    common = commonness((*sources, target))
    mine = tuple(each for source in sources for each in facts_of(source, common))
    theirs = facts_of(target, common)
    comparison = Comparison(common, synonyms)
    pairs = retrieve(mine, theirs, common)
    return Compared(mine, theirs, {pair: comparison.features(mine[pair[0]], theirs[pair[1]]) for pair in pairs})
