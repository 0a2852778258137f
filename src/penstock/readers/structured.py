"""Reads JSON and YAML documents: strict, with an end in depth and size, and the same for both."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from penstock.errors import DocumentFormatError

DEEPEST: Final = 200
"""How deep a document may be nested."""

LARGEST: Final = 5_000_000
"""How many values a YAML document may hold when each alias is written out."""

_JSON_MARK: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]')
_YAML_KEY: Final = re.compile(r"^(?:([\w$-]+)|\"([^\"]+)\"|'([^']+)')\s*:(?:[ \t]+(.*))?$", re.MULTILINE)
_RESOLVERS: Final = (
    ("tag:yaml.org,2002:null", re.compile(r"(?:~|null|Null|NULL|)$")),
    ("tag:yaml.org,2002:bool", re.compile(r"(?:true|True|TRUE|false|False|FALSE)$")),
    ("tag:yaml.org,2002:int", re.compile(r"[-+]?(?:0|[1-9][0-9]*)$")),
    (
        "tag:yaml.org,2002:float",
        re.compile(r"[-+]?(?:0|[1-9][0-9]*)?(?:\.[0-9]+(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)$"),
    ),
)
"""YAML 1.2 as JSON has it: `no`, `12:30` and `010` are texts."""

Outline = Mapping[str, str]


@lru_cache(maxsize=2)
def outline(head: str) -> Outline:
    """The keys at the top of a JSON or YAML object, each with the text that stands behind it, `{` or `[`, or nothing.

    It looks at the beginning of a document alone, and never fails: what is no object has no keys.
    """
    start = head.lstrip()
    if start.startswith("{"):
        return dict(_json_keys(start))
    if start.startswith("["):
        return {}
    found = _YAML_KEY.finditer(head)
    return {each[1] or each[2] or each[3]: (each[4] or "").partition(" #")[0].strip().strip("'\"") for each in found}


def _json_keys(text: str) -> Iterator[tuple[str, str]]:
    tokens = [*_top(text), "", ""]
    for key, colon, value in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if key.startswith('"') and colon == ":":
            yield key[1:-1], value[1:-1] if value.startswith('"') else value if value in ("{", "[") else ""


def _top(text: str) -> Iterator[str]:
    """The marks and texts at the top of an object; of what is nested, the bracket alone."""
    depth = 0
    for token in _JSON_MARK.finditer(text):
        if token[0] in "}]":
            depth -= 1
            if not depth:
                return
        elif depth == 1:
            yield token[0]
        depth += token[0] in "{["


def load(text: str, place: str) -> Any:
    """The value of a JSON or YAML document; its keys are texts.

    Raises:
        DocumentFormatError: it is neither, holds a key twice, or is nested too deep.
    """
    if text.lstrip()[:1] in ("{", "["):
        return _load_json(text, place)
    return _load_yaml(text, place)


def _load_json(text: str, place: str) -> Any:
    def refuse_constant(name: str) -> object:
        raise DocumentFormatError(place, "", f"{name} is not JSON", "write a number, or null.")

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            name = next(each for each in names if names.count(each) > 1)
            raise DocumentFormatError(place, repr(name), "the key is there twice", "keep one of them.")
        return found

    try:
        value = json.loads(text, object_pairs_hook=once, parse_constant=refuse_constant)
    except RecursionError:
        raise _too_deep(place) from None
    except json.JSONDecodeError as error:
        raise DocumentFormatError(
            place, f"line {error.lineno}", f"is not JSON: {error.msg}", "look at the line there."
        ) from None
    except ValueError as error:
        raise DocumentFormatError(place, "", f"is not JSON: {error}", "look at the number.") from None
    _measure_json(value, place)
    return value


def _measure_json(value: object, place: str) -> None:
    layer, depth = [value], 0
    while layer:
        depth += 1
        if depth > DEEPEST:
            raise _too_deep(place)
        inner: list[object] = []
        for each in layer:
            if isinstance(each, dict):
                inner.extend(each.values())
            elif isinstance(each, list):
                inner.extend(each)
        layer = inner


def _too_deep(place: str) -> DocumentFormatError:
    return DocumentFormatError(place, "", f"is nested deeper than {DEEPEST} levels", "flatten the document.")


def _load_yaml(text: str, place: str) -> Any:
    import yaml

    if text.count("[") + text.count("{") > DEEPEST and _flow_depth(text) > DEEPEST:
        raise _too_deep(place)
    try:
        root = _loader()(text).get_single_node()
    except RecursionError:
        raise _too_deep(place) from None
    except (yaml.YAMLError, ValueError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = "" if line is None else f"line {line + 1}"
        told = getattr(error, "problem", None) or str(error).partition("\n")[0]
        raise DocumentFormatError(place, where, f"is neither JSON nor YAML: {told}", "look there.") from None
    return None if root is None else _Plain(place).value(root, 1)[0]


def _flow_depth(text: str) -> int:
    depth = deepest = 0
    for each in re.finditer(r"[\[\]{}]", text):
        depth = max(0, depth + (1 if each[0] in "[{" else -1))
        deepest = max(deepest, depth)
    return deepest


@lru_cache(maxsize=1)
def _loader() -> Any:
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    resolvers: dict[str | None, list[object]] = {None: [*_RESOLVERS, ("tag:yaml.org,2002:merge", re.compile("<<$"))]}
    return type("_Loader", (base,), {"yaml_implicit_resolvers": resolvers})


class _Plain:
    """Makes plain values of YAML nodes; an alias is the same value again."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._done: dict[int, tuple[Any, int] | None] = {}

    def value(self, node: Any, depth: int) -> tuple[Any, int]:
        """The value of a node, and how many values it holds."""
        if id(node) in self._done:
            done = self._done[id(node)]
            if done is None:
                raise self._error(node, "an alias leads to what holds it", "write the value out.")
            return done
        if depth > DEEPEST:
            raise _too_deep(self._place)
        self._done[id(node)] = None
        done = self._build(node, depth)
        if done[1] > LARGEST:
            raise self._error(node, "is too large when its aliases are written out", "write it without aliases.")
        self._done[id(node)] = done
        return done

    def _build(self, node: Any, depth: int) -> tuple[Any, int]:
        if node.id == "sequence":
            items = [self.value(each, depth + 1) for each in node.value]
            return [value for value, _ in items], 1 + sum(count for _, count in items)
        if node.id == "mapping":
            return self._mapping(node, depth)
        return self._scalar(node), 1

    def _mapping(self, node: Any, depth: int) -> tuple[dict[str, Any], int]:
        own: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        total = 1
        for key, inner in node.value:
            if key.id != "scalar":
                raise self._error(key, "a key is no text", "write plain keys.")
            value, count = self.value(inner, depth + 1)
            total += count
            if key.tag == "tag:yaml.org,2002:merge":
                for each in value if isinstance(value, list) else [value]:
                    merged = {**(each if isinstance(each, dict) else {}), **merged}
            elif key.value in own:
                raise self._error(key, f"the key {key.value!r} is there twice", "keep one of them.")
            else:
                own[key.value] = value
        return {**merged, **own}, total

    def _scalar(self, node: Any) -> Any:
        kind, text = node.tag.rpartition(":")[2], node.value
        try:
            if kind == "int":
                return int(text)
            if kind == "float":
                return float(text)
        except ValueError:
            raise self._error(node, f"{text[:40]!r} is not a number", "quote it, if it is a text.") from None
        if kind == "bool":
            return text.lower() == "true"
        return None if kind == "null" else text

    def _error(self, node: Any, problem: str, hint: str) -> DocumentFormatError:
        return DocumentFormatError(self._place, f"line {node.start_mark.line + 1}", problem, hint)


def at_pointer(document: Any, pointer: str) -> Any:
    """The value at a JSON pointer such as `/a/b~1c/0`.

    Raises:
        KeyError: nothing is there.
    """
    value = document
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        elif isinstance(value, dict) and key in value:
            value = value[key]
        else:
            raise KeyError(pointer)
    return value


def escaped(name: str) -> str:
    """A key as it is written in a JSON pointer."""
    return name.replace("~", "~0").replace("/", "~1")
