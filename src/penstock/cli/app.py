"""The program: its commands, and how errors become exit codes."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from penstock.cli import pipelines, repairs, shapes, starting, system, tables
from penstock.errors import PenstockError

app = typer.Typer(
    name="penstock",
    help="An AI-assisted data engineer: from an API to tables that can be queried, as a pipeline that you own.",
    epilog="Start with: penstock demo",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for group in (starting, pipelines, tables, repairs, shapes, system):
    group.register(app)


def _print_version(value: bool) -> None:
    if value:
        from penstock import __version__

        sys.stdout.write(f"penstock {__version__}\n")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """An AI-assisted data engineer: from an API to tables that can be queried, as a pipeline that you own."""


def run_program(arguments: Sequence[str]) -> int:
    """Run one command line; the exit code says what the caller should do (see docs/commands.md)."""
    try:
        app(list(arguments))
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except PenstockError as error:
        return report(error, as_json="--json" in arguments)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return 130
    except BrokenPipeError:
        return 141
    return 0


def report(error: PenstockError, *, as_json: bool) -> int:
    """Say what went wrong; a program that asked for JSON gets it as JSON."""
    from penstock.cli.output import print_json

    sys.stderr.write(f"Error: {error}\n")
    if as_json:
        print_json({"error": {"type": type(error).__name__, "message": str(error)}})
    return error.exit_code
