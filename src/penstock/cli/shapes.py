"""Commands about documents: profile, schema, match, check."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from penstock.cli.tables import JSON

Examples = Literal["none", "masked", "plain"]
EXAMPLES = Annotated[
    Examples, typer.Option(help="Values to show: none; those that look personal masked; or all plain.")
]
OUTPUT = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")]
RECORDS = Annotated[str, typer.Option(help="Path to the records in a document; empty: the document itself.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        epilog="\b\nExamples:\n  penstock profile orders.ndjson\n  penstock profile 'landing/**/*.json' -o orders.yml\n"
        "  curl -s $URL | penstock profile - --records data.stations --json\n"
        "  penstock profile orders.ndjson --html orders.html"
    )(profile)
    app.command(
        epilog="\b\nExamples:\n  penstock schema catalog/stations.yml --as odcs -o stations.odcs.yaml\n"
        "  penstock schema orders.ndjson --as json-schema\n  penstock schema catalog/stations.yml --as html -o a.html\n"
        "  penstock schema 'api.yaml#/components/schemas/Order' --as ballerina\n"
        "  penstock schema tables.sql#customer --as ddl --dialect snowflake"
    )(schema)
    app.command(
        epilog="\b\nExamples:\n  penstock match orders.ndjson contract.schema.json\n"
        "  penstock match tables.sql#customer tables.sql#address api.yaml#/components/schemas/Contact --top 5\n"
        "  penstock match orders.ndjson mart.sql#orders --json | jq '.unmatched.target'"
    )(match)
    app.command(
        epilog="\b\nExamples:\n  penstock check penstock.yml\n  penstock check --json | jq '.findings[].line'\n"
        "  penstock check mapping.json\n  penstock check mapping.json orders.ndjson mart.sql#orders"
    )(check)


def profile(
    sources: Annotated[
        list[str], typer.Argument(metavar="DATA...", help="Files, globs, folders; - is standard input.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write the catalog to this file; what people wrote in it stays."),
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Write a page to look at to this file.")] = None,
    records: RECORDS = "",
    name: Annotated[str, typer.Option(help="What the catalog is called; default: after the first source.")] = "",
    examples: EXAMPLES = "masked",
    counts_only: Annotated[
        bool, typer.Option("--counts-only", help="Count types and presence alone: faster, but decides no types.")
    ] = False,
    as_json: JSON = False,
) -> None:
    """Count what is in data: every field with its types, presence, nulls, formats and values. Nothing is sampled."""
    import sys

    from penstock.catalog.exports.page import render_page
    from penstock.catalog.file.document import dump_catalog
    from penstock.cli.output import errors, print_json
    from penstock.files import write_whole
    from penstock.services.profile import as_json as to_document
    from penstock.services.profile import profile as profile_data
    from penstock.services.profile import profile_into

    if output is None:
        catalog = profile_data(sources, name=name, records=records, counts_only=counts_only, examples=examples)
    else:
        made = profile_into(output, sources, name=name, records=records, counts_only=counts_only, examples=examples)
        catalog = made.catalog
        write_whole(output, made.text)
        errors().print(f"{output}: {len(catalog.fields)} fields of {catalog.records} records", markup=False)
        for each in made.conflicts:
            errors().print(f"{output}: {each}", markup=False)
    if html is not None:
        write_whole(html, render_page(catalog))
        errors().print(f"{html}: open it in a browser", markup=False)
    if as_json:
        print_json(to_document(catalog))
    elif output is None and html is None:
        sys.stdout.write(dump_catalog(catalog))


def schema(
    document: Annotated[
        str, typer.Argument(metavar="DOC", help="Data, or a document of any kind; a part of it stands after '#'.")
    ],
    language: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="LANGUAGE",
            help="json-schema, ballerina, ddl, payload, odcs, catalog, html; default: json-schema, of data catalog.",
        ),
    ] = "",
    dialect: Annotated[str, typer.Option(help="Of ddl: duckdb, postgres, snowflake, bigquery, …")] = "",
    output: OUTPUT = None,
    records: RECORDS = "",
    examples: EXAMPLES = "masked",
    as_json: JSON = False,
) -> None:
    """Read the shape of data from a document, and write it in another language. What is lost is said."""
    import sys

    from penstock.cli.output import print_json, print_warnings
    from penstock.files import write_whole
    from penstock.services.schema import as_json as to_document
    from penstock.services.schema import read_schema, write_schema

    found = read_schema(document, records=records, examples=examples)
    written = write_schema(found, language or ("catalog" if found.catalog else "json-schema"), dialect)
    if output is not None:
        write_whole(output, written.text)
    if as_json:
        print_json(to_document(found, written))
        return
    print_warnings([*found.findings, *written.findings], document)
    if output is None:
        sys.stdout.write(written.text)


def match(
    documents: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE... TARGET", help="Data, or documents of any kind; the target is last."),
    ],
    top: Annotated[int, typer.Option(min=1, help="How many candidates to name for each target field.")] = 3,
    as_json: JSON = False,
) -> None:
    """Find which source field means which target field. What is not likely enough is left out, and listed."""
    import sys

    from penstock.cli.output import print_json, print_table, print_warnings
    from penstock.services.match import as_json as to_document
    from penstock.services.match import as_rows, match_documents

    found = match_documents(documents, top)
    if as_json:
        print_json(to_document(found))
        return
    for document, findings in found.findings.items():
        print_warnings(findings, document)
    print_table(["target", "source", "confidence", "evidence", "other candidates"], as_rows(found))
    left = [found.source_name(number, path) for number, path in found.matches.unmatched_sources]
    if left:
        sys.stdout.write(f"Sources without a target: {', '.join(left)}\n")


def check(
    document: Annotated[Path, typer.Argument(help="A pipeline spec, or a mapping.")] = Path("penstock.yml"),
    shapes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE... TARGET]",
            help="For a mapping: documents in the place of the shapes that it holds.",
        ),
    ] = None,
    as_json: JSON = False,
) -> None:
    """Check a pipeline spec or a mapping: all findings, each with its place and what would mend it."""
    from penstock.cli.output import print_findings
    from penstock.services.check import check as check_document

    findings = check_document(document, shapes or ())
    print_findings(findings, str(document), as_json=as_json)
    if any(finding.severity == "error" for finding in findings):
        # A spec that cannot be read at all has no lines.
        unread = any(finding.code.startswith("SPEC") and not finding.line for finding in findings)
        raise typer.Exit(2 if unread else 1)
