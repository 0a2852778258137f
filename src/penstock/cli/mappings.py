"""Commands about mappings: emit, apply."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from penstock.cli.tables import JSON

MAPPING = Annotated[Path, typer.Argument(metavar="MAPPING", help="A mapping file.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        epilog="\b\nExamples:\n  penstock emit mapping.json --to python -o map_orders.py\n"
        "  penstock emit mapping.json --to sql --dialect postgres\n"
        "  penstock emit mapping.json orders.ndjson contract.schema.json --to jsonata"
    )(emit)
    app.command(
        epilog="\b\nExamples:\n  penstock apply mapping.json orders.ndjson -o orders.parquet --rejects rejects.ndjson\n"
        "  penstock apply mapping.json 'landing/**/*.json.gz' -o out.ndjson --json\n"
        "  curl -s $URL | penstock apply mapping.json - -o -"
    )(apply)


def emit(
    mapping: MAPPING,
    target: Annotated[str, typer.Option("--to", metavar="TARGET", help="sql, dbt, python, jsonata, ballerina.")],
    documents: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SOURCE... TARGET]", help="Schemas, where they changed since the mapping was made."),
    ] = None,
    dialect: Annotated[str, typer.Option(help="Of sql: duckdb, postgres, spark, …")] = "duckdb",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file; a folder where there are several.")
    ] = None,
    as_json: JSON = False,
) -> None:
    """Write a mapping as code in another language. A mapping with errors is not written."""
    import sys

    from penstock.cli.output import errors, print_json, print_warnings
    from penstock.services.mappings import as_json as to_document
    from penstock.services.mappings import emit as emit_mapping
    from penstock.services.mappings import write_files

    found = emit_mapping(mapping, documents or [], target, dialect)
    files = write_files(found, output) if output is not None else []
    if as_json:
        print_json(to_document(found, target, files))
        return
    print_warnings(found.findings, str(mapping))
    for each in files:
        errors().print(str(each), markup=False)
    if output is None:
        sys.stdout.write(found.text)


def apply(
    mapping: MAPPING,
    data: Annotated[list[str], typer.Argument(metavar="DATA...", help="Files, globs, folders; - is standard input.")],
    output: Annotated[
        str, typer.Option("--output", "-o", help="A .ndjson, .json, .csv or .parquet file; - is standard output.")
    ],
    rejects: Annotated[
        Path | None, typer.Option(help="Write rejected rows to this file: row, path, reason and record.")
    ] = None,
    engine: Annotated[Literal["duckdb", "python"], typer.Option(help="Both give the same.")] = "duckdb",
    as_json: JSON = False,
) -> None:
    """Run a mapping on data. A row that cannot be mapped is rejected with the field and the reason, never changed."""
    from dataclasses import asdict

    from penstock.cli.output import errors, print_json
    from penstock.errors import UsageError
    from penstock.services.apply import apply as apply_mapping
    from penstock.services.mappings import sound_mapping

    if output == "-" and as_json:
        raise UsageError("--json and records cannot both go to standard output: write the records to a file")

    def tell(rows: int) -> None:
        errors().print(f"{rows:,} rows")

    found = sound_mapping(mapping)
    to = None if output == "-" else Path(output)
    done = apply_mapping(found.typed, data, to, rejects=rejects, engine=engine, listener=tell)
    if as_json:
        print_json(asdict(done))
        return
    for each in done.rejects[:10] if rejects is None else ():
        errors().print(f"row {each.row}: {each.path or 'the record'}: {each.reason}", markup=False)
    errors().print(f"{done.rows:,} rows: {done.written:,} written, {done.rejected:,} rejected, {done.seconds:.1f} s")
