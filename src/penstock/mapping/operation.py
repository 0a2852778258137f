"""What an operation is: its meaning as a function, and its spelling in each language as data.

The function's signature is the operation's, its docstring the manual's text, its body the reference meaning, its
examples run on every target. A body needs only the standard library and what it imports itself, so that it can be
written into code that runs without Penstock; it raises `ValueError` for a value that it cannot handle.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeVar

from penstock.mapping.model import Call
from penstock.schema import List, Timestamp, format_type

if TYPE_CHECKING:
    from penstock.mapping.signature import Signature
    from penstock.mapping.typed import Arguments
    from penstock.schema import Type

T = TypeVar("T")
U = TypeVar("U")
N = TypeVar("N", int, Decimal, float)
"""Numbers; several of them are widened to the widest before the operation sees them."""

Scalar = TypeVar("Scalar", str, int, Decimal, float, bool, date, datetime, time, bytes)
"""Values that hold no others; several of them are of one type, numbers are widened to the widest."""
Ordered = TypeVar("Ordered", str, int, Decimal, float, date, datetime, time)
"""Values of which one is before the other. Texts are in the order of their code points."""
Measure = TypeVar("Measure", int, Decimal, float, date, datetime)
"""Numbers and points in time."""

Constant = Annotated[T, "constant"]
"""A parameter that is fixed when the mapping is written."""
Lazy = Callable[[], T]
"""A parameter that is worked out only when the operation calls it."""
Each = Callable[[T], U]
"""A parameter that is worked out for each element of a list."""
Several = Annotated[list[T], "several"]
"""A list, or several arguments that make one."""

Nulls = Literal["propagate", "skip", "total", "reject"]
"""What null arguments do: make the result null, count as not there, are seen by the operation, reject the row."""

Stops = Literal["true", "false", "not_null"]
"""At which value the arguments of a lazy operation are not worked out any further, from left to right."""


class _Rejected:
    """The result of an example that rejects its row."""

    def __repr__(self) -> str:
        return "REJECTED"


REJECTED: Final = _Rejected()


@dataclass(frozen=True, slots=True)
class Example:
    """Arguments and what comes of them; printed in the manual, and run on every target.

    An argument is a Python value (`None`, text, a `date`, a list…) in the order of the parameters, or an expression for
    a parameter that is worked out for each element, which is called `element` there.
    """

    arguments: tuple[Any, ...]
    result: Any
    note: str = ""
    named: Mapping[str, Any] = field(default_factory=dict)
    """Arguments given by name."""
    types: tuple[str, ...] = ()
    """The arguments' types in words (`decimal(10,2)`), where the values do not say them."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A value, and when it cannot be had."""

    value: str
    """A template."""
    fails: str = ""
    """A template of a condition, asked only where the arguments that propagate are not null: the row is rejected.

    Where it holds, `value` must still be something that the engine can work out, whatever it is.
    """


@dataclass(frozen=True, slots=True)
class Sql:
    """The spelling in SQL dialects. A dialect that is not named has none."""

    value: str
    """In DuckDB."""
    fails: str = ""
    """In DuckDB, see `Spelling`."""
    translated: tuple[str, ...] = ()
    """Dialects into which sqlglot translates the DuckDB spelling rightly, as tests show."""
    spelled: Mapping[str, Spelling | str] = field(default_factory=dict)
    """Dialects with a spelling of their own."""

    def spelling(self, dialect: str) -> tuple[Spelling, str] | None:
        """The spelling for a dialect, and the dialect that it is written in."""
        own = self.spelled.get(dialect)
        if own is not None:
            return (Spelling(own) if isinstance(own, str) else own), dialect
        return (Spelling(self.value, self.fails), "duckdb") if dialect in ("duckdb", *self.translated) else None


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Why an operation has no spelling in a language."""

    reason: str


Text = str | Spelling | Unsupported
"""A spelling in a language other than SQL; a plain text never fails."""

ByType = Mapping[str, Any]
"""Spellings by the name of the first argument's type; `*` for the rest."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the catalogue."""

    name: str
    function: Callable[..., Any]
    examples: tuple[Example, ...]
    sql: Sql | Unsupported | Mapping[str, Sql | Unsupported]
    python: Text | Mapping[str, Text] | None
    """A quicker spelling than a call of the function; None: the function itself is written into the code."""
    jsonata: Text | Mapping[str, Text]
    ballerina: Text | Mapping[str, Text]
    nulls: Nulls
    rejects: str
    """Why a row is rejected, as a sentence about the value: `is not a whole number`."""
    aliases: tuple[str, ...]
    stops: Stops | None
    reached: Mapping[str, str]
    """For lazy parameters: a condition (in SQL that every dialect reads) under which they are worked out."""
    rewrite: Callable[[Call], Any] | None
    """The same as an expression of other operations; where it gives None, the call stands as it is.

    It raises a `ValueError` for arguments that it cannot do anything with."""
    result: "Callable[[Arguments], Type] | None"
    """The type of the result, where the annotation does not say it."""
    inverse: Callable[[Call], Call | None] | None
    """The call that undoes this one, seen from its first argument; None where something is lost."""
    accepts: Mapping[str, Callable[[Any], object]]
    """For constant parameters: looks at the value when the mapping is checked, and raises a `MappingError` or a
    `ValueError` that says what is wrong with it. What is under `*` looks at all of them, by their names."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """The reference meaning."""
        return self.function(*arguments, **named)

    @property
    def signature(self) -> "Signature":
        """The parameters and the result."""
        from penstock.mapping.signature import signature_of

        return signature_of(self.function)

    @property
    def manual(self) -> str:
        """What it does, in a few sentences."""
        return inspect.getdoc(self.function) or ""


def for_type(spelling: Any, type_: "Type | None") -> Any:
    """The spelling for a first argument of a type: under its word (`timestamp(local)`), its name, or `*`.

    That for a list may stand under what it holds: `list(integer)`; `timestamp` is one with a zone only.
    """
    if not isinstance(spelling, Mapping):
        return spelling
    if type_ is not None:
        words = (f"list({type_.element.name})",) if isinstance(type_, List) else ()
        local = isinstance(type_, Timestamp) and not type_.zone
        for each in (*words, format_type(type_), *(() if local else (type_.name,))):
            if each in spelling:
                return spelling[each]
    name = type_.name if type_ else "such values"
    return spelling.get("*", Unsupported(f"it has no spelling for {name}"))


def operation(
    *,
    examples: Sequence[Example],
    sql: Sql | Unsupported | Mapping[str, Sql | Unsupported] | None = None,
    python: Text | Mapping[str, Text] | None = None,
    jsonata: Text | Mapping[str, Text] | None = None,
    ballerina: Text | Mapping[str, Text] | None = None,
    nulls: Nulls = "propagate",
    rejects: str = "",
    aliases: Sequence[str] = (),
    stops: Stops | None = None,
    reached: Mapping[str, str] | None = None,
    rewrite: Callable[[Call], Any] | None = None,
    result: "Callable[[Arguments], Type] | None" = None,
    inverse: Callable[[Call], Call | None] | None = None,
    accepts: Mapping[str, Callable[[Any], object]] | None = None,
) -> Callable[[Callable[..., Any]], Operation]:
    """Declares a function to be an operation, whose name is the function's in upper case."""

    def declare(function: Callable[..., Any]) -> Operation:
        name = function.__name__.rstrip("_").upper()
        none = Unsupported("it has no spelling yet")
        return Operation(
            name,
            function,
            tuple(examples),
            sql or none,
            python,
            jsonata or none,
            ballerina or none,
            nulls,
            rejects,
            tuple(aliases),
            stops,
            reached or {},
            rewrite,
            result,
            inverse,
            accepts or {},
        )

    return declare
