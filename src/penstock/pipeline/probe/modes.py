"""Proposes the writing mode, and tells a window that rolls from a whole list."""

import re
from typing import Final, Literal
from urllib.parse import urlsplit

from penstock.pipeline.probe.choice import Choice

Mode = Literal["append", "merge", "snapshot"]

_WINDOW: Final = re.compile(
    r"(?:^|[_/.-])(?:past|last|recent|latest|rolling|hourly|daily|weekly)(?:[_/.-]|$)"
    r"|(?:all|significant)_(?:hour|day|week|month)",
    re.IGNORECASE,
)


def propose_mode(url: str, key: tuple[str, ...]) -> Choice[Mode]:
    """Merge with a key, else append; never a snapshot: that a list is whole cannot be seen in one answer."""
    if not key:
        return Choice("append", ("Nothing identifies a record, so every record is kept.",))
    evidence = ["The newest record of each key is kept."]
    if window := _WINDOW.search(urlsplit(url).path):
        name = window[0].strip("_/.-")
        evidence.append(f"{name!r} in the URL speaks of a window that moves on: what leaves it was not deleted.")
    return Choice("merge", tuple(evidence), (Choice("snapshot", ("If every answer is the whole list.",)),))
