"""How a pair stands among its rivals: the pairs with the same source or the same target, and those beside it."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from penstock.matching.facts import Facts
from penstock.matching.similarity import NAMES, Features

RIVAL_NAMES: Final = (
    "bias",
    "score",
    "gap for the source",
    "gap for the target",
    "smaller gap",
    "best of both",
    "best of the target",
    "best of the source",
    "share of the source",
    "share of the target",
    "product of shares",
    "name is the same",
    "description",
    "both described",
    "neighbours match",
    "number of neighbours",
)
"""What `standings` gives for each pair, in its order."""

_KEPT: Final = tuple(NAMES.index(each) for each in ("name is the same", "description", "both described"))
_LIMIT: Final = 8.0
_WIDEST: Final = 6.0
_NOBODY: Final = 0.05
"""The weight of no counterpart at all among the rivals."""
_MANY: Final = 3

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Rivals:
    """The scores of all pairs with one source or target."""

    best: float = -math.inf
    second: float = -_LIMIT
    total: float = 0.0

    def gap(self, score: float) -> float:
        """How far a score is in front of the others, or behind the best."""
        apart = score - (self.second if score >= self.best else self.best)
        return max(-_WIDEST, min(_WIDEST, apart))

    def share(self, score: float) -> float:
        """A score's part of all."""
        return math.exp(score) / (self.total + _NOBODY)


def _rivals(scores: Sequence[float]) -> _Rivals:
    ordered = sorted(scores, reverse=True)
    second = ordered[1] if len(ordered) > 1 else -_LIMIT
    return _Rivals(ordered[0], second, math.fsum(map(math.exp, ordered)))


def standings(
    pairs: Mapping[Pair, Features], weights: Sequence[float], sources: Sequence[Facts], targets: Sequence[Facts]
) -> dict[Pair, Features]:
    """For each pair the numbers that tell how it stands among its rivals, in the order of `RIVAL_NAMES`.

    Args:
        pairs: how alike the two are in every respect.
        weights: how much each respect counts.
        sources: the fields of one side.
        targets: the fields of the other.
    """
    scores = {pair: _score(features, weights) for pair, features in pairs.items()}
    rows, columns = _by_side(scores, 0), _by_side(scores, 1)
    beside = _Beside(scores, rows, columns, sources, targets)
    found = {}
    for pair, score in scores.items():
        row, column = rows[pair[0]], columns[pair[1]]
        mine, theirs = row.gap(score), column.gap(score)
        shares = row.share(score), column.share(score)
        found[pair] = (
            1.0,
            score,
            mine,
            theirs,
            min(mine, theirs),
            float(mine > 0 and theirs > 0),
            float(theirs > 0),
            float(mine > 0),
            *shares,
            shares[0] * shares[1],
            *(pairs[pair][at] for at in _KEPT),
            *beside.features(pair),
        )
    return found


def chance(features: Features, weights: Sequence[float]) -> float:
    """The probability that some features stand for a match."""
    return _probability(sum(map(_times, features, weights)))


def _times(one: float, other: float) -> float:
    return one * other


def _probability(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def _score(features: Features, weights: Sequence[float]) -> float:
    return max(-_LIMIT, min(_LIMIT, sum(map(_times, features, weights))))


def _by_side(scores: Mapping[Pair, float], side: int) -> dict[int, _Rivals]:
    grouped: dict[int, list[float]] = defaultdict(list)
    for pair, score in scores.items():
        grouped[pair[side]].append(score)
    return {at: _rivals(each) for at, each in grouped.items()}


class _Beside:
    """How well the fields beside two fields match each other."""

    def __init__(
        self,
        scores: Mapping[Pair, float],
        rows: Mapping[int, _Rivals],
        columns: Mapping[int, _Rivals],
        sources: Sequence[Facts],
        targets: Sequence[Facts],
    ) -> None:
        self._parents = [_parents(sources), _parents(targets)]
        self._sizes = [_sizes(each) for each in self._parents]
        self._sure = {
            (one, other): _probability(score)
            for (one, other), score in scores.items()
            if rows[one].gap(score) > 0 and columns[other].gap(score) > 0
        }
        sums: dict[Pair, list[float]] = defaultdict(list)
        for (one, other), probability in self._sure.items():
            sums[self._parents[0][one], self._parents[1][other]].append(probability)
        self._sums = {pair: math.fsum(each) for pair, each in sums.items()}

    def features(self, pair: Pair) -> tuple[float, float]:
        parents = self._parents[0][pair[0]], self._parents[1][pair[1]]
        others = max(0.0, self._sums.get(parents, 0.0) - self._sure.get(pair, 0.0))
        room = min(self._sizes[0][parents[0]], self._sizes[1][parents[1]]) - 1
        return (others / room if room > 0 else 0.0), min(others, _MANY) / _MANY


def _parents(fields: Sequence[Facts]) -> list[int]:
    """The number of each field's parent."""
    known: dict[object, int] = {}
    return [known.setdefault(each.field.path.parent, len(known)) for each in fields]


def _sizes(parents: Sequence[int]) -> dict[int, int]:
    counted: dict[int, int] = defaultdict(int)
    for parent in parents:
        counted[parent] += 1
    return counted
