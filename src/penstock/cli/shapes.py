"""Commands about documents: profile, check."""

from pathlib import Path
from typing import Annotated

import typer

from penstock.cli.tables import JSON


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        epilog="\b\nExamples:\n  penstock profile orders.ndjson\n  penstock profile 'landing/**/*.json' -o orders.yml\n"
        "  curl -s $URL | penstock profile - --records data.stations --json"
    )(profile)
    app.command(epilog="\b\nExamples:\n  penstock check penstock.yml\n  penstock check --json | jq '.findings[].line'")(
        check
    )


def profile(
    sources: Annotated[
        list[str], typer.Argument(metavar="DATA...", help="Files, globs, folders; - is standard input.")
    ],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write the catalog to this file.")] = None,
    records: Annotated[str, typer.Option(help="Path to the records in a document; empty: the document itself.")] = "",
    name: Annotated[str, typer.Option(help="What the catalog is called; default: after the first source.")] = "",
    as_json: JSON = False,
) -> None:
    """Count what is in data: every field with its types, presence, nulls and formats. Nothing is sampled."""
    import sys

    from penstock.catalog.file import dump_catalog, write_catalog
    from penstock.cli.output import errors, print_json
    from penstock.services.profile import as_json as to_document
    from penstock.services.profile import profile as profile_data

    catalog = profile_data(sources, name=name, records=records)
    if output is not None:
        write_catalog(output, catalog)
        errors().print(f"{output}: {len(catalog.fields)} fields of {catalog.records} records")
    if as_json:
        print_json(to_document(catalog))
    elif output is None:
        sys.stdout.write(dump_catalog(catalog))


def check(
    document: Annotated[Path, typer.Argument(help="A pipeline spec.")] = Path("penstock.yml"),
    as_json: JSON = False,
) -> None:
    """Check a pipeline spec: all findings, each with its line and what would mend it."""
    from penstock.cli.output import print_findings
    from penstock.services.check import check as check_document

    findings = check_document(document)
    print_findings(findings, str(document), as_json=as_json)
    if any(finding.severity == "error" for finding in findings):
        # A file that cannot be read at all has no lines.
        raise typer.Exit(1 if all(finding.line for finding in findings) else 2)
