"""What tells that two words mean one thing although they are not alike: a seam for a thesaurus or embeddings."""

from typing import Protocol


class Synonyms(Protocol):
    """Knows words that mean one thing."""

    def __call__(self, one: str, other: str) -> bool:
        """Whether two words, in lower case and singular, may stand for each other; their order does not matter."""
        ...


def no_synonyms(one: str, other: str) -> bool:  # noqa: ARG001  # the shape of the protocol
    """False: nothing is known of words but their letters."""
    return False
