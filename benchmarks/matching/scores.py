"""Scores what the matcher finds against what is true."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from benchmarks.matching.training import Looked
from penstock.matching.choice import choose
from penstock.matching.retrieval import Pair
from penstock.matching.weights import Weights

NEVER = 2.0
BINS = 10


@dataclass(frozen=True)
class Score:
    """Means over the cases of a family."""

    precision: float
    recall: float
    f1: float
    """One to one."""
    several: float
    """F1 where a source may be used again."""
    mrr: float
    first: float
    """How often the best candidate is right."""
    fifth: float
    """How often one of the five best is."""


Sure = tuple[float, bool]
"""The confidence of the best candidate for a target, and whether it is right."""


def score(looked: Sequence[Looked], weights: Weights) -> tuple[Score, list[Sure]]:
    """The scores of some cases, and how sure the best candidates were."""
    rows, sure = [], []
    for each in looked:
        chances = each.compared.chances(weights)
        once, again = (set(choose(chances, reuse=reuse)) for reuse in (NEVER, 0.6))
        precision, recall, f1 = agreement(once, each.case.truth)
        ranks = ranking(chances, each.case.truth)
        known = [fmean(1 / rank for rank in ranks), *(fmean(rank <= at for rank in ranks) for at in (1, 5))]
        rows.append((precision, recall, f1, agreement(again, each.case.truth)[2], *known))
        sure += best(chances, each.case.truth)
    return Score(*(fmean(column) for column in zip(*rows, strict=True))), sure


def agreement(found: set[Pair], truth: frozenset[Pair]) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    right = len(found & truth)
    precision, recall = right / len(found) if found else 0.0, right / len(truth)
    return precision, recall, 2 * right / (len(found) + len(truth))


def ranking(chances: Mapping[Pair, float], truth: frozenset[Pair]) -> list[float]:
    """For each target that has a match, the rank of the first right source; endless where there is none."""
    ranks = []
    for target in sorted({target for _, target in truth}):
        ordered = sorted((-likely, source) for (source, other), likely in chances.items() if other == target)
        places = (place for place, (_, source) in enumerate(ordered, 1) if (source, target) in truth)
        ranks.append(float(next(places, float("inf"))))
    return ranks


def best(chances: Mapping[Pair, float], truth: frozenset[Pair]) -> list[Sure]:
    """The best candidate for each target."""
    found: dict[int, tuple[float, Pair]] = {}
    for pair, likely in sorted(chances.items()):
        if pair[1] not in found or likely > found[pair[1]][0]:
            found[pair[1]] = likely, pair
    return [(likely, pair in truth) for likely, pair in found.values()]


def reliability(sure: Sequence[Sure]) -> list[tuple[int, float, float]]:
    """For each tenth of confidence: how many, their mean confidence, and the share that is right."""
    bins: list[list[Sure]] = [[] for _ in range(BINS)]
    for likely, is_right in sure:
        bins[min(BINS - 1, int(likely * BINS))].append((likely, is_right))
    return [(len(each), fmean(one for one, _ in each), fmean(two for _, two in each)) for each in bins if each]


def calibration_error(sure: Sequence[Sure]) -> float:
    """The mean distance between confidence and truth over the tenths, by their sizes."""
    return sum(count * abs(said - right) for count, said, right in reliability(sure)) / len(sure)
