"""The program: its commands, and how errors become exit codes."""

import sys
from collections.abc import Sequence
from typing import Annotated, Final, cast

import typer

from penstock.cli import catalogues, mappings, pipelines, repairs, shapes, starting, system, tables
from penstock.errors import FileAccessError, PenstockError, UnexpectedError, UsageError

app = typer.Typer(
    name="penstock",
    help="An AI-assisted data engineer: from an API to tables that can be queried, as a pipeline that you own.",
    epilog="Start with: penstock demo",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
# Typer keeps this class to itself: the base of what is wrong with a command line.
WRONG_USAGE: Final = cast("type[typer.BadParameter]", typer.BadParameter.__mro__[1])

STOPPED: Final = 130
"""The exit code after Ctrl-C, as shells have it."""

for group in (starting, pipelines, tables, repairs, shapes, mappings, catalogues, system):
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
    as_json = "--json" in arguments
    try:
        code = app(list(arguments), standalone_mode=False)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except WRONG_USAGE as problem:
        problem.show()
        return report(UsageError(problem.format_message()), as_json=as_json, is_told=True)
    except typer.Abort:
        code = STOPPED
    except PenstockError as error:
        return report(error, as_json=as_json)
    except Exception as error:  # noqa: BLE001  # the last resort: who asked for JSON gets JSON
        return report(_known(error), as_json=as_json)
    if code == STOPPED:
        sys.stderr.write("Stopped.\n")
    return code if isinstance(code, int) else 0


def _known(error: Exception) -> PenstockError:
    """What an error means that no part of Penstock raised on purpose."""
    if isinstance(error, OSError):
        from penstock.runtime.storage import storage_error

        return storage_error(error) or FileAccessError(error)
    import traceback

    traceback.print_exception(error)
    return UnexpectedError(error)


def report(error: PenstockError, *, as_json: bool, is_told: bool = False) -> int:
    """Say what went wrong, unless that is told already; a program that asked for JSON gets it as JSON."""
    from penstock.cli.output import print_json

    if not is_told:
        sys.stderr.write(f"Error: {error}\n")
    if as_json:
        print_json({"error": {"type": type(error).__name__, "message": str(error)}})
    return error.exit_code
