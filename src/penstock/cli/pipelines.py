"""Commands about pipelines: demo, init, run, status."""

from pathlib import Path
from typing import Annotated

import typer

from penstock.cli.tables import JSON


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        epilog="\b\nExamples:\n  penstock run\n  penstock run quakes --dataset earthquakes\n"
        "  penstock run --from profile --to load --json"
    )(run)
    app.command(epilog="\b\nExamples:\n  penstock status\n  penstock status ~/pipelines --json")(status)


def run(
    project: Annotated[Path, typer.Argument(help="The pipeline's folder.")] = Path(),
    first: Annotated[str, typer.Option("--from", help="First step: extract, profile, load or normalise.")] = "extract",
    last: Annotated[str, typer.Option("--to", help="Last step.")] = "normalise",
    dataset: Annotated[list[str] | None, typer.Option(help="Only this dataset; may be repeated.")] = None,
    engine: Annotated[
        str | None, typer.Option(help="dbt, or duckdb for the same SQL without dbt. Default: dbt where installed.")
    ] = None,
    as_json: JSON = False,
) -> None:
    """Run a pipeline: extract, profile, load, normalise.

    Every step may be repeated without doubling data. What failed or was stopped goes on where it was.
    """
    from penstock.cli.output import errors, print_json
    from penstock.cli.progress import shown
    from penstock.services.run import as_document
    from penstock.services.run import run as run_pipeline

    with shown(quiet=as_json) as listen:
        finished = run_pipeline(project, first=first, last=last, datasets=dataset or (), engine=engine, listen=listen)
    if as_json:
        print_json(as_document(finished.report))
    for failure in finished.failures:
        errors().print(f"Error: {failure}", markup=False)
    if finished.failures:
        raise typer.Exit(finished.failures[0].exit_code)


def status(
    folder: Annotated[Path, typer.Argument(help="A folder with pipelines in it or below it.")] = Path(),
    as_json: JSON = False,
) -> None:
    """Show every pipeline below a folder: its last run, rows, rows set aside, drift, schedule."""
    from dataclasses import asdict

    from penstock.cli.output import print_json, print_table
    from penstock.services.status import pipeline_status

    found = pipeline_status(folder)
    if as_json:
        print_json({"pipelines": [asdict(each) for each in found]})
        return
    print_table(
        ["pipeline", "last run", "status", "rows", "rejected", "schedule"],
        [(p.pipeline, p.last_run or "-", p.status, p.rows, p.rejected, p.schedule or "-") for p in found],
    )
