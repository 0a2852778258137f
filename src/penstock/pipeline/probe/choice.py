"""A proposal with its reasons."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Choice(Generic[T]):
    """What is proposed, the sentences that speak for it, and what else is possible."""

    value: T
    evidence: tuple[str, ...] = ()
    alternatives: "tuple[Choice[T], ...]" = field(default=())
