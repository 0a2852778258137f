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


def check(
    document: Annotated[Path, typer.Argument(help="A pipeline spec.")] = Path("penstock.yml"),
    as_json: JSON = False,
) -> int:
    """Check a pipeline spec: all findings, each with its line and what would mend it."""
    from penstock.cli.output import print_findings
    from penstock.services.check import check as check_document

    findings = check_document(document)
    print_findings(findings, str(document), as_json=as_json)
    return int(any(finding.severity == "error" for finding in findings))
