"""Reads the scenarios of the mapper: two sides of schemas, records, and the mapping that a person would write.

The form of the files is told in `scenarios/README.md`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path as File
from typing import Any, Final, Literal

from penstock.errors import CaseError, Finding, PenstockError
from penstock.mapping.model import FieldMapping, Shape, Unmapped, walk
from penstock.mapping.model import Mapping as MappingModel
from penstock.mapping.wire.response import read_mapping
from penstock.mapping.wire.text import parse_json
from penstock.readers.opening import read_document
from penstock.schema import ITEM, List, Path, Record, Type, parse_path

SCENARIOS: Final = File(__file__).parent / "scenarios"

Comments = Literal["given", "generated", "absent"]
"""Whether fields are described: by the people of the case, by what a model would answer, or not at all."""

_LAST_OF_SAME_NAMES: Final = 8
_LAST_OF_OTHER_NAMES: Final = 16


@dataclass(frozen=True, slots=True)
class Described:
    """The descriptions of a case's fields by their paths; those of sources begin with the source's name."""

    sources: Mapping[str, str] = field(default_factory=dict)
    target: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One case: what a mapper is given, and what it should answer."""

    domain: str
    number: int
    name: str
    sources: tuple[Shape, ...]
    """Without descriptions."""
    target: Shape
    samples: Mapping[str, tuple[Mapping[str, Any], ...]]
    """Records of each source; those of two sources at the same place belong together."""
    mapping: MappingModel
    also: Mapping[Path, tuple[FieldMapping, ...]]
    """Other leaves that are as right as that of the mapping."""
    expected: tuple[Mapping[str, Any], ...]
    """What the samples become, without the fields that have no mapping."""
    comments: Mapping[Comments, Described]

    @property
    def group(self) -> str:
        """`1.1` same names, `1.2` other names, `2` operations."""
        if self.number <= _LAST_OF_SAME_NAMES:
            return "1.1"
        return "1.2" if self.number <= _LAST_OF_OTHER_NAMES else "2"

    @property
    def unmapped(self) -> tuple[Unmapped, ...]:
        """The fields of the target that nothing of the sources fills."""
        return self.mapping.unmapped_target

    def rows(self) -> Iterator[dict[str, Mapping[str, Any]]]:
        """The samples as a mapping reads them: one record of each source."""
        for records in zip(*self.samples.values(), strict=True):
            yield dict(zip(self.samples, records, strict=True))

    def shapes(self, comments: Comments) -> tuple[tuple[Shape, ...], Shape]:
        """The sources and the target with the descriptions of one kind."""
        said = self.comments[comments]
        sources = tuple(
            replace(each, type=_described(each.type, said.sources, Path((each.name,)))) for each in self.sources
        )
        return sources, replace(self.target, type=_described(self.target.type, said.target, Path()))


def load_scenarios(folder: File = SCENARIOS) -> tuple[Scenario, ...]:
    """Every case below a folder, by domain and number.

    Raises:
        CaseError: a case is not in the form, or its mapping does not belong to its schemas.
    """
    return tuple(load_scenario(each) for each in sorted(folder.glob("*/*/")) if (each / "mapping.json").exists())


def load_scenario(folder: File) -> Scenario:
    """The case in a folder.

    Raises:
        CaseError: it is not in the form, or its mapping does not belong to its schemas.
    """
    try:
        return _load(folder)
    except CaseError:
        raise
    except OSError as problem:
        raise CaseError(str(folder), f"{problem.filename}: {problem.strerror}") from None
    except PenstockError as problem:
        raise CaseError(str(folder), str(problem).partition("\n")[0]) from None


def _load(folder: File) -> Scenario:
    number, dash, name = folder.name.partition("-")
    if not dash or not number.isdecimal():
        raise CaseError(str(folder), "the name of the folder is no number and a name, as 01-flat")
    sources = tuple(_shape(each) for each in sorted(folder.glob("source.*")))
    target = _shape(_only(folder, "target.*"))
    document = {"mapping": _json(folder / "mapping.json"), "unmapped": {"output": _unmapped(folder)}}
    return Scenario(
        folder.parent.name,
        int(number),
        name,
        sources,
        target,
        {each.name: _records(folder / f"samples.{each.name}.ndjson") for each in sources},
        _mapping(folder, document, sources, target),
        _also(folder, sources, target),
        _records(folder / "expected.ndjson"),
        {
            "given": _descriptions(folder / "comments.json"),
            "generated": _descriptions(folder / "generated.json"),
            "absent": Described(),
        },
    )


def _only(folder: File, pattern: str) -> File:
    found = list(folder.glob(pattern))
    if len(found) != 1:
        raise CaseError(str(folder), f"there are {len(found)} files {pattern}, and not one")
    return found[0]


def _shape(file: File) -> Shape:
    """A source, named as its file says, `source.order.sql`; or the target."""
    definition = read_document(str(file)).only()
    side, name = file.name.split(".")[:2]
    type_name = getattr(definition.type, "type_name", "") or definition.name
    return Shape(name if side == "source" else definition.name, definition.type, type_name)


def _json(file: File) -> Any:
    return parse_json(file.read_bytes()).value


def _records(file: File) -> tuple[Mapping[str, Any], ...]:
    return tuple(parse_json(line).value for line in file.read_text(encoding="utf-8").splitlines())


def _unmapped(folder: File) -> list[dict[str, Any]]:
    file = folder / "expected_unmapped.json"
    return _json(file) if file.exists() else []


def _mapping(folder: File, document: Mapping[str, Any], sources: tuple[Shape, ...], target: Shape) -> MappingModel:
    found = read_mapping(document, sources, target)
    _refuse(folder, found.findings)
    return found.mapping


def _refuse(folder: File, findings: tuple[Finding, ...]) -> None:
    for each in findings:
        raise CaseError(str(folder), f"{each.code} at {each.path}: {each.message}")


def _also(folder: File, sources: tuple[Shape, ...], target: Shape) -> dict[Path, tuple[FieldMapping, ...]]:
    file = folder / "also.json"
    listed = _json(file) if file.exists() else {}
    found: dict[Path, tuple[FieldMapping, ...]] = {}
    for text, nodes in listed.items():
        path = parse_path(text)
        found[path] = tuple(_leaf(folder, path, each, sources, target) for each in nodes)
    return found


def _leaf(folder: File, path: Path, node: Any, sources: tuple[Shape, ...], target: Shape) -> FieldMapping:
    tree = node
    for part in reversed(path.parts):
        tree = {str(part): tree}
    mapping = _mapping(folder, {"mapping": tree}, sources, target)
    return next(leaf for at, leaf in walk(mapping.fields) if at == path)


def _descriptions(file: File) -> Described:
    document = _json(file)
    return Described(document["sources"], document["target"])


def _described(type_: Type, said: Mapping[str, str], at: Path) -> Type:
    match type_:
        case Record(fields=fields):
            return replace(
                type_,
                fields=tuple(
                    replace(
                        each,
                        type=_described(each.type, said, at / each.name),
                        description=said.get(str(at / each.name), ""),
                    )
                    for each in fields
                ),
            )
        case List(element=element):
            return replace(type_, element=_described(element, said, at / ITEM))
    return type_
