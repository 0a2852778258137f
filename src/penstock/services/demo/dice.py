"""Invented values that are the same on every machine and for every version of Python."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


def number(below: int, *about: object) -> int:
    """A whole number from 0 up to `below`, always the same for the same `about`."""
    text = "\x1f".join(str(each) for each in about)
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big") % below


def choice(options: Sequence[T], *about: object) -> T:
    """One of the options, always the same for the same `about`."""
    return options[number(len(options), *about)]


def chance(percent: int, *about: object) -> bool:
    """True for about `percent` in a hundred different `about`."""
    return number(100, *about) < percent
