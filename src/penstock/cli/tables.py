"""Commands that look at results: show, query."""

from pathlib import Path
from typing import Annotated

import typer

JSON = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
PROJECT = Annotated[Path, typer.Option("--project", "-p", help="The pipeline's folder.")]
LIMIT = Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many rows.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="\b\nExamples:\n  penstock show\n  penstock show stations -n 5\n  penstock show --json")(show)
    app.command(
        epilog="\b\nExamples:\n"
        "  penstock query 'select region_id, count(*) from stations group by all'\n"
        "  penstock query 'from stations' --json | jq '.rows[0]'"
    )(query)


def show(
    table: Annotated[str | None, typer.Argument(help="A table, with or without its schema; none lists them.")] = None,
    project: PROJECT = Path(),
    limit: LIMIT = 20,
    as_json: JSON = False,
) -> None:
    """List the tables of a pipeline, or show the first rows of one."""
    from penstock.cli.output import print_json, print_rows, print_table
    from penstock.runtime.project import Project
    from penstock.services.look import list_tables, show_table

    where = Project.at(project)
    if table is not None:
        print_rows(show_table(where, table, limit), as_json=as_json)
        return
    tables = list_tables(where)
    if as_json:
        print_json(
            {"tables": [{"table": f"{t.schema}.{t.name}", "rows": t.rows, "columns": t.columns} for t in tables]}
        )
    else:
        print_table(["table", "rows", "columns"], [(f"{t.schema}.{t.name}", t.rows, t.columns) for t in tables])


def query(
    sql: Annotated[str, typer.Argument(help="A query in DuckDB's SQL; - reads it from standard input.")],
    project: PROJECT = Path(),
    limit: LIMIT = 1000,
    as_json: JSON = False,
) -> None:
    """Ask the pipeline's database. It is open for reading only."""
    import sys

    from penstock.cli.output import print_rows
    from penstock.runtime.project import Project
    from penstock.services.look import query as ask

    text = sys.stdin.read() if sql == "-" else sql
    print_rows(ask(Project.at(project), text, limit), as_json=as_json)
