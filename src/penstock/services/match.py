"""Finds which field of some documents means which field of another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Final

from penstock.errors import Finding, UsageError
from penstock.matching import Candidate, Matches, match, shape_of_document
from penstock.matching.names import words
from penstock.readers.opening import parse_address, read_document
from penstock.schema import Path

_DIGITS: Final = 2
"""Digits of a confidence behind the point."""


@dataclass(frozen=True, slots=True)
class MatchedDocuments:
    """What was found, and how the sources are called."""

    matches: Matches
    names: tuple[str, ...]
    """Of the sources, each once."""
    findings: Mapping[str, tuple[Finding, ...]]
    """What was lost when the documents were read."""

    def source_name(self, number: int, path: Path) -> str:
        """A source field as it is shown: with several sources, the name of its own in front."""
        return str(Path((self.names[number], *path.parts))) if len(self.names) > 1 else str(path)


def match_documents(documents: Sequence[str], top: int = 3, *, stdin: IO[bytes] | None = None) -> MatchedDocuments:
    """Which field of one or more sources means which field of a target.

    Args:
        documents: a DOC for each source, and one for the target behind them.
        top: how many candidates are kept for each target field.
        stdin: what `-` reads; by default standard input.

    Raises:
        UsageError: there are not at least two documents, or two of them are `-`.
        SchemaKindError, UnknownPartError, NotARecordError, DocumentFormatError, NoDataError, UnreadableDataError:
            as `penstock.readers.opening.read_type`.
    """
    if len(documents) <= 1:
        raise UsageError("a source and a target are needed: name a document for each")
    if sum(parse_address(each).place == "-" for each in documents) > 1:
        raise UsageError("standard input can be only one of the documents")
    read = [read_document(each, stdin=stdin) for each in documents]
    shapes = [shape_of_document(each) for each in read]
    names = _distinct(_name(each) for each in documents[:-1])
    findings = {name: document.findings for name, document in zip(documents, read, strict=True)}
    return MatchedDocuments(match(shapes[:-1], shapes[-1], top), names, findings)


def _name(document: str) -> str:
    """The name of a source: of its part, else of its file, in camel case."""
    address = parse_address(document)
    text = PurePath(address.part).name or PurePath(address.place).name.partition(".")[0]
    first, *rest = words(text) or ("source",)
    return first + "".join(each.capitalize() for each in rest)


def _distinct(names: Iterator[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in names:
        number, fresh = 1, name
        while fresh in found:
            number += 1
            fresh = f"{name}{number}"
        found[fresh] = None
    return tuple(found)


def as_json(found: MatchedDocuments) -> dict[str, object]:
    """The document of `penstock match --json`."""
    result = found.matches
    return {
        "matches": [
            {
                "source": found.source_name(each.source, each.path),
                "target": str(each.target),
                "confidence": round(each.confidence, _DIGITS),
                "evidence": list(each.evidence),
            }
            for each in result.matches
        ],
        "candidates": {
            str(target): [
                {"source": found.source_name(each.source, each.path), "confidence": round(each.confidence, _DIGITS)}
                for each in candidates
            ]
            for target, candidates in result.candidates.items()
        },
        "unmatched": {
            "source": [found.source_name(number, path) for number, path in result.unmatched_sources],
            "target": [str(each) for each in result.unmatched_targets],
        },
    }


def as_rows(found: MatchedDocuments) -> list[tuple[str, str, str, str, str]]:
    """A row for each target field: what is proposed, how sure that is, what speaks for it, what else may be."""
    proposed = {each.target: each for each in found.matches.matches}
    rows = []
    for target, candidates in found.matches.candidates.items():
        one = proposed.get(target)
        others = [each for each in candidates if one is None or (each.source, each.path) != (one.source, one.path)]
        told = ", ".join(_told(found, each) for each in others)
        if one is None:
            rows.append((str(target), "-", "", "", told))
        else:
            source = found.source_name(one.source, one.path)
            rows.append((str(target), source, f"{one.confidence:.2f}", ", ".join(one.evidence), told))
    return rows


def _told(found: MatchedDocuments, candidate: Candidate) -> str:
    return f"{found.source_name(candidate.source, candidate.path)} {candidate.confidence:.2f}"
