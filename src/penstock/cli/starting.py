"""Commands to start with: demo, init."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from penstock.cli.pipelines import Engine
from penstock.cli.tables import JSON

if TYPE_CHECKING:
    from penstock.services.demo.provider import DemoProvider
    from penstock.services.init import Created, InitRequest, Proposal

Auth = Literal["none", "bearer", "api_key", "basic"]
Paging = Literal["none", "page_number", "offset", "link_header"]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        epilog="\b\nExamples:\n  penstock demo\n  penstock demo --folder /tmp/bikes\n  penstock demo --serve 8000"
    )(demo)
    app.command(
        epilog="\b\nExamples:\n"
        "  penstock init quakes --url https://example.org/quakes.json --every 'day at 21:00'\n"
        "  penstock init issues --url https://api.example.org/issues --auth bearer --token-env API_TOKEN\n"
        "  penstock init orders --openapi shop.yaml --operation /orders --url https://shop.example\n"
        "  penstock init bikes --spec penstock.yml"
    )(init)


def demo(
    folder: Annotated[Path, typer.Option(help="Where the pipeline is written.")] = Path("penstock-demo"),
    engine: Annotated[Engine | None, typer.Option(help="Default: dbt where it is installed.")] = None,
    serve: Annotated[int | None, typer.Option(help="Only start the demo's provider, on this port.")] = None,
    as_json: JSON = False,
) -> None:
    """Show the whole journey, offline: a provider on this machine, a pipeline written and run, tables to look at."""
    from penstock.cli.output import print_json
    from penstock.cli.progress import shown
    from penstock.services.demo.journey import run_demo
    from penstock.services.demo.provider import serve_forever
    from penstock.services.run import as_document

    if serve is not None:
        serve_forever(serve, started=_say_where)
        return
    with shown(quiet=as_json) as listen:
        result = run_demo(folder, listen=listen, engine=engine)
    if as_json:
        runs = [as_document(result.first), as_document(result.second)]
        print_json({"folder": str(result.project.root), "runs": runs})


def init(
    name: Annotated[Path, typer.Argument(help="The new project's folder; its last part names the pipeline.")],
    url: Annotated[
        str | None, typer.Option(help="The endpoint. It is called once, and once more to prove paging.")
    ] = None,
    provider: Annotated[str | None, typer.Option(help="Who has the data; default: after the host.")] = None,
    dataset: Annotated[str | None, typer.Option(help="What the records are called; default: after the URL.")] = None,
    records: Annotated[str | None, typer.Option(help="Path to the records in an answer.")] = None,
    key: Annotated[list[str] | None, typer.Option(help="Path that identifies a record; may be repeated.")] = None,
    every: Annotated[str | None, typer.Option(help="Schedule: 'day at 21:00', '15 minutes' or cron; UTC.")] = None,
    sample: Annotated[Path | None, typer.Option(help="A saved answer, in the place of a call.")] = None,
    openapi: Annotated[Path | None, typer.Option(help="An OpenAPI 3 description, JSON or YAML.")] = None,
    operation: Annotated[str | None, typer.Option(help="Which path or operationId of the description.")] = None,
    spec: Annotated[Path | None, typer.Option(help="A finished penstock.yml.")] = None,
    auth: Annotated[Auth | None, typer.Option(help="How to sign in; default: what the API asks for.")] = None,
    token_env: Annotated[str | None, typer.Option(help="Environment variable that holds the secret.")] = None,
    key_name: Annotated[str | None, typer.Option(help="Header of an API key; ?name: a query parameter.")] = None,
    paging: Annotated[Paging | None, typer.Option(help="How to page; default: what is found.")] = None,
    second_call: Annotated[bool, typer.Option(help="Prove paging by one more call.")] = True,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what is proposed and why, write nothing.")] = False,
    as_json: JSON = False,
) -> None:
    """Write a pipeline project. One call to the URL proposes records, key, cursor and paging, with the evidence.

    What is missing is asked on a terminal; elsewhere the command fails and lists it.
    """
    from penstock.services.init import InitRequest, write_new_project
    from penstock.services.init.project import check_free

    request = InitRequest(
        name, url, provider, dataset, records, tuple(key) if key else None, every, sample, openapi, operation,
        spec=spec, auth=auth, token_env=token_env, key_name=key_name,
        paging=paging, second_call=second_call,
    )  # fmt: skip
    check_free(name)
    request, proposal = _settled(request, ask=sys.stdin.isatty() and not as_json)
    if not as_json:
        _explain(proposal)
    if dry_run:
        _show_spec(proposal, as_json=as_json)
        return
    created = write_new_project(request, proposal, os.environ)
    _tell(created, proposal, as_json=as_json)


def _say_where(provider: "DemoProvider") -> None:
    from penstock.cli.output import console

    console().print(f"The provider listens at {provider.url}; stop it with Ctrl-C.", markup=False)
    console().print(f"Feeds: {provider.url}/gbfs.json", markup=False)
    console().print(f"Trips: {provider.trips_url}, with the bearer token {provider.token}", markup=False)


def _settled(request: "InitRequest", *, ask: bool) -> "tuple[InitRequest, Proposal]":
    """Plan, ask what is missing where there is somebody to ask, and plan again."""
    from penstock.errors import MissingAnswersError
    from penstock.runtime.http import HttpFetch
    from penstock.services.init import answered, plan_init

    while True:
        proposal = plan_init(request, HttpFetch(), os.environ)
        if proposal.spec is not None:
            return request, proposal
        if not ask:
            raise MissingAnswersError([(each.name, each.text) for each in proposal.questions])
        answers = {}
        for question in proposal.questions:
            listed = f" ({', '.join(question.options)})" if question.options else ""
            answers[question.name] = typer.prompt(
                f"{question.text}{listed}", default=question.default or None, err=True
            )
        request = answered(request, answers)


def _explain(proposal: "Proposal") -> None:
    from penstock.cli.folding import print_folded

    rows = [
        (each.name, each.value, " ".join(each.evidence) + _instead(each.alternatives)) for each in proposal.decisions
    ]
    if rows:
        print_folded(["proposed", "value", "because"], rows)


def _instead(alternatives: tuple[str, ...]) -> str:
    return f" Also possible: {', '.join(alternatives)}." if alternatives else ""


def _show_spec(proposal: "Proposal", *, as_json: bool) -> None:
    from dataclasses import asdict

    from penstock.cli.output import print_json
    from penstock.pipeline.spec.write import write_spec

    assert proposal.spec is not None
    if as_json:
        spec = proposal.spec.model_dump(mode="json", exclude_defaults=True, by_alias=True)
        print_json({"spec": spec, "decisions": [asdict(each) for each in proposal.decisions]})
    else:
        sys.stdout.write(write_spec(proposal.spec))


def _tell(created: "Created", proposal: "Proposal", *, as_json: bool) -> None:
    from dataclasses import asdict

    from penstock.cli.output import console, errors, print_json

    if as_json:
        decisions = [asdict(each) for each in proposal.decisions]
        print_json({"folder": created.folder, "files": created.files, "decisions": decisions, "notes": created.notes})
        return
    console().print(f"Written to {created.folder}:", markup=False)
    for file in created.files:
        console().print(f"  {file}", markup=False)
    for note in created.notes:
        errors().print(note, markup=False)
    console().print(f"\nNext: cd {created.folder.name} && penstock run", markup=False)
