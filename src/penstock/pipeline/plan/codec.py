"""The plan as JSON, kept beside the project so that a changed plan is noticed."""

import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Any, Final

from penstock.errors import PlanError
from penstock.pipeline.plan.model import Column, Names, Plan, Table
from penstock.schema import ITEM, KEY, Field, Path, Step, types

VERSION: Final = 1
_TYPES: Final[dict[str, type[types.Type]]] = {each.name: each for each in types.Type.__subclasses__()}


def format_plan(plan: Plan) -> str:
    """A plan as JSON text, stable from run to run."""
    return json.dumps({"version": VERSION, "plan": _encode(plan)}, indent=1, ensure_ascii=False) + "\n"


def parse_plan(text: str, dataset: str = "?", file: str = "the kept plan") -> Plan:
    """Read a plan that `format_plan` wrote. Raises `PlanError`, which names the dataset and the file, for else."""
    hint = f"delete {file} and run penstock replay, which builds the tables of {dataset} again."
    try:
        document = json.loads(text)
        if document["version"] != VERSION:
            raise PlanError(dataset, f"version {document['version']} of {file} is not known", hint)
        return _plan(document["plan"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PlanError(dataset, f"{file} cannot be read ({error!r})", hint) from error


def needs_refresh(old: Plan, new: Plan) -> bool:
    """Whether the tables of the old plan must be built again from all raw files.

    New columns and new tables are no reason: the records before had nothing there. Another gate is none either.
    """
    if (old.mode, old.key, old.records, old.wrapped) != (new.mode, new.key, new.records, new.wrapped):
        return True
    if not new.literal <= old.literal:
        return True  # numbers that were set aside fit now
    tables = {each.path: each for each in new.tables}
    return any(_differs(each, tables.get(each.path)) for each in old.tables)


def vanished_tables(old: Plan, plans: Iterable[Plan]) -> list[str]:
    """The tables of the old plan that none of the plans of now has."""
    known = {each.name.lower() for plan in plans for each in plan.tables}
    return [each.name for each in old.tables if each.name.lower() not in known]


def _differs(old: Table, new: Table | None) -> bool:
    if new is None or (old.name, old.parent) != (new.name, new.parent):
        return True
    columns = {each.path: (each.name, types.nullable(each.type)) for each in new.columns}
    return any(columns.get(each.path) != (each.name, types.nullable(each.type)) for each in old.columns)


def _encode(value: object) -> Any:
    if isinstance(value, Path):
        # Not as text: the empty name is a name, too.
        return [[each.text] if isinstance(each, Step) else each for each in value.parts]
    if isinstance(value, frozenset):
        return sorted((_encode(each) for each in value), key=json.dumps)
    if isinstance(value, tuple):
        return [_encode(each) for each in value]
    if isinstance(value, types.Type):
        return {"type": value.name, **{each.name: _encode(getattr(value, each.name)) for each in fields(value)}}
    if isinstance(value, Plan | Table | Column | Names | Field):
        return {each.name: _encode(getattr(value, each.name)) for each in fields(value)}
    return value


def _plan(data: dict[str, Any]) -> Plan:
    return Plan(
        **{
            **data,
            "key": tuple(_path(each) for each in data["key"]),
            "records": _path(data["records"]),
            "record": _type(data["record"]),
            "gated": frozenset(_path(each) for each in data["gated"]),
            "tables": tuple(_table(each) for each in data["tables"]),
            "names": Names(**data["names"]),
            "literal": frozenset(_path(each) for each in data.get("literal", ())),
        }
    )


def _path(data: list[Any]) -> Path:
    steps = {each.text: each for each in (ITEM, KEY)}
    return Path(tuple(steps[each[0]] if isinstance(each, list) else each for each in data))


def _table(data: dict[str, Any]) -> Table:
    columns = tuple(
        Column(**{**each, "path": _path(each["path"]), "type": _type(each["type"])}) for each in data["columns"]
    )
    return Table(**{**data, "path": _path(data["path"]), "columns": columns})


def _type(data: dict[str, Any]) -> Any:
    values = dict(data)
    found = _TYPES[values.pop("type")]
    return found(**{name: _part(name, value) for name, value in values.items()})


def _part(name: str, value: Any) -> Any:
    if name == "fields":
        return tuple(Field(**{**each, "type": _type(each["type"])}) for each in value)
    if name == "members":
        return tuple(_type(each) for each in value)
    if name == "values":
        return tuple(value)
    return _type(value) if name in ("element", "value") else value
