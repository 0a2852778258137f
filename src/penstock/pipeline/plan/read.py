"""How raw files are read in DuckDB: a FROM item with `page` and `filename`."""

from collections.abc import Sequence
from typing import Final, Literal

from penstock.pipeline.plan.duckdb import Reader, literal
from penstock.pipeline.plan.model import Plan
from penstock.schema import Path

SMALLEST: Final = 16 * 2**20
"""DuckDB's own limit for a document, in bytes; a line of NDJSON may not be longer."""


def read_files(plan: Plan, files: Sequence[str], page_type: str, largest: int) -> str:
    """The documents of some files; `page_type` is their SQL type.

    `largest` is the size of the largest file in bytes.
    """
    listed = "[" + ", ".join(literal(each) for each in files) + "]"
    format_ = "newline_delimited" if plan.format == "ndjson" else "unstructured"
    size = SMALLEST if plan.format == "ndjson" else max(SMALLEST, largest + 1)
    options = f"format = '{format_}', filename = true, maximum_object_size = {size}"
    reader = Reader(plan)
    if reader.exact:
        # Unlike a cast, it leaves out keys that are not in the type; the records in it stay JSON and are checked.
        marked = reader.marked("cast(json as VARCHAR)")
        return f"""(
        select try_cast(cast({marked} as JSON) as {page_type}) as page, filename
        from read_json_objects({listed}, {options})
    )"""
    return f"read_json({listed}, {options}, records = false, columns = {{page: {literal(page_type)}}})"


def read_nothing(page_type: str) -> str:
    """The same columns without any row, for a batch without files."""
    return f"(select cast(null as {page_type}) as page, cast(null as VARCHAR) as filename where false)"


def kind_query(records: Path, format_: Literal["json", "ndjson"], files: Sequence[str], largest: int) -> str:
    """Whether there is a list, an object (or another single value), or nothing at the records path of documents."""
    listed = "[" + ", ".join(literal(each) for each in files) + "]"
    held = "json"
    if records.parts:
        held = f"json_extract(json, {literal(pointer([each for each in records.parts if isinstance(each, str)]))})"
    form = "newline_delimited" if format_ == "ndjson" else "unstructured"
    return f"""select distinct
    case json_type({held}) when 'ARRAY' then 'list' when 'NULL' then null else 'object' end
from read_json_objects({listed}, format = '{form}', maximum_object_size = {max(SMALLEST, largest + 1)})
where json_type({held}) is not null"""


def pointer(names: Sequence[str]) -> str:
    """Field names as a JSON pointer."""
    return "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in names)
