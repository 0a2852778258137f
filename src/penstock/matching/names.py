"""What a field's name says: its words, whatever the case style, in one form."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_WORDS: Final = re.compile(
    r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+"
    r"|[\u3040-\u30ff\u3400-\u9fff]|[^\W\d_A-Za-z\u3040-\u30ff\u3400-\u9fff]+"
)

_KEPT: Final = 1 << 16
"""How many answers of each function are remembered."""

_PLURALS: Final = (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("s", ""))
_NO_PLURALS: Final = ("ss", "us", "is", "ness")
_SHORTEST_PLURAL: Final = 4
_LETTERS: Final = 2
"""The fewest letters of a short form, which say little yet."""


@lru_cache(maxsize=_KEPT)
def words(text: str) -> tuple[str, ...]:
    """The words of a name or text: `customerIDs`, `customer_ids` and `Customer IDs` are `customer`, `ids`.

    In Chinese and Japanese each character is one.
    """
    plain = unicodedata.normalize("NFKD", text.replace("IDs", "Ids"))
    marked = "".join(each for each in plain if not unicodedata.combining(each))
    return tuple(each.lower() for each in _WORDS.findall(marked))


@lru_cache(maxsize=_KEPT)
def singular(word: str) -> str:
    """A word without the ending of its plural, as far as English has a rule."""
    if len(word) < _SHORTEST_PLURAL or word.endswith(_NO_PLURALS):
        return word
    for ending, instead in _PLURALS:
        if word.endswith(ending):
            return word[: -len(ending)] + instead
    return word


@lru_cache(maxsize=_KEPT)
def trigrams(text: str) -> frozenset[str]:
    """The runs of three characters of a text, with its ends marked."""
    padded = f"  {text} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


@lru_cache(maxsize=_KEPT)
def abbreviates(short: str, long: str) -> float:
    """How likely one word is a short form of another, from 0 to 1: its first letters, or its letters in order."""
    if len(short) < _LETTERS or len(short) >= len(long) or short[0] != long[0]:
        return 0.0
    if long.startswith(short):
        return 0.9 if len(short) > _LETTERS else 0.6
    rest = iter(long)
    if not all(letter in rest for letter in short):
        return 0.0
    consonants = re.sub("(?<!^)[aeiou]", "", long)
    if short == consonants or (len(short) > _LETTERS and consonants.startswith(short)):
        return 0.85
    return 0.6 if not set(short[1:]) & set("aeiou") or short[-1] == long[-1] else 0.3


@lru_cache(maxsize=_KEPT)
def distance(one: str, other: str) -> int:
    """How many letters must be put in, left out, changed or swapped with the next to make one word the other."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, there in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (letter != there))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == there:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
