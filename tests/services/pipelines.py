"""A pipeline of one dataset, `items`, whose provider answers as a test says."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import yaml
from tests.pipeline.patterns.extract.loopback import Call, Provider, Reply

from penstock.pipeline.patterns import Context
from penstock.pipeline.spec.load import load_spec
from penstock.pipeline.writer import write_project
from penstock.services.run import Finished, run


class _WithoutTimes(yaml.SafeLoader):
    """Reads times as the texts that they are in a catalog."""

    yaml_implicit_resolvers = {  # noqa: RUF012  # the base class has it so
        start: [each for each in known if each[0] != "tag:yaml.org,2002:timestamp"]
        for start, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@dataclass(frozen=True)
class Pipeline:
    """A project, and the provider that it asks."""

    root: Path
    site: Provider
    engine: str = "duckdb"

    def says(self, *records: Any) -> None:
        """From now on the provider has these records, on one page."""
        self.site.answer = lambda _: Reply({"data": list(records)})

    def has(self, records: Sequence[dict[str, Any]], cursor: str, since: str = "since", until: str = "until") -> None:
        """From now on the provider has these records and gives those between two values of a field."""

        def answer(call: Call) -> Reply:
            low, high = call.query.get(since), call.query.get(until)
            chosen = [
                each
                for each in records
                if (low is None or _as(each[cursor], low) <= each[cursor])
                and (high is None or each[cursor] <= _as(each[cursor], high))
            ]
            return Reply({"data": chosen})

        self.site.answer = answer

    def run(self, **how: Any) -> Finished:
        """A run, which must go well."""
        finished = run(self.root, engine=self.engine, **how)
        assert finished.failures == ()
        return finished

    def fetch(self, *records: Any) -> Finished:
        """A run while the provider has these records."""
        self.says(*records)
        return self.run()

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(self.root / "warehouse.duckdb", read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table that was asked for, and what was set aside."""
        names = self.rows("select table_schema, table_name from information_schema.tables order by all")
        kept = [(schema, name) for schema, name in names if schema in ("main", "rejects")]
        return {f"{schema}.{name}": self.rows(f'from {schema}."{name}" order by all') for schema, name in kept}

    def catalog(self) -> Any:
        return yaml.load((self.root / "catalog" / "items.yml").read_text(), _WithoutTimes)

    def decide(self, path: str, **decisions: Any) -> None:
        """Write into the catalog what a person decides."""
        document = self.catalog()
        document["fields"][path] = {**decisions, **_without(document["fields"][path], decisions)}
        (self.root / "catalog" / "items.yml").write_text(yaml.safe_dump(document, sort_keys=False))


def pipeline(root: Path, site: Provider, engine: str = "duckdb", **dataset: Any) -> Pipeline:
    """The project of a dataset `items` whose records are under `data`."""
    spec = {
        "penstock": "penstock/1",
        "name": "shop",
        "provider": {"name": "acme", "base_url": site.url, "retries": 0},
        "datasets": {"items": {"endpoint": "/items", "records": "data", **dataset}},
    }
    (root / "penstock.yml").write_text(json.dumps(spec, indent=1))
    write_project(root, Context(load_spec(root / "penstock.yml")))
    return Pipeline(root, site, engine)


def _without(entry: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name not in names}


def _as(example: Any, text: str) -> Any:
    return type(example)(text)
