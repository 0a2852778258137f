"""Requests: the shapes to map, what a person has mapped already, and what is wanted."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from penstock.errors import Finding, WireFormatError
from penstock.mapping.model import Build as BuildNode
from penstock.mapping.model import FieldMapping, ForEach, Shape
from penstock.mapping.wire import v1_0, v1_1
from penstock.mapping.wire.response import read_mapping
from penstock.mapping.wire.shapes import read_inputs, read_output, write_inputs, write_output
from penstock.mapping.wire.text import check_depth, parse_json

MAJOR: Final = "1."


@dataclass(frozen=True, slots=True)
class Options:
    """What a client wants of an answer."""

    top_k: int = 3
    min_confidence: float = 0
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    """A sentence of a person about one field of the target; about all of it where the target is empty."""

    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asks for."""

    version: str
    sources: tuple[Shape, ...]
    target: Shape
    fields: tuple[FieldMapping, ...] = ()
    """The user's own mapping: not to be changed."""
    hints: tuple[Hint, ...] = ()
    samples: Mapping[str, list[Any]] = field(default_factory=dict)
    options: Options = field(default_factory=Options)
    findings: tuple[Finding, ...] = ()


def read_request(document: Any) -> Request:
    """A request: JSON text, or the data in it.

    Raises:
        WireFormatError: it has no inputs or output, another major version, or is no JSON.
    """
    if isinstance(document, str | bytes):
        document = parse_json(document).value
    else:
        check_depth(document)
    if not isinstance(document, dict):
        raise WireFormatError("$", "a request is an object", 'write {"inputs": {…}, "output": {…}}.')
    version = read_version(document)
    inputs = read_inputs(_needed(document, "inputs"), _object(document, "inputMetadata"))
    output = read_output(_needed(document, "output"), _object(document, "outputMetadata"))
    user = _object(document, "userMapping")
    given = read_mapping({"mapping": user}, inputs.shapes, output.shapes[0])
    findings = (*inputs.findings, *output.findings, *given.findings)
    return Request(
        version,
        inputs.shapes,
        output.shapes[0],
        tuple(map(_locked, given.mapping.fields)),
        _hints(document),
        _samples(document),
        _options(document),
        findings,
    )


def read_version(document: Mapping[str, Any]) -> str:
    """The version in which a request is answered: the newest known one of its major version, 1.0 without one.

    Raises:
        WireFormatError: it is of another major version.
    """
    given = document.get("apiVersion", v1_0.VERSION)
    if not isinstance(given, str) or not given.startswith(MAJOR) or not given.removeprefix(MAJOR).isdecimal():
        known = f"{v1_0.VERSION} and {v1_1.VERSION}"
        raise WireFormatError("apiVersion", f"the version {given!r:.40} is not known", f"known are {known}, as texts.")
    return v1_0.VERSION if given == v1_0.VERSION else v1_1.VERSION


def write_request(request: Request) -> dict[str, Any]:
    """A request as data, whose reading gives the same one."""
    inputs, input_metadata = write_inputs(request.sources)
    output, output_metadata = write_output(request.target)
    mapping = v1_1.write_fields(_as_mapping(request))
    options = request.options
    return {
        "apiVersion": request.version,
        "inputs": inputs,
        "inputMetadata": input_metadata,
        "output": output,
        "outputMetadata": output_metadata,
        "userMapping": mapping,
        "hints": [{"target": each.target, "text": each.text} for each in request.hints],
        "samples": dict(request.samples),
        "options": {"topK": options.top_k, "minConfidence": options.min_confidence, "model": options.model},
    }


def _as_mapping(request: Request) -> Any:
    from penstock.mapping.model import Mapping as Model

    return Model(request.sources, request.target, request.fields)


def _locked(leaf: FieldMapping) -> FieldMapping:
    value = leaf.value
    if isinstance(value, BuildNode):
        return replace(leaf, value=BuildNode(tuple(map(_locked, value.fields))))
    if isinstance(value, ForEach) and isinstance(value.body, BuildNode):
        value = replace(value, body=BuildNode(tuple(map(_locked, value.body.fields))))
    return replace(leaf, value=value, locked=True)


def _needed(document: Mapping[str, Any], key: str) -> dict[str, Any]:
    if not isinstance(document.get(key), dict):
        raise WireFormatError(key, "it is missing, or not an object", f'write "{key}": {{…}}.')
    return document[key]  # type: ignore[no-any-return]


def _object(document: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = document.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise WireFormatError(key, "it is not an object", f'write "{key}": {{…}}, or leave it out.')
    return value


def _hints(document: Mapping[str, Any]) -> tuple[Hint, ...]:
    given = document.get("hints") or []
    if not isinstance(given, list) or not all(
        isinstance(each, dict) and isinstance(each.get("text"), str) for each in given
    ):
        raise WireFormatError("hints", "it is no list of hints", 'write [{"target": "a.b", "text": "…"}].')
    return tuple(Hint(str(each.get("target") or ""), each["text"]) for each in given)


def _samples(document: Mapping[str, Any]) -> dict[str, list[Any]]:
    given = _object(document, "samples")
    for name, records in given.items():
        if not isinstance(records, list):
            raise WireFormatError(f"samples.{name}", "it is no list of records", "write [{…}].")
    return given


def _options(document: Mapping[str, Any]) -> Options:
    given = _object(document, "options")
    top_k, confidence, model = given.get("topK", 3), given.get("minConfidence", 0), given.get("model")
    if type(top_k) is not int or top_k < 1:
        raise WireFormatError("options.topK", f"{top_k!r:.40} is no count", "write a whole number from 1.")
    if isinstance(confidence, str | bool | list | dict) or confidence is None or not 0 <= confidence <= 1:
        raise WireFormatError("options.minConfidence", f"{confidence!r:.40} is no confidence", "write 0 to 1.")
    if model is not None and not isinstance(model, str):
        raise WireFormatError("options.model", f"{model!r:.40} is no name", 'write "model": null, or its name.')
    return Options(top_k, float(confidence), model)
