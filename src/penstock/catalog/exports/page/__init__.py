"""A catalog as one HTML page that opens without a server and asks nobody for anything."""

import base64
import hashlib
from importlib.resources import files
from typing import Final

from penstock.catalog.exports.page.view import view
from penstock.catalog.model import Catalog

_PARTS: Final = files("penstock.catalog.exports.page")


def render_page(catalog: Catalog) -> str:
    """The page of a catalog: types, presence, values and history; names and values are escaped.

    What it shows of values is what the catalog holds: mask it first.
    """
    from jinja2 import Environment, StrictUndefined

    script = _read("page.js")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_read("page.html.jinja")).render(
        page=view(catalog), style=_read("page.css"), script=script, script_hash=_hash(script)
    )


def _read(name: str) -> str:
    return _PARTS.joinpath(name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    """The hash by which a browser runs this script and no other."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
