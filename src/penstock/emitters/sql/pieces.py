"""Pieces of SQL, and what is known of an expression once it is written."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from penstock.schema import Path

NAME, ATOM, OPEN = 0, 1, 2
"""A name or literal, which may be repeated; what needs no parentheses; what needs them inside something else."""


@dataclass(frozen=True, slots=True)
class Piece:
    """SQL text of one value."""

    text: str
    layer: int = 0
    """The first layer of the statement whose columns are all that it reads."""
    rank: int = ATOM

    @property
    def closed(self) -> str:
        """The text, in parentheses where it would fall apart inside something else."""
        return f"({self.text})" if self.rank == OPEN else self.text


@dataclass(frozen=True, slots=True)
class Reason:
    """When a value cannot be made, and the sentence that says why."""

    condition: Piece
    text: Piece
    possible: tuple[str, ...]
    """All that the text may be."""


@dataclass(frozen=True, slots=True)
class FieldReject:
    """A target field that may reject its row; the first of the reasons counts."""

    path: Path
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """An expression as SQL."""

    value: Piece
    reasons: tuple[Reason, ...] = ()
    """Why it cannot be made, in the order in which it is worked out; the first that holds counts."""
    rejects: tuple[FieldReject, ...] = ()
    """The target fields within it that may reject the row."""


TRUE: Final = Piece("TRUE", rank=NAME)


def sql(template: str, *pieces: Piece, rank: int = ATOM) -> Piece:
    """A template of `str.format` filled with pieces."""
    layer = max((each.layer for each in pieces), default=0)
    return Piece(template.format(*(each.closed for each in pieces)), layer, rank)


def bare(template: str, *pieces: Piece, rank: int = ATOM) -> Piece:
    """The same, for places where commas or keywords stand around the pieces."""
    layer = max((each.layer for each in pieces), default=0)
    return Piece(template.format(*(each.text for each in pieces)), layer, rank)


def join(pieces: Iterable[Piece], between: str = ", ", *, closed: bool = False) -> Piece:
    """Several pieces in a row."""
    listed = list(pieces)
    if len(listed) == 1:
        return listed[0]
    texts = (each.closed if closed else each.text for each in listed)
    return Piece(between.join(texts), max((each.layer for each in listed), default=0), OPEN)


def all_of(conditions: Iterable[Piece]) -> Piece:
    """Whether all conditions hold."""
    listed = [each for each in dict.fromkeys(conditions) if each != TRUE]
    return join(listed, " AND ", closed=True) if listed else TRUE


def any_of(conditions: Iterable[Piece]) -> Piece:
    """Whether any condition holds."""
    return join(dict.fromkeys(conditions), " OR ", closed=True)


def is_null(piece: Piece) -> Piece:
    """Whether a value is null."""
    return sql("{} IS NULL", piece, rank=OPEN)


def is_not_null(piece: Piece) -> Piece:
    """Whether a value is not null."""
    return sql("{} IS NOT NULL", piece, rank=OPEN)


def case(branches: Iterable[tuple[Piece, Piece]], otherwise: Piece | None = None) -> Piece:
    """The value of the first condition that holds."""
    listed = list(branches)
    texts = [f"WHEN {condition.text} THEN {value.text}" for condition, value in listed]
    layer = max(each.layer for branch in listed for each in branch)
    if otherwise is not None:
        texts.append(f"ELSE {otherwise.text}")
        layer = max(layer, otherwise.layer)
    return Piece(f"CASE {' '.join(texts)} END", layer, ATOM)


def guarded(reasons: Iterable[Reason], guards: Iterable[Piece]) -> tuple[Reason, ...]:
    """Reasons that count only where all guards hold."""
    listed = tuple(guards)
    if not listed:
        return tuple(reasons)
    return tuple(replace(each, condition=all_of((*listed, each.condition))) for each in reasons)


def guarded_fields(rejects: Iterable[FieldReject], guards: Iterable[Piece]) -> tuple[FieldReject, ...]:
    """Fields that reject only where all guards hold."""
    listed = tuple(guards)
    return tuple(FieldReject(each.path, guarded(each.reasons, listed)) for each in rejects)


def reason_text(reasons: Iterable[Reason]) -> Piece:
    """The sentence of the first reason that holds, or null."""
    return case((each.condition, each.text) for each in reasons)
