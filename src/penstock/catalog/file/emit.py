"""Writes the plain data of a catalog as YAML, several times faster than a library for all of YAML.

A text is written without quotes only where every reader takes it for a text (`000196` is a number for some), and days:
`since: 2026-11-21` reads well, and the loader of catalogs takes days for texts.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from penstock.catalog.file.entry import OneLine, OneLineList

_IN_FLOW: Final = re.compile(r"(?a:[A-Za-z][\w./+*()-]*(?: [\w./+*()-]+)*)|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_IN_BLOCK: Final = re.compile(
    r"(?a:[A-Za-z][\w./+*()\[\]-]*(?: [\w./+*()-]+)*)|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]*[0-9]Z?)?"
)
_TAKEN: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
"""Words that are no texts for some reader, in any case."""

_QUOTABLE: Final = re.compile(r"[ -~\u00a1-\u2027\u2030-\ud7ff\ue000-\ufefe\uff00-\ufffd]*")
_ESCAPED: Final = re.compile(r"[^ !#-\[\]-~]")
_LONG_KEY: Final = 120
"""A key that is longer has a line of its own: readers look for the colon no further than 1,024 characters."""


def emit(data: Mapping[str, object]) -> str:
    """A mapping of mappings, lists and scalars as YAML; `OneLine` and `OneLineList` each on one line."""
    return "\n".join((*_block(data, ""), ""))


def _block(data: Mapping[str, object], indent: str) -> Iterator[str]:
    for key, value in data.items():
        name = _text(key, _IN_BLOCK)
        start = f"{indent}{name}:" if len(name) <= _LONG_KEY else f"{indent}? {name}\n{indent}:"
        if isinstance(value, dict) and value and not isinstance(value, OneLine):
            yield start
            yield from _block(value, f"{indent}  ")
        elif isinstance(value, list) and value and not isinstance(value, OneLineList):
            yield start
            yield from (f"{indent}- {_flow(each)}" for each in value)
        else:
            yield f"{start} {_text(value, _IN_BLOCK) if isinstance(value, str) else _flow(value)}"


def _flow(value: object) -> str:
    if isinstance(value, str):
        return _text(value, _IN_FLOW)
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_flow(key)}: {_flow(each)}' for key, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        text = repr(value).replace("inf", ".inf").replace("nan", ".nan")
        # Without a point it is a text for readers of YAML 1.1.
        return text.replace("e", ".0e", 1) if "e" in text and "." not in text else text
    return "null" if value is None else str(value)


def _text(text: str, plain: re.Pattern[str]) -> str:
    if plain.fullmatch(text) and text.lower() not in _TAKEN:
        return text
    if _QUOTABLE.fullmatch(text):
        return "'" + text.replace("'", "''") + "'"
    text.encode()  # half a pair of surrogates cannot be written
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(found: re.Match[str]) -> str:
    sign = found[0]
    return f"\\{sign}" if sign in '"\\' else f"\\U{ord(sign):08x}"
