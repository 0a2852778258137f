"""A module of Ballerina: its functions in one file, its types in another."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from functools import cache
from importlib.resources import files
from typing import Final

from penstock.emitters import Emission
from penstock.emitters.ballerina.expressions import record
from penstock.emitters.ballerina.scope import Code, Scope, pascal
from penstock.errors import Finding
from penstock.mapping.catalogue import all_operations
from penstock.mapping.model import Shape
from penstock.mapping.operation import Spelling
from penstock.mapping.typed import TypedMapping
from penstock.readers import Definition, Written
from penstock.readers.ballerina.docs import format_doc
from penstock.readers.ballerina.names import format_identifier
from penstock.readers.ballerina.write import LEFT_OUT, Writing
from penstock.schema import Decimal, Field, List, Record, Type

_BOUND: Final = re.compile(r"(?:from|let|,)\s+[\w?\[\]<>|:]+\s+(\w+)\s+(?:in|=)\s|function\s*\((?:\w+\s+)(\w+)\)")
_NAMED: Final = re.compile(r"isolated function (\w+)\(")

TYPES_FILE: Final = "types.bal"

DIGITS: Final = 34
"""What a decimal of IEEE 754 with 128 bits holds."""


def write_module(mapping: TypedMapping) -> Emission:
    """A mapping as a module.

    Raises:
        UnsupportedOperationError: Ballerina cannot do what the mapping asks for.
    """
    names = _type_names(mapping)
    shapes = {"": mapping.target, **{each.name: each for each in mapping.sources}}
    named = ((names[key], _named(shape.type, names[key])) for key, shape in shapes.items())
    types = Writing({name: Definition(name, type_) for name, type_ in named}, defaults=False)
    code = Code(types, {*names.values(), *_library(), *_names_of_templates()})
    function = _function(mapping, names, code)
    helpers = [*sorted(code.functions.items()), *_needed(function + "".join(code.functions.values()))]
    written = types.module()
    file = f"{_file_name(mapping.name)}.bal"
    parts = [function, *(definition for _, definition in helpers)]
    imports = ["import ballerina/lang.regexp;\n"] if any("regexp:" in each for each in parts) else []
    text = "\n".join([*imports, *parts])
    return Emission({file: text, TYPES_FILE: written.text}, (*_left_out(written), *_of_decimals(shapes.values())))


def _left_out(written: Written) -> Iterator[Finding]:
    """What cannot be in the types at all; what they only do not say is checked by the functions."""
    return (each for each in written.findings if each.code == LEFT_OUT)


def _of_decimals(shapes: Iterable[Shape]) -> Iterator[Finding]:
    """A finding where a type has more digits than Ballerina keeps."""
    if any(isinstance(each, Decimal) and each.precision > DIGITS for shape in shapes for each in _every(shape.type)):
        message = f"decimals hold {DIGITS} digits in Ballerina: a longer number is rounded when it is read"
        yield Finding("warning", "BAL020", "", message, "use a type with fewer digits.")


def _every(type_: Type) -> Iterator[Type]:
    yield type_
    for each in (getattr(type_, each.name) for each in fields(type_)):
        for part in each if isinstance(each, tuple) else (each,):
            nested = part.type if isinstance(part, Field) else part
            if isinstance(nested, Type):
                yield from _every(nested)


def _type_names(mapping: TypedMapping) -> dict[str, str]:
    """What the types of the target (under the empty name) and of the sources are called, each by a name of its own."""
    names: dict[str, str] = {}
    taken: dict[str, Type] = {}
    for key, shape in (("", mapping.target), *((each.name, each) for each in mapping.sources)):
        wanted = _wanted(shape)
        name, number = wanted, 1
        while name in taken and taken[name] != shape.type:
            number += 1
            name = f"{wanted}{number}"
        taken[name] = shape.type
        names[key] = name
    return names


def _wanted(shape: Shape) -> str:
    own = shape.type.type_name if isinstance(shape.type, Record) else ""
    name = shape.type_name or own or pascal(shape.name)
    return name or "Record"


def _named(type_: Type, name: str) -> Type:
    return replace(type_, type_name=name) if isinstance(type_, Record) else type_


def _function(mapping: TypedMapping, names: dict[str, str], code: Code) -> str:
    name = code.fresh(f"map{pascal(mapping.name) or pascal(names[''])}")
    variables = {each.name: (code.fresh(each.name), _named(each.type, names[each.name])) for each in mapping.sources}
    given = ", ".join(f"{_type(names[key])} {identifier}" for key, (identifier, _) in variables.items())
    element = isinstance(mapping.target.type, List)
    target = f"{_type(names[''])}"
    body = record(mapping.root, Scope(code, variables))
    docs = [
        *format_doc(mapping.name or f"Makes {names['']}."),
        *(f"# + {identifier} - source" for identifier, _ in variables.values()),
        "# + return - the record, or an error with the path and the reason of what was rejected",
    ]
    result = code.type(_named(mapping.root.type, "")) if element else target
    head = f"public isolated function {name}({given}) returns {result}|error => {body};"
    return "\n".join([*docs, head]) + "\n"


def _type(name: str) -> str:
    return format_identifier(name)


@cache
def _library() -> dict[str, str]:
    """The functions of the library under their names."""
    texts = (files(__package__).joinpath(each).read_text("utf-8") for each in ("library.bal", "dates.bal"))
    parts = [f"{each.strip()}\n" for text in texts for each in text.split("\n\n")]
    return {_NAMED.search(each)[1]: each for each in parts if _NAMED.search(each)}  # type: ignore[index]


def _needed(text: str) -> list[tuple[str, str]]:
    """The functions of the library that a text calls, and those that they call, in the order of the library."""
    found: set[str] = set()
    waiting = [text]
    while waiting:
        for name in set(re.findall(r"\b(\w+)\(", waiting.pop())) & _library().keys() - found:
            found.add(name)
            waiting.append(_library()[name])
    return [(name, each) for name, each in _library().items() if name in found]


@cache
def _names_of_templates() -> frozenset[str]:
    """The variables that spellings bind, which must mean nothing else in a module."""
    texts: list[str] = []
    for operation in all_operations().values():
        every = operation.ballerina.values() if hasattr(operation.ballerina, "values") else [operation.ballerina]
        texts += [each.value for each in every if isinstance(each, Spelling)]
        texts += [each for each in every if isinstance(each, str)]
    return frozenset(name for each in texts for found in _BOUND.findall(each) for name in found if name)


def _file_name(name: str) -> str:
    return re.sub(r"[^a-z0-9_]+", "_", name.lower()).strip("_") or "mapping"
