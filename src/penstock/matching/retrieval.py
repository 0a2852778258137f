"""Which pairs are worth a comparison: the likeliest counterparts of each field, by what two fields have in common."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from penstock.matching.facts import Commonness, Facts
from penstock.matching.values import ValueFacts

ALL: Final = 10_000
"""Up to so many pairs, all are compared."""

KEPT: Final = 12
"""How many counterparts of each target are compared; half as many of each source are added."""

_COMMON: Final = 400
"""What more fields than this have in common finds nothing."""

_TEXTS: Final = 6
"""How many words of a description are looked at."""

_VALUES: Final = 20
_START: Final = 3
_LONG: Final = 40

Pair = tuple[int, int]


def retrieve(sources: Sequence[Facts], targets: Sequence[Facts], common: Commonness, kept: int = KEPT) -> list[Pair]:
    """The pairs of source and target that are worth a comparison, by their places, in order."""
    if len(sources) * len(targets) <= ALL:
        return [(one, other) for one in range(len(sources)) for other in range(len(targets))]
    keys = [dict(_keys(each, common)) for each in sources], [dict(_keys(each, common)) for each in targets]
    found = {(one, other) for other, one in _nearest(keys[1], keys[0], kept)}
    return sorted(found | set(_nearest(keys[0], keys[1], max(1, kept // 2))))


def _keys(facts: Facts, common: Commonness) -> Iterator[tuple[str, float]]:
    """What finds a field, and how much it says."""
    for word in facts.bag:
        weight = common.weight(word)
        yield word, weight * (2.0 if word in facts.name else 1.0)
        yield f"^{word[:_START]}", weight * 0.6
    for run in facts.letters:
        yield f"~{run}", 0.3
    yield f"={'.'.join(facts.whole)}", 2.0
    for word in sorted(facts.about, key=lambda word: (-facts.about[word], word))[:_TEXTS]:
        yield f"#{word}", facts.about[word]
    if facts.values is not None:
        yield from _value_keys(facts.values)


def _value_keys(values: ValueFacts) -> Iterator[tuple[str, float]]:
    for value in sorted(values.known)[:_VALUES]:
        yield f"${value[:_LONG]}", 0.4
    yield f"%{max(values.kinds, key=lambda kind: (values.kinds[kind], kind))}", 0.2


def _nearest(asked: Sequence[dict[str, float]], known: Sequence[dict[str, float]], kept: int) -> Iterator[Pair]:
    """For each of one side the places of the other that have most in common with it."""
    index: dict[str, list[int]] = defaultdict(list)
    for at, keys in enumerate(known):
        for key in keys:
            index[key].append(at)
    for at, keys in enumerate(asked):
        scores: dict[int, float] = defaultdict(float)
        for key, weight in keys.items():
            having = index.get(key, ())
            if not having or len(having) > _COMMON:
                continue
            share = weight / (1 + len(having)) ** 0.5
            for other in having:
                scores[other] += share
        for other in sorted(scores, key=lambda other: (-scores[other], other))[:kept]:
            yield at, other
