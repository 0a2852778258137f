"""Regular expressions of Ballerina (section 10, "Regular expressions") as those of Python."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.conformance.ballerina.library import lang
from tests.conformance.ballerina.values import Function, IllTyped, UnsupportedSyntax, kind

_TOKEN = re.compile(
    r"\\u\{(?P<code>[0-9A-Fa-f]+)\}|\\(?P<escape>.)|\((?P<group>\?[^:)]*:?)?|(?P<set>\[\^?)|(?P<end>\])|(?P<other>.)",
    re.DOTALL,
)
_CLASSES = {
    "d": "0-9",
    "w": "A-Za-z0-9_",
    "s": "\\t\\n\\r ",
}


@dataclass(frozen=True)
class RegExp:
    """A regular expression."""

    pattern: re.Pattern[str]
    source: str


@dataclass(frozen=True)
class Span:
    """A part of a string."""

    text: str
    startIndex: int  # noqa: N815  # Ballerina's name
    endIndex: int  # noqa: N815


def compile_regexp(source: str) -> RegExp:
    """A regular expression that matches as the specification says; what is not translated is refused."""
    return RegExp(re.compile("".join(_translated(source))), source)


def _translated(source: str) -> Iterator[str]:
    inside = False
    for found in _TOKEN.finditer(source):
        text = found[0]
        if found["code"]:
            yield re.escape(chr(int(found["code"], 16)))
        elif found["escape"]:
            yield _escape(found["escape"], inside=inside)
        elif text.startswith("(") and not inside:
            if found["group"] not in {None, "?:"}:
                raise UnsupportedSyntax(f"the group ({found['group']} of a regular expression")
            yield text
        elif found["set"] and not inside:
            inside = True
            yield text
        elif found["end"] and inside:
            inside = False
            yield text
        else:
            yield _plain(text, inside=inside)


def _escape(character: str, *, inside: bool) -> str:
    if character in _CLASSES:
        return _CLASSES[character] if inside else f"[{_CLASSES[character]}]"
    if character.lower() in _CLASSES and not inside:
        return f"[^{_CLASSES[character.lower()]}]"
    if character in "rnt":
        return f"\\{character}"
    if character in "^$\\.*+?()[]{}|" or (inside and character == "-"):
        return f"\\{character}"
    raise UnsupportedSyntax(f"the escape \\{character} of a regular expression")


def _plain(text: str, *, inside: bool) -> str:
    if inside:
        return f"\\{text}" if text in "[&~|" else text
    if text == ".":
        return "[^\\n\\r]"
    if text == "$":
        return "\\Z"
    return (
        "\\A"
        if text == "^"
        else text
        if text in "*+?{}()|" or not text.strip()
        else re.sub(r"[\]#&~-]", r"\\\g<0>", text)
    )


lang("regexp", "isFullMatch", "RegExp string")(lambda regexp, text: regexp.pattern.fullmatch(text) is not None)
lang("string", "matches", "string RegExp")(lambda text, regexp: regexp.pattern.fullmatch(text) is not None)
lang("string", "includesMatch", "string RegExp")(lambda text, regexp: regexp.pattern.search(text) is not None)
lang("span", "substring", "Span")(lambda span: span.text[span.startIndex : span.endIndex])


def _span(found: re.Match[str], group: int = 0) -> Span | None:
    return None if found[group] is None else Span(found.string, *found.span(group))


def _groups(found: re.Match[str] | None) -> list[Span | None] | None:
    return found and [_span(found, group) for group in range(found.re.groups + 1)]


@lang("regexp", "find", "RegExp string int?")
def _find(regexp: RegExp, text: str, start: int = 0) -> Span | None:
    found = regexp.pattern.search(text, start)
    return found and _span(found)


@lang("regexp", "findGroups", "RegExp string int?")
def _find_groups(regexp: RegExp, text: str, start: int = 0) -> list[Span | None] | None:
    return _groups(regexp.pattern.search(text, start))


@lang("regexp", "fullMatchGroups", "RegExp string")
def _full_match_groups(regexp: RegExp, text: str) -> list[Span | None] | None:
    return _groups(regexp.pattern.fullmatch(text))


@lang("regexp", "findAll", "RegExp string int?")
def _find_all(regexp: RegExp, text: str, start: int = 0) -> list[Span | None]:
    return [_span(each) for each in _matches(regexp, text, start)]


def _matches(regexp: RegExp, text: str, start: int = 0) -> Iterator[re.Match[str]]:
    for found in regexp.pattern.finditer(text, start):
        if not found[0]:
            raise UnsupportedSyntax("a regular expression that matches nothing")
        yield found


@lang("regexp", "split", "RegExp string")
def _split(regexp: RegExp, text: str) -> list[str]:
    parts, position = [], 0
    for found in _matches(regexp, text):
        parts.append(text[position : found.start()])
        position = found.end()
    return [*parts, text[position:]]


@lang("regexp", "replaceAll", "RegExp string any")
def _replace_all(regexp: RegExp, text: str, replacement: Any) -> str:
    """A string is put in as it is; a function is called with the groups of each match."""
    made = [text[:0]]
    position = 0
    for found in _matches(regexp, text):
        made += [text[position : found.start()], _replaced(replacement, found)]
        position = found.end()
    return "".join([*made, text[position:]])


@lang("regexp", "replace", "RegExp string any")
def _replace(regexp: RegExp, text: str, replacement: Any) -> str:
    found = regexp.pattern.search(text)
    return text[: found.start()] + _replaced(replacement, found) + text[found.end() :] if found else text


def _replaced(replacement: Any, found: re.Match[str]) -> str:
    result = replacement.call(_groups(found)) if isinstance(replacement, Function) else replacement
    if not isinstance(result, str):
        raise IllTyped(f"a replacement is {kind(result)}")
    return result
