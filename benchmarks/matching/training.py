"""Learns the weights of the matcher from pairs with known matches."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.matching.cases import Case
from benchmarks.matching.learning import Sample, fit
from benchmarks.matching.made import made
from penstock.matching.competition import standings
from penstock.matching.pairs import Compared, compare
from penstock.matching.synonyms import no_synonyms
from penstock.matching.weights import Weights

MADE = "made"
PAIRS_MADE = 180
PENALTIES = 2e-3, 1e-5
"""Of the weights of a pair alone, and of its standing among its rivals."""
WRONG = 4_000
"""Of so many pairs of a family that are no match each is looked at; of more, so many at random, which count for all."""


@dataclass(frozen=True)
class Looked:
    """A case whose pairs were compared."""

    case: Case
    compared: Compared


Families = Mapping[str, Sequence[Looked]]


def look(families: Mapping[str, Iterable[Case]]) -> dict[str, list[Looked]]:
    """All cases compared, with their descriptions and without; and the made ones."""
    every = {**families, MADE: made(PAIRS_MADE, seed=1)}
    return {name: [look_at(each) for case in cases for each in (case, case.bare())] for name, cases in every.items()}


def look_at(case: Case) -> Looked:
    return Looked(case, compare([case.source], case.target, no_synonyms))


def train(families: Families) -> Weights:
    """The weights that fit some families, each of which counts the same."""
    alone = fit([sample for each in families.values() for sample in _samples(each, None)], PENALTIES[0])
    rivals = fit([sample for each in families.values() for sample in _samples(each, alone)], PENALTIES[1])
    return Weights(alone, rivals)


def _samples(family: Sequence[Looked], alone: Sequence[float] | None) -> list[Sample]:
    right: list[tuple[float, ...]] = []
    wrong: list[tuple[float, ...]] = []
    for each in family:
        pairs = each.compared
        found = standings(pairs.features, alone, pairs.sources, pairs.targets) if alone else pairs.features
        for pair, features in found.items():
            (right if pair in each.case.truth else wrong).append(features)
    looked = random.Random(1).sample(wrong, WRONG) if len(wrong) > WRONG else wrong
    share, many = 1 / len(right), len(wrong) / max(1, len(looked)) / len(right)
    return [*((row, True, share) for row in right), *((row, False, many) for row in looked)]
