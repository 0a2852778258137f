"""Commands about what there is to use: operations."""

from typing import TYPE_CHECKING, Annotated

import typer

from penstock.cli.tables import JSON

if TYPE_CHECKING:
    from penstock.mapping.operation import Operation


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        epilog="\b\nExamples:\n  penstock operations\n  penstock operations SPLIT\n"
        "  penstock operations --json | jq '.operations[].name'"
    )(operations)


def operations(
    name: Annotated[str, typer.Argument(help="One operation, also by an older name; default: a list of all.")] = "",
    as_json: JSON = False,
) -> None:
    """Show the operations of mappings: what each takes, gives and does with nulls, its examples and its targets."""
    from penstock.cli.folding import print_folded
    from penstock.cli.output import print_json
    from penstock.services.operations import as_document, manual

    found = manual(name)
    if as_json:
        print_json(as_document(found))
    elif name:
        for each in found:
            _print(each)
    else:
        print_folded(["operation", "does"], [(each.name, each.manual.partition("\n")[0]) for each in found])


def _print(operation: "Operation") -> None:
    from penstock.cli.output import console
    from penstock.services.operations import NULLS, example_text, limits, signature, targets

    def say(text: str = "") -> None:
        console().print(text, markup=False)

    say(signature(operation))
    say(f"\n{operation.manual}\n\n{NULLS[operation.nulls]}")
    if operation.rejects:
        say(f"A row is rejected where the value {operation.rejects}.")
    if operation.aliases:
        say(f"Also called {', '.join(operation.aliases)} in older mappings.")
    say("\nExamples:")
    for each in operation.examples:
        say(f"  {example_text(operation, each)}")
    say("\nTargets:")
    parts = limits(operation)
    for target, gap in targets(operation).items():
        part = parts[target]
        done = f"no: {gap}" if gap else f"for some types; for others {part}" if part else "yes"
        say(f"  {target:<10} {done}")
