"""What an operation asks of its bound arguments, to say the type of its result or to refuse a constant."""

from collections.abc import Sequence
from typing import Any

from penstock.mapping.check.problem import LeafError
from penstock.mapping.typed import Arguments, Fixed
from penstock.schema import Type


def type_of(arguments: Arguments, name: str = "value") -> Type:
    """The type of a single argument."""
    value = arguments[name]
    assert not isinstance(value, tuple), f"{name} is one argument"
    return value.type


def constant_of(arguments: Arguments, name: str) -> Any:
    """The value of a constant argument."""
    value = arguments[name]
    assert isinstance(value, Fixed), f"{name} is a constant"
    return value.value


def one_of(arguments: Arguments, name: str, known: Sequence[str]) -> str:
    """The value of a constant argument that has to be one of some words.

    Raises:
        LeafError: it is none of them.
    """
    given = constant_of(arguments, name)
    if given not in known:
        raise LeafError("bad_constant", f"{given!r} is no {name}", f"use one of {', '.join(known)}")
    return str(given)
