"""How much each sign of a match counts: learned from development cases, and kept in a small text file."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from penstock.matching.competition import RIVAL_NAMES
from penstock.matching.similarity import NAMES

FILE: Final = "weights.txt"
_ALONE: Final = "[alone]"
_RIVALS: Final = "[among rivals]"


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of both steps."""

    alone: tuple[float, ...]
    """Of the features of one pair, as `similarity.NAMES`."""
    rivals: tuple[float, ...]
    """Of its standing among its rivals, as `competition.RIVAL_NAMES`."""


@cache
def learned() -> Weights:
    """The weights that ship with the package."""
    return parse_weights(files("penstock.matching").joinpath(FILE).read_text(encoding="utf-8"))


def parse_weights(text: str) -> Weights:
    """The weights in a text.

    Raises:
        ValueError: the names in it are not those that are computed.
    """
    parts: dict[str, dict[str, float]] = {}
    part = ""
    for line in text.splitlines():
        if line.startswith("["):
            part = line.strip()
            parts[part] = {}
        elif line.strip() and not line.startswith("#"):
            number, name = line.split(maxsplit=1)
            parts[part][name.strip()] = float(number)
    return Weights(_in_order(parts.get(_ALONE, {}), NAMES), _in_order(parts.get(_RIVALS, {}), RIVAL_NAMES))


def _in_order(found: dict[str, float], names: Sequence[str]) -> tuple[float, ...]:
    if set(found) != set(names):
        raise ValueError(f"the weights are for other features: {sorted(set(found) ^ set(names))}")
    return tuple(found[name] for name in names)


def format_weights(weights: Weights) -> str:
    """The text of some weights."""
    lines = ["# Learned by `python -m benchmarks.matching --train`; see docs/matching.md."]
    for title, values, names in ((_ALONE, weights.alone, NAMES), (_RIVALS, weights.rivals, RIVAL_NAMES)):
        lines += ["", title, *(f"{value:+.4f}  {name}" for value, name in zip(values, names, strict=True))]
    return "\n".join(lines) + "\n"
