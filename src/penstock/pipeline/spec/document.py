"""Reads YAML into plain data, and remembers the line of every key; YAML's own traps become findings."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from penstock.errors import Finding

Data = None | bool | int | float | str | list["Data"] | dict[str, "Data"]
Place = tuple[str | int, ...]
"""Keys and list positions from the top of the document: `("datasets", "events", "key", 0)`."""

MOST_NODES = 100_000
"""More than this is a document that unfolds itself through aliases, not a spec."""

_TAG = "tag:yaml.org,2002:"
_LEADING_ZERO = re.compile(r"[-+]?0[0-9_]+")
_BASE_SIXTY = re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9]*)?")


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML document as data, with the line of every place in it (counted from 1)."""

    data: Data
    lines: Mapping[Place, int]
    findings: tuple[Finding, ...]

    def line_of(self, place: Place) -> int | None:
        """The line of the place, or of the nearest one that holds it."""
        for length in range(len(place), -1, -1):
            if (line := self.lines.get(place[:length])) is not None:
                return line
        return None


def format_place(place: Place) -> str:
    """A place as it is shown to people: `datasets.events.key[0]`."""
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def parse_document(text: str) -> Document:
    """Read one YAML document; what cannot be read is a finding, and the data is then None."""
    reading = _Reading()
    try:
        loader = yaml.SafeLoader(text.removeprefix("\ufeff"))
        try:
            node = loader.get_single_node()
            data = None if node is None else reading.value(node, (), ())
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        return Document(None, {}, (_syntax(error),))
    except (RecursionError, _TooLargeError):
        reading.report("SPEC001", (), 1, "The document is nested too deeply or unfolds itself.", "Remove the aliases.")
        return Document(None, {}, tuple(reading.findings))
    return Document(data, reading.lines, tuple(reading.findings))


def _syntax(error: yaml.YAMLError) -> Finding:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    suggestion = "Check the indentation, and quote texts that hold ': ' or ' #' or begin with a special character."
    if "'\\t'" in problem:
        problem, suggestion = "a tab is used for indentation", "Indent with spaces; YAML does not allow tabs."
    elif "but found another document" in problem:
        suggestion = "A spec is one document: remove the line '---' between the two."
    elif "special characters are not allowed" in problem:
        suggestion = "Remove the control character, or save the file as UTF-8."
    line = mark.line + 1 if mark else None
    column = f", character {mark.column + 1}" if mark else ""
    return Finding("error", "SPEC001", "", f"This is not YAML{column}: {problem}.", suggestion, line)


class _TooLargeError(Exception):
    """The document unfolds to more nodes than any spec has."""


@dataclass
class _Reading:
    lines: dict[Place, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    count: int = 0

    def report(self, code: str, place: Place, line: int, message: str, suggestion: str) -> None:
        self.findings.append(Finding("error", code, format_place(place), message, suggestion, line))

    def value(self, node: Node, place: Place, above: tuple[int, ...]) -> Data:
        self.count += 1
        if self.count > MOST_NODES or id(node) in above:
            raise _TooLargeError
        line = node.start_mark.line + 1
        self.lines.setdefault(place, line)
        above = (*above, id(node))
        if isinstance(node, MappingNode) and node.tag == f"{_TAG}map":
            return self.mapping(node, place, above)
        if isinstance(node, SequenceNode) and node.tag == f"{_TAG}seq":
            return [self.value(each, (*place, index), above) for index, each in enumerate(node.value)]
        if isinstance(node, ScalarNode):
            return self.scalar(node, place)
        self.report(
            "SPEC001", place, line, f"The tag {node.tag.removeprefix(_TAG)!r} means nothing here.", "Remove it."
        )
        return None

    def mapping(self, node: MappingNode, place: Place, above: tuple[int, ...]) -> dict[str, Data]:
        merged: dict[str, Data] = {}
        result: dict[str, Data] = {}
        for key_node, value_node in node.value:
            if key_node.tag == f"{_TAG}merge":
                merged |= self.merge(value_node, place, above)
                continue
            key = self.key(key_node, place)
            line = key_node.start_mark.line + 1
            if key in result:
                first = self.lines[(*place, key)]
                self.report("SPEC003", (*place, key), line, f"The key {key!r} stands twice; first in line {first}.",
                            "Keep one of the two: YAML would silently take the last.")  # fmt: skip
                continue
            self.lines[(*place, key)] = line
            result[key] = self.value(value_node, (*place, key), above)
        return merged | result

    def merge(self, node: Node, place: Place, above: tuple[int, ...]) -> dict[str, Data]:
        sources = node.value if isinstance(node, SequenceNode) else [node]
        result: dict[str, Data] = {}
        for source in sources:
            if isinstance(source, MappingNode):
                result = self.mapping(source, place, (*above, id(source))) | result
            else:
                self.report("SPEC001", place, node.start_mark.line + 1, "'<<' takes a mapping.", "Name an anchor.")
        return result

    def key(self, node: Node, place: Place) -> str:
        line = node.start_mark.line + 1
        if not isinstance(node, ScalarNode):
            self.report("SPEC001", place, line, "A key must be text.", "Quote it.")
            return ""
        text = str(node.value)
        if node.tag == f"{_TAG}bool" and text.lower() not in ("true", "false"):
            self.report("SPEC004", (*place, text), line, f"YAML reads the key {text} as true or false, not as text.",
                        f'Write "{text}" in quotes.')  # fmt: skip
        return text

    def scalar(self, node: ScalarNode, place: Place) -> Data:
        kind, text = node.tag.removeprefix(_TAG), str(node.value)
        if kind in ("str", "timestamp", "value"):
            return text
        if kind == "null":
            return None
        if kind not in ("bool", "int", "float"):
            message = f"The tag {node.tag.removeprefix(_TAG)!r} means nothing here."
            self.report("SPEC001", place, node.start_mark.line + 1, message, "Remove it.")
            return text
        value: bool | int | float = yaml.SafeLoader("").construct_object(node)
        if trap := _trap(kind, text, value):
            self.report("SPEC004", place, node.start_mark.line + 1, trap, f'Write "{text}" in quotes if text is meant.')
        return 0 if isinstance(value, float) and not math.isfinite(value) else value


def _trap(kind: str, text: str, value: float) -> str:
    """What YAML 1.1 makes of a plain word or number that its writer hardly meant."""
    if kind == "bool":
        return "" if text.lower() in ("true", "false") else f"YAML reads {text} as {str(value).lower()}."
    if _BASE_SIXTY.fullmatch(text):
        return f"YAML reads {text} as the number {value} (to base sixty)."
    if not math.isfinite(value):
        return f"{text} is not a number that can be sent."
    changed = repr(value) != text.removeprefix("+")
    if kind == "int" and changed:
        zero = ", with its leading zero, as the octal number" if _LEADING_ZERO.fullmatch(text) else " as"
        return f"YAML reads {text}{zero} {value}."
    if kind == "float" and changed and text.endswith("0") and "e" not in text.lower():
        return f"YAML reads {text} as {value}, without the last zero."
    return ""
