"""Mappings as dbt models: the accepted rows under a contract with tests, and the rejects."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from penstock.emitters import Emission, Options
from penstock.emitters.sql.dialects import DIALECTS, Dialect
from penstock.emitters.sql.statement import write_statements
from penstock.errors import UnsupportedOperationError
from penstock.mapping.typed import Field as TypedField
from penstock.mapping.typed import TypedMapping
from penstock.schema import Enum, Record
from penstock.schema import Field as SchemaField

_MARKS: Final = re.compile(r"\{[{%#]|[}%#]\}")
_RELATION: Final = "penstock_relation_{}_"


class DbtEmitter:
    """Writes a model, a model of its rejects, and their YAML; they run on dbt 1.11 and later."""

    target = "dbt"

    def emit(self, mapping: TypedMapping, options: Options) -> Emission:
        """A mapping as dbt models. A source is read by `ref` of its name, or from the relation of the options.

        Raises:
            UnsupportedOperationError: the dialect cannot do what the mapping asks for, or dbt cannot name a column.
        """
        import yaml

        name = re.sub(r"[^a-z0-9_]+", "_", mapping.name.lower()).strip("_") or "mapping"
        for each in mapping.root.fields:
            if '"' in each.name or "`" in each.name:
                raise UnsupportedOperationError(
                    f"the field {each.name!r}", "dbt", "it does not quote names with quotes"
                )
        marks = {each.name: _RELATION.format(number) for number, each in enumerate(mapping.sources)}
        marked = replace(options, relations=marks, carried=())
        accepted = write_statements(mapping, marked).accepted
        rejects = write_statements(mapping, replace(marked, carried=options.carried)).rejects
        relations = {marks[each.name]: _relation(each.name, options.relations) for each in mapping.sources}
        described = {"version": 2, "models": _models(name, mapping, options)}
        return Emission(
            {
                f"{name}.sql": _model(accepted, relations),
                f"{name}.yml": yaml.safe_dump(described, sort_keys=False, allow_unicode=True, width=120),
                f"{name}_rejects.sql": _model(rejects, relations),
            }
        )


def plain(text: str) -> str:
    """A text in which dbt's templates see nothing to fill in."""
    return _MARKS.sub(lambda found: f"{{{{ '{found[0]}' }}}}", text)


def _relation(source: str, given: Mapping[str, str]) -> str:
    quoted = source.replace("\\", "\\\\").replace("'", "\\'")
    return given.get(source) or f"{{{{ ref('{quoted}') }}}}"


def _model(statement: str, relations: Mapping[str, str]) -> str:
    text = plain(statement)
    for mark, relation in relations.items():
        text = text.replace(mark, relation)
    return "{{ config(materialized='table') }}\n\n" + text + "\n"


def _models(name: str, mapping: TypedMapping, options: Options) -> list[dict[str, Any]]:
    dialect = DIALECTS[options.dialect]
    assert isinstance(mapping.target.type, Record), "a mapping makes records"
    declared = mapping.target.type.by_name()
    keys = [each.name for each in mapping.target.type.fields if each.key]
    columns = [_column(each, declared[each.name], keys, dialect) for each in mapping.root.fields]
    sources = " and ".join(each.name for each in mapping.sources)
    return [
        {
            "name": name,
            "description": plain(f"{mapping.target.name} from {sources}: the rows that could be mapped."),
            "config": {"contract": {"enforced": True}},
            "columns": columns,
        },
        {
            "name": f"{name}_rejects",
            "description": plain(
                f"The rows of {sources} that could not be mapped: one for each field, with the reason."
            ),
            "columns": [
                {"name": "path", "description": "The target field.", "data_tests": ["not_null"]},
                {"name": "reason", "description": "Why it has no value.", "data_tests": ["not_null"]},
            ],
        },
    ]


def _column(leaf: TypedField, declared: SchemaField, keys: Iterable[str], dialect: Dialect) -> dict[str, Any]:
    column: dict[str, Any] = {"name": plain(leaf.name), "quote": True, "data_type": dialect.type_name(leaf.type)}
    description = " ".join(each for each in (declared.description, leaf.comment) if each)
    if description:
        column["description"] = plain(description)
    tests: list[Any] = []
    if not leaf.type.nullable and not leaf.optional:
        tests.append("not_null")
    if list(keys) == [leaf.name]:
        tests.append("unique")
    if isinstance(leaf.type, Enum):
        tests.append({"accepted_values": {"arguments": {"values": [plain(each) for each in leaf.type.values]}}})
    return column | ({"data_tests": tests} if tests else {})


emitter = DbtEmitter()
