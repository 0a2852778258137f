"""Reads mapping files, checks them, and writes them as code."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from penstock.emitters import Emission, Options, all_emitters
from penstock.errors import Finding, InvalidMappingError, UsageError
from penstock.mapping import Mapping, check
from penstock.mapping.file import load_mapping
from penstock.mapping.typed import TypedMapping
from penstock.schema import Type


@dataclass(frozen=True, slots=True)
class CheckedMapping:
    """A mapping of a file, and what is wrong with it."""

    mapping: Mapping
    findings: tuple[Finding, ...]
    typed: TypedMapping
    """What its sound leaves mean."""


def read_mapping(file: Path, documents: Sequence[str] = ()) -> CheckedMapping:
    """The mapping of a file with all its findings, for the schemas that it holds or for newer ones.

    Args:
        file: the mapping file.
        documents: a document for each source, and one for the target behind them; none: the schemas in the file.

    Raises:
        WireFormatError: it is no mapping file.
        UsageError: there are not as many documents as the mapping has sources, and one.
    """
    loaded = load_mapping(file.read_bytes())
    mapping = _for_documents(loaded.mapping, documents) if documents else loaded.mapping
    checked = check(mapping if mapping.name else replace(mapping, name=file.name.partition(".")[0]))
    return CheckedMapping(mapping, (*loaded.findings, *checked.findings), checked.typed)


def sound_mapping(file: Path, documents: Sequence[str] = ()) -> CheckedMapping:
    """The same of a mapping without errors.

    Raises:
        InvalidMappingError: it has errors; says all of them.
    """
    found = read_mapping(file, documents)
    errors = [each for each in found.findings if each.severity == "error"]
    if errors:
        raise InvalidMappingError(str(file), errors)
    return found


def _for_documents(mapping: Mapping, documents: Sequence[str]) -> Mapping:
    if len(documents) != len(mapping.sources) + 1:
        names = ", ".join(each.name for each in mapping.sources)
        raise UsageError(f"the mapping has the sources {names} and a target: name a document for each, or none")
    types = [_type(each) for each in documents]
    sources = tuple(replace(each, type=type_) for each, type_ in zip(mapping.sources, types[:-1], strict=True))
    return replace(mapping, sources=sources, target=replace(mapping.target, type=types[-1]))


def _type(document: str) -> Type:
    from penstock.services.schema import read_schema

    return read_schema(document).only().type


def emit(file: Path, documents: Sequence[str], target: str, dialect: str = "duckdb") -> Emission:
    """A mapping file as code.

    Raises:
        InvalidMappingError: the mapping has errors.
        UnsupportedOperationError: the target cannot do what the mapping asks for.
        UsageError: there is no such target.
    """
    emitters = all_emitters()
    if target not in emitters:
        raise UsageError(f"there is no target {target!r}: known are {', '.join(sorted(emitters))}")
    found = sound_mapping(file, documents)
    emission = emitters[target].emit(found.typed, Options(dialect))
    return Emission(emission.files, (*found.findings, *emission.findings))


def write_files(emission: Emission, output: Path) -> list[Path]:
    """Write what was emitted: all files into a folder, or to a file the mapping itself."""
    from penstock.files import write_whole

    is_folder = output.is_dir() or not output.suffix
    if not is_folder:
        write_whole(output, emission.text)
        return [output]
    for name, text in emission.files.items():
        write_whole(output / name, text)
    return [output / name for name in emission.files]


def as_json(emission: Emission, target: str, written: Sequence[Path]) -> dict[str, object]:
    """The document of `penstock emit --json`."""
    return {
        "target": target,
        "files": [{"name": name, "text": text} for name, text in emission.files.items()],
        "written": [str(each) for each in written],
        "findings": [asdict(each) for each in emission.findings],
    }
