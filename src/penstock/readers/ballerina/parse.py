"""Ballerina source text to syntax."""

from functools import cache
from importlib.resources import files
from typing import Any, Final

from penstock.errors import DocumentFormatError
from penstock.readers.ballerina.build import build_source
from penstock.readers.ballerina.syntax import Source

GRAMMAR: Final = ("ballerina.lark", "types.lark")


def parse_source(text: str, place: str) -> Source:
    """The declarations in the text of a Ballerina file; other members of the module are read over.

    Raises:
        DocumentFormatError: it is not Ballerina as far as types go; says where.
    """
    from lark import UnexpectedInput

    normal = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    try:
        tree = _parser().parse(normal)
    except UnexpectedInput as error:
        at_end = getattr(getattr(error, "token", None), "type", "") == "$END"
        at = "the end" if at_end else f"line {error.line}, column {error.column}"
        problem = "something is not closed" if at_end else f"unexpected {_word(normal, error.pos_in_stream or 0)!r}"
        raise DocumentFormatError(place, at, problem, "correct the declaration there.") from None
    return build_source(tree, normal)


@cache
def _parser() -> Any:
    from lark import Lark

    grammar = [files(__package__).joinpath(each).read_text("utf-8") for each in GRAMMAR]
    return Lark("\n".join(grammar), parser="lalr", lexer="contextual", maybe_placeholders=True)


def _word(text: str, start: int) -> str:
    words = text[start:].split(maxsplit=1)
    return words[0][:20] if words else ""
