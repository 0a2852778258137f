"""Commands about pipelines: build, run, status."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from penstock.cli.tables import JSON

Engine = Literal["dbt", "duckdb"]
Step = Literal["extract", "profile", "load", "normalise"]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        epilog="\b\nExamples:\n  penstock run\n  penstock run quakes --dataset earthquakes\n"
        "  penstock run --from profile --to load --json\n"
        "  penstock run --since 2026-11-01 --until 2026-11-08"
    )(run)
    app.command(epilog="\b\nExamples:\n  penstock build --dry-run\n  penstock build quakes")(build)
    app.command(epilog="\b\nExamples:\n  penstock status\n  penstock status ~/pipelines --json")(status)


def run(
    project: Annotated[Path, typer.Argument(help="The pipeline's folder.")] = Path(),
    first: Annotated[Step, typer.Option("--from", help="First step.")] = "extract",
    last: Annotated[Step, typer.Option("--to", help="Last step.")] = "normalise",
    dataset: Annotated[list[str] | None, typer.Option(help="Only this dataset; may be repeated.")] = None,
    engine: Annotated[
        Engine | None, typer.Option(help="dbt, or the same SQL without it. Default: dbt where it is installed.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="VALUE", help="Ask for a range of the cursor: from this value on.")
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="VALUE", help="Up to this value of the cursor.")] = None,
    as_json: JSON = False,
) -> None:
    """Run a pipeline: extract, profile, load, normalise.

    Every step may be repeated without doubling data. What failed or was stopped goes on where it was. A range is asked
    for in a run of its own, which leaves the cursor of ordinary runs where it is.
    """
    from penstock.cli.ending import conclude
    from penstock.cli.progress import shown
    from penstock.services.run import run as run_pipeline

    with shown(quiet=as_json) as listen:
        finished = run_pipeline(
            project,
            first=first,
            last=last,
            datasets=dataset or (),
            engine=engine,
            since=since,
            until=until,
            listen=listen,
        )
    conclude(finished, project, as_json=as_json)


def status(
    folder: Annotated[Path, typer.Argument(help="A folder with pipelines in it or below it.")] = Path(),
    as_json: JSON = False,
) -> None:
    """Show every pipeline below a folder: its last run, rows, rows set aside, drift, schedule."""
    from penstock.cli.folding import print_folded
    from penstock.cli.output import errors, print_json
    from penstock.services.status import as_document, pipeline_status

    found = pipeline_status(folder)
    if as_json:
        print_json(as_document(found))
        return
    print_folded(
        ["pipeline", "folder", "last run (UTC)", "status", "rows", "rejected", "drift", "schedule"],
        [
            (p.pipeline, _near(p.folder), _minute(p.last_run), p.status, p.rows, p.rejected, p.drift or "-",
             p.schedule or "-")
            for p in found
        ],
    )  # fmt: skip
    if not found:
        errors().print(
            f"There is no pipeline in {folder.resolve()} or below it. Make one: penstock init NAME --url URL"
        )


def _near(folder: Path) -> Path:
    """A folder, seen from here where it is below."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _minute(time: str | None) -> str:
    """A time in UTC, to the minute."""
    return f"{datetime.fromisoformat(time).astimezone(UTC):%Y-%m-%d %H:%M}" if time else "-"


def build(
    project: Annotated[Path, typer.Argument(help="The pipeline's folder.")] = Path(),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the changes, write nothing.")] = False,
    as_json: JSON = False,
) -> None:
    """Write a project's files again from penstock.yml, merged with your edits.

    Where your edits and the new text do not fit together, yours stay and the new text is kept beside them.
    """
    from dataclasses import asdict

    from penstock.cli.output import console, print_json
    from penstock.services.build import build as build_files

    files = build_files(project, dry_run=dry_run)
    if as_json:
        print_json({"files": [asdict(file) for file in files]})
    for file in files if not as_json else ():
        if file.status != "unchanged":
            place = f" (the new text: {file.conflict})" if file.conflict else ""
            console().print(f"{file.status:<10} {file.path}{place}", markup=False)
        if dry_run and file.diff:
            console().print(file.diff, markup=False)
    if not as_json and all(file.status == "unchanged" for file in files):
        console().print("Everything is up to date.")
    if any(file.status == "conflict" for file in files):
        raise typer.Exit(1)
