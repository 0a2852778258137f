"""Identifiers of Ballerina: any text but the empty one, quoted and escaped where needed."""

import re
import unicodedata
from typing import Final

_WORDS: Final = """
    abstract annotation any anydata as ascending base16 base64 boolean break by byte check checkpanic
    class client commit configurable conflict const continue decimal default descending distinct do else
    enum equals error external fail false field final float flush foreach fork from function future
    handle if import in int is isolated join json key let limit listener lock map match never new null
    object on order outer panic parameter private public readonly record remote resource retry return
    returns rollback select service source start stream string table transaction transactional trap true
    type typedesc typeof var version wait where while worker xml xmlns
"""
RESERVED: Final = frozenset(_WORDS.split())
"""Words that stand for something else unless they are quoted; some of them only in some places."""

_ESCAPE: Final = re.compile(r"\\u\{([0-9A-Fa-f]+)\}|\\(.)", re.DOTALL)
_TEXT_ESCAPES: Final = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\", '"': '"'}
_LARGEST: Final = 0x10FFFF
_NO_CHARACTERS: Final = frozenset(
    map(chr, [*range(0xFDD0, 0xFDF0), *(plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF))])
)


def parse_identifier(source: str) -> str:
    r"""The name that an identifier stands for: `order` for `'order`, `first-name` for `first\-name`."""
    return _ESCAPE.sub(_unescaped, source.removeprefix("'"))


def format_identifier(name: str) -> str:
    r"""An identifier that stands for a name: `order_id`, `'order`, `'first\-name`, `'\u{1f600}`.

    Raises:
        ValueError: the name is empty, or holds half a character (a surrogate).
    """
    if not name or any(map(_is_half, name)):
        raise ValueError(name)
    written = "".join(map(_escaped, name))
    plain = written == name and not name[0].isdigit() and name not in RESERVED
    return written if plain else f"'{written}"


def parse_text(source: str) -> str:
    r"""The value of a text literal with its quotes: `"a\u{62}\n"`."""
    return _ESCAPE.sub(lambda found: _unescaped(found, _TEXT_ESCAPES), source[1:-1])


def format_text(value: str) -> str:
    """A text literal on one line.

    Raises:
        ValueError: the text holds half a character (a surrogate).
    """
    return f'"{"".join(map(_text_escaped, value))}"'


def is_disallowed(character: str) -> bool:
    """Whether a character may stand nowhere in a source text: controls, halves of characters, no characters."""
    is_control = unicodedata.category(character) == "Cc" and character not in "\t\n\r"
    return is_control or _is_half(character) or character in _NO_CHARACTERS


def _is_half(character: str) -> bool:
    return unicodedata.category(character) == "Cs"


def _unescaped(found: re.Match[str], escapes: dict[str, str] | None = None) -> str:
    if found[1] is None:
        return (escapes or {}).get(found[2], found[2])
    code = int(found[1], 16)
    return found[0] if code > _LARGEST or _is_half(chr(code)) else chr(code)


def _escaped(character: str) -> str:
    if character == "_" or character.isalnum():
        return character
    if " " <= character <= "~":
        return f"\\{character}"
    return f"\\u{{{ord(character):x}}}"


def _text_escaped(character: str) -> str:
    if character in '\\"':
        return f"\\{character}"
    if _is_half(character):
        raise ValueError(character)
    # What cannot be seen is written as a number: controls, formats, lines, and code points that are no characters.
    return character if character.isprintable() else f"\\u{{{ord(character):x}}}"
