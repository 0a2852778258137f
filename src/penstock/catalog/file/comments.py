"""Carries the comments of a YAML text over to another text with mostly the same keys.

A comment belongs to the key that it stands behind, or to the next key below it. A comment whose key is gone goes to
the key above; none is lost.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import yaml

_Loader: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_WHOLE_LINE: Final = 10**9

Place = tuple[str, ...]
"""The keys that lead to a key, such as `fields`, `id`, `type`; the empty one is the end of the text."""


_LINE: Final = re.compile(
    r"""(?P<indent>\ *)(?:'(?P<single>(?:[^']|'')*)'|(?P<plain>[^\s'"?#:-][^'"?#:]*)):"""
    r"""(?P<value>(?:\ (?:[^'"#]|'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")*)?)(?P<comment>\#.*)?""",
    re.VERBOSE,
)
"""A key with its value, as the writer of catalogs writes them; others are looked at with a reader of YAML."""

_OTHER: Final = re.compile(r" *(?:#|- )|$")
"""A line without a key of its own: a comment, an element of a list, nothing."""


def with_comments(text: str, commented: str, *, is_emitted: bool = False) -> str:
    """`text` with the comments of `commented`.

    Args:
        text: as `emit` wrote it.
        commented: a YAML mapping in block style.
        is_emitted: `commented` was written by `emit` and this function, and nobody changed it, which makes it faster.
    """
    if "#" not in commented:
        return text
    found = commented.splitlines()
    above, behind = _comments(found, (_emitted_places(found) if is_emitted else None) or dict(_places(commented)))
    if not above and not behind:
        return text
    return "".join(f"{line}\n" for line in _woven(text, above, behind))


def _emitted_places(lines: list[str]) -> dict[int, tuple[Place, int, int]] | None:
    """The same as `_places` of lines that `emit` wrote, many times faster; None when one is not understood."""
    places: dict[int, tuple[Place, int, int]] = {}
    above: list[str] = []
    for number, line in enumerate(lines):
        found = _LINE.fullmatch(line)
        if found:
            key = found["plain"] or found["single"].replace("''", "'")
            above[len(found["indent"]) // 2 :] = [key]
            places[number] = (tuple(above), number, found.end("value"))
        elif not _OTHER.match(line):
            return None
    return places


def _places(text: str) -> Iterator[tuple[int, tuple[Place, int, int]]]:
    """For each line that starts a key: the key's place, and the line and column where its value ends."""
    loader = _Loader(text)
    try:
        yield from _places_in(loader.get_single_node(), ())
    finally:
        loader.dispose()


def _places_in(node: Any, above: Place) -> Iterator[tuple[int, tuple[Place, int, int]]]:
    for key, value in node.value:
        place = (*above, str(key.value))
        nested = isinstance(value, yaml.MappingNode) and not value.flow_style and value.value
        listed = isinstance(value, yaml.SequenceNode) and not value.flow_style
        end = key.end_mark if nested or listed else value.end_mark
        is_block = isinstance(value, yaml.ScalarNode) and value.style in {"|", ">"}
        # A block of text ends where the next line starts.
        yield key.start_mark.line, (place, end.line - is_block, _WHOLE_LINE if is_block else end.column)
        if nested:
            yield from _places_in(value, place)


def _comments(
    lines: list[str], starts: Mapping[int, tuple[Place, int, int]]
) -> tuple[dict[Place, list[str]], dict[Place, str]]:
    """The lines of comment above each place, and the comment behind each place."""
    above: dict[Place, list[str]] = {}
    behind: dict[Place, str] = {}
    waiting: list[str] = []
    last = -1
    for number, line in enumerate(lines):
        if number in starts:
            place, last, column = starts[number]
            if waiting:
                above[place], waiting = waiting, []
            _, mark, said = lines[last][column:].partition("#") if last < len(lines) else ("", "", "")
            if mark:
                behind[place] = f"#{said}"
        elif number > last and line.lstrip().startswith("#"):
            waiting.append(line.strip())
    if waiting:
        above[()] = waiting
    return above, behind


def _woven(text: str, above: Mapping[Place, list[str]], behind: Mapping[Place, str]) -> Iterator[str]:
    starts = _emitted_places(text.splitlines()) or dict(_places(text))
    homes = {place for place, _, _ in starts.values()}
    orphans = _orphans({*above, *behind} - homes, above, behind)
    ends: dict[int, str] = {}
    for number, line in enumerate(text.splitlines()):
        if number in starts:
            place, last, _ = starts[number]
            indent = line[: len(line) - len(line.lstrip())]
            yield from (f"{indent}{each}" for each in (*orphans.pop(place, ()), *above.get(place, ())))
            if place in behind:
                ends[last] = behind[place]
        yield f"{line}  {ends.pop(number)}" if number in ends else line
    yield from (each for lines in orphans.values() for each in lines)


def _orphans(lost: set[Place], above: Mapping[Place, list[str]], behind: Mapping[Place, str]) -> dict[Place, list[str]]:
    """The comments of keys that are gone, by the key above them, where there is one."""
    moved: dict[Place, list[str]] = {}
    for place in sorted(lost):
        comments = [*above.get(place, ()), *([behind[place]] if place in behind else ())]
        moved.setdefault(place[:-1], []).extend(comments)
    return moved
