"""The command line: each command reads its arguments, calls one service and shows the answer."""

import sys


def main() -> None:
    """Run `penstock` as a program."""
    from penstock.cli.app import run_program

    sys.exit(run_program(sys.argv[1:]))
