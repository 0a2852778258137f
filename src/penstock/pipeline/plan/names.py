"""Names of tables and columns: snake case, short enough, and unique without regard to case."""

import re
from hashlib import md5
from typing import Final

MAX_LENGTH: Final = 63
"""The longest name that PostgreSQL keeps; the other engines take more."""

_WORD_END: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_OTHER: Final = re.compile(r"[^\w]+")


def snake_case(text: str) -> str:
    """A name in lower case with underscores: `ID Nation` becomes `id_nation`, `stationName` `station_name`.

    Letters of every language are kept; a name without any letter or digit becomes `field`.
    """
    words = _OTHER.sub("_", _WORD_END.sub("_", text)).lower()
    name = re.sub(r"_{2,}", "_", words).rstrip("_") if words.strip("_") else "field"
    return f"_{name}" if name[0].isdigit() else name


class Namer:
    """Gives each thing a name that nothing else has.

    A thing is told apart by `identity`; a name that is taken, or too long, gets a part of the identity's MD5, so
    that it does not depend on what else there is. Names that were given before are kept.
    """

    def __init__(self, taken: tuple[str, ...] = (), known: dict[str, str] | None = None) -> None:
        self._known = known or {}
        self._taken = {each.lower() for each in taken} | {each.lower() for each in self._known.values()}

    def name(self, wanted: str, identity: str) -> str:
        """The name for `identity`: the wanted one where that is free."""
        if identity in self._known:
            return self._known[identity]
        mark = md5(identity.encode(), usedforsecurity=False).hexdigest()
        name = wanted if len(wanted.encode()) <= MAX_LENGTH else _with_mark(wanted, mark[:8])
        length = 4
        while name.lower() in self._taken:
            name, length = _with_mark(wanted, mark[:length]), length + 4
        self._taken.add(name.lower())
        self._known[identity] = name
        return name


def _with_mark(wanted: str, mark: str) -> str:
    room = MAX_LENGTH - len(mark) - 1
    return f"{wanted.encode()[:room].decode(errors='ignore').rstrip('_')}_{mark}"
