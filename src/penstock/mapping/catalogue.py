"""The operations there are: those of `penstock.mapping.operations`, and those that other packages register.

A package registers a module of its own by an entry point of the group `penstock.operations`.
"""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import entry_points
from types import ModuleType

from penstock.errors import OperationClashError, UnknownOperationError
from penstock.mapping import operations
from penstock.mapping.operation import Operation

GROUP = "penstock.operations"


@cache
def all_operations() -> Mapping[str, Operation]:
    """Every operation under its name, in the order of the catalogue.

    Raises:
        OperationClashError: two have one name.
    """
    found: dict[str, Operation] = {}
    for module in _modules():
        for each in vars(module).values():
            if isinstance(each, Operation) and found.setdefault(each.name, each) is not each:
                raise OperationClashError(each.name, module.__name__)
    return found


def named(name: str) -> tuple[Operation, ...]:
    """The operations that a name may mean: the one of that name first, then those with such an alias.

    Raises:
        UnknownOperationError: there is none.
    """
    known = all_operations()
    candidates = tuple(each for each in known.values() if name == each.name)
    candidates += tuple(each for each in known.values() if name in each.aliases)
    if not candidates:
        raise UnknownOperationError(name, known)
    return candidates


def _modules() -> Iterator[ModuleType]:
    for each in pkgutil.iter_modules(operations.__path__):
        yield importlib.import_module(f"{operations.__name__}.{each.name}")
    for entry in entry_points(group=GROUP):
        yield entry.load()
