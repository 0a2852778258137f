"""Logistic regression by Newton's method, in plain Python."""

import math
from collections.abc import Sequence

Row = tuple[float, ...]
Sample = tuple[Row, bool, float]
"""Features, whether they stand for a match, and how much the sample counts."""

ROUNDS = 25
CLOSE = 1e-4


def fit(samples: Sequence[Sample], penalty: float) -> tuple[float, ...]:
    """The weights that make the samples likeliest; the first feature is always 1 and is not held back.

    Args:
        samples: at least one.
        penalty: how much large weights are held back.
    """
    total, size = math.fsum(weight for *_, weight in samples), len(samples[0][0])
    held = [1e-9, *[penalty] * (size - 1)]
    found = [0.0] * size
    for _ in range(ROUNDS):
        slope = [held[at] * found[at] for at in range(size)]
        bend = [[held[at] if at == other else 0.0 for other in range(size)] for at in range(size)]
        for row, is_match, weight in samples:
            add(row, is_match, weight / total, found, slope, bend)
        step = solve(bend, slope)
        found = [value - change for value, change in zip(found, step, strict=True)]
        if max(map(abs, step)) < CLOSE:
            break
    return tuple(found)


def add(
    row: Row, is_match: bool, weight: float, found: Sequence[float], slope: list[float], bend: list[list[float]]
) -> None:
    """Add what one sample says of slope and bend (the lower half alone)."""
    used = [(at, value) for at, value in enumerate(row) if value]
    score = max(-30.0, min(30.0, sum(found[at] * value for at, value in used)))
    likely = 1 / (1 + math.exp(-score))
    error, curve = weight * (likely - is_match), weight * likely * (1 - likely)
    for place, (at, value) in enumerate(used):
        slope[at] += error * value
        line, part = bend[at], curve * value
        for other, there in used[: place + 1]:
            line[other] += part * there


def solve(lower: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """The solution of symmetric equations, by Cholesky's method."""
    size = len(right)
    root = [[0.0] * size for _ in range(size)]
    for at in range(size):
        for other in range(at + 1):
            rest = lower[at][other] - math.fsum(root[at][k] * root[other][k] for k in range(other))
            root[at][other] = math.sqrt(rest) if at == other else rest / root[other][other]
    forward: list[float] = []
    for at in range(size):
        forward.append((right[at] - math.fsum(root[at][k] * forward[k] for k in range(at))) / root[at][at])
    found = [0.0] * size
    for at in reversed(range(size)):
        found[at] = (forward[at] - math.fsum(root[k][at] * found[k] for k in range(at + 1, size))) / root[at][at]
    return found
