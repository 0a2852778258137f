"""Tells which texts are one of a few words that come again and again: a status, a kind, a code."""

from typing import Final

from penstock.catalog.model import FieldProfile

MIN_TIMES: Final = 5
"""How often a word comes on average, before the words are taken for all there are."""

MIN_TEXTS: Final = 20


def enumeration(profile: FieldProfile) -> list[str] | None:
    """The words of a field, sorted; None when its values are no enumeration, or are not known.

    It is an observation: the next data may bring another word.
    """
    texts, words = profile.types.get("string", 0), [each for each in profile.values.counts if isinstance(each, str)]
    is_plain = set(profile.types) <= {"null", "string"} and profile.texts is None
    is_repeated = texts >= MIN_TEXTS and texts >= MIN_TIMES * len(words) > 0
    return sorted(words) if is_plain and is_repeated else None
