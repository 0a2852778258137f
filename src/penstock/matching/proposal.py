"""Proposes which source field means which target field, with confidence, evidence and honest gaps."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from penstock.matching.choice import FLOOR, REUSE, choose
from penstock.matching.fields import Shape
from penstock.matching.pairs import Compared, compare
from penstock.matching.retrieval import Pair
from penstock.matching.similarity import NAMES, Features
from penstock.matching.synonyms import Synonyms, no_synonyms
from penstock.matching.weights import Weights, learned
from penstock.schema import Path

_EVIDENCE: Final = (
    ("name", "name", 0.5),
    ("path", "whole path", 0.75),
    ("description", "description", 0.3),
    ("description", "name in the other's description", 0.8),
    ("type", "types", 1.0),
    ("values", "values shared", 0.3),
    ("values", "values alike in all", 0.4),
)
"""What is said, which feature says it, and from where on."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source field that may mean a target field."""

    source: int
    """Which source, from 0."""
    path: Path
    confidence: float
    """How likely it does, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Match:
    """A source field that is proposed for a target field."""

    source: int
    """Which source, from 0."""
    path: Path
    target: Path
    confidence: float
    evidence: tuple[str, ...]
    """What speaks for it: `name`, `path`, `type`, `description`, `values`."""


@dataclass(frozen=True, slots=True)
class Matches:
    """What is proposed for a target, and what is left."""

    matches: tuple[Match, ...]
    """In the order of the target's fields; each of these at most once."""
    candidates: Mapping[Path, tuple[Candidate, ...]]
    """For every target field the likeliest sources, best first."""
    unmatched_sources: tuple[tuple[int, Path], ...]
    """Fields of a source (its number first) that are proposed for nothing."""
    unmatched_targets: tuple[Path, ...]


def match(
    sources: Sequence[Shape],
    target: Shape,
    top: int = 3,
    *,
    floor: float = FLOOR,
    reuse: float = REUSE,
    synonyms: Synonyms = no_synonyms,
    weights: Weights | None = None,
) -> Matches:
    """Which source field means which target field.

    Args:
        sources: one or more shapes; the order matters for nothing but their numbers.
        target: the shape that is wanted.
        top: how many candidates are kept for each target field.
        floor: a match that is less likely is not proposed.
        reuse: how likely a match must be whose source is proposed for another target too; above 1: never.
        synonyms: what tells that two words mean one thing.
        weights: how much each sign counts; None: what was learned.
    """
    compared = compare(sources, target, synonyms)
    chances = compared.chances(weights or learned())
    chosen = choose(chances, floor, reuse)
    owners = [number for number, source in enumerate(sources) for _ in source.fields]
    used, filled = {one for one, _ in chosen}, {other for _, other in chosen}
    return Matches(
        tuple(_match(compared, pair, chances[pair], owners) for pair in chosen),
        _candidates(compared, chances, owners, top),
        tuple((owners[at], each.field.path) for at, each in enumerate(compared.sources) if at not in used),
        tuple(each.field.path for at, each in enumerate(compared.targets) if at not in filled),
    )


def _match(compared: Compared, pair: Pair, confidence: float, owners: Sequence[int]) -> Match:
    one, other = pair
    path, target = compared.sources[one].field.path, compared.targets[other].field.path
    return Match(owners[one], path, target, confidence, _evidence(compared.features[pair]))


def _evidence(features: Features) -> tuple[str, ...]:
    said = dict(zip(NAMES, features, strict=True))
    return tuple(dict.fromkeys(word for word, name, least in _EVIDENCE if said[name] >= least))


def _candidates(
    compared: Compared, chances: Mapping[Pair, float], owners: Sequence[int], top: int
) -> dict[Path, tuple[Candidate, ...]]:
    by_target: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (one, other), likely in chances.items():
        by_target[other].append((-likely, one))
    return {
        each.field.path: tuple(
            Candidate(owners[one], compared.sources[one].field.path, -likely)
            for likely, one in sorted(by_target[at])[:top]
        )
        for at, each in enumerate(compared.targets)
    }
