"""Tells whether engines that take the longest match find the same as those that take the first in a pattern's order."""

from dataclasses import dataclass, field
from itertools import pairwise

from penstock.mapping.patterns.model import Anchor, Choice, Group, OneOf, Pattern, Range, Repeat, Sequence


def is_deterministic(pattern: Pattern) -> bool:
    """Whether the next character alone says how a pattern goes on, or it is a plain sequence of the whole text.

    With nothing to choose but how far to go, going as far as possible is the longest match, too.
    """
    if _any_lazy(pattern):
        return False
    if _is_whole_and_plain(pattern):
        return True
    walk = _Walk()
    first, _, _ = walk.ends(pattern)
    return all(walk.are_apart(each) for each in (first, *walk.follow.values()))


def _any_lazy(pattern: Pattern) -> bool:
    match pattern:
        case Repeat(inner=inner, lazy=lazy):
            return lazy or _any_lazy(inner)
        case Group(inner=inner):
            return _any_lazy(inner)
        case Sequence(items=parts) | Choice(options=parts):
            return any(map(_any_lazy, parts))
    return False


def _is_whole_and_plain(pattern: Pattern) -> bool:
    items = pattern.items if isinstance(pattern, Sequence) else (pattern,)
    return items[-1:] == (Anchor("$"),) and all(map(_is_plain, items))


def _is_plain(pattern: Pattern) -> bool:
    """One character, several of them, or a group of such."""
    match pattern:
        case Repeat(inner=inner):
            return isinstance(inner, OneOf)
        case Group(inner=inner):
            return all(map(_is_plain, inner.items if isinstance(inner, Sequence) else (inner,)))
    return isinstance(pattern, OneOf | Anchor)


@dataclass(slots=True)
class _Walk:
    """The places of a pattern, and which may come after which."""

    places: list[tuple[Range, ...]] = field(default_factory=list)
    follow: dict[int, set[int]] = field(default_factory=dict)

    def ends(self, pattern: Pattern) -> tuple[set[int], set[int], bool]:
        """The places where a pattern may begin, those where it may end, and whether it may be empty."""
        match pattern:
            case OneOf(ranges=ranges):
                self.places.append(ranges)
                place = len(self.places) - 1
                self.follow[place] = set()
                return {place}, {place}, False
            case Group(inner=inner):
                return self.ends(inner)
            case Repeat():
                first, last, empty = self.ends(pattern.inner)
                if pattern.most != 1:
                    self._link(last, first)
                return first, last, empty or pattern.least == 0
            case Sequence(items=items):
                return self._sequence(items)
            case Choice(options=options):
                every = [self.ends(each) for each in options]
                first = {place for each in every for place in each[0]}
                last = {place for each in every for place in each[1]}
                return first, last, any(each[2] for each in every)
        return set(), set(), True

    def _sequence(self, items: tuple[Pattern, ...]) -> tuple[set[int], set[int], bool]:
        first: set[int] = set()
        last: set[int] = set()
        empty = True
        for each in items:
            begin, end, may_be_empty = self.ends(each)
            self._link(last, begin)
            first |= begin if empty else set()
            last = end | (last if may_be_empty else set())
            empty = empty and may_be_empty
        return first, last, empty

    def _link(self, before: set[int], after: set[int]) -> None:
        for each in before:
            self.follow[each] |= after

    def are_apart(self, places: set[int]) -> bool:
        """Whether no character fits two of some places."""
        ranges = sorted(each for place in places for each in self.places[place])
        return all(one[1] < other[0] for one, other in pairwise(ranges))
