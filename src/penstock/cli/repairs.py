"""Commands that mend and explain tables: rejects, replay, trace."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from penstock.cli.pipelines import Engine
from penstock.cli.tables import JSON, LIMIT, PROJECT

if TYPE_CHECKING:
    from penstock.runtime.reopening import Reject
    from penstock.services.trace import Trace

DATASETS = Annotated[list[str] | None, typer.Option("--dataset", help="Only this dataset; may be repeated.")]
PLAIN = Annotated[bool, typer.Option("--plain", help="Show personal values as they are.")]
ENGINE = Annotated[
    Engine | None, typer.Option(help="dbt, or the same SQL without it. Default: dbt where it is installed.")
]

WHAT_TO_DO: Final = (
    "Next: decide the type of the field in catalog/{dataset}.yml (json keeps any value, text takes scalars\n"
    "as they are written), then penstock rejects --retry. The types: docs/catalog.md"
)

WIDEST_RECORD: Final = 120
"""Characters of a record that are shown to people."""


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        epilog="\b\nExamples:\n  penstock rejects\n  penstock rejects quakes --dataset earthquakes\n"
        "  penstock rejects --retry\n  penstock rejects --json | jq '.rejects[].record'"
    )(rejects)
    app.command(
        epilog="\b\nExamples:\n  penstock replay\n  penstock replay quakes --since 2026-11-21\n"
        "  penstock replay --dataset earthquakes --catalog\n"
        "  penstock replay --accept-lost landing/data_profile=raw/…/9a0b….json"
    )(replay)
    app.command(
        epilog="\b\nExamples:\n  penstock trace trips 0000001\n  penstock trace trips__legs 0000001\n"
        "  penstock trace prices 2026 CAD -p shop\n  penstock trace trips 0000001 --json | jq '.rows[].record'"
    )(trace)


def rejects(
    project: Annotated[Path, typer.Argument(help="The pipeline's folder.")] = Path(),
    dataset: DATASETS = None,
    retry: Annotated[
        bool, typer.Option("--retry", help="Read their raw files again; rows that fit now go to the tables.")
    ] = False,
    limit: LIMIT = 20,
    plain: PLAIN = False,
    engine: ENGINE = None,
    as_json: JSON = False,
) -> None:
    """List the rows that were set aside, with the reason, the raw file and the position; or put them through again.

    What looks personal is masked, and records are cut; --json has all of them, whole and as they came.
    """
    from penstock.cli.ending import fail
    from penstock.cli.output import errors
    from penstock.cli.progress import shown
    from penstock.services.rejects import rejects as list_rejects
    from penstock.services.rejects import retry as put_through

    if not retry:
        _print_rejects(project, list_rejects(project, dataset or ()), limit, plain=plain, as_json=as_json)
        return
    with shown(quiet=as_json) as listen:
        retried = put_through(project, dataset or (), engine=engine, listen=listen)
    told = f"{_rows(retried.fit)} fit now, {_rows(len(retried.left))} set aside still."
    errors().print(told if retried.run else "No rows were set aside: there is nothing to put through again.")
    _print_rejects(project, retried.left, limit, plain=plain, as_json=as_json, empty="")
    if retried.run:
        fail(retried.run)


def replay(
    project: Annotated[Path, typer.Argument(help="The pipeline's folder.")] = Path(),
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="Only what was fetched on this UTC day (2026-11-21) or later.")
    ] = None,
    dataset: DATASETS = None,
    catalog: Annotated[
        bool, typer.Option("--catalog", help="Count the catalogs anew, too; what people wrote in them stays.")
    ] = False,
    accept_lost: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Give up a raw file that is gone or damaged; may be repeated."),
    ] = None,
    engine: ENGINE = None,
    as_json: JSON = False,
) -> None:
    """Build the tables again from the raw files that landed. Nothing is fetched.

    Without --since the tables are built from everything, also when the database is lost. A damaged database is moved
    aside first, unless --since or --dataset asks for a part. With --accept-lost the manifest says from now on that a
    raw file is lost, and its records leave the tables.
    """
    from penstock.cli.ending import conclude
    from penstock.cli.progress import shown
    from penstock.services.replay import replay as build_again

    with shown(quiet=as_json) as listen:
        finished = build_again(
            project,
            since=since,
            datasets=dataset or (),
            catalog=catalog,
            lost=accept_lost or (),
            engine=engine,
            listen=listen,
        )
    conclude(finished, project, as_json=as_json)


def trace(
    table: Annotated[str, typer.Argument(help="A table that was built from raw files.")],
    key: Annotated[list[str], typer.Argument(help="The values of the dataset's key, or a _row_id.")],
    project: PROJECT = Path(),
    limit: LIMIT = 20,
    plain: PLAIN = False,
    as_json: JSON = False,
) -> None:
    """Show where a row's values come from: fields, model, request, raw file, and the raw record.

    In a table below the records, the key of a record gives the rows that are a part of it. What looks personal is
    masked; --json has values and records whole and as they came.
    """
    from penstock.cli.output import console, print_cut
    from penstock.runtime.project import Project
    from penstock.services.masks import Masks
    from penstock.services.trace import shown_trace
    from penstock.services.trace import trace as trace_rows

    found = trace_rows(project, table, key, limit)
    if as_json:
        _print_exact({"rows": [_traced(each) for each in found.rows], "cut": found.is_cut})
        return
    masks = None if plain else Masks(Project.at(project))
    for number, row in enumerate(found.rows):
        if number:
            console().print()
        _print_trace(row if masks is None else shown_trace(row, masks))
    if found.is_cut:
        print_cut(len(found.rows))


def _traced(row: "Trace") -> dict[str, object]:
    from dataclasses import asdict

    return {**asdict(row), "record": _raw(row.record)}


def _print_trace(row: "Trace") -> None:
    from penstock.cli.folding import print_folded
    from penstock.cli.output import console

    origin = row.origin
    page = f", page {origin.page}" if origin.page is not None else ""
    status = f", status {origin.status}" if origin.status is not None else ""
    lines = {
        "row": f"{row.table} {row.row_id}",
        "record": row.root_id if row.root_id != row.row_id else "",
        "closed": str(row.closed_at) if row.closed_at else "",
        "model": row.model,
        "request": f"{origin.url or 'unknown URL'}\n         {origin.request_time}, run {origin.run}{page}{status}",
        "asked as": origin.fingerprint,
        "raw file": f"{origin.file}, record {origin.position}",
        "problem": row.problem,
    }
    for name, text in lines.items():
        if text:
            console().print(f"{name:<8} {text}", markup=False)
    print_folded(["column", "value", "field"], [(each.name, each.value, each.path) for each in row.columns])
    if row.record is not None:
        console().print(row.record, markup=False)


def _rows(number: int) -> str:
    from penstock.runtime.wording import count

    return count(number, "row")


def _print_rejects(
    project: Path,
    found: "Sequence[Reject]",
    limit: int,
    *,
    plain: bool,
    as_json: bool,
    empty: str = "No rows were set aside.",
) -> None:
    from penstock.cli.output import console, errors, print_table

    if as_json:
        _print_exact({"rejects": [_as_data(each) for each in found]})
    elif found:
        columns = ["dataset", "position", "path", "reason", "value", "record", "file"]
        print_table(columns, _as_shown(project, found[:limit], plain=plain))
        if len(found) > limit:
            console().print(f"{limit} of {len(found)} are shown (--limit, --json). All of them by reason:")
            print_table(["rows", "dataset", "path", "reason"], _by_reason(found))
        errors().print(WHAT_TO_DO.format(dataset=found[0].dataset), markup=False)
    elif empty:
        console().print(empty)


def _by_reason(found: "Sequence[Reject]") -> Iterable[Sequence[object]]:
    """How many there are of each kind, the most frequent first."""
    counted = Counter((each.dataset, each.path, each.reason) for each in found)
    return [(count, *kind) for kind, count in counted.most_common()]


def _as_data(reject: "Reject") -> dict[str, object]:
    names = ("dataset", "file", "position", "path", "reason")
    return {**{name: getattr(reject, name) for name in names}, "record": _raw(reject.record)}


def _raw(text: str | None) -> object:
    """JSON that goes into a document as it is, so that no digit is lost."""
    import msgspec

    return None if text is None else msgspec.Raw(text.encode())


def _print_exact(document: object) -> None:
    import msgspec

    from penstock.cli.output import plain

    encoded = msgspec.json.encode(document, enc_hook=plain)
    sys.stdout.write(msgspec.json.format(encoded, indent=2).decode() + "\n")


def _as_shown(project: Path, found: "Sequence[Reject]", *, plain: bool) -> Iterable[Sequence[object]]:
    from penstock.runtime.project import Project
    from penstock.services.masks import Masks

    masks = Masks(Project.at(project))
    for each in found:
        value, record = each.value, each.record or ""
        if not plain:
            value, record = masks.value(each.dataset, each.path, value), masks.text(each.dataset, record)
        cut = record if len(record) <= WIDEST_RECORD else f"{record[: WIDEST_RECORD - 1]}…"
        yield each.dataset, each.position, each.path, each.reason, value, cut, each.file
