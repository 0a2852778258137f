"""Doc comments of Ballerina: lines that begin with `#`."""

import re
from collections.abc import Sequence
from typing import Final

from penstock.readers.ballerina.names import is_disallowed, parse_identifier
from penstock.readers.ballerina.syntax import Doc

_FIELD: Final = re.compile(r"\+\s*(\S+)\s+-\s?(.*)")
_PLUS: Final = re.compile(r"^(\s*)(\\*\+)")
_ESCAPED_PLUS: Final = re.compile(r"^(\s*)\\(\\*\+)")
_BACKSLASH: Final = r"\1\\\2"
"""What is no entry for a field must not look like one."""


def parse_doc(lines: Sequence[str]) -> Doc:
    """The doc of a declaration: lines before the first `+ name - text` are about the whole, others about that name."""
    texts: dict[str, list[str]] = {"": []}
    name = ""
    for line in lines:
        found = _FIELD.match(line)
        if found:
            name = parse_identifier(found[1].strip("`"))
            texts[name] = [found[2]]
        else:
            texts[name].append(_plain(line))
    joined = {key: "\n".join(each).strip() for key, each in texts.items()}
    return Doc(joined.pop(""), joined, "\n".join(map(_plain, lines)).strip())


def format_doc(text: str, indent: str = "") -> list[str]:
    """Lines of a doc comment; whatever the text holds, none of it is outside of the comment."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n") if text.strip() else []
    return [f"{indent}# {_PLUS.sub(_BACKSLASH, _clean(line))}".rstrip() for line in lines]


def _plain(line: str) -> str:
    return _ESCAPED_PLUS.sub(r"\1\2", line)


def _clean(line: str) -> str:
    """A line without the code points that Ballerina allows nowhere."""
    return "".join("\ufffd" if is_disallowed(each) else each for each in line)
