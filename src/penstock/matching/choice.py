"""Which pairs are proposed: as many as are worth it, and no more."""

from collections.abc import Mapping, Sequence
from typing import Final

from penstock.matching.assignment import Pair, assign

FLOOR: Final = 0.2
"""A pair that is less likely is never proposed."""

REUSE: Final = 0.6
"""How likely a pair must be whose source is proposed for another target already."""

_CONSIDERED: Final = 0.03


def choose(chances: Mapping[Pair, float], floor: float = FLOOR, reuse: float = REUSE) -> list[Pair]:
    """The pairs that are proposed, in the order of targets; no target stands twice.

    Sources are given out once, so that all chances together are best; of these pairs as many of the likeliest are kept
    as make the expected F1 best. A target that is left may then take a source that others have, at a higher price.

    Args:
        chances: how likely each pair is.
        floor: a less likely pair is never proposed.
        reuse: the price of a source that is taken; above 1, none is used again.
    """
    once = [pair for pair in _worth(chances, assign(_above(chances, _CONSIDERED))) if chances[pair] >= floor]
    taken, used = {target for _, target in once}, {source for source, _ in once}
    again: dict[int, Pair] = {}
    for pair, likely in sorted(chances.items(), key=lambda item: (-item[1], item[0])):
        if likely >= reuse and pair[0] in used and pair[1] not in taken:
            again.setdefault(pair[1], pair)
    return sorted((*once, *again.values()), key=lambda pair: pair[1])


def _above(chances: Mapping[Pair, float], least: float) -> dict[Pair, float]:
    return {pair: likely for pair, likely in chances.items() if likely >= least}


def _worth(chances: Mapping[Pair, float], assigned: Sequence[Pair]) -> list[Pair]:
    """The likeliest pairs, as many as make the expected F1 best."""
    best: dict[int, float] = {}
    for (_, target), likely in chances.items():
        best[target] = max(best.get(target, 0.0), likely)
    expected = sum(best[target] for target in sorted(best))
    ordered = sorted(assigned, key=lambda pair: (-chances[pair], pair))
    right = top = 0.0
    kept = 0
    for count, pair in enumerate(ordered, 1):
        right += chances[pair]
        if 2 * right / (count + expected) >= top:
            top, kept = 2 * right / (count + expected), count
    return ordered[:kept]
