"""Reads SQL DDL: each table is a record, whatever the dialect."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from penstock.errors import DocumentFormatError
from penstock.readers import Definition, Document
from penstock.readers.ddl.parse import Statement, parse
from penstock.readers.ddl.rules import allowed_values, default_of, key_columns
from penstock.readers.ddl.types import ColumnTypes, described, of_options
from penstock.readers.expansion import Expansion
from penstock.readers.losses import NOT_READ, Losses
from penstock.schema.paths import Path
from penstock.schema.types import Enum, Field, Record, Text, Type, nullable

_TABLE: Final = re.compile(
    r"\A(?>\s+|--[^\n]*\n|/\*.*?\*/|(?:SET|USE|DROP|BEGIN)\b[^;]*;|CREATE\s+(?:SCHEMA|DATABASE|EXTENSION|TYPE)\b[^;]*;)*+"
    r"CREATE\s+(?:OR\s+REPLACE\s+)?(?:\w+\s+){0,2}TABLE\b",
    re.IGNORECASE | re.DOTALL,
)


class DdlReader:
    """Reads CREATE TABLE statements, with the comments and keys that other statements give them."""

    kind = "ddl"

    def recognises(self, head: str, suffix: str) -> bool:
        """Whether it is called SQL, or begins with CREATE TABLE."""
        return suffix in {".sql", ".ddl"} or (suffix in {"", ".txt"} and bool(_TABLE.match(head)))

    def read(self, text: str, place: str, part: str = "") -> Document:  # noqa: ARG002  # tables have names
        """The tables of a script, in their order.

        Raises:
            DocumentFormatError: it is no SQL, or defines no table.
        """
        try:
            statements, dialect = parse(text, place)
        except RecursionError:
            raise DocumentFormatError(place, "", "is nested too deep", "flatten the types.") from None
        return _Script(place, dialect, statements).read()


class _Script:
    def __init__(self, place: str, dialect: str, statements: list[Statement]) -> None:
        self._place = place
        self._statements = [each for each in statements if each.tree is not None]
        self._losses = Losses()
        for each in statements:
            if each.is_table and each.problem:
                told = f"the table at line {each.line} is left out: {each.problem}"
                self._losses.lose(NOT_READ, Path(), told, "write it in the words of the other tables.")
        self._declared = dict(self._user_types())
        self._expansion = Expansion(self._user_type)
        self._types = ColumnTypes(dialect, self._losses, self._use)

    def read(self) -> Document:
        found: dict[str, Definition] = {}
        for each in self._statements:
            if each.is_table and (definition := self._table(each, found)):
                found[definition.name] = definition
        if not found:
            hint = "give a script with CREATE TABLE name (column type, …)."
            raise DocumentFormatError(self._place, "", "no table with columns is defined there", hint)
        for each in self._statements:
            self._amend(each.tree, found)
        findings = (*self._losses.findings(), *self._expansion.findings)
        return Document("ddl", tuple(found.values()), next(iter(found)) if len(found) == 1 else "", findings)

    def _table(self, statement: Statement, known: dict[str, Definition]) -> Definition | None:
        tree: Any = statement.tree
        schema = tree.this
        table = schema.this if type(schema).__name__ == "Schema" else schema
        name = table.name if table.name not in known else ".".join(part.name for part in table.parts)
        if not name or name in known:
            problem = f"the table {name!r} is defined twice" if name else "a table has no name"
            raise DocumentFormatError(self._place, f"line {statement.line}", problem, "keep one definition.")
        columns = [each for each in schema.expressions if type(each).__name__ == "ColumnDef"]
        if not columns:
            self._losses.lose(NOT_READ, Path((name,)), f"{name} lists no columns, and is left out", "list them.")
            return None
        record = self._record(name, schema.expressions, columns, statement)
        return Definition(name, record, of_options(tree.args.get("properties")))

    def _record(self, name: str, parts: list[Any], columns: list[Any], statement: Statement) -> Record:
        keys = {key.lower() for each in parts for key in key_columns(each)}
        fields: dict[str, Field] = {}
        for each in columns:
            if each.name in fields:
                problem = f"the column {each.name!r} of {name} is there twice"
                raise DocumentFormatError(self._place, f"line {statement.line}", problem, "keep one of them.")
            fields[each.name] = self._column(each, Path((name, each.name)), is_key=each.name.lower() in keys)
        for each in parts:
            if type(each).__name__ != "ColumnDef":
                self._table_rule(each, Path((name,)), fields)
        return Record(tuple(fields.values()), name)

    def _column(self, column: Any, path: Path, *, is_key: bool) -> Field:
        type_ = self._types.of(column.kind, path)
        is_required, default = is_key, ""
        for each in column.constraints:
            kind = each.kind
            match type(kind).__name__:
                case "NotNullColumnConstraint":
                    is_required = is_required or not kind.args.get("allow_null")
                case "PrimaryKeyColumnConstraint":
                    is_required = is_key = True
                case "DefaultColumnConstraint":
                    default = default_of(kind.this)
                    if not default:
                        self._losses.lose_rule(path, "DEFAULT")
                case "CheckColumnConstraint":
                    type_ = self._checked(kind.this, {column.name: type_}, path.parent).get(column.name, type_)
                case "UniqueColumnConstraint" | "Reference" | "ComputedColumnConstraint":
                    self._losses.lose_rule(path, type(kind).__name__.replace("ColumnConstraint", "").upper())
        return Field(
            column.name,
            nullable(type_, value=not is_required and not _is_wrapped_required(column)),
            description=described(column),
            default=default,
            key=is_key,
        )

    def _table_rule(self, tree: Any, path: Path, fields: dict[str, Field]) -> None:
        for each in tree.expressions if type(tree).__name__ == "Constraint" else [tree]:
            if type(each).__name__ == "CheckColumnConstraint":
                types = self._checked(each.this, {name: field.type for name, field in fields.items()}, path)
                fields.update({name: replace(fields[name], type=type_) for name, type_ in types.items()})
            elif not list(key_columns(each)):
                self._losses.lose_rule(path, type(each).__name__.replace("ColumnConstraint", "").upper())

    def _checked(self, condition: Any, types: dict[str, Type], path: Path) -> dict[str, Type]:
        """The columns whose values a check lists, with their enumerations; other checks are lost."""
        name, values = allowed_values(condition)
        if name in types and isinstance(types[name], Text) and values:
            return {name: Enum(values, nullable=types[name].nullable)}
        self._losses.lose_rule(path / name if name else path, "CHECK")
        return {}

    def _amend(self, tree: Any, found: dict[str, Definition]) -> None:
        """Add what COMMENT ON and ALTER TABLE say of a table."""
        kind = type(tree).__name__
        if kind == "Comment":
            column = tree.this if type(tree.this).__name__ == "Column" else None
            table = column.args.get("table").name if column is not None and column.args.get("table") else tree.this.name
            self._comment(found, table, column.name if column is not None else "", tree.expression)
        elif kind == "Alter" and tree.this.name in found:
            keys = {key.lower() for each in tree.find_all(_expression("PrimaryKey")) for key in key_columns(each)}
            definition = found[tree.this.name]
            found[definition.name] = _changed(definition, lambda each: each.name.lower() in keys, _as_key)

    def _comment(self, found: dict[str, Definition], table: str, column: str, text: Any) -> None:
        definition = found.get(table)
        if definition is None or text is None:
            return
        if not column:
            found[table] = replace(definition, description=text.name)
            return
        found[table] = _changed(
            definition, lambda each: each.name == column, lambda each: replace(each, description=text.name)
        )

    def _user_types(self) -> Iterator[tuple[str, Any]]:
        for each in self._statements:
            tree: Any = each.tree
            if type(tree).__name__ == "Create" and str(tree.args.get("kind")).upper() == "TYPE" and tree.expression:
                yield tree.this.name.lower(), tree.expression

    def _use(self, name: str, path: Path) -> Type | None:
        return self._expansion.use(name.lower(), path, name) if name.lower() in self._declared else None

    def _user_type(self, name: str, path: Path) -> Type:
        body = self._declared[name]
        if type(body).__name__ != "Schema":
            return self._types.of(body, path)
        columns = [each for each in body.expressions if type(each).__name__ == "ColumnDef"]
        fields = (self._column(each, path / each.name, is_key=False) for each in columns)
        return Record(tuple({each.name: each for each in fields}.values()), name)


def _changed(definition: Definition, of: Callable[[Field], bool], change: Callable[[Field], Field]) -> Definition:
    record = definition.type
    assert isinstance(record, Record), "a table is a record"
    fields = tuple(change(each) if of(each) else each for each in record.fields)
    return replace(definition, type=replace(record, fields=fields))


def _as_key(field: Field) -> Field:
    return replace(field, key=True, type=nullable(field.type, value=False))


def _is_wrapped_required(column: Any) -> bool:
    """Whether a type of ClickHouse is not inside of Nullable."""
    return column.kind is not None and column.kind.args.get("nullable") is False


def _expression(name: str) -> Any:
    from sqlglot import exp

    return getattr(exp, name)
