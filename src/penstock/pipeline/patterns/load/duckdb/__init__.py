"""Loads landed files into DuckDB: a row per fetch, read from the manifest."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Final

from penstock.errors import Finding
from penstock.pipeline.patterns import Context
from penstock.pipeline.patterns.load.duckdb.checks import check_landing
from penstock.pipeline.plan.duckdb import literal, quote
from penstock.pipeline.plan.halves import HALVES
from penstock.pipeline.spec.model import Spec

PATH: Final = "load/landing.sql"

LINE: Final = (
    "event VARCHAR, run VARCHAR, request_time TIMESTAMP WITH TIME ZONE, page BIGINT, fingerprint VARCHAR, "
    "outcome VARCHAR, md5 VARCHAR, path VARCHAR, bytes BIGINT, records BIGINT"
)
"""What is read of a line of the manifest."""


class LoadDuckDb:
    """Writes `load/landing.sql`."""

    name = "load/duckdb"

    def render(self, context: Context) -> Mapping[str, str]:
        """The one SQL file, for a spec whose warehouse is DuckDB."""
        return {PATH: landing_sql(context.spec)} if context.spec.warehouse.kind == "duckdb" else {}

    def check(self, files: Mapping[str, str]) -> Sequence[Finding]:
        """What is wrong with `load/landing.sql` as it stands."""
        return check_landing(files.get(PATH))


def landing_sql(spec: Spec, datasets: Sequence[str] | None = None) -> str:
    """The statements that load the manifests of all (or some) datasets."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False)  # noqa: S701  # SQL, not HTML
    environment.filters |= {"literal": literal, "quote": quote}
    text = files(__package__).joinpath("templates/landing.sql.jinja").read_text(encoding="utf-8")
    return environment.from_string(text).render(
        datasets=list(spec.datasets) if datasets is None else list(datasets),
        provider=spec.provider.name,
        landing=spec.landing.url,
        warehouse=spec.warehouse.path,
        line=LINE,
        halves=HALVES,
    )


PATTERN: Final = LoadDuckDb()
