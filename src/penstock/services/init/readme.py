"""The README of a new project: what it fetches, how it runs, and why it is set up this way."""

from collections.abc import Sequence

from penstock.pipeline.probe.urls import mask_url
from penstock.pipeline.spec.model import Spec
from penstock.pipeline.spec.rules.requests import auths
from penstock.pipeline.spec.rules.secrets import environment_names
from penstock.pipeline.spec.schedule import parse_schedule, to_words
from penstock.services.init.request import Decision


def project_readme(spec: Spec, decisions: Sequence[Decision], hints: Sequence[str]) -> str:
    """The text of README.md."""
    lines = [f"# {spec.name}", "", spec.description or f"Data of {spec.provider.name}, fetched into tables.", ""]
    lines += ["| dataset | from | written |", "|---|---|---|"]
    for name, dataset in spec.datasets.items():
        lines.append(f"| {name} | {_cell(mask_url(dataset.endpoint))} | {dataset.writing_mode} |")
    if spec.schedule:
        cron = parse_schedule(spec.schedule)
        words = to_words(cron)
        lines += ["", f"Meant to run {f'every {words}' if words != cron else 'by its schedule'} (UTC; cron `{cron}`)."]
    lines += ["", "## Run it", "", "```console", "$ penstock run", "$ penstock status", "```", "", *_secrets(spec)]
    lines += [
        "## Change it",
        "",
        "Edit `penstock.yml`, then `penstock check` and `penstock build`: files that you edited are ",
    ]
    lines[-1] += "merged, never overwritten."
    lines += ["", "The files under `extract/`, `load/` and `dbt/` are yours and run without Penstock.", ""]
    if decisions:
        lines += [
            "## Why it is set up this way",
            "",
            "| what | chosen | because | also possible |",
            "|---|---|---|---|",
        ]
        lines += [
            f"| {each.name} | {_cell(each.value)} | {_cell(' '.join(each.evidence))} | "
            f"{_cell('; '.join(map(repr, each.alternatives)))} |"
            for each in decisions
        ]
        lines.append("")
    if hints:
        lines += ["To look into:", "", *(f"- {each}" for each in hints), ""]
    return "\n".join(lines)


def _secrets(spec: Spec) -> list[str]:
    names = sorted({name for _, auth in auths(spec) for name in environment_names(auth).values()})
    if not names:
        return []
    listed = ", ".join(f"`{name}`" for name in names)
    return [f"It needs {listed} in the environment or in `.env`, which git ignores.", ""]


def _cell(text: str) -> str:
    """A text that stays inside of its cell and its line."""
    return " ".join(text.split()).replace("|", "\\|")
