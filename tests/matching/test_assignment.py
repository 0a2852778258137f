"""Pairs are given out so that their sum is the largest; what is not worth it is left."""

import random
from itertools import permutations

import pytest

from penstock.matching.assignment import Pair, assign
from penstock.matching.choice import choose


def best_sum(gains: dict[Pair, float], sources: int, targets: int) -> float:
    """By trying everything."""
    places = [*range(targets), *[-1] * sources]
    return max(
        sum(max(0.0, gains.get((source, target), 0.0)) for source, target in enumerate(order[:sources]))
        for order in set(permutations(places, sources))
    )


@pytest.mark.parametrize("seed", range(60))
def test_nothing_is_better(seed: int) -> None:
    chance = random.Random(seed)
    sources, targets = chance.randint(1, 5), chance.randint(1, 5)
    gains = {
        (one, other): chance.choice([chance.random(), 0.5, -0.2])
        for one in range(sources)
        for other in range(targets)
        if chance.random() < 0.7
    }
    found = assign(gains)
    assert len({one for one, _ in found}) == len({other for _, other in found}) == len(found)
    assert sum(gains[pair] for pair in found) == pytest.approx(best_sum(gains, sources, targets))


def test_a_pair_without_gain_is_never_taken() -> None:
    assert assign({(0, 0): 0.0, (1, 1): -1.0}) == []
    assert assign({}) == []


def test_a_target_gives_way_when_all_gain() -> None:
    assert assign({(0, 0): 0.9, (1, 0): 0.8, (0, 1): 0.7}) == [(0, 1), (1, 0)]


def test_what_is_unlikely_is_not_chosen() -> None:
    assert choose({(0, 0): 0.95, (1, 1): 0.19}) == [(0, 0)]
    assert choose({(0, 0): 0.95, (1, 1): 0.3}, floor=0.4) == [(0, 0)]


@pytest.mark.parametrize(("price", "expected"), [(0.6, [(0, 0), (0, 1)]), (0.8, [(0, 0)]), (2.0, [(0, 0)])])
def test_a_source_is_used_again_at_a_price(price: float, expected: list[Pair]) -> None:
    assert choose({(0, 0): 0.95, (0, 1): 0.7}, reuse=price) == expected


def test_no_target_has_two() -> None:
    assert choose({(0, 0): 0.95, (1, 0): 0.9}, reuse=0.1) == [(0, 0)]
