"""Mappings as a Python module that needs only the standard library."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from penstock.emitters import Emission, Options
from penstock.emitters.python import written
from penstock.emitters.python.calls import names_of_templates
from penstock.emitters.python.copying import Copies
from penstock.emitters.python.records import record_lines
from penstock.emitters.python.scope import Scope, Variable, every, identifier
from penstock.emitters.python.values import reader_of
from penstock.mapping import typed
from penstock.mapping.typed import TypedMapping
from penstock.schema import Decimal, Type

_INTERFACE = ("map_record", "map_records", "rejects", "made", "records", "on_reject", "record", "problem")


class PythonEmitter:
    """Writes a module with `map_record`, which gives a record or raises `RejectedRecord`, and `map_records`."""

    target = "python"

    def emit(self, mapping: TypedMapping, options: Options) -> Emission:  # noqa: ARG002  # all emitters have options
        """A mapping as a module."""
        return Emission({f"{_file_name(mapping.name)}.py": _module(mapping)})


def _module(mapping: TypedMapping) -> str:
    copies = Copies()
    copies.taken.update(_INTERFACE, names_of_templates())
    parameters = {each.name: copies.fresh(identifier(each.name)) for each in mapping.sources}
    function = _map_record(mapping, parameters, copies)
    rejected_record = copies.use(written.RejectedRecord)
    docstring = '"""Maps records; written by Penstock. It needs only the standard library."""'
    title = [f"# {mapping.name}"] if mapping.name and mapping.name.isprintable() else []
    many = _map_records(list(parameters.values()), rejected_record)
    imports = "\n".join(sorted(copies.imports, key=lambda each: (each.startswith("from"), each)))
    parts = _in_order(copies.definitions)
    return (
        "\n\n\n".join(
            each
            for each in ("\n".join((*title, docstring)), imports, "\n".join(copies.constants), *parts, function, many)
            if each
        )
        + "\n"
    )


def _in_order(definitions: Iterable[str]) -> list[str]:
    """Functions first, each constant as early as what it needs is there."""
    listed = list(definitions)
    functions = [each for each in listed if each.startswith(("def ", "class "))]
    constants = [each for each in listed if not each.startswith(("def ", "class "))]
    classes = [each for each in functions if each.startswith("class ")]
    plain = [each for each in functions if not each.startswith("class ")]
    classes.sort(key=lambda each: "(Exception)" not in each.split("\n", 1)[0])
    return [*classes, *plain, *(["\n".join(constants)] if constants else [])]


def _map_record(mapping: TypedMapping, parameters: dict[str, str], copies: Copies) -> str:
    prelude: list[str] = []
    variables = {name: Variable(python, is_raw=True, prelude=prelude) for name, python in parameters.items()}
    lines = record_lines(mapping.root, Scope(copies, variables), "made")
    body = [
        "rejects = []",
        *prelude,
        *lines,
        "if rejects:",
        f"    raise {copies.use(written.RejectedRecord)}(list(dict.fromkeys(rejects)))",
        "return made",
    ]
    if any(isinstance(each, typed.Call) and _is_exact(each) for each in every(mapping.root)):
        from decimal import localcontext

        wide = f"with {copies.use(localcontext)}({copies.use(written.WIDE, 'WIDE')}):"
        body = [wide, *(f"    {each}" for each in body)]
    docs = '    """Gives the mapped record; raises RejectedRecord with the path and the reason of each reject."""'
    return "\n".join((f"def map_record({', '.join(parameters.values())}):", docs, *(f"    {each}" for each in body)))


def _is_exact(call: typed.Call) -> bool:
    return any(isinstance(each.type, Decimal) for each in every(call))


def _map_records(parameters: list[str], rejected_record: str) -> str:
    star = "" if len(parameters) == 1 else "*"
    return f'''def map_records(records, on_reject=None):
    """Yields the mapped records; gives what is rejected to `on_reject(record, rejects)`, or raises without it."""
    for record in records:
        try:
            made = map_record({star}record)
        except {rejected_record} as problem:
            if on_reject is None:
                raise
            on_reject(record, problem.rejects)
            continue
        yield made'''


def _file_name(name: str) -> str:
    return re.sub(r"[^a-z0-9_]+", "_", name.lower()).strip("_") or "mapping"


def compiled(mapping: TypedMapping) -> tuple[Callable[..., dict[str, Any]], type[Exception]]:
    """The written function of a mapping, ready to be called, and what it raises for a record that is rejected."""
    module: dict[str, Any] = {}
    exec(compile(_module(mapping), "<mapping>", "exec"), module)  # noqa: S102  # what was just written here
    return module["map_record"], module["RejectedRecord"]


def reader(type_: Type) -> Callable[[Any], Any]:
    """A function that gives a JSON value as Python has it, or None where not all that is in it is of its type."""
    copies = Copies()
    name = reader_of(copies, type_)
    parts = ("\n".join(sorted(copies.imports)), "\n".join(copies.constants), *_in_order(copies.definitions))
    module: dict[str, Any] = {}
    exec(compile("\n\n\n".join(parts), "<reader>", "exec"), module)  # noqa: S102  # what was just written here
    read = module[name]

    misfit = module.get("Misfit", ())

    def fitting(value: Any) -> Any:
        try:
            return read(value)
        except misfit:
            return None

    return fitting


emitter = PythonEmitter()
