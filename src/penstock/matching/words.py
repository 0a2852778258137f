"""How likely two words mean one thing, by their letters alone."""

from penstock.matching.names import abbreviates, distance

_SHORT = 3
"""Words up to this length are not compared letter by letter."""
_ROOT = 4
"""The fewest letters of a common beginning that count."""


def alike(one: str, other: str) -> float:
    """How likely two words mean one thing, from 0 to 1: equal, a short form, a slip of the pen, one root."""
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=lambda word: (len(word), word))
    if short.isdigit() or long.isdigit():
        return 0.0
    return max(abbreviates(short, long) * 0.9, _spelled(short, long) if len(short) > _SHORT else 0.0)


def _spelled(short: str, long: str) -> float:
    start = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    root = 0.85 * start / len(long) if start >= _ROOT and start >= 0.7 * len(short) else 0.0
    if len(long) - len(short) > len(long) // 4:
        return root
    apart = distance(short, long)
    return max(root, 1 - 1.5 * apart / len(long) if apart <= len(long) // 4 else 0.0)
