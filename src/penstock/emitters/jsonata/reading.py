"""How source values of each type are looked at."""

import json
from typing import Final

from penstock.emitters.jsonata.names import Names
from penstock.errors import UnsupportedOperationError
from penstock.schema import (
    Binary,
    Boolean,
    Date,
    Decimal,
    Enum,
    Float,
    Integer,
    Json,
    List,
    Map,
    Record,
    Text,
    Time,
    Timestamp,
    Type,
    Union,
)

_READERS: Final = {Text: "text", Integer: "integer", Float: "float", Boolean: "boolean", Date: "date", Time: "time"}


def gate(names: Names, type_: Type, raw: str, path: str) -> str:
    """A source value, null where it is null; what does not fit its type is a reject.

    Raises:
        UnsupportedOperationError: JSONata has no such values.
    """
    return raw if isinstance(type_, Json) else f"{reader_of(names, type_, path)}({raw})"


def reader_of(names: Names, type_: Type, path: str) -> str:
    """The function that looks at values of a type; nulls and rejects go through it."""
    names.has_integers = names.has_integers or isinstance(type_, Integer)
    if isinstance(type_, Decimal | Binary):
        problem = "it has no exact decimals" if isinstance(type_, Decimal) else "it has no bytes"
        raise UnsupportedOperationError(type_.name, "jsonata", problem, path)
    plain = _READERS.get(type(type_))
    if isinstance(type_, Timestamp):
        plain = "timestamp" if type_.zone else "local_timestamp"
    if isinstance(type_, Json):
        plain = "json"
    if plain:
        names.used.add(plain)
        return f"${plain}"
    known = repr(type_)
    if known not in names.readers:
        body = _body(names, type_, path)
        names.readers[known] = name = names.fresh(f"read_{type_.name}")
        names.definitions.append(f"{name} := function($v) {{ {body} }};")
    return names.readers[known]


def _body(names: Names, type_: Type, path: str) -> str:
    match type_:
        case Enum(values=values):
            return names.call("listed", "$v", json.dumps(values, ensure_ascii=False))
        case List(element=element):
            return names.call("list", "$v", f"function($each) {{ {_inner(names, element, '$each', path)} }}")
        case Map(value=value):
            return names.call("map_of", "$v", f"function($each) {{ {_inner(names, value, '$each', path)} }}")
        case Record():
            return _record(names, type_, path)
        case Union(members=members):
            return _union(names, members, path)
    raise UnsupportedOperationError(type_.name, "jsonata", "it has no such values", path)


def _inner(names: Names, type_: Type, raw: str, path: str) -> str:
    read = gate(names, type_, raw, path)
    return read if type_.nullable or isinstance(type_, Json) else names.call("not_null", read)


def _record(names: Names, type_: Record, path: str) -> str:
    parts, reads, made = [], [], []
    for number, each in enumerate(type_.fields):
        name = json.dumps(each.name, ensure_ascii=False)
        value = _inner(names, each.type, names.call("field", "$v", name), path)
        holds = json.dumps(f"holds {each.name!r}, which ", ensure_ascii=False)
        value = names.call("part_of", value, holds)
        there = f"$exists($lookup($v, {name}))"
        reads.append(f"$f{number} := {there} ? {value};" if each.optional else f"$f{number} := {value};")
        parts.append(f"$f{number}")
        made.append(f"{name}: $f{number}")
    rejects = f"$bad := {names.call('first_reject', f'[{chr(44).join(parts)}]')};"
    built = f"($exists($bad) ? $bad : {{{', '.join(made)}}})"
    misfit = names.call("misfit", '"is not an object"')
    return (
        f'{names.call("stops", "$v")} ? $v : $type($v) != "object" ? {misfit} : ({" ".join(reads)} {rejects} {built})'
    )


def _union(names: Names, members: tuple[Type, ...], path: str) -> str:
    made = names.call("misfit", '"is of none of the types of its union"')
    for each in reversed(members):
        made = f'($u := {gate(names, each, "$v", path)}; $type($u) != "function" ? $u : {made})'
    return f"{names.call('stops', '$v')} ? $v : {made}"
