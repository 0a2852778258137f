"""Commands about the machine: doctor."""

from pathlib import Path
from typing import Annotated

import typer

from penstock.cli.tables import JSON


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="\b\nExamples:\n  penstock doctor\n  penstock doctor quakes --json")(doctor)


def doctor(
    project: Annotated[Path, typer.Argument(help="A pipeline's folder, to check it too.")] = Path(),
    as_json: JSON = False,
) -> None:
    """Say what is installed, reachable and missing, and the command that mends it."""
    from dataclasses import asdict

    from penstock.cli.folding import print_folded
    from penstock.cli.output import print_json
    from penstock.services.doctor import diagnose

    checks = diagnose(project)
    if as_json:
        print_json({"checks": [asdict(check) for check in checks]})
    else:
        print_folded(["status", "what", "found", "to mend it"], [(c.status, c.name, c.found, c.fix) for c in checks])
    if any(check.status == "missing" for check in checks):
        raise typer.Exit(1)
