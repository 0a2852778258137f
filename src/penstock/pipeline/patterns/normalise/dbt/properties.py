"""The YAML beside the models: descriptions and tests."""

from collections.abc import Iterator
from typing import Any, Final

from penstock.pipeline.plan.model import Column, Plan, Table
from penstock.pipeline.plan.rules import accepted_values, unique_keys
from penstock.pipeline.spec.model import Spec

METADATA: Final = {
    "_row_id": "Tells this row from every other one.",
    "_requested_at": "When the file was asked for (UTC).",
    "_file": "The raw file, below the landing zone.",
    "_closed_at": "When a complete run no longer had the record; null while it is there.",
    "_parent_id": "`_row_id` of the row that this one is a part of.",
    "_root_id": "`_row_id` of the record that this row is a part of.",
    "_position": "The place in the list, or of a record in its file, from 1.",
    "_key": "The key of the map under which the value was.",
}


def source_properties(spec: Spec) -> dict[str, Any]:
    """The landing tables as dbt sources, those of datasets without models included."""
    tables = [
        {
            "name": name,
            "description": f"One row for each landed fetch of {spec.provider.name}'s {name}.",
            "quoting": {"identifier": True},
        }
        for name in spec.datasets
    ]
    return {"version": 2, "sources": [{"name": "landing", "schema": "landing", "tables": tables}]}


def model_properties(plan: Plan) -> dict[str, Any]:
    """The tables of a dataset with their columns."""
    helpers = [
        {"name": plan.names.batch, "description": "Fetches of this run; made anew in every run."},
        {
            "name": plan.names.staging,
            "description": "Records of this run, each with its verdict; made anew in every run.",
        },
        {
            "name": plan.names.newest,
            "description": "Records of this run that go to the tables; made anew in every run.",
        },
        {"name": plan.names.rejects, "description": f"Records of {plan.dataset} that were set aside, with the reason."},
    ]
    return {"version": 2, "models": [*(_model(plan, each) for each in plan.tables), *helpers]}


def _model(plan: Plan, table: Table) -> dict[str, Any]:
    told = table.description or (
        f"Records of {plan.dataset}." if table.is_root else f"`{table.path}` of {plan.dataset}."
    )
    return {"name": table.name, "description": _text(told), "columns": list(_columns(plan, table))}


def _columns(plan: Plan, table: Table) -> Iterator[dict[str, Any]]:
    for name in metadata_of(plan, table):
        yield {"name": name, "description": METADATA[name], **_tests(_metadata_tests(table, name))}
    unique, accepted = unique_keys(plan, table), dict(accepted_values(table))
    for column in table.columns:
        tests: list[Any] = ["not_null", "unique"] if column.name in unique else []
        if column.name in accepted:
            tests.append({"accepted_values": {"arguments": {"values": list(accepted[column.name])}}})
        yield {"name": column.name, "quote": True, "description": _told(column), **_tests(tests)}


def metadata_of(plan: Plan, table: Table) -> list[str]:
    """The columns of a table that are not fields, in their order."""
    if table.is_root:
        closed = ["_closed_at"] if plan.mode == "snapshot" else []
        return ["_row_id", "_requested_at", "_file", "_position", *closed]
    is_map = str(table.path.parts[-1]) == "*"
    return ["_row_id", "_parent_id", "_root_id", "_position", *(["_key"] if is_map else [])]


def _metadata_tests(table: Table, name: str) -> list[Any]:
    if name == "_row_id":
        return ["not_null", "unique"]
    if name == "_parent_id":
        return [{"relationships": {"arguments": {"to": f"ref('{table.parent}')", "field": "_row_id"}}}]
    return []


def _tests(tests: list[Any]) -> dict[str, Any]:
    return {"data_tests": tests} if tests else {}


def _told(column: Column) -> str:
    return _text(column.description or f"`{column.path}`")


def _text(text: str) -> str:
    """A description that dbt does not take for Jinja."""
    return text.replace("{{", "{ {").replace("{%", "{ %").replace("{#", "{ #")
