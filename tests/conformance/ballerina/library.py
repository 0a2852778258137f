"""The lang library, as far as a mapper needs it, from the comments of the library's own modules (section 11)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from tests.conformance.ballerina.values import (
    IllTyped,
    kind,
)


@dataclass(frozen=True)
class Entry:
    """One function of the library."""

    parameters: tuple[str, ...]
    """Basic types; `?` behind one that may be left out, `*` behind one for all that follow, `any` for every value."""
    function: Callable[..., Any]

    def call(self, name: str, arguments: list[Any]) -> Any:
        """The result; an argument of a wrong type is a fault of the program."""
        parameters = list(self.parameters)
        for position, value in enumerate(arguments):
            wanted = parameters[min(position, len(parameters) - 1)] if parameters else ""
            if position >= len(parameters) and not wanted.endswith("*"):
                raise IllTyped(f"{name} takes {len(parameters)} arguments, not {len(arguments)}")
            if wanted.rstrip("?*") not in {"any", kind(value)}:
                raise IllTyped(f"{name} takes {wanted} as argument {position + 1}, not {kind(value)}")
        if len(arguments) < sum(not each.endswith(("?", "*")) for each in parameters):
            raise IllTyped(f"{name} takes more than {len(arguments)} arguments")
        return self.function(*arguments)


LIBRARY: Final[dict[tuple[str, str], Entry]] = {}


def lang(module: str, name: str, parameters: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Adds a function to the library."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        LIBRARY[module, name] = Entry(tuple(parameters.split()), function)
        return function

    return add


def constants(module: str, parameters: str, **functions: Callable[..., Any]) -> None:
    """Adds several functions with the same parameters to the library."""
    for name, function in functions.items():
        lang(module, name, parameters)(function)


MODULES: Final = {
    "string": "string",
    "int": "int",
    "float": "float",
    "decimal": "decimal",
    "boolean": "boolean",
    "list": "array",
    "mapping": "map",
    "error": "error",
    "RegExp": "regexp",
    "Span": "span",
}
"""The module of each basic type; all others have only `value`."""


def call_method(value: Any, name: str, arguments: list[Any]) -> Any:
    """`value.name(arguments)` (section 6, "Method call expression"): of the value's module, else of `value`."""
    module = MODULES.get(kind(value), "value")
    entry = LIBRARY.get((module, name)) or LIBRARY.get(("value", name))
    if entry is None:
        raise IllTyped(f"{kind(value)} has no method {name}")
    return entry.call(f"{module}:{name}", [value, *arguments])
