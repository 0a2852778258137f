"""Fills the templates of the handler."""

from functools import cache
from pathlib import Path

import jinja2

from penstock.pipeline.patterns.extract.http_api.environment import (
    auth_of,
    endpoint_of,
    endpoint_variable,
    variables_of,
)
from penstock.pipeline.patterns.extract.http_api.literals import literal
from penstock.pipeline.patterns.extract.http_api.view import view_of
from penstock.pipeline.spec.model import Spec

FOLDER = Path(__file__).parent
FILES = ("lambda_handler.py", "asking.py", "landing.py", "requirements.txt", ".env.template", "README.md")


def render_files(spec: Spec) -> dict[str, str]:
    """The text of each file below `extract/`, by its path in the project."""
    view = view_of(spec) | {"variables": _variables(spec)}
    return {f"extract/{name}": _templates().get_template(f"{name}.jinja").render(view) for name in FILES}


@cache
def _templates() -> jinja2.Environment:
    # What is written is source code, not HTML; values go through `python`, `docstring` or `line`.
    environment = jinja2.Environment(
        autoescape=jinja2.select_autoescape(enabled_extensions=(), default_for_string=False),
        loader=jinja2.FileSystemLoader(FOLDER / "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"python": literal, "docstring": _docstring, "line": _line}
    return environment


def _docstring(text: str) -> str:
    return '"""' + text.replace("\\", "/").replace('"', "'") + '"""'


def _line(text: str) -> str:
    """One line of a settings file or of prose: without line ends and control characters."""
    return "".join(each if each.isprintable() else " " for each in text)


def _variables(spec: Spec) -> list[dict[str, str]]:
    """The variables of `.env.template`: name, what it is, and the value where it is not a secret."""
    found = [
        {"name": endpoint_variable(spec, name), "about": f"URL of {name}.", "value": endpoint_of(spec, name)}
        for name in spec.datasets
    ]
    secrets = {name: about for each in spec.datasets.values() for name, about in variables_of(auth_of(spec, each))}
    return found + [{"name": name, "about": f"Secret: {about}.", "value": ""} for name, about in secrets.items()]
