"""Names, literals and comments as JSONata writes them."""

import json
import re
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any, Final

from penstock.emitters.jsonata.written import DEFINITIONS, LARGEST
from penstock.errors import UnsupportedOperationError
from penstock.mapping.values import encode

_BUILT_IN: Final = frozenset(
    re.findall(
        r"\w+",
        """abs append assert average base64decode base64encode boolean ceil clone contains count decodeUrl
        decodeUrlComponent distinct each encodeUrl encodeUrlComponent error eval exists filter floor formatBase
        formatInteger formatNumber fromMillis join keys length lookup lowercase map match max merge millis min not now
        number pad parseInteger power random reduce replace reverse round shuffle sift single sort split spread sqrt
        string substring substringAfter substringBefore sum toMillis trim type uppercase zip""",
    )
)


@dataclass(slots=True)
class Names:
    """Every name that means something in an expression, and the functions that it needs."""

    taken: set[str] = field(default_factory=lambda: {*_BUILT_IN, *DEFINITIONS, "v", "found", "element"})
    counts: dict[str, int] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    readers: dict[str, str] = field(default_factory=dict)
    definitions: list[str] = field(default_factory=list)
    has_integers: bool = False

    def fresh(self, wanted: str) -> str:
        """A variable that means nothing yet."""
        plain = re.sub(r"[^A-Za-z0-9_]", "_", wanted) or "v"
        plain = f"v_{plain}" if plain[0].isdigit() else plain
        name = plain
        while name in self.taken:
            self.counts[plain] = number = self.counts.get(plain, 1) + 1
            name = f"{plain}_{number}"
        self.taken.add(name)
        return f"${name}"

    def call(self, function: str, *arguments: str) -> str:
        """A call of one of the functions that come with the expression."""
        self.used.add(function)
        return f"${function}({', '.join(arguments)})"


def literal(value: Any, path: str) -> str:
    """A fixed value.

    Raises:
        UnsupportedOperationError: JSONata has no such values.
    """
    match value:
        case bool() | None | str():
            return json.dumps(value, ensure_ascii=False)
        case int() if abs(value) > LARGEST:
            raise UnsupportedOperationError(str(value), "jsonata", "it has no exact integers beyond 53 bits", path)
        case int() | float():
            return f"({value!r})" if value < 0 else repr(value)
        case Decimal():
            raise UnsupportedOperationError(str(value), "jsonata", "it has no exact decimals", path)
        case list():
            return f"[{', '.join(literal(each, path) for each in value)}]"
        case dict():
            return "{" + ", ".join(f"{json.dumps(k)}: {literal(v, path)}" for k, v in value.items()) + "}"
        case date() | time():
            return literal(encode(value), path)
    raise UnsupportedOperationError(repr(value), "jsonata", "it has no such values", path)


def comment(text: str) -> str:
    """A comment in one line."""
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return f"/* {line.replace('*/', '* /')} */"
