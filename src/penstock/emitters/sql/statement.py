"""Puts a mapping's columns together as statements: everything, what is accepted, what is rejected."""

from dataclasses import dataclass

from penstock.emitters import Options
from penstock.emitters.sql.dialects import DIALECTS
from penstock.emitters.sql.dialects.base import Dialect, verbatim
from penstock.emitters.sql.expressions import field
from penstock.emitters.sql.pieces import Piece, any_of, is_not_null, reason_text
from penstock.emitters.sql.scope import Scope, Statement
from penstock.errors import UnsupportedOperationError
from penstock.mapping.model import Shape
from penstock.mapping.typed import TypedMapping

SOURCE, PATH, REASON, REJECTS = "_source", "path", "reason", "_rejects"


@dataclass(frozen=True, slots=True)
class Written:
    """The statements of one mapping, which end without a semicolon."""

    everything: str
    """The target's columns of every row, and `_rejects`: null, or the list of its rejects. Of a row that has some the
    other columns mean nothing."""
    accepted: str
    """The target's columns of the rows without rejects."""
    rejects: str
    """A row for each reject: the columns that are carried along (or the source's row as `_source`), path and reason."""


@dataclass(slots=True)
class _Columns:
    target: list[tuple[str, Piece]]
    rejects: list[tuple[str, str, Piece]]
    """Path, name of the column, text of the reason."""
    carried: list[tuple[str, Piece]]


def write_statements(mapping: TypedMapping, options: Options) -> Written:
    """A mapping as SQL.

    Raises:
        UnsupportedOperationError: the dialect cannot do what the mapping asks for.
    """
    dialect = DIALECTS.get(options.dialect)
    if dialect is None:
        known = ", ".join(DIALECTS)
        raise UnsupportedOperationError("every mapping", f"sql ({options.dialect})", f"the dialects are {known}")
    statement = _statement(mapping, dialect, options)
    columns = _columns(mapping, statement, options)
    return Written(
        _everything(statement, options, columns),
        _accepted(statement, options, columns),
        _rejected(statement, options, columns),
    )


def _statement(mapping: TypedMapping, dialect: Dialect, options: Options) -> Statement:
    statement = Statement(dialect, {each.name: each for each in mapping.sources})
    for each in (SOURCE, REJECTS):
        statement.names.taken.add(each.casefold())
    if not mapping.sources or not mapping.root.fields:
        raise dialect.unsupported("a mapping without sources or fields", "it has no rows")
    if len(mapping.sources) > 1 and not options.joined_by:
        raise dialect.unsupported("a mapping of several sources", "name the columns that join them (joined_by)")
    return statement


def _columns(mapping: TypedMapping, statement: Statement, options: Options) -> _Columns:
    scope = Scope(statement)
    columns = _Columns([], [], [])
    seen: set[str] = set()
    for leaf in mapping.root.fields:
        folded = statement.dialect.folded(leaf.name)
        if not statement.dialect.takes_name(leaf.name) or folded in seen:
            reason = "no column can have this name" if folded not in seen else "another column has this name"
            raise statement.dialect.unsupported(f"the field {leaf.name!r}", reason)
        seen.add(folded)
        value, rejects = field(leaf, scope)
        columns.target.append((leaf.name, value))
        for each in rejects:
            name = statement.names.fresh(f"_reject_{len(columns.rejects) + 1}")
            columns.rejects.append((str(each.path), name, reason_text(each.reasons)))
    first = mapping.sources[0].name
    columns.carried = [(name, statement.column(first, name)) for name in options.carried]
    return columns


def _with(statement: Statement, options: Options, last: list[tuple[str, Piece]], *, source: bool = False) -> list[str]:
    """The common table expressions up to the one called `_made`."""
    dialect = statement.dialect
    inputs = [
        f"{dialect.whole(dialect.quote(source)) if name is None else _column(dialect, source, name)} "
        f"AS {dialect.quote(known)}"
        for (source, name), known in statement.inputs.items()
    ]
    if source:
        whole = dialect.whole(dialect.quote(next(iter(statement.sources))))
        inputs.append(f"{dialect.whole_as_text(whole)} AS {dialect.quote(SOURCE)}")
    inputs = inputs or [f"1 AS {dialect.quote('_')}"]
    blocks = [_block(dialect.quote("_input"), inputs, _from(statement, options))]
    before = dialect.quote("_input")
    for number, layer in enumerate(statement.layers, 1):
        name = dialect.quote(f"_layer_{number}")
        made = [f"{text} AS {dialect.quote(known)}" for text, known in layer.items()]
        blocks.append(_block(name, ["*", *made], f"{before}{dialect.fence}"))
        before = name
    made = [f"{piece.text} AS {dialect.quote(name)}" for name, piece in last]
    made += [dialect.quote(SOURCE)] if source else []
    blocks.append(_block(dialect.quote("_made"), made, before))
    return blocks


def _column(dialect: Dialect, source: str, name: str) -> str:
    return f"{dialect.quote(source)}.{dialect.quote(name)}"


def _block(name: str, columns: list[str], relation: str) -> str:
    listed = ",\n    ".join(columns)
    return f"{name} AS (\n  SELECT\n    {listed}\n  FROM {relation}\n)"


def _from(statement: Statement, options: Options) -> str:
    """The sources: the first, and those that are joined to it; of a source without a match all values are null."""
    dialect, first, text = statement.dialect, "", ""
    for each in statement.sources.values():
        alias = dialect.quote(each.name)
        relation = f"{_relation(dialect, each, options)} AS {alias}"
        if not first:
            first, text = alias, relation
            continue
        on = " AND ".join(f"{first}.{dialect.quote(key)} = {alias}.{dialect.quote(key)}" for key in options.joined_by)
        text += f"\n  LEFT JOIN {relation} ON {on}"
    return f"{text}\n  WHERE {dialect.session}" if dialect.session else text


def _relation(dialect: Dialect, source: Shape, options: Options) -> str:
    return options.relations.get(source.name) or dialect.quote(source.name)


def _select(blocks: list[str], query: str) -> str:
    return "WITH " + ",\n".join(blocks) + f"\n{query}"


def _listed(dialect: Dialect, names: list[str]) -> str:
    return ",\n  ".join(map(dialect.quote, names))


def _everything(statement: Statement, options: Options, columns: _Columns) -> str:
    dialect = statement.dialect
    reasons = [(name, reason) for _, name, reason in columns.rejects]
    blocks = _with(statement, options, [*columns.target, *columns.carried, *reasons])
    names = [name for name, _ in (*columns.target, *columns.carried)]
    if columns.rejects:
        pairs = [(path, verbatim(dialect.quote(name))) for path, name, _ in columns.rejects]
        condition = any_of(is_not_null(reason) for _, reason in pairs)
        made = f"CASE WHEN {condition.text} THEN {dialect.listed_rejects(pairs)} END"
    else:
        made = dialect.no_rejects()
    query = f"SELECT\n  {_listed(dialect, names)},\n  {made} AS {dialect.quote(REJECTS)}\nFROM {dialect.quote('_made')}"
    return _select(blocks, query)


def _accepted(statement: Statement, options: Options, columns: _Columns) -> str:
    dialect = statement.dialect
    kept = [*columns.target, *columns.carried]
    reasons = [(name, reason) for _, name, reason in columns.rejects]
    blocks = _with(statement, options, [*kept, *reasons])
    query = f"SELECT\n  {_listed(dialect, [name for name, _ in kept])}\nFROM {dialect.quote('_made')}"
    if columns.rejects:
        query += "\nWHERE " + "\n  AND ".join(f"{dialect.quote(name)} IS NULL" for _, name, _ in columns.rejects)
    return _select(blocks, query)


def _rejected(statement: Statement, options: Options, columns: _Columns) -> str:
    dialect = statement.dialect
    source = not columns.carried
    reasons = [(name, reason) for _, name, reason in columns.rejects]
    reasons = reasons or [("_reject_1", verbatim(dialect.null_text()))]
    blocks = _with(statement, options, [*columns.carried, *reasons], source=source)
    carried = [dialect.quote(name) for name, _ in columns.carried] or [dialect.quote(SOURCE)]
    pairs = [(path, verbatim(dialect.quote(name))) for path, name, _ in columns.rejects]
    pairs = pairs or [("", verbatim(dialect.quote("_reject_1")))]
    return _select(blocks, dialect.rows_of_rejects(pairs, dialect.quote("_made"), carried))
