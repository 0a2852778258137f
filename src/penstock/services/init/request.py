"""What is asked of `penstock init`, what it proposes, and what it must still know."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from penstock.errors import OptionError
from penstock.pipeline.spec.model import Spec

AuthKind = Literal["none", "bearer", "api_key", "basic"]
PagingKind = Literal["none", "page_number", "offset", "link_header"]


@dataclass(frozen=True, slots=True)
class InitRequest:
    """The options of `penstock init`."""

    folder: Path
    """The project's folder; its last part is the pipeline's name."""
    url: str | None = None
    provider: str | None = None
    dataset: str | None = None
    records: str | None = None
    key: tuple[str, ...] | None = None
    every: str | None = None
    sample: Path | None = None
    """A saved answer, in the place of a call."""
    openapi: Path | None = None
    """An OpenAPI 3 description, JSON or YAML."""
    operation: str | None = None
    """Which path of the description: `/stations`, or an operationId."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """Values for the parameters that the description leaves open."""
    spec: Path | None = None
    """A finished penstock.yml, in the place of all other options but `every`."""
    auth: AuthKind | None = None
    token_env: str | None = None
    """The environment variable of the secret, where it has not the usual name."""
    key_name: str | None = None
    """Header of an API key; with `?` in front a query parameter."""
    paging: PagingKind | None = None
    second_call: bool = True
    """Whether paging may be proven by one more call."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that must be known and was neither said nor found."""

    name: str
    """The option that answers it: `url`; of a parameter `parameters.owner`."""
    text: str
    default: str = ""
    options: tuple[str, ...] = ()
    """The possible answers; empty: any text."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing that the proposal decides, and why."""

    name: str
    value: str
    evidence: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A spec with the reasons for it; without a spec as long as there are questions."""

    spec: Spec | None
    decisions: tuple[Decision, ...] = ()
    questions: tuple[Question, ...] = ()
    hints: tuple[str, ...] = ()


def answered(request: InitRequest, answers: Mapping[str, str]) -> InitRequest:
    """The request with the answers to its questions, by their names."""
    changes: dict[str, Any] = {}
    parameters = dict(request.parameters)
    for name, answer in answers.items():
        if name.startswith("parameters."):
            parameters[name.partition(".")[2]] = answer
        elif name in ("sample", "openapi", "spec"):
            changes[name] = Path(answer)
        elif name == "key":
            changes[name] = tuple(each.strip() for each in answer.split(","))
        elif name in InitRequest.__slots__:
            changes[name] = answer
        else:
            raise OptionError(name, "there is no such question", "answer the questions of the proposal")
    return replace(request, parameters=parameters, **changes)
