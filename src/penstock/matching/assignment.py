"""The best set of pairs in which no source and no target stands twice: the sum of their gains is the largest."""

import heapq
from collections.abc import Mapping

Pair = tuple[int, int]


def assign(gains: Mapping[Pair, float]) -> list[Pair]:
    """The pairs of source and target with the largest sum of gains, in order; a pair without gain is never taken.

    Each target in turn takes the cheapest path to a source that is free, past others who change theirs (the Hungarian
    method on the pairs that there are); or it stays alone, or another does in its place.

    Args:
        gains: what a pair is worth; only what is above 0 counts.
    """
    rows: dict[int, list[tuple[int, float]]] = {}
    for (source, target), gain in sorted(gains.items()):
        if gain > 0:
            rows.setdefault(target, []).append((source, gain))
    search = _Search(rows)
    for target in rows:
        search.settle(target)
    return sorted((source, target) for target, source in search.taken.items())


class _Search:
    """Targets and what they took; prices make every step of a path cost at least nothing."""

    def __init__(self, rows: Mapping[int, list[tuple[int, float]]]) -> None:
        self.taken: dict[int, int] = {}
        self._owner: dict[int, int] = {}
        self._price: dict[int, float] = {}
        self._rows = rows
        self._worth = {target: max(gain for _, gain in row) for target, row in rows.items()}

    def settle(self, first: int) -> None:
        """Find a source for one more target, or leave the one alone that loses least."""
        distance: dict[int, float] = {}
        reached: dict[int, int] = {}
        done: set[int] = set()
        queue: list[tuple[float, int]] = []
        target, before = first, 0.0
        alone, loser, end = self._worth[first], first, None
        visited = [(first, 0.0)]
        while True:
            self._look(target, before, distance, reached, done, queue)
            while queue and queue[0][1] in done:
                heapq.heappop(queue)
            if not queue or queue[0][0] >= alone:
                break
            before, source = heapq.heappop(queue)
            done.add(source)
            if source not in self._owner:
                end = source
                break
            target = self._owner[source]
            visited.append((target, before))
            if before + self._worth[target] < alone:
                alone, loser = before + self._worth[target], target
        total = before if end is not None else alone
        self._reprice(total, visited, distance, done)
        self._change(first, loser, end, reached)

    def _look(
        self,
        target: int,
        before: float,
        distance: dict[int, float],
        reached: dict[int, int],
        done: set[int],
        queue: list[tuple[float, int]],
    ) -> None:
        worth = self._worth[target]
        for source, gain in self._rows[target]:
            if source in done:
                continue
            cost = before + max(0.0, worth - gain + self._price.get(source, 0.0))
            if cost < distance.get(source, float("inf")):
                distance[source] = cost
                reached[source] = target
                heapq.heappush(queue, (cost, source))

    def _reprice(
        self, total: float, visited: list[tuple[int, float]], distance: Mapping[int, float], done: set[int]
    ) -> None:
        for target, before in visited:
            self._worth[target] -= max(0.0, total - before)
        for source in done:
            self._price[source] = self._price.get(source, 0.0) + max(0.0, total - distance[source])

    def _change(self, first: int, loser: int, end: int | None, reached: Mapping[int, int]) -> None:
        """Hand sources on along the path that was found."""
        source = end
        if source is None and loser in self.taken:
            source = self.taken.pop(loser)
        while source is not None:
            target = reached[source]
            following = self.taken.get(target)
            self.taken[target] = source
            self._owner[source] = target
            source = following if target != first else None
