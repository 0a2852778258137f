"""A new project from one answer of a real server on loopback, whole or not at all."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.providers.engine import ERROR_PAGE, ReplayServer
from tests.providers.recorded import RECORDINGS
from tests.providers.sites import OWN, SITES

from penstock.errors import (
    AnswerError,
    FolderTakenError,
    MissingAnswersError,
    OptionError,
    ScheduleError,
    SignInNeededError,
    SpecError,
)
from penstock.pipeline.probe.answer import Answer, Ask
from penstock.pipeline.spec.load import check_file, load_spec
from penstock.pipeline.spec.model import Dataset
from penstock.runtime.http import HttpFetch
from penstock.services.demo.server import LoopbackServer, Reply, Request
from penstock.services.init import InitRequest, Proposal, answered, init, plan_init, write_new_project

FETCH = HttpFetch(sleep=lambda _: None)
ROWS = [{"id": n, "name": f"n{n}", "updated_at": "2026-11-21T00:00:00Z"} for n in range(3)]


def no_fetch(ask: Ask) -> Answer:
    raise AssertionError(f"nothing may be asked, but {ask.url} was")


def dataset_of(proposal: Proposal) -> Dataset:
    assert proposal.spec is not None, proposal.questions
    return next(iter(proposal.spec.datasets.values()))


def serve(answer: Callable[[Request], Any]) -> LoopbackServer:
    def reply(request: Request) -> Reply:
        found = answer(request)
        return found if isinstance(found, Reply) else Reply(200, json.dumps(found).encode())

    return LoopbackServer(reply)


REAL: list[tuple[str, str, str, tuple[str, ...] | None, dict[str, Any]]] = [
    ("usgs", "/feed/all_week.geojson", "features", ("id",), {"kind": "none"}),
    ("github", "/repos/octokit-fixture-org/paginate-issues/issues?per_page=3", "", ("id",), {"kind": "link_header"}),
    ("pokeapi", "/api/v2/berry/?limit=2", "results", ("name",), {"kind": "next_url", "path": "next"}),
    ("pokeapi_relative", "/api/v2/berry/?limit=2", "results", ("name",), {"kind": "next_url", "path": "next"}),
    ("gbfs", "/station_information", "data.stations", ("station_id",), {"kind": "none"}),
    ("gbfs", "/gbfs", "data.en.feeds", ("name",), {"kind": "none"}),
    ("worldbank", "/v2/country/MX/indicator/NY.GDP.MKTP.CD?format=json&per_page=1", "1",
     ("indicator.id", "country.id", "date"), {"kind": "page_number", "total_pages_path": "0.pages"}),
    ("openfda", "/drug/event.json", "results", None, {"kind": "offset", "parameter": "skip"}),
    ("datausa", "/api/data", "data", ("ID Nation", "ID Year"), {"kind": "none"}),
]  # fmt: skip


@pytest.mark.parametrize("recordings", RECORDINGS)
@pytest.mark.parametrize(
    ("site", "path", "records", "key", "paging"), REAL, ids=[f"{each[0]}{each[1][:9]}" for each in REAL]
)
def test_real_providers(
    recordings: Path,
    site: str,
    path: str,
    records: str,
    key: tuple[str, ...] | None,
    paging: dict[str, Any],
    tmp_path: Path,
) -> None:
    with ReplayServer(SITES[site], recordings) as server:
        proposal = plan_init(InitRequest(tmp_path / "p", url=server.url + path), FETCH, {})
        assert len(server.requests) <= 2
    dataset = dataset_of(proposal)
    # The records of openFDA are of several years, with ids of several names.
    assert (dataset.records, dataset.key) == (records, key or dataset.key)
    assert dataset.key
    assert dataset.paging.model_dump().items() >= paging.items()
    assert all(each.evidence for each in proposal.decisions)


def test_a_whole_project_is_written(tmp_path: Path) -> None:
    with ReplayServer(SITES["usgs"], OWN) as server:
        request = InitRequest(
            tmp_path / "quakes",
            url=f"{server.url}/feed/all_week.geojson",
            provider="usgs",
            dataset="earthquakes",
            every="day at 21:00",
        )
        created = init(request, FETCH, {})
    assert {"penstock.yml", "README.md", ".gitignore", "extract/lambda_handler.py"} <= set(created.files)
    spec = load_spec(created.folder / "penstock.yml")
    assert (spec.name, spec.provider.name, list(spec.datasets)) == ("quakes", "usgs", ["earthquakes"])
    assert [each for each in check_file(created.folder / "penstock.yml").findings if each.severity == "error"] == []
    assert "'id' is unique and never null" in (created.folder / "README.md").read_text()
    assert json.loads((created.folder / ".penstock" / "penstock.schema.json").read_text())["title"]
    assert git(created.folder, "log", "--format=%s").splitlines() == ["Set up the pipeline quakes"]
    assert git(created.folder, "status", "--porcelain") == ""
    assert [each.name for each in tmp_path.iterdir()] == ["quakes"]


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def ready(tmp_path: Path) -> tuple[InitRequest, Proposal]:
    """A proposal from a saved answer, and the request for it."""
    sample = tmp_path / "sample.json"
    sample.write_text(json.dumps({"items": ROWS}))
    request = InitRequest(tmp_path / "out" / "p", url="https://api.example.org/v1/things", sample=sample)
    return request, plan_init(request, no_fetch, {})


def test_a_saved_answer_needs_no_call(ready: tuple[InitRequest, Proposal]) -> None:
    dataset = dataset_of(ready[1])
    assert (dataset.endpoint, dataset.records, dataset.key) == ("https://api.example.org/v1/things", "items", ("id",))


def test_inside_of_a_repository_none_is_made(ready: tuple[InitRequest, Proposal], tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    created = write_new_project(*ready)
    assert not (created.folder / ".git").exists()
    assert created.notes == ready[1].hints


def test_without_git_the_project_is_written_and_that_is_said(
    ready: tuple[InitRequest, Proposal], tmp_path: Path
) -> None:
    created = write_new_project(*ready, {"PATH": str(tmp_path)})
    assert (created.folder / "penstock.yml").is_file()
    assert "git is not installed" in created.notes[-1]


def test_a_missing_identity_does_not_matter(ready: tuple[InitRequest, Proposal], tmp_path: Path) -> None:
    environment = {"PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1"}
    created = write_new_project(*ready, environment)
    assert git(created.folder, "log", "--format=%an").strip() == "Penstock"


@pytest.mark.parametrize("taken", ["file", "folder"])
def test_what_is_there_is_left_alone_and_nothing_is_asked(tmp_path: Path, taken: str) -> None:
    place = tmp_path / "p"
    if taken == "folder":
        place.mkdir()
        (place / "mine.txt").write_text("mine")
    else:
        place.write_text("mine")
    with pytest.raises(FolderTakenError):
        init(InitRequest(place, url="http://127.0.0.1:1/"), no_fetch, {})
    assert [each.name for each in tmp_path.iterdir()] == ["p"]


def test_an_empty_folder_may_be_used(ready: tuple[InitRequest, Proposal]) -> None:
    ready[0].folder.mkdir(parents=True)
    assert write_new_project(*ready).folder == ready[0].folder


def test_a_failure_leaves_no_half_project(ready: tuple[InitRequest, Proposal]) -> None:
    request, proposal = ready
    assert proposal.spec is not None
    # A schedule that was never checked makes a later file fail.
    broken = replace(proposal, spec=proposal.spec.model_copy(update={"schedule": "never"}))
    with pytest.raises(ScheduleError):
        write_new_project(request, broken)
    assert list(request.folder.parent.iterdir()) == []


def test_what_is_missing_is_listed(tmp_path: Path) -> None:
    request = InitRequest(tmp_path / "p")
    assert [each.name for each in plan_init(request, no_fetch, {}).questions] == ["url"]
    with pytest.raises(MissingAnswersError, match=r"url: Which URL") as caught:
        init(request, no_fetch, {})
    assert (caught.value.exit_code, caught.value.names) == (2, ("url",))
    assert not request.folder.exists()


def test_answers_go_back_into_the_request(tmp_path: Path) -> None:
    request = answered(
        InitRequest(tmp_path / "p"), {"url": "https://a.example", "key": "a, b", "parameters.owner": "o", "sample": "x"}
    )
    assert (request.url, request.key, request.parameters) == ("https://a.example", ("a", "b"), {"owner": "o"})
    assert request.sample == Path("x")
    with pytest.raises(OptionError, match="no such question"):
        answered(request, {"colour": "red"})


def test_pages_that_nobody_can_ask_for_are_a_question(tmp_path: Path) -> None:
    with serve(lambda _: {"total": 250, "items": ROWS}) as server:
        request = InitRequest(tmp_path / "p", url=f"{server.url}/things")
        proposal = plan_init(request, FETCH, {})
        assert (proposal.spec, [each.name for each in proposal.questions]) == (None, ["paging"])
        assert "'total' says 250" in proposal.questions[0].text
        assert (
            dataset_of(plan_init(answered(request, {"paging": "page_number"}), FETCH, {})).paging.kind == "page_number"
        )


def test_a_parameter_without_effect_is_refuted(tmp_path: Path) -> None:
    with serve(lambda _: {"page": 1, "total_pages": 9, "items": ROWS}) as server:
        proposal = plan_init(InitRequest(tmp_path / "p", url=f"{server.url}/things"), FETCH, {})
    paging = next(each for each in proposal.decisions if each.name == "paging")
    assert paging.value == "none"
    assert "has no effect" in paging.evidence[-1]


def test_the_second_call_can_be_forbidden(tmp_path: Path) -> None:
    asked: list[str] = []

    def answer(request: Request) -> Any:
        asked.append(request.path)
        return {"page": 1, "total_pages": 9, "items": ROWS}

    with serve(answer) as server:
        plan_init(InitRequest(tmp_path / "p", url=f"{server.url}/things", second_call=False), FETCH, {})
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("headers", "body", "auth"),
    [
        ({"WWW-Authenticate": 'Bearer realm="x"'}, b"{}", {"kind": "bearer", "token_env": "LOCAL_TOKEN"}),
        ({"WWW-Authenticate": 'Basic realm="x"'}, b"{}",
         {"kind": "basic", "username_env": "LOCAL_USERNAME", "password_env": "LOCAL_PASSWORD"}),
        ({}, b'{"message": "Send your key as X-Api-Key"}',
         {"kind": "api_key", "key_env": "LOCAL_KEY", "place": "header", "name": "X-Api-Key"}),
        ({}, b'{"message": "missing parameter ?api_key="}',
         {"kind": "api_key", "key_env": "LOCAL_KEY", "place": "query", "name": "api_key"}),
    ],
)  # fmt: skip
def test_a_refusal_says_how_to_sign_in(
    headers: dict[str, str], body: bytes, auth: dict[str, str], tmp_path: Path
) -> None:
    def answer(request: Request) -> Any:
        sent = str(request.headers) + str(request.query)
        return ROWS if "s3cr3t" in sent or "czNjcjN0OnMzY3IzdA==" in sent else Reply(401, body, headers)

    names = [value for key, value in auth.items() if key.endswith("_env")]
    with serve(answer) as server:
        request = InitRequest(tmp_path / "p", url=f"{server.url}/things")
        with pytest.raises(SignInNeededError, match=f"export {' and '.join(names)}") as caught:
            plan_init(request, FETCH, {})
        assert caught.value.exit_code == 2
        proposal = plan_init(request, FETCH, dict.fromkeys(names, "s3cr3t"))
    assert proposal.spec is not None
    assert proposal.spec.provider.auth.model_dump() == auth
    assert "s3cr3t" not in str(proposal)


def test_a_refusal_without_words_is_a_question(tmp_path: Path) -> None:
    with serve(lambda request: ROWS if "s3cr3t" in str(request.headers) else Reply(403, b"{}")) as server:
        request = InitRequest(tmp_path / "p", url=f"{server.url}/things")
        questions = plan_init(request, FETCH, {}).questions
        assert (questions[0].name, questions[0].options) == ("auth", ("bearer", "api_key", "basic"))
        asked = answered(request, {"auth": "bearer", "token_env": "MY_TOKEN"})
        with pytest.raises(SignInNeededError, match="wants a secret that is not set"):
            plan_init(asked, FETCH, {})
        with pytest.raises(SignInNeededError, match="refuses the secret"):
            plan_init(asked, FETCH, {"MY_TOKEN": "wrong"})
        assert plan_init(asked, FETCH, {"MY_TOKEN": "s3cr3t"}).spec is not None


@pytest.mark.parametrize(("userinfo", "query"), [("", "?q=1&api_key=s3cr3t"), ("me:s3cr3t@", "?q=1")])
def test_a_secret_in_the_url_is_used_but_never_written(userinfo: str, query: str, tmp_path: Path) -> None:
    seen: list[str] = []

    def answer(request: Request) -> Any:
        seen.append(str(request.query) + request.headers.get("authorization", ""))
        return ROWS

    with serve(answer) as server:
        url = f"{server.url.replace('://', '://' + userinfo)}/things{query}"
        created = init(InitRequest(tmp_path / "p", url=url), FETCH, {"PATH": "/usr/bin:/bin:/usr/local/bin"})
    assert "s3cr3t" in seen[0] or "Basic bWU6czNjcjN0" in seen[0]
    texts = [each.read_text() for each in created.folder.rglob("*") if each.is_file() and ".git" not in each.parts]
    assert not any("s3cr3t" in text for text in texts)
    dataset = next(iter(load_spec(created.folder / "penstock.yml").datasets.values()))
    assert dataset.parameters == {"q": 1}


def test_an_error_page_stops_it_and_nothing_is_written(tmp_path: Path) -> None:
    with ReplayServer(SITES["usgs"], OWN) as server:
        server.fail(ERROR_PAGE, 1)
        with pytest.raises(AnswerError, match="HTML"):
            init(InitRequest(tmp_path / "p", url=f"{server.url}/feed/all_week.geojson"), FETCH, {})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"url": "not a url"}, OptionError, "not a URL"),
        ({"url": "https://a.example/{id}"}, SpecError, "Nothing replaces"),
        ({"every": "sometimes"}, ScheduleError, "sometimes"),
        ({"records": "data"}, OptionError, "use one of 'items'"),
        ({"key": ("nmae",)}, OptionError, "no record has 'nmae'.\nHint: Did you mean 'name'?"),
        ({"provider": "My Provider"}, OptionError, "such as my_provider"),
        ({"token_env": "s3cr3t-value"}, OptionError, "no name of a variable"),
        ({"sample": Path("missing.json")}, OptionError, "cannot be read"),
    ],
)
def test_options_that_cannot_be_used(
    options: dict[str, Any], error: type[Exception], says: str, ready: tuple[InitRequest, Proposal]
) -> None:
    with pytest.raises(error, match=says) as caught:
        plan_init(replace(ready[0], **options), no_fetch, {})
    assert "s3cr3t" not in str(caught.value)


def test_what_is_said_wins(ready: tuple[InitRequest, Proposal]) -> None:
    proposal = plan_init(replace(ready[0], records="items", key=("name",), dataset="Things"), no_fetch, {})
    assert dataset_of(proposal).key == ("name",)
    assert proposal.spec is not None
    assert list(proposal.spec.datasets) == ["Things"]


def test_a_key_that_many_records_share_is_told(ready: tuple[InitRequest, Proposal]) -> None:
    proposal = plan_init(replace(ready[0], key=("updated_at",)), no_fetch, {})
    (evidence,) = [each.evidence for each in proposal.decisions if each.name == "key"]
    assert evidence == (
        "As the options say. Only 1 of 3 records have a key of their own; the others would be replaced.",
    )


def test_a_finished_spec_stands_for_itself(tmp_path: Path) -> None:
    file = tmp_path / "mine.yml"
    file.write_text(
        "penstock: penstock/1\nname: x\nprovider: {name: y}\ndatasets: {z: {endpoint: 'https://a.example'}}\n"
    )
    request = InitRequest(tmp_path / "p", spec=file, every="hour")
    created = init(request, no_fetch, {"PATH": str(tmp_path)})
    assert load_spec(created.folder / "penstock.yml").schedule == "hour"
    with pytest.raises(OptionError, match="already says"):
        plan_init(replace(request, url="https://a.example"), no_fetch, {})
    file.write_text("penstock: penstock/1\n")
    with pytest.raises(SpecError):
        plan_init(request, no_fetch, {})


DESCRIPTION = {
    "openapi": "3.1.0",
    "servers": [{"url": "https://api.example.org/v1"}],
    "security": [{"key": []}],
    "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}},
    "paths": {
        f"/{{owner}}/{name}": {
            "get": {
                "parameters": [{"name": each, "in": "query"} for each in ("since", "page")],
                "responses": {"200": {"content": {"application/json": {"schema": {
                    "type": "array", "items": {"properties": {"id": {}, "updated_at": {}}}}}}}},
            }
        }
        for name in ("issues", "pulls")
    },
}  # fmt: skip


@pytest.fixture
def described(tmp_path: Path) -> InitRequest:
    file = tmp_path / "api.json"
    file.write_text(json.dumps(DESCRIPTION))
    return InitRequest(tmp_path / "p", openapi=file)


def test_a_description_alone_is_enough(described: InitRequest) -> None:
    first = plan_init(described, no_fetch, {}).questions
    assert [(each.name, each.options) for each in first] == [("operation", ("/{owner}/issues", "/{owner}/pulls"))]
    request = answered(described, {"operation": "/{owner}/issues"})
    assert [each.name for each in plan_init(request, no_fetch, {}).questions] == ["parameters.owner"]
    proposal = plan_init(answered(request, {"parameters.owner": "octo"}), no_fetch, {})
    dataset = dataset_of(proposal)
    assert (dataset.endpoint, dataset.key) == ("https://api.example.org/v1/octo/issues", ("id",))
    assert dataset.cursor is not None
    assert (dataset.cursor.path, dataset.cursor.parameter, dataset.paging.kind) == (
        "updated_at",
        "since",
        "page_number",
    )
    assert proposal.spec is not None
    assert proposal.spec.provider.auth.model_dump()["name"] == "X-Key"


def test_a_description_helps_a_call(described: InitRequest) -> None:
    with serve(lambda _: ROWS) as server:
        request = replace(described, url=f"{server.url}/v1/octo/issues", auth="none")
        dataset = dataset_of(plan_init(request, FETCH, {}))
    assert dataset.cursor is not None
    assert dataset.cursor.parameter == "since"
