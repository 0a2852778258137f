"""What runs a mapping on records: a written Python module, or DuckDB with written SQL."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from penstock.emitters import Options
from penstock.emitters.python import compiled, reader
from penstock.emitters.python.scope import every
from penstock.mapping.model import Shape
from penstock.mapping.typed import Member, TypedMapping, Variable
from penstock.schema import Record
from penstock.services.apply.reading import Row

_BATCH: Final = 20_000

Rejects = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Mapped:
    """What became of a row: a record of the target, or the paths and reasons of its rejects."""

    row: Row
    record: dict[str, Any] | None
    rejects: Rejects


Engine = Callable[[Iterator[Row]], Iterator[Mapped]]


def _python(mapping: TypedMapping) -> Engine:
    one = _one_by_one(mapping)
    return lambda rows: map(one, rows)


def _one_by_one(mapping: TypedMapping) -> Callable[[Row], Mapped]:
    map_record, rejected = compiled(mapping)
    names = [each.name for each in mapping.sources]
    is_single = len(names) == 1

    def one(row: Row) -> Mapped:
        if row.problem:
            return Mapped(row, None, [("", row.problem)])
        try:
            if is_single:
                return Mapped(row, map_record(row.record), [])
            return Mapped(row, map_record(*map(row.record.get, names)), [])
        except rejected as problem:
            return Mapped(row, None, problem.args[1])

    return one


_OTHERWISE: Final = "apply it with --engine python."


def _duckdb(mapping: TypedMapping) -> Engine:
    """Rows that fit the source's types go through SQL, a batch at a time; the few others are mapped one by one."""
    from penstock.errors import UnsupportedOperationError

    if len(mapping.sources) != 1:
        reason = "apply runs it on mappings of one source"
        raise UnsupportedOperationError("a mapping of several sources", "duckdb", reason, hint=_OTHERWISE)
    try:
        batch = _Batches(mapping)
    except UnsupportedOperationError as gap:
        raise UnsupportedOperationError(gap.name, gap.target, gap.reason, gap.path, hint=_OTHERWISE) from None

    def run(rows: Iterator[Row]) -> Iterator[Mapped]:
        while taken := list(islice(rows, _BATCH)):
            yield from batch.run(taken)

    return run


class _Batches:
    """Runs the SQL of a mapping on batches of rows."""

    def __init__(self, mapping: TypedMapping) -> None:
        import duckdb

        from penstock.emitters.sql.statement import write_statements
        from penstock.services.apply.duck import ROW, Given, Taken

        self._mapping = mapping
        self._source = _read_of(mapping)
        self._one = _one_by_one(mapping)
        self._reads = reader(self._source.type)
        options = Options("duckdb", {self._source.name: "penstock_batch"}, carried=(ROW,))
        self._statement = write_statements(mapping, options).everything
        self._in, self._out = Taken(self._source.type), Given(mapping.target.type)
        self._connection = duckdb.connect()
        self._connection.execute("SET TimeZone = 'UTC'")

    def run(self, rows: list[Row]) -> Iterator[Mapped]:
        """What became of rows, in their order."""
        read = ((each, None if each.problem else self._reads(each.record)) for each in rows)
        fitting = [(each, record) for each, record in read if record is not None and self._in.is_kept(record)]
        found = self._query(fitting) if fitting else {}
        return (found.get(each.number) or self._one(each) for each in rows)

    def _query(self, rows: list[tuple[Row, Any]]) -> dict[int, Mapped]:
        from penstock.services.apply.duck import ROW, columns_of

        connection = self._connection
        with TemporaryDirectory(prefix="penstock-") as folder:
            file = Path(folder) / "batch.ndjson"
            file.write_bytes(b"\n".join(self._in.staged(record, **{ROW: each.number}) for each, record in rows))
            connection.execute(
                "CREATE OR REPLACE TABLE penstock_batch AS SELECT * FROM read_json($1, format = 'newline_delimited', "  # noqa: S608
                f"maximum_object_size = 1073741824, columns = {columns_of(self._source.type, ROW)})",
                [str(file)],
            )
            answer = connection.execute(self._statement)
            names = [each[0] for each in answer.description or ()]
            by_number = {each.number: each for each, _ in rows}
            made = {}
            for values in answer.fetchall():
                found = dict(zip(names, values, strict=True))
                row = by_number[found[ROW]]
                rejects = [(each["path"], each["reason"]) for each in found["_rejects"] or ()]
                record = None if rejects else self._out.record(found)
                made[row.number] = Mapped(row, record, list(dict.fromkeys(rejects)))
            return made


def _read_of(mapping: TypedMapping) -> Shape:
    """The source with the fields that the mapping reads: DuckDB needs no others."""
    (source,) = mapping.sources
    root = Variable(source.name, source.type)
    nodes = [*every(mapping.root)]
    read = {each.name for each in nodes if isinstance(each, Member) and each.value == root}
    held = sum(isinstance(each, Member) and each.value == root for each in nodes)
    if not isinstance(source.type, Record) or sum(each == root for each in nodes) > held:
        return source
    fields = tuple(each for each in source.type.fields if each.name in read)
    return replace(source, type=replace(source.type, fields=fields))


ENGINES: Final[dict[str, Callable[[TypedMapping], Engine]]] = {"duckdb": _duckdb, "python": _python}
