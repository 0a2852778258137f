"""How the nodes of a mapping are written in each dialect of SQL."""

from collections.abc import Mapping
from typing import Final

from penstock.emitters.sql.dialects.base import Dialect
from penstock.emitters.sql.dialects.bigquery import BigQuery
from penstock.emitters.sql.dialects.duckdb import DuckDb
from penstock.emitters.sql.dialects.postgres import Postgres
from penstock.emitters.sql.dialects.snowflake import Snowflake
from penstock.emitters.sql.dialects.spark import Spark

DIALECTS: Final[Mapping[str, Dialect]] = {
    each.name: each for each in (DuckDb(), Postgres(), Spark(), Snowflake(), BigQuery())
}

__all__ = ["DIALECTS", "Dialect"]
