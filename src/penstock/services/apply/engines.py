"""What runs a mapping on records: a written Python module, or DuckDB with written SQL."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from penstock.emitters import Options
from penstock.emitters.python import compiled, reader
from penstock.emitters.python.scope import every
from penstock.mapping.model import Shape
from penstock.mapping.typed import Member, TypedMapping, Variable
from penstock.schema import Record
from penstock.services.apply.intake import Intake, Lines, staged, takes
from penstock.services.apply.reading import Row, row_of

_BATCH: Final = 20_000

Rejects = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Mapped:
    """What became of a row: a record of the target, or the paths and reasons of its rejects."""

    row: Row
    record: dict[str, Any] | None
    rejects: Rejects


Outcome = Mapped | list[dict[str, Any]]
"""What became of a row, or the records of accepted rows that follow each other."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What maps rows, in their order."""

    run: Callable[[Iterator[Row | Lines]], Iterator[Outcome]]
    intake: Intake | None = None
    """What checks lines of JSON for it, many at a time; None: it takes rows only."""


def _python(mapping: TypedMapping) -> Engine:
    one = _one_by_one(mapping)

    def run(items: Iterator[Row | Lines]) -> Iterator[Outcome]:
        return (one(each) for each in items if isinstance(each, Row))

    return Engine(run)


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

    def run(items: Iterator[Row | Lines]) -> Iterator[Outcome]:
        for taken in _batches(items):
            yield from batch.run(taken)

    return Engine(run, batch.intake)


def _batches(items: Iterator[Row | Lines]) -> Iterator[list[Row | Lines]]:
    taken: list[Row | Lines] = []
    size = 0
    for each in items:
        taken.append(each)
        size += 1 if isinstance(each, Row) else len(each.lines)
        if size >= _BATCH:
            yield taken
            taken, size = [], 0
    if taken:
        yield taken


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
        type_ = self._source.type
        self.intake = Intake(type_, ROW) if isinstance(type_, Record) and takes(type_) else None

    def run(self, items: list[Row | Lines]) -> Iterator[Outcome]:
        """What became of rows, in their order."""
        found = self._query(b"".join(map(self._staged, items)))
        accepted: list[dict[str, Any]] = []
        for number, item in _numbers(items):
            answer = found.get(number)
            if isinstance(answer, dict):
                accepted.append(answer)
                continue
            if accepted:
                yield accepted
                accepted = []
            row = item if isinstance(item, Row) else row_of(item.text(number), number, self._mapping)
            yield self._one(row) if answer is None else Mapped(row, None, answer)
        if accepted:
            yield accepted

    def _staged(self, item: Row | Lines) -> bytes:
        """Lines for `read_json`, of what fits the source's types."""
        from penstock.services.apply.duck import ROW

        if isinstance(item, Lines):
            return staged(item.fitting)
        record = None if item.problem else self._reads(item.record)
        if record is None or not self._in.is_kept(record):
            return b""
        return self._in.staged(record, **{ROW: item.number}) + b"\n"

    def _query(self, lines: bytes) -> dict[int, dict[str, Any] | Rejects]:
        """Of each row by its number the record, or its rejects."""
        from penstock.services.apply.duck import ROW, columns_of

        if not lines:
            return {}
        connection = self._connection
        with TemporaryDirectory(prefix="penstock-") as folder:
            file = Path(folder) / "batch.ndjson"
            file.write_bytes(lines)
            connection.execute(
                "CREATE OR REPLACE TABLE penstock_batch AS SELECT * FROM read_json($1, format = 'newline_delimited', "  # noqa: S608
                f"maximum_object_size = 1073741824, columns = {columns_of(self._source.type, ROW)})",
                [str(file)],
            )
        answer = connection.execute(self._statement)
        names = [each[0] for each in answer.description or ()]
        number, rejects = names.index(ROW), names.index("_rejects")
        return {
            values[number]: _rejects_in(values[rejects])
            if values[rejects]
            else self._out.record(dict(zip(names, values, strict=True)))
            for values in answer.fetchall()
        }


def _rejects_in(listed: list[dict[str, str]]) -> Rejects:
    return list(dict.fromkeys((each["path"], each["reason"]) for each in listed))


def _numbers(items: list[Row | Lines]) -> Iterator[tuple[int, Row | Lines]]:
    for each in items:
        if isinstance(each, Row):
            yield each.number, each
        else:
            yield from ((number, each) for number in range(each.first, each.first + len(each.lines)))


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
