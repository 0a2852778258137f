"""Words that were written together (`replicationcontroller`), told apart by the other words of both schemas."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

_SHORTEST: Final = 5
"""A word with fewer letters is one word."""
_PIECE: Final = 3
_START: Final = 4
"""The fewest letters of a piece that is only the start of a known word."""
_OFTEN: Final = 2
"""A piece of two letters must be a word of its own at least so often."""


@dataclass(frozen=True)
class Segments:
    """The words of two schemas, and how words that were written together fall apart into them."""

    names: Counter[str]
    """How many fields have a word in their path."""
    texts: frozenset[str]
    """The words of descriptions."""
    starts: frozenset[str]
    """The first letters of all words."""
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def split(self, word: str) -> tuple[str, ...]:
        """The words in a word; the word alone where they are not told apart."""
        found = self.known.get(word)
        if found is None:
            found = self.known[word] = self._split(word)
        return found

    def _split(self, word: str) -> tuple[str, ...]:
        if len(word) < _SHORTEST or not word.isascii() or not word.isalpha():
            return (word,)
        return self._whole(word, 2) or self._with_start(word) or (word,)

    def _whole(self, word: str, cuts: int) -> tuple[str, ...]:
        """The fewest known words that make up a word."""
        for at in range(len(word) - 2, 1, -1):
            head, tail = word[:at], word[at:]
            if not self._is_word(head):
                continue
            if self._is_word(tail):
                return (head, tail)
            rest = self._whole(tail, cuts - 1) if cuts > 1 else ()
            if rest:
                return (head, *rest)
        return ()

    def _with_start(self, word: str) -> tuple[str, ...]:
        """A known word behind the first letters of another: `dischtime` where a text says `discharge`."""
        for at in range(_START, len(word) - _PIECE):
            head, tail = word[:at], word[at:]
            if self.names[tail] and head in self.starts:
                return (head, tail)
        return ()

    def _is_word(self, piece: str) -> bool:
        if len(piece) < _PIECE:
            return self.names[piece] >= _OFTEN
        return self.names[piece] > 0 or (len(piece) >= _START and piece in self.texts)


def segments(names: Iterable[Iterable[str]], texts: Iterable[Iterable[str]]) -> Segments:
    """What is needed to tell words apart.

    Args:
        names: the words of each field's path.
        texts: the words of each field's description.
    """
    counted: Counter[str] = Counter()
    for each in names:
        counted.update(set(each))
    told = frozenset(word for text in texts for word in text)
    starts = frozenset(word[:at] for word in (*counted, *told) for at in range(_START, len(word)))
    return Segments(counted, told, starts)
