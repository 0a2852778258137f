"""From a request to a proposal: what is said is taken, what can be seen is proposed, the rest is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from penstock.errors import OptionError
from penstock.pipeline.probe.answer import Answer, read_page
from penstock.pipeline.probe.choice import Choice
from penstock.pipeline.probe.openapi import Operation, choose, default_of, read_description
from penstock.pipeline.probe.sign_in import AnyAuth
from penstock.pipeline.probe.urls import dataset_name, mask_url, provider_name, to_name, with_parameters
from penstock.pipeline.spec.load import load_spec
from penstock.pipeline.spec.model import NoAuth
from penstock.pipeline.spec.rules.requests import is_absolute
from penstock.pipeline.spec.schedule import parse_schedule
from penstock.runtime.http import Fetch
from penstock.services.init.asking import Asked, Caller, chosen_auth, get_answer
from penstock.services.init.described import described_auth, propose_from_description
from penstock.services.init.propose import Draft, finish, propose_from_page
from penstock.services.init.request import Decision, InitRequest, Proposal, Question


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the data is asked for."""

    url: str | None = None
    operation: Operation | None = None
    decisions: tuple[Decision, ...] = ()
    questions: tuple[Question, ...] = field(default=())


def plan_init(request: InitRequest, fetch: Fetch, environment: Mapping[str, str]) -> Proposal:
    """The spec that is proposed, with the evidence for each decision, or what must still be answered.

    At most three calls are made: one, one more where the API asks to sign in, one to prove paging.

    Args:
        request: What was said.
        fetch: Asks the API.
        environment: Where secrets are looked up by their names.

    Raises:
        InputError: An option, a file or the API's answer cannot be used.
        UnavailableError: The API could not be reached.
    """
    if request.every:
        parse_schedule(request.every)
    if request.spec is not None:
        return _given(request)
    source = _source(request)
    if source.url is None or source.questions:
        return Proposal(None, source.decisions, source.questions)
    if not is_absolute(source.url):
        raise OptionError("url", "this is not a URL", "write http(s)://host/path")
    draft = Draft(request, source.url, *_names(request, source.url), operation=source.operation)
    draft = replace(draft, decisions=(*source.decisions, *draft.decisions))
    caller = Caller(fetch, environment)
    described = described_auth(source.operation, draft.provider)
    if source.operation and not request.url and not request.sample:
        return finish(propose_from_description(draft, described))
    asked = _ask(draft, described, caller)
    if asked.answer is None:
        return Proposal(None, draft.decisions, (asked.question,) if asked.question else ())
    return finish(propose_from_page(draft, asked.auth, read_page(asked.answer), caller))


def _given(request: InitRequest) -> Proposal:
    """A finished spec stands for itself."""
    others = [
        name
        for name in ("url", "sample", "openapi", "provider", "dataset", "records", "auth")
        if getattr(request, name)
    ]
    if others or request.spec is None:
        raise OptionError(others[0], "a finished spec already says this", "change the spec, or leave out --spec")
    spec = load_spec(request.spec)
    spec = spec.model_copy(update={"schedule": request.every or spec.schedule})
    return Proposal(spec, (Decision("spec", str(request.spec), ("As it is in the file.",)),))


def _source(request: InitRequest) -> _Source:
    if request.openapi is None:
        if request.url:
            return _Source(request.url)
        return _Source(questions=(Question("url", "Which URL gives the data?"),))
    description = read_description(_read(request.openapi, "openapi").decode(errors="replace"), str(request.openapi))
    found = choose(description.operations(), request.url, request.operation or request.dataset)
    if len(found) != 1:
        if request.url:
            # The URL itself is enough; the description just does not know it.
            return _Source(request.url)
        options = tuple(each.path for each in found or description.operations())
        return _Source(questions=(Question("operation", "Which path of the API?", options=options),))
    return _described_source(request, found[0])


def _described_source(request: InitRequest, operation: Operation) -> _Source:
    decision = Decision("operation", operation.path, (operation.summary,) if operation.summary else ())
    if request.url:
        return _Source(request.url, operation, (decision,))
    missing = [name for name in operation.open_parameters if name not in request.parameters]
    questions = [Question(f"parameters.{name}", f"Value of {name!r} in {operation.path}?") for name in missing]
    url = operation.url
    if "://" not in url:
        questions.insert(0, Question("url", f"Which URL is {operation.path} at? The description names no server."))
    asked = {name: default_of(each) for name, each in operation.parameters.items() if each.get("required")}
    for name, value in request.parameters.items():
        if f"{{{name}}}" in url:
            url = url.replace(f"{{{name}}}", value)
        else:
            asked[name] = value
    url = with_parameters(url, {name: value for name, value in asked.items() if value}) if asked else url
    return _Source(url, operation, (decision,), tuple(questions))


def _read(path: Path, option: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OptionError(option, f"{path} cannot be read ({error.strerror})", "name a file that exists") from None


def _names(request: InitRequest, url: str) -> tuple[str, str, str, tuple[Decision, ...]]:
    """Pipeline, provider and dataset, and how they came about."""
    from_url = f"From the URL {mask_url(url)}."
    decisions = []
    names = []
    for option, found in (("provider", provider_name(url)), ("dataset", dataset_name(url))):
        given = getattr(request, option)
        if given and to_name(given, option) != given.lower():
            raise OptionError(
                option, f"{given!r} is no name", f"use letters, digits and _, such as {to_name(given, option)}"
            )
        names.append(given or found)
        decisions.append(Decision(option, given or found, ("As the options say.",) if given else (from_url,)))
    return to_name(request.folder.absolute().name, "pipeline"), names[0], names[1], tuple(decisions)


def _ask(draft: Draft, described: Choice[AnyAuth] | None, caller: Caller) -> Asked:
    request = draft.request
    if request.sample is None:
        return get_answer(request, draft.url, draft.provider, described, caller)
    body = _read(request.sample, "sample")
    nothing: Choice[AnyAuth] = Choice(NoAuth(), ("A saved answer does not show whether the API asks to sign in.",))
    auth = chosen_auth(request, draft.provider) or described or nothing
    return Asked(auth, Answer(draft.url, 200, {}, body))
