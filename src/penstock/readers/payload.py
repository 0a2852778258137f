"""The payload of the mapper's wire format: the shapes of a request, inputs and output."""

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from penstock.errors import DocumentFormatError, Finding, SchemaKindError, WireFormatError
from penstock.readers import Definition, Document, Written
from penstock.readers.losses import NOT_WRITTEN
from penstock.readers.structured import escaped, load, outline
from penstock.schema.types import Record, Type

if TYPE_CHECKING:
    from penstock.mapping.model import Shape

INPUT: Final = "input"
OUTPUT: Final = "output"

_KEYS: Final = ("inputs", "inputMetadata", "output", "outputMetadata")


class PayloadReader:
    """Reads requests of the mapper, and mapping files, whose shapes stand under the same keys."""

    kind = "payload"

    def recognises(self, head: str, suffix: str) -> bool:
        """Whether it has inputs, and an output or metadata of the inputs."""
        keys = outline(head)
        is_told = keys.get("output") == "{" or keys.get("inputMetadata") == "{"
        return suffix in {"", ".json"} and keys.get("inputs") == "{" and is_told

    def read(self, text: str, place: str, part: str = "") -> Document:  # noqa: ARG002  # every shape is read
        """Each input with the role `input`, and the output with the role `output`, under their parameters' names.

        Raises:
            DocumentFormatError: it is no request.
        """
        request = load(text, place)
        if not isinstance(request, dict) or not any(isinstance(request.get(key), Mapping) for key in _KEYS):
            hint = 'write {"inputs": {"order": {…}}, "output": {…}}.'
            raise DocumentFormatError(place, "", "has neither inputs nor an output", hint)
        for key in _KEYS:
            if request.get(key) is not None and not isinstance(request[key], Mapping):
                raise DocumentFormatError(place, key, "is no object", "write the fields under their names.")
        try:
            return _document(request)
        except WireFormatError as error:
            raise DocumentFormatError(place, "", *_told(error)) from None


def _told(error: WireFormatError) -> tuple[str, str]:
    message, _, hint = str(error).partition("\nHint: ")
    return message.rstrip("."), hint


def _document(request: Mapping[str, Any]) -> Document:
    from penstock.mapping.wire.shapes import read_inputs, read_output

    inputs = read_inputs(request.get("inputs") or {}, request.get("inputMetadata"))
    findings = [*inputs.findings]
    found = [_definition(each, INPUT, f"/inputs/{escaped(each.name)}") for each in inputs.shapes]
    if request.get("output") or request.get("outputMetadata"):
        output = read_output(request.get("output"), request.get("outputMetadata"))
        findings += output.findings
        found += [_definition(each, OUTPUT, "/output") for each in output.shapes]
    definitions = tuple(_distinct(found))
    main = definitions[0].name if len(definitions) == 1 else ""
    return Document(PayloadReader.kind, definitions, main, tuple(findings))


def _definition(shape: "Shape", role: str, pointer: str) -> Definition:
    return Definition(shape.name, shape.type, pointer=pointer, role=role)


def _distinct(definitions: list[Definition]) -> Iterator[Definition]:
    """Definitions with a name of their own: an output that is called like an input is told by its role."""
    from dataclasses import replace

    taken: set[str] = set()
    for each in definitions:
        name = each.name
        while name in taken:
            name = f"{each.role}_{name}"
        taken.add(name)
        yield replace(each, name=name)


class PayloadWriter:
    """Writes requests of the mapper: definitions without a role are inputs."""

    language = "payload"

    def write(self, document: Document, dialect: str = "") -> Written:
        """The `inputs` and `output` of a request with all of their metadata.

        Raises:
            SchemaKindError: the document has several outputs, or a dialect is asked for.
        """
        from penstock.mapping.wire.shapes import write_inputs, write_output

        if dialect:
            raise SchemaKindError(dialect, "the payload is written without a dialect", [])
        outputs = [each for each in document.definitions if each.role == OUTPUT]
        if len(outputs) > 1:
            raise SchemaKindError(document.kind, "a payload has one output, and several are given", [INPUT, OUTPUT])
        inputs, metadata = write_inputs(list(_shapes([each for each in document.definitions if each.role != OUTPUT])))
        request: dict[str, Any] = {"apiVersion": "1.1", "inputs": inputs, "inputMetadata": metadata}
        for each in _shapes(outputs):
            request["output"], request["outputMetadata"] = write_output(each)
        text = json.dumps(request, ensure_ascii=False, indent=2) + "\n"
        return Written(text, tuple(_lost(document)))


def _shapes(definitions: list[Definition]) -> "Iterator[Shape]":
    """The definitions as parameters: the type's name with a small first letter, as programs have it."""
    from penstock.mapping.model import Shape

    names = {each.name for each in definitions}
    for each in definitions:
        small = each.name[:1].lower() + each.name[1:]
        named = each.type.type_name if isinstance(each.type, Record) else ""
        name = small if named == each.name and small not in names else each.name
        yield Shape(name, each.type, _type_name(each.type))


def _type_name(type_: Type) -> str:
    return type_.type_name if isinstance(type_, Record) else ""


def _lost(document: Document) -> Iterator[Finding]:
    for each in document.definitions:
        if each.description:
            told = "the description of a parameter is not written"
            yield Finding("info", NOT_WRITTEN, each.name, told)


READER = PayloadReader()
WRITER = PayloadWriter()
